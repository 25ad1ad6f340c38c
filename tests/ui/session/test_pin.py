"""A pinned setting: what is compared with it, what undo does, and that the address holds it."""

from dataclasses import replace

import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_ui.session.session import Session
from lstm_ui.shell import link
from tests.core.exercises import some
from tests.ui.sessions import FOUNDING, UNSATURATED, do, session_at


def pinned_and_edited():
    """Pin the first example, and set W_f[1,2] to 7."""
    session = do(session_at(), "pin")
    return do(session, "edit", cell="W_f:0:1", text="7")


def reopened(session):
    """Return a session as a reload of this one's address begins it."""
    query, problem = link.query(session)
    assert not problem
    return link.read(FOUNDING, link.parse(f"?{query}"))


def test_all_later_edits_are_compared_with_the_pin_and_not_with_the_one_before():
    session = do(pinned_and_edited(), "edit", cell="W_f:0:1", text="8")
    assert session.pinned == session.against == FOUNDING
    assert do(session, "unpin").against == session.exercise


def test_the_sides_can_be_swapped_and_swapped_back():
    session = pinned_and_edited()
    edited = session.exercise
    do(session, "swap_sides")
    assert (session.exercise, session.pinned) == (FOUNDING, edited)
    do(session, "swap_sides")
    assert (session.exercise, session.pinned) == (edited, FOUNDING)


def test_nothing_is_swapped_where_nothing_is_pinned():
    session = do(session_at(), "swap_sides")
    assert (session.exercise, session.pinned, session.past) == (FOUNDING, None, [])


def test_undo_takes_back_a_swap_an_edit_and_a_pin_in_turn():
    session = do(pinned_and_edited(), "swap_sides")
    edited = session.pinned
    seen = [(do(session, "undo").exercise, session.pinned) for _ in range(3)]
    assert seen == [(edited, FOUNDING), (FOUNDING, FOUNDING), (FOUNDING, None)]
    assert do(session, "redo").pinned == FOUNDING


def test_a_pin_stays_when_another_example_is_opened_and_follows_the_decimals():
    session = pinned_and_edited()
    session.load(UNSATURATED)
    session.show(2)
    assert session.pinned == replace(FOUNDING, decimals=2)
    assert do(session, "undo").pinned == replace(FOUNDING, decimals=2)


def test_what_is_done_is_said():
    session = do(session_at(), "pin")
    assert session.notice.startswith("Pinned.")
    assert "swapped" in do(session, "swap_sides").notice
    assert "Nothing is pinned" in do(session, "unpin").notice
    steps = session.past
    assert do(session, "unpin").past == steps  # once more: there is nothing to undo


# ---- in the address ------------------------------------------------------------------------------


@pytest.mark.parametrize("pinned", [FOUNDING, UNSATURATED, some(n=2, m=2, T=2, decimals=3)])
def test_the_address_holds_the_pin(pinned):
    session = session_at("f", pinned)
    do(session, "pin")
    session.load(PRESETS["unsaturated"])
    found = reopened(session)
    assert found.exercise == session.exercise
    assert found.pinned == replace(pinned, decimals=found.exercise.decimals)


def test_without_a_pin_the_address_says_nothing_of_one():
    assert "pin" not in link.query(session_at())[0]
    assert reopened(session_at()).pinned is None


def test_a_pin_that_is_too_large_is_left_out_and_that_is_said():
    large = some(n=40, m=40, T=1)
    session = Session(FOUNDING, FOUNDING, session_at().place, pinned=large)
    query, problem = link.query(session)
    assert "pin=" not in query
    assert problem == link.PINLESS


@pytest.mark.parametrize("junk", ["none", "9", "E1" * 50, "ABCD-EFGH"])
def test_a_pin_that_is_junk_is_dropped_and_that_is_said(junk):
    found = link.read(FOUNDING, {"x": "founding", "pin": junk})
    assert (found.exercise, found.pinned) == (FOUNDING, None)
    assert found.problem == link.UNREADABLE_PIN
