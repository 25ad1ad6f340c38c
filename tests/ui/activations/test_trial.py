import re

import numpy as np
import pytest

from lstm_core.cells import gru, rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.activations import ACTIVATIONS, activation
from lstm_core.looks.swap import STEPS, swap
from lstm_ui.activations.choices import gates
from lstm_ui.activations.trial import trial_blocks
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.activations.opened import block, lines, opened, seen
from tests.ui.sessions import FOUNDING, UNSATURATED, do

PRODUCT = re.compile(r"= ([^=]+)·([^=]+) = ([^=;:]+?)[.;]? ?(?:with|$)")


def sparks(session):
    return block(session, "sparks")["items"]


def shown(session):
    """What the trial shows: its sentences and its plots."""
    with np.errstate(all="ignore"):
        found = {one["id"]: one for one in trial_blocks(seen(session))}
    return [line["text"] for line in found["found"]["lines"]], found["sparks"]["items"]


def read(text):
    return float(text.strip(" ().;").replace("−", "-"))


def swaps(exercise):
    """Every swap of every gate."""
    for word, step in gates(exercise.cell).items():
        for code, other in ACTIVATIONS.items():
            if other is not activation(step):
                yield opened(exercise, gate=word, swap=code)


@pytest.mark.parametrize("name", PRESETS)
def test_the_page_shows_the_trial_of_the_chosen_gate(name):
    for word in gates(PRESETS[name].cell):
        session = opened(PRESETS[name], gate=word)
        assert shown(session) == (lines(session, "found"), sparks(session))


@pytest.mark.parametrize("name", PRESETS)
def test_the_plots_show_the_trial_s_own_numbers(name):
    for session in swaps(PRESETS[name]):
        other = ACTIVATIONS[session.options["swap"]]
        trial = swap(PRESETS[name], seen(session).name, other)
        _, items = shown(session)
        assert len(items) == len({trial.name, trial.memory})
        for item, values in zip(items, (trial.values, trial.memories), strict=False):
            unit = int(re.search(r"\[(\d+)\]", item["title"])[1]) - 1
            for line, one in zip(item["lines"], values, strict=True):
                drawn = [np.nan if x is None else x for x in line]
                np.testing.assert_array_equal(
                    drawn, np.where(np.isfinite(one), one, np.nan)[:, unit]
                )


@pytest.mark.parametrize("name", PRESETS)
def test_what_leaves_a_plot_is_said_to(name):
    for session in swaps(PRESETS[name]):
        for item in shown(session)[1]:
            own, changed = ([np.inf if x is None else x for x in line] for line in item["lines"])
            assert item["low"] <= min(own)
            assert max(own) <= item["high"]
            inside = item["low"] <= min(changed) and max(changed) <= item["high"]
            assert inside == ("leaves the plot" not in item["title"])
            assert all(item["low"] < mark < item["high"] for mark in item["marks"])


def test_the_bounds_of_a_gate_are_drawn_where_they_are_inside():
    gate, memory = sparks(opened(UNSATURATED, gate="f", swap="tanh"))
    assert (gate["low"], gate["high"], gate["marks"]) == (-1.0, 1.0, [0.0])
    wide, memory = sparks(opened(UNSATURATED, gate="i", swap="none"))
    assert (wide["low"], wide["high"], wide["marks"]) == (-2.0, 2.0, [0.0, 1.0])
    assert 1.0 not in memory["marks"]


@pytest.mark.parametrize(
    ("T", "until", "time", "inputs"),
    [
        (1, None, "t = 1 to 50", "your inputs, then the last one again and again"),
        (
            3,
            2,
            "t = 1 to 50; your inputs end at t = 3",
            "your inputs, then the last one again and again",
        ),
        (60, None, "t = 1 to 50", "your inputs"),
    ],
)
def test_where_the_reader_s_inputs_end_is_said(T, until, time, inputs):
    session = opened(some(T=T))
    item = sparks(session)[0]
    assert (item["until"], item["time"], len(item["lines"][0])) == (until, time, STEPS)
    assert block(session, "why")["what"].endswith(f"see 50 time steps: {inputs}.")


