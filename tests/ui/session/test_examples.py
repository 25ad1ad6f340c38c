"""The examples that come with the app: while nobody chose one, each page has the one that suits."""

from dataclasses import replace

import pytest

from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from lstm_core.trace import Address
from lstm_ui.session.examples import example_for, open_example, story_of
from lstm_ui.session.session import Session
from tests.ui.sessions import FOUNDING, UNSATURATED, do, session_at

MOVING = PRESETS["moving"]


def untouched(step="v", entry=0):
    return Session(FOUNDING, FOUNDING, Address(step, 0, (entry,)), untouched=True)


def test_a_page_that_explores_has_an_example_that_moves_and_the_others_the_first():
    assert example_for(True) == MOVING
    assert example_for(False) == FOUNDING


def test_an_untouched_session_follows_the_pages_there_and_back():
    session = untouched("v", entry=5)
    session.suit(MOVING)
    assert (session.exercise, session.base, session.past) == (MOVING, MOVING, [])
    assert session.place == Address("v", 0, (4,))
    session.suit(FOUNDING)
    assert (session.exercise, session.base, session.before) == (FOUNDING, FOUNDING, None)


def test_the_decimals_that_were_chosen_stay():
    session = untouched()
    session.show(2)
    session.suit(MOVING)
    assert session.exercise == replace(MOVING, decimals=2)


@pytest.mark.parametrize(
    "act",
    [
        lambda session: do(session, "edit", cell="b_f:0", text="5"),
        lambda session: do(session, "randomise", matrix="W_f"),
        lambda session: do(session, "answer", cell="z_f:0", text="5"),
        lambda session: do(session, "keep"),
        lambda session: do(session, "open_first"),
        lambda session: do(session, "visit", page="", step="C", t=0, entry=1),
        lambda session: session.load(FOUNDING),
        lambda session: open_example(session, "count"),
    ],
)
def test_what_was_chosen_changed_or_visited_is_the_reader_s_own_and_stays(act):
    session = untouched()
    act(session)
    own = session.exercise
    session.suit(MOVING)
    assert session.exercise == own
    assert not session.untouched


@pytest.mark.parametrize(
    "act",
    [
        lambda session: do(session, "go", step="C", t=0),
        lambda session: do(session, "walk", by=1),
        lambda session: do(session, "choose", option="gate", value="o"),
        lambda session: do(session, "open", cell="v:1"),
        lambda session: do(session, "edit", cell="b_f:0", text="five"),
    ],
)
def test_to_look_around_makes_nothing_one_s_own(act):
    session = untouched()
    act(session)
    session.suit(MOVING)
    assert (session.exercise, session.drafts) == (MOVING, {})


def test_a_session_that_began_with_an_exercise_keeps_it():
    session = session_at(exercise=UNSATURATED)
    session.suit(MOVING)
    assert session.exercise == UNSATURATED


def test_a_button_opens_the_moving_example_and_undo_brings_the_other_back():
    session = do(session_at(), "open_moving")
    assert (session.exercise, session.base) == (MOVING, MOVING)
    assert session.notice == f"Opened: {MOVING.title}."
    assert do(session, "undo").exercise == FOUNDING


def test_an_example_with_a_story_opens_where_it_is_seen():
    session = session_at()
    open_example(session, "latch")
    assert (session.place.step, session.place.t) == ("h", 2)
    assert session.notice.endswith(PUBLICATIONS["latch"].story)


def test_a_story_ends_with_the_first_change():
    latch = PRESETS["latch"]
    assert story_of(latch) == story_of(replace(latch, decimals=2)) == PUBLICATIONS["latch"].story
    assert story_of(latch.with_entry("b_f", (0,), 0.0)) == story_of(FOUNDING) == ""
