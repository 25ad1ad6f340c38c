import json
import re

import numpy as np
import pytest

from lstm_core.backpropagation.paths import cell_jacobian, direct_path
from lstm_core.cells import gru, mgu, no_forget_lstm, peephole_lstm, rnn
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from lstm_core.looks.reach import Trial, reach, tried, tried_rnn, unit_paths
from lstm_core.text.numerals import numeral
from lstm_ui.gradients.choices import EXAMPLES, FORGET, RECURRENT
from lstm_ui.gradients.events import clicked
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import of_kind, walk
from tests.ui.gradients.opened import answers, blocks, figure_of, numbers, on_page, said
from tests.ui.sessions import UNSATURATED, do

TWENTY = some(n=4, m=3, T=20)


def shown(x):
    return numeral(float(x), 4, rounded=True)


def test_at_twenty_steps_the_page_says_that_product_and_whole_derivative_differ():
    session = on_page(TWENTY, part="memory", unit=2)
    trace = TWENTY.trace()
    direct, whole = direct_path(trace, 19, 0)[1], cell_jacobian(trace, 19, 0)[1, 1]
    assert shown(direct) != shown(whole)
    table = numbers(session)
    assert table["direct: f₂ … f₂₀"] == [shown(direct)]
    assert table["whole derivative"] == [shown(whole)]
    assert table["difference"] == [shown(whole - direct)]
    assert said(session)[0] == (
        f"They are not the same: the product is {shown(direct)}, the whole derivative "
        f"{shown(whole)}. The rest, {shown(whole - direct)}, comes through h and gates."
    )


def test_without_the_h_columns_they_agree_and_the_page_says_so():
    paths = unit_paths(tried(TWENTY, Trial(20, recurrent=0.0)), 0)
    text = shown(paths.whole[0])
    told = said(on_page(TWENTY, part="memory"))
    assert told[1].startswith(f"With the h columns of W at 0 they are {text} and {text}: ")
    assert told[1].endswith("they agree.")
    assert said(on_page(TWENTY, part="memory", recurrent=0))[0] == f"They agree: {text}."


def test_peepholes_see_the_memory_even_then():
    told = said(on_page(some(peephole_lstm(), T=5), part="memory"))
    assert told[1].endswith("the peepholes still let the gates see C, so they differ even then.")


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
@pytest.mark.parametrize("part", ["memory", "compare"])
def test_it_opens_for_every_cell_and_its_words_are_sentences(cell, part):
    session = on_page(some(cell, T=3), part=part, since=2)
    json.dumps(blocks(session), allow_nan=False)
    json.dumps(figure_of(session), allow_nan=False)
    for sentence in [*said(session), *answers(session).values()]:
        assert sentence.endswith(".")
        assert "nan" not in sentence
        assert "None" not in sentence


def test_the_direct_path_of_each_kind_of_cell():
    assert "direct: z₂ … z₂₀" in numbers(on_page(some(gru()), part="memory"))
    assert numbers(on_page(some(no_forget_lstm()), part="memory"))["direct path: 1"] == ["1.0000"]
    assert [*numbers(on_page(some(rnn()), part="memory"))] == ["whole derivative"]
    assert "there is no direct path" in said(on_page(some(rnn()), part="memory"))[0]


def test_what_differs_is_not_printed_alike():
    """Of the default exercise of peepholes, four decimals would say 0.0003 twice, and differ."""
    told = said(on_page(some(peephole_lstm()), part="memory"))[1]
    direct, whole = re.search(r"at 0 they are (\S+) and (\S+):", told).groups()
    assert direct != whole


def test_a_gru_has_no_c_to_come_through():
    told = said(on_page(some(gru(), T=5), part="memory"))
    assert told[0].endswith("comes through the candidate and the gates.")


def test_at_the_last_time_step_there_is_nothing_between():
    told = said(on_page(part="memory", since=99))
    assert told == ["At t = T nothing lies between: both are 1. Look back further."]


def test_the_answers_hold_the_numbers_on_screen():
    told = answers(on_page(TWENTY, part="memory"))
    trace = TWENTY.trace()
    f = [frame["f"][0] for frame in trace.frames]
    step = cell_jacobian(trace, 19, 18)[0, 0]
    exactly = told["Is ∂Cₜ/∂Cₜ₋₁ exactly fₜ?"]
    assert f"f[1] is {shown(f[19])}, and ∂C₂₀/∂C₁₉ of unit 1 is {shown(step)}:" in exactly
    constant = told["Is it the constant 1?"]
    assert f"runs from {shown(min(f[1:]))} to {shown(max(f[1:]))}." in constant
    assert shown(np.prod(f[1:])) in told["Can it still vanish?"]
    whole = np.abs(unit_paths(trace, 0).whole[:-1])
    largest = f"largest is {shown(whole.max())}, at t = {whole.argmax() + 1}"
    assert largest in told["Can it explode?"]
    bounded = told["Why does the gradient not vanish although σ′ ≤ 0.25?"]
    assert f"f(1 − f) = {shown(f[19] * (1 - f[19]))}" in bounded
    raised = direct_path(tried(TWENTY, Trial(20, forget=1.0)), 19, 0)[0]
    assert f"it would be {shown(raised)}." in told["Why is the forget bias often started at 1?"]


def test_less_of_the_bias_keeps_more_in_a_minimal_gated_unit():
    exercise = some(mgu(), T=20)
    answer = answers(on_page(exercise, part="memory"))["Is there a forget bias in this cell?"]
    lowered = tried(exercise, Trial(20, forget=-1.0))
    kept = [[1 - frame["f"][0] for frame in one.frames] for one in (exercise.trace(), lowered)]
    now, then = (np.prod(shares[1:]) for shares in kept)
    assert (
        f"{shown(now)} is left of unit 1; with 1 less on b_f it would be {shown(then)}." in answer
    )


