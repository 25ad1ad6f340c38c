"""Which GRU is right, and what do peepholes see: both are worked out below the step in question."""

import pytest

from lstm_core.cells import gru, lstm, peephole_lstm
from lstm_core.text.numerals import numeral
from lstm_ui.sheet.desk import desk
from lstm_ui.shell import link
from lstm_ui.step_by_step.blocks import step_blocks
from tests.core.exercises import some
from tests.ui.blocks import of_kind
from tests.ui.sessions import do, session_at


def shown(session):
    name = session.place.step
    return step_blocks(desk(session), session.exercise.cell[name])


@pytest.mark.parametrize(
    ("cell", "step"),
    [(gru(), "reset_h"), (gru(reset="after"), "Wh_h"), (gru(), "one_minus_z")]
    + [(peephole_lstm(), name) for name in ("pC_f", "pC_i", "pC_o")],
)
def test_both_forms_stand_side_by_side_with_their_difference(cell, step):
    exercise = some(cell, decimals=4)
    (table,) = of_kind(shown(session_at(step, exercise, t=1)), "coins")
    h = exercise.trace()[1, "h"]
    for row, own in zip(table["rows"], h, strict=True):
        assert row[1] == numeral(float(own), 4, True)
        first, second, apart = (float(text.replace("−", "-")) for text in row[1:])
        assert second - first == pytest.approx(apart, abs=2e-4)


def test_the_other_gru_opens_at_the_same_step_with_the_same_numbers():
    session = session_at("reset_h", some(gru(), title="Mine"), t=1)
    (line,) = next(b for b in of_kind(shown(session), "text") if b["id"] == "forms-said")["lines"]
    place = {key: line["visit"][key] for key in ("page", "step", "t", "entry")}
    do(session, "look_up", query=line["visit"]["look_up"], **place)
    assert session.exercise.cell.name == "gru_after"
    assert (session.exercise.params["W_h"] == some(gru()).params["W_h"]).all()
    assert session.place.step == "reset_h"
    session.undo()
    assert session.exercise.cell.name == "gru_before"


def test_a_cell_that_is_too_large_for_a_link_has_none():
    session = session_at("reset_h", some(gru(), n=40, m=40))
    (line,) = next(b for b in of_kind(shown(session), "text") if b["id"] == "forms-said")["lines"]
    assert "visit" not in line
    assert link.search(session, session.place) == ""


def test_a_step_of_one_form_has_no_table():
    assert not of_kind(shown(session_at("C", some(lstm()))), "coins")
