from dataclasses import replace

import pytest

from lstm_ui.session.events import ticked
from lstm_ui.session.session import KEPT_UNDOS, Moment
from tests.core.exercises import ONE_SENTENCE
from tests.ui.sessions import FOUNDING, UNSATURATED, do, number, session_at


def edit(session, cell, text):
    return do(session, "edit", cell=cell, text=text)


@pytest.mark.parametrize(
    ("cell", "text", "name", "index", "wanted"),
    [
        ("W_f:0:1", "0.5", "W_f", (0, 1), 0.5),
        ("b_i:2", " −2,5e-3 ", "b_i", (2,), -0.0025),
        ("x:0", "1/3", "xs", (0, 0), 1 / 3),
        ("v:0", "7", "xs", (0, 0), 7),
        ("v:5", "7", "h_prev", (2,), 7),
        ("C_prev:1", "√2", "C_prev", (1,), 2**0.5),
    ],
)
def test_an_edit_changes_the_number_behind_the_cell(cell, text, name, index, wanted):
    session = edit(session_at(), cell, text)
    assert number(session, name, *index) == wanted
    assert session.past == [Moment(FOUNDING, FOUNDING, {})]
    assert session.before == session.base == FOUNDING


def test_an_edit_to_the_same_number_is_no_step_of_undo():
    session = edit(session_at(), "W_f:0:1", "2.0")
    assert (session.exercise, session.past, session.before) == (FOUNDING, [], None)


@pytest.mark.parametrize("text", ["", "abc", "1 2", "nan", "1e999", "1,234", "__import__('os')"])
def test_what_is_no_number_stays_with_a_sentence_and_changes_nothing(text):
    session = edit(session_at(), "W_f:0:1", text)
    draft = session.draft("W_f:0:1")
    assert draft.text == text
    assert ONE_SENTENCE.fullmatch(draft.problem)
    assert (session.exercise, session.past) == (FOUNDING, [])


def test_a_good_edit_clears_the_draft():
    session = edit(edit(session_at(), "W_f:0:1", "abc"), "W_f:0:1", "3")
    assert session.drafts == {}


def test_escape_clears_the_draft_and_only_this_one():
    session = edit(edit(session_at(), "W_f:0:1", "abc"), "W_f:0:2", "def")
    do(session, "forget", cell="W_f:0:1")
    assert [*session.drafts] == ["W_f:0:2"]


def test_a_draft_shows_at_its_own_time_step_or_in_a_parameter_at_each():
    session = session_at("v", UNSATURATED)
    edit(edit(session, "x:0", "abc"), "W_f:0:0", "def")
    session.go("v", 1)
    assert session.draft("x:0") is None
    assert session.draft("W_f:0:0").text == "def"
    session.go("v", 0)
    assert session.draft("x:0").text == "abc"


def test_drafts_go_where_the_cells_become_other_numbers():
    session = edit(session_at(), "W_f:0:1", "abc")
    session.change(FOUNDING.reordered("hx"))
    assert session.drafts == {}


@pytest.mark.parametrize("cell", ["f:0", "z_f:2", "W_f:9:9", "W_f:-1:0", "__class__:0", "", "v"])
def test_an_edit_of_what_cannot_be_set_does_nothing(cell):
    session = edit(session_at(), cell, "5")
    assert (session.exercise, session.drafts) == (FOUNDING, {})


def test_undo_and_redo_go_through_all_edits():
    session = edit(edit(session_at(), "b_f:0", "5"), "b_f:0", "6")
    seen = [number(do(session, kind), "b_f", 0) for kind in ("undo", "undo", "redo", "redo")]
    assert seen == [5, 1, 5, 6]
    assert (number(do(session, "redo"), "b_f", 0), len(session.past)) == (6, 2)


def test_undo_with_nothing_to_undo_does_nothing():
    session = do(session_at(), "undo")
    assert (session.exercise, session.notice) == (FOUNDING, "")


def test_undo_says_so_and_shows_what_it_changed():
    session = do(edit(session_at(), "b_f:0", "5"), "undo")
    assert session.notice == "Undone."
    assert session.before.params["b_f"][0] == 5


def test_an_edit_after_undo_ends_what_could_be_redone():
    session = edit(do(edit(session_at(), "b_f:0", "5"), "undo"), "b_f:0", "6")
    assert number(do(session, "redo"), "b_f", 0) == 6
    assert session.future == []


def test_only_so_many_undos_are_kept():
    session = session_at()
    for k in range(KEPT_UNDOS + 5):
        edit(session, "b_f:0", str(k + 10))
    assert len(session.past) == KEPT_UNDOS


def test_reset_goes_to_the_base_and_can_be_undone():
    session = do(edit(session_at(), "b_f:0", "5"), "reset")
    assert (session.exercise, session.notice) == (FOUNDING, "Back to your starting values.")
    assert number(do(session, "undo"), "b_f", 0) == 5


def test_kept_numbers_are_what_reset_comes_back_to():
    session = edit(do(edit(session_at(), "b_f:0", "5"), "keep"), "b_f:0", "6")
    assert number(do(session, "reset"), "b_f", 0) == 5
    assert session.base.params["b_f"][0] == 5


def test_reset_clears_drafts():
    assert do(edit(session_at(), "b_f:0", "abc"), "reset").drafts == {}


def test_loading_another_exercise_makes_it_the_base():
    session = edit(edit(session_at(), "b_f:0", "5"), "b_f:1", "abc")
    session.load(UNSATURATED, "Loaded.")
    assert (session.exercise, session.base, session.notice) == (UNSATURATED, UNSATURATED, "Loaded.")
    assert (session.before, session.drafts) == (None, {})
    assert number(do(session, "undo"), "b_f", 0) == 5
    assert session.base == FOUNDING  # Reset goes back to where it went then
    assert do(session, "redo").base == UNSATURATED


@pytest.mark.parametrize("decimals", [1, 10, None])
def test_decimals_are_display_only_and_undo_does_not_touch_them(decimals):
    session = do(edit(edit(session_at(), "b_f:0", "5"), "b_f:0", "6"), "undo")
    session.show(decimals)
    assert len(session.past) == 1
    moments = [e for moment in session.past + session.future for e in moment[:2]]
    every = [session.exercise, session.base, session.before, *moments]
    assert {exercise.decimals for exercise in every} == {decimals}
    assert do(session, "undo").exercise == replace(FOUNDING, decimals=decimals) == session.base


@pytest.mark.parametrize(
    ("start", "ticks", "wanted"),
    [(3, 1, 3.1), (3, -30, 0), (0.45, 1, 0.46), (0, 2, 0.2), (91, 1, 92), (-3, 1, -2.9)],
)
def test_a_tick_is_a_tenth_of_the_leading_digit(start, ticks, wanted):
    assert ticked(start, ticks) == wanted


@pytest.mark.parametrize("start", [0.123456789012345, 1e300, 5e-324, -1 / 3])
def test_no_tick_is_no_change(start):
    assert ticked(start, 0) == start