@pytest.mark.parametrize(
    ("exercise", "options", "sentences"),
    [
        (
            UNSATURATED,
            {"gate": "f", "swap": "tanh"},
            [
                "fₜ[2] = −0.3193 at t = 2: below 0. The memory changes its sign: "
                "(fₜ∘Cₜ₋₁)[2] = (−0.3193)·0.8367 = −0.2672."
            ],
        ),
        (
            FOUNDING,
            {"gate": "f", "swap": "relu"},
            [
                "fₜ[1] = 92 at t = 1: above 1. More comes out than there is: "
                "(fₜ∘Cₜ₋₁)[1] = 92·0.5 = 46.",
                "It runs away: after 50 time steps Cₜ[1] is 8.826e64; with σ it is −47.1904.",
            ],
        ),
        (
            FOUNDING,
            {"gate": "C"},
            [
                "C̃ₜ[1] is never below 0: it runs from 0.1481 to 0.5498, with tanh from −0.9797 to "
                "0.1974. Cₜ[1] can only be raised by it."
            ],
        ),
        (
            UNSATURATED,
            {"gate": "squashed", "swap": "none"},
            [
                "Cₜ[1] = 1.2925 at t = 1: beyond ±1. hₜ[1] = 1.2925·0.8320 = 1.0754; with "
                "tanh it was 0.7153."
            ],
        ),
        (
            UNSATURATED,
            {"gate": "squashed", "swap": "sigmoid"},
            [
                "σ(Cₜ)[2] is never below 0: it runs from 0.4695 to 0.7523, with tanh from −0.1421 "
                "to 0.8421. hₜ[2] is never pushed below 0 by it."
            ],
        ),
        (
            UNSATURATED,
            {"gate": "i", "swap": "hard_six"},
            [
                "Not the same: the largest difference in 50 time steps is 0.1836, at t = 50: "
                "Cₜ[1] = 2.0800, with σ 2.2637."
            ],
        ),
        (
            FOUNDING,
            {"gate": "f", "swap": "tanh"},
            [
                "Here it stays between 0 and 1, so nothing breaks. The largest difference in 50 "
                "time steps is 0.0004, at t = 50: Cₜ[1] = −47.1908, with σ −47.1904. Move a z "
                "below 0, or above 1, and look again."
            ],
        ),
    ],
)
def test_what_breaks_is_said_with_its_numbers(exercise, options, sentences):
    assert lines(opened(exercise, **options), "found") == sentences


def test_what_the_sentence_advises_shows_what_it_promises():
    session = opened(FOUNDING, gate="f", swap="tanh")
    assert lines(session, "found")[0].startswith("Here it stays between 0 and 1")
    do(session, "slide", cell="b_f:0", text="-93", gesture="1")
    assert "below 0. The memory changes its sign" in lines(session, "found")[0]


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_product_in_a_sentence_is_right(cell):
    exercise = some(cell, decimals=8)
    for session in swaps(exercise):
        for text in shown(session)[0]:
            if found := PRODUCT.search(text):
                a, b, y = map(read, found.groups())
                assert a * b == pytest.approx(y, rel=1e-5, abs=1e-7), text


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_no_sentence_calls_something_undefined(cell):
    for session in swaps(some(cell)):
        sentences, items = shown(session)
        said = [*sentences, *(item["alt"] for item in items)]
        assert not [text for text in said if "undefined" in text or "∞" in text]


def test_the_plots_are_of_a_unit_that_shows_it():
    exercise = UNSATURATED
    for unit in "123":
        session = opened(exercise, gate="f", swap="tanh", unit=unit)
        (text,) = lines(session, "found")
        assert {re.search(r"\[\d\]", told)[0] for told in (text, sparks(session)[0]["title"])} == {
            text[2:5]
        }


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        (gru(), "Why a sigmoid for a gate and tanh for the candidate?"),
        (rnn(), "Why tanh for hₜ?"),
        (rnn(activation="relu"), "Why ReLU for hₜ?"),
    ],
)
def test_a_cell_without_gates_asks_about_what_it_has(cell, title):
    assert block(opened(some(cell)), "why")["title"] == title


def test_both_choices_of_a_gate_are_one():
    session = opened(UNSATURATED, gate="i")
    assert block(session, "gate")["items"][0] == block(session, "swap")["items"][0]
    do(session, "choose", option="gate", value="o")
    assert seen(session).step.name == "o"


def test_what_makes_no_difference_is_said_to():
    open_gates = UNSATURATED.with_array("b_f", UNSATURATED.params["b_f"] + 90.0)
    (text,) = lines(opened(open_gates, gate="f", swap="tanh"), "found")
    assert text.startswith(
        "Here it makes no difference: in 50 time steps no unit differs, and Cₜ[1]"
    )


def test_what_is_tried_can_be_opened_and_undone():
    session = opened(UNSATURATED, gate="o", swap="hard")
    visits = [line["visit"] for line in block(session, "opened")["lines"]]
    assert [visit["label"] for visit in visits] == [
        "Open the LSTM with oₜ = hard σ(z_o), step by step",
        "See both cells side by side",
    ]
    first, second = (
        {k: visit[k] for k in ("page", "step", "t", "entry")} | {"query": visit["look_up"]}
        for visit in visits
    )
    do(session, "look_up", **first)
    assert session.exercise.cell["o"].op.name == "hard"
    assert (session.leaving, session.place.step) == ("", "o")
    do(session, "undo")
    do(session, "look_up", **second)
    assert session.exercise == UNSATURATED
    assert session.leaving == "side_by_side"
    assert {session.options[name] for name in ("right", "swap_row", "swap_op", "swap_of")} == {
        "swapped",
        "o",
        "hard",
        "z_o",
    }


def test_a_read_out_is_no_cell_to_be_opened():
    session = opened(UNSATURATED.with_readout(2), gate="y", swap="hard")
    assert "opened" not in {one["id"] for one in trial_blocks(seen(session))}
