"""The line about a pinned setting, and what stands beside each number that differs from it."""

import numpy as np
import pytest

from lstm_core import gru
from lstm_ui.activations.figure import activations
from lstm_ui.check.answers import answer_desk
from lstm_ui.figures.curve import curve
from lstm_ui.figures.view import View
from lstm_ui.sheet.compare import compared, pin_tool
from lstm_ui.sheet.desk import desk, desk_now
from lstm_ui.sheet.matrices import matrix
from lstm_ui.sheet.panels import sheet_data, toolbar
from lstm_ui.through_time.choices import span
from lstm_ui.through_time.figure import figure as time_figure
from tests.core.exercises import some
from tests.ui.sessions import FOUNDING, UNSATURATED, do, session_at


def line(session):
    """Return what is said of the pin."""
    ((group),) = compared(desk(session))
    return group["blocks"][0]["lines"][0]["text"]


def cells(session, name):
    return [cell for row in matrix(desk(session), name)["rows"] for cell in row]


def edited(exercise=UNSATURATED, cell="b_f:0", text="3"):
    return do(do(session_at("f", exercise), "pin"), "edit", cell=cell, text=text)


def test_nothing_is_said_where_nothing_is_pinned():
    session = session_at()
    assert compared(desk(session)) == []
    assert pin_tool(session)["on"]


def test_the_line_stands_below_what_the_page_begins_with():
    session = do(session_at(), "pin")
    on_desk = desk(session)
    kinds = [b["id"] for b in sheet_data(on_desk, [toolbar(session), toolbar(session)])["blocks"]]
    assert kinds == ["toolbar", "compared", "toolbar", "share"]
    assert not pin_tool(session)["on"], "what is pinned need not be pinned again"


def test_just_pinned_nothing_differs():
    assert "Nothing differs yet" in line(do(session_at(), "pin"))


def test_the_line_says_what_came_of_the_change_at_the_end():
    session = edited()
    old, new = (e.trace()[2, "h"] for e in (UNSATURATED, session.exercise))
    j = int(np.abs(new - old).argmax())
    assert f"1 number changed. At the end hₜ[{j + 1}] is {new[j]:.4f}, pinned {old[j]:.4f}" in (
        line(session).replace("−", "-").replace("h_t", "hₜ")
    )


def test_a_change_that_arrives_nowhere_is_said_to_print_the_same():
    session = do(do(session_at("f", FOUNDING), "pin"), "edit", cell="W_f:0:1", text="7")
    assert line(session).endswith("prints the same.")


def test_where_answers_are_asked_for_the_line_gives_no_state_away():
    session = edited()
    ((group),) = compared(answer_desk(session))
    said = group["blocks"][0]["lines"][0]["text"]
    assert said == "Pinned: No gate saturated. 1 number changed."


@pytest.mark.parametrize("other", [some(n=2, m=2, T=1), some(cell=gru(), n=3, m=2, T=3)])
def test_another_shape_is_said_to_be_one(other):
    session = do(session_at("f", UNSATURATED), "pin")
    session.load(other)
    assert f"Here it is {'GRU' if other.cell.name == 'gru_before' else 'LSTM'}, n = " in line(
        session
    )
    assert "(LSTM, n = 3, m = 2, T = 3)" in line(session)
    for name in ("h", "x"):
        cells(session, name)  # and nothing fails


def test_each_number_that_differs_shows_the_pinned_one_and_the_difference():
    session = edited(text="1.25")
    (cell, *others) = cells(session, "b_f")
    old = float(UNSATURATED.params["b_f"][0])
    assert (float(cell["was"]), float(cell["gap"])) == (old, pytest.approx(1.25 - old))
    assert all("was" not in other for other in others)
    f = cells(session, "f")[0]
    moved = session.exercise.trace()[0, "f"][0] - UNSATURATED.trace()[0, "f"][0]
    assert f["gap"] == f"+{moved:.4f}"
    assert cells(do(session, "swap_sides"), "f")[0]["gap"] == f"−{moved:.4f}"


def test_an_edit_without_a_pin_shows_no_difference():
    session = do(session_at("f", UNSATURATED), "edit", cell="b_f:0", text="3")
    assert "gap" not in cells(session, "f")[0]


def test_a_difference_below_the_decimals_is_not_printed_as_0():
    on_desk = desk(session_at("f", UNSATURATED))
    assert on_desk.gap("f", 0.12344, 0.12346) == "+2e−5"
    assert on_desk.gap("f", 0.5, 0.5) == on_desk.gap("f", np.nan, 0.5) == ""


# ---- in figures ----------------------------------------------------------------------------------


def curves(session):
    """Return the figure of the open step, and that of the page on activations."""
    on_desk = desk(session)
    return curve(View(on_desk, "f", (0,))), activations(View(on_desk, "f", (0,)))


def test_the_curves_show_the_pinned_units_as_crosses_and_say_so():
    before, after = curves(session_at("f", UNSATURATED)), curves(edited(text="1.25"))
    z, f = (UNSATURATED.trace()[0, name] for name in ("z_f", "f"))
    for plain, ghosted in zip(before, after, strict=True):
        assert len(ghosted["data"]) == len(plain["data"]) + 1
        crosses = ghosted["data"][-1]
        np.testing.assert_allclose(crosses["x"], z)
        np.testing.assert_allclose(crosses["y"], f)
        assert crosses["hovertext"][0] == f"pinned, unit 1: z = {z[0]:.2f}, {f[0]:.4f}"
        assert ghosted["alt"].endswith("The crosses are the units of the pinned setting.")


def test_a_pin_of_another_size_adds_nothing_to_a_curve():
    session = do(session_at("f", UNSATURATED), "pin")
    plain = curves(session_at("f", some(n=2, m=2)))
    session.load(some(n=2, m=2))
    assert [len(figure["data"]) for figure in curves(session)] == [
        len(figure["data"]) for figure in plain
    ]


def unit_lines(session):
    """Return the figure of one unit over time."""
    session.options = {"over": "unit"}
    return time_figure(span(desk_now(session)))


def test_the_lines_of_one_unit_stand_beside_those_of_the_pinned_setting():
    plain, ghosted = unit_lines(session_at("f", UNSATURATED)), unit_lines(edited(text="3"))
    assert len(ghosted["data"]) == len(plain["data"]) + 1
    drawn = ghosted["data"][-1]
    memory = [row["C"][0] for row in UNSATURATED.trace().frames]
    places = [k for k, y in enumerate(drawn["y"]) if y == pytest.approx(memory[0])]
    assert any(drawn["y"][k : k + 3] == pytest.approx(memory) for k in places)
    assert any(drawn["x"][k : k + 3] == [1, 2, 3] for k in places)
    assert ghosted["alt"].endswith("The dotted lines are those of the pinned setting.")


def test_lines_of_a_shorter_pin_end_where_it_ends_and_those_of_another_size_are_not_drawn():
    shorter = UNSATURATED.resized(T=2)[0]
    session = do(session_at("f", shorter), "pin")
    session.load(UNSATURATED)
    assert {x for x in unit_lines(session)["data"][-1]["x"] if x} == {1, 2}
    session = do(session_at("f", some(n=2, m=2)), "pin")
    session.load(UNSATURATED)
    assert len(unit_lines(session)["data"]) == len(unit_lines(session_at("f", UNSATURATED))["data"])