def test_the_comparison_is_that_of_the_traces():
    session = on_page(TWENTY, part="compare", recurrent=1.5, forget=2, since=4)
    trial = Trial(20, 1.5, 2.0)
    wanted = {
        "LSTM, Cₜ": reach(tried(TWENTY, trial), "C"),
        "LSTM, hₜ": reach(tried(TWENTY, trial), "h"),
        "tanh RNN, hₜ": reach(tried_rnn(TWENTY, trial, "tanh"), "h"),
        "ReLU RNN, hₜ": reach(tried_rnn(TWENTY, trial, "relu"), "h"),
    }
    found = numbers(session)
    assert {name: texts[0] for name, texts in found.items()} == {
        name: shown(y[3] / y[-1]) for name, y in wanted.items()
    }
    fates = {"vanishes": (0, 0.01), "fades": (0.01, 0.5), "survives": (0.5, 10)}
    fates |= {"explodes": (10, np.inf)}
    for name, (_, fate) in found.items():
        low, high = fates[fate]
        assert low <= wanted[name][3] / wanted[name][-1] <= high


def test_small_recurrent_weights_vanish_and_large_ones_explode():
    steady = some(rnn(activation="relu"), n=2, m=1, T=20)
    steady = steady.with_array("W_h", np.array([[1.0, 0.0, 0.1], [0.0, 1.0, 0.1]]))
    steady = steady.with_array("xs", np.ones((20, 1)))
    steady = steady.with_array("h_prev", [1.0, 1.0]).with_array("b_h", [0.1, 0.1])
    for recurrent, fate in ((0.2, "vanishes"), (1, "survives"), (3, "explodes")):
        found = numbers(on_page(steady, part="compare", recurrent=recurrent))["ReLU RNN, hₜ"]
        assert found == [shown(recurrent**19.0), fate]


def test_the_founding_example_says_what_the_lesson_says():
    """σ(92) keeps everything, and the RNN with its weights does not: both are said."""
    found = numbers(on_page(PRESETS["founding"], part="compare"))
    assert found["LSTM, Cₜ"][1] == "survives"
    assert [found[name][1] for name in ("tanh RNN, hₜ", "ReLU RNN, hₜ")] == ["vanishes"] * 2


@pytest.mark.parametrize(
    ("name", "fates"),
    [
        ("gradient-survives", ["survives", "fades", "vanishes", "vanishes"]),
        ("gradient-vanishes", ["vanishes"] * 4),
        ("gradient-explodes", ["explodes"] * 4),
    ],
)
def test_an_example_opens_by_its_button_and_shows_what_it_is_called(name, fates):
    session = on_page(part="compare", recurrent=2, forget=1, steps=50, since=3)
    (buttons,) = [b for b in of_kind(blocks(session), "toolbar") if b["id"] == "examples"]
    assert [tool["act"] for tool in buttons["items"]] == [*EXAMPLES]
    do(session, name)
    assert session.exercise == PRESETS[name]
    assert session.notice.endswith(PUBLICATIONS[name].story)
    assert [fate for _, fate in numbers(session).values()] == fates
    assert said(session)[0].endswith("relative to a push at T: each line is 1 there.")


def test_moved_to_3_is_what_the_answer_says():
    session = on_page(TWENTY, part="memory")
    moved = np.abs(unit_paths(tried(TWENTY, Trial(20, recurrent=3.0)), 0).whole[:-1]).max()
    assert answers(session)["Can it explode?"].endswith(f"; times 3 it is {shown(moved)}.")
    there = on_page(TWENTY, part="memory", recurrent=3)
    plain = np.abs(unit_paths(TWENTY.trace(), 0).whole[:-1]).max()
    assert answers(there)["Can it explode?"].endswith(f"times 3; times 1 it is {shown(plain)}.")


def test_at_the_last_time_step_nothing_becomes_of_a_push():
    found = numbers(on_page(TWENTY, part="compare", since=20))
    assert {*map(tuple, found.values())} == {("1.0000", "nothing between")}


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        (gru(), "multiplies by z, the gate that keeps"),
        (rnn(), "there is no direct path"),
        (no_forget_lstm(), "carries it on unchanged"),
    ],
)
def test_what_is_compared_is_said_of_the_cell_on_screen(cell, what):
    assert what in json.dumps(blocks(on_page(some(cell), part="memory")), ensure_ascii=False)


def test_a_trial_is_no_edit():
    session = on_page(TWENTY, part="memory", recurrent=0.5, forget=1)
    blocks(session)
    assert session.exercise == TWENTY
    assert (RECURRENT.of(session.options), FORGET.of(session.options)) == (0.5, 1.0)


def test_a_click_looks_back_to_that_time_step_or_opens_an_entry():
    session = on_page(part="memory")
    clicked(session, "7.2,0.5")
    assert numbers(session)["direct: f₈ … f₂₀"]
    clicked(session, "dz_f:2")
    assert session.options["at"] == "3"


def test_more_time_steps_than_are_looked_at_are_told():
    assert said(on_page(some(T=300), part="memory"))[-1] == (
        "Of 300 time steps, the first 200 are looked at."
    )
    assert "More than 32 units" in said(on_page(some(n=33, T=5), part="compare"))[0]


def test_the_unit_s_own_bias_slides_the_exercise():
    shown = walk(blocks(on_page(part="memory", unit=2)))
    moves = next(block for block in shown if block.get("id") == "moves")
    own = next(item for item in moves["items"] if "cell" in item)
    assert (own["cell"], own["value"]) == ("b_f:1", UNSATURATED.params["b_f"][1])
