import numpy as np
import pytest

from lstm_core.cells import gru, lstm, rnn
from lstm_core.text.numerals import numeral
from lstm_ui.gate_space.blocks import gate_space_blocks
from lstm_ui.gate_space.events import clicked
from lstm_ui.session.names import as_own
from tests.core.exercises import some
from tests.ui.blocks import of_kind
from tests.ui.figures.figs import EXERCISES
from tests.ui.gate_space.scenes import (
    LOOKS,
    scenes,
    seen,
    sentences,
)
from tests.ui.sessions import FOUNDING, UNSATURATED

every_exercise = pytest.mark.parametrize("name", EXERCISES)


# ---- what can be chosen ----------------------------------------------------------------------


def chosen(one, option):
    items = [item for b in of_kind(gate_space_blocks(one), "controls") for item in b["items"]]
    return next((item for item in items if item.get("option") == option), None)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (lstm(), ["f", "i", "C", "o"]),
        (gru(reset="after"), ["z", "r", "h"]),
    ],
)
def test_a_cell_offers_its_own_gates(cell, words):
    assert [word for word, _ in chosen(seen(some(cell)), "gate")["choices"]] == words


def test_a_cell_without_gates_has_none_to_choose_and_no_gate_space():
    here = seen(some(rnn(activation="relu")), look="map")
    assert chosen(here, "gate") is None
    assert dict(chosen(here, "look")["choices"])["space"] == "Space of h"
    assert "gate" not in gate_space_blocks(here)[0]["text"]
    assert any("On one side of it hₜ[1] is 0" in text for text in sentences(here))


def test_only_what_lies_between_0_and_1_can_be_a_coin():
    assert [word for word, _ in chosen(seen(gate="f"), "look")["choices"]] == [*LOOKS]
    candidate = seen(gate="C", look="coin")
    assert [word for word, _ in chosen(candidate, "look")["choices"]] == [*LOOKS[:3]]
    assert candidate.look == "map"


def test_the_map_is_over_two_different_entries():
    assert seen().axes == (0, 3)
    assert seen(across="x2", up="x2").axes == (4, 0)
    assert seen(across="x1", up="h3").axes == (3, 2)
    assert "x1" not in [word for word, _ in chosen(seen(across="x1"), "up")["choices"]]


def test_a_single_unit_has_no_choice_of_units():
    assert chosen(seen(EXERCISES["notebook-x123"]), "unit") is None
    assert chosen(seen(some(n=20, m=12)), "unit")["type"] == "select"


@pytest.mark.parametrize(
    "option", ["gate", "unit", "look", "across", "up", "against", "reach", "column"]
)
@pytest.mark.parametrize("text", ["", "0", "99", "zz", "−1", "1e9999999"])
def test_whatever_an_address_says_the_page_opens(option, text):
    assert gate_space_blocks(seen(**{option: text}))


def test_the_range_shows_the_point_and_the_line_unless_it_is_chosen():
    assert seen(UNSATURATED).reach == 2
    founding = seen(FOUNDING)
    assert founding.reach == 20
    assert founding.surface.boundary(20)
    assert not founding.surface.boundary(10)
    assert seen(FOUNDING, reach=5).reach == 5
    assert seen(FOUNDING.with_entry("xs", (0, 0), 300.0), across="x1").reach == 500


# ---- words -----------------------------------------------------------------------------------


@every_exercise
@pytest.mark.parametrize("look", LOOKS)
def test_the_sentences_hold_the_trace_s_numbers(name, look):
    for one in scenes(name, look=look):
        texts = sentences(one)
        assert any(one.text(one.gate) in text for text in texts)
        assert all(text.endswith((".", "…]")) for text in texts if text)


def test_what_the_gate_does_is_worked_out():
    one = seen(UNSATURATED)
    kept = one.text("kept")
    assert any(f"(fₜ∘Cₜ₋₁)[1] = 0.63181·1.3 = {kept}." in text for text in sentences(one))


def test_keep_is_said_where_people_think_forget():
    told = " ".join(sentences(seen(UNSATURATED, look="coin")))
    assert "An LSTM does not sample" in told
    assert "On means kept." in told
    assert "f near 1 means keep" in told.replace("fₜ", "f")


def test_the_line_beyond_the_map_is_said_to_be_there():
    told = " ".join(sentences(seen(FOUNDING, reach=2)))
    assert "lies beyond ±2: on all of this map fₜ[1] is above 0.5." in told
    flat = UNSATURATED.with_array("W_f", np.zeros((3, 5)))
    told = " ".join(sentences(seen(flat)))
    assert "are both 0: here fₜ[1] is the same everywhere" in told
    assert "arrow" not in told


def test_below_its_line_a_relu_is_0():
    exercise = some(rnn(activation="relu")).with_array("b_h", [-99.0] * 3)
    told = " ".join(sentences(seen(exercise, reach=1)))
    assert "on all of this map hₜ[1] is 0." in told


def test_the_coin_s_numbers_are_of_one_experiment():
    one = seen(UNSATURATED, look="coin", log_draws="4", seed="3")
    (table,) = of_kind(gate_space_blocks(one), "coins")
    u = np.random.default_rng(3).random((10_000, 3))
    soft = UNSATURATED.trace()[0, "f"]
    for j, row in enumerate(table["rows"]):
        mean, error = (u[:, j] < soft[j]).mean(), np.sqrt(soft[j] * (1 - soft[j]) / 10_000)
        shown = [numeral(float(x), 4) for x in (u[-1, j], mean, 4 * error)]
        assert row[0] == str(j + 1)
        assert row[1] == numeral(float(soft[j]), 4, True)
        assert [row[2], *row[4:]] == shown
        assert row[3] == ("1 on" if u[-1, j] < soft[j] else "0 off")
        assert abs(mean - soft[j]) <= 4 * error
    assert table["here"] == 0


def test_a_single_draw_is_a_hard_mask():
    one = seen(UNSATURATED, look="coin", log_draws="0")
    (table,) = of_kind(gate_space_blocks(one), "coins")
    assert {row[4] for row in table["rows"]} <= {"0", "1"}
    assert "The mean of 1 draw is" in " ".join(sentences(one))


# ---- clicks ----------------------------------------------------------------------------------


def test_a_click_on_the_map_puts_the_point_there():
    session = seen(UNSATURATED, across="x1", up="h2").desk.session
    clicked(session, "0.5,-1.25")
    assert session.exercise.xs[0, 0] == 0.5
    assert session.exercise.start["h_prev"][1] == -1.25
    session.undo()
    assert session.exercise == UNSATURATED


def test_a_click_moves_only_what_is_given():
    session = seen(UNSATURATED, t=1, across="x1", up="h2").desk.session
    clicked(session, "0.5,-1.25")
    assert session.exercise == as_own(UNSATURATED.with_entry("xs", (1, 0), 0.5))


def test_a_click_on_the_point_opens_the_gate_on_the_step_page():
    session = seen(UNSATURATED).desk.session
    clicked(session, "f:2")
    assert (session.leaving, session.place.step, session.place.index) == ("", "f", (2,))


@pytest.mark.parametrize("where", ["nan,1", "1,inf", "1,2,3", "a,b", ",", "nothing", "f", "f:-1"])
def test_a_click_that_is_none_is_dropped(where):
    session = seen(UNSATURATED).desk.session
    clicked(session, where)
    assert session.exercise == UNSATURATED
