import json

import numpy as np
import pytest

from lstm_core.backpropagation.paths import cell_jacobian, direct_path
from lstm_core.cells import gru, no_forget_lstm, peephole_lstm, rnn
from lstm_core.looks.reach import Trial, reach, tried, tried_rnn, unit_paths
from lstm_core.text.numerals import numeral
from lstm_ui.gradients.choices import FORGET, RECURRENT
from lstm_ui.gradients.events import clicked
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import walk
from tests.ui.gradients.opened import answers, blocks, figure_of, numbers, on_page, said
from tests.ui.sessions import UNSATURATED

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
    whole = np.abs(unit_paths(trace, 0).whole)
    largest = f"largest is {shown(whole.max())}, at t = {whole.argmax() + 1}"
    assert largest in told["Can it explode?"]
    bounded = told["Why does the gradient not vanish although σ′ ≤ 0.25?"]
    assert f"f(1 − f) = {shown(f[19] * (1 - f[19]))}" in bounded
    raised = direct_path(tried(TWENTY, Trial(20, forget=1.0)), 19, 0)[0]
    assert f"it would be {shown(raised)}." in told["Why is the forget bias often started at 1?"]


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
        name: shown(y[3]) for name, y in wanted.items()
    }
    fates = {"vanishes": (0, 0.01), "survives": (0.01, 100), "explodes": (100, np.inf)}
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
