"""What stands above a page: why it shows this example, a better one, the story of the example."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from lstm_core.cells import gru
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from lstm_core.trace import Address
from lstm_ui.session.examples import example_for, open_example
from lstm_ui.session.names import title_of
from lstm_ui.session.session import Session
from lstm_ui.shell import link
from lstm_ui.shell.opening import EXPLORING, OVER_TIME, opening, with_opening
from lstm_ui.shell.pages import BY_NAME
from tests.core.exercises import some
from tests.ui.sessions import FOUNDING, UNSATURATED, do, session_at

MOVING = PRESETS["moving"]


def texts(found):
    """Every text of the blocks, and the event of every button."""
    inner = [one for block in found for one in (block, *block.get("blocks", []))]
    lines = [line["text"] for one in inner for line in one.get("lines", []) if "text" in line]
    return lines, [item["act"] for one in inner for item in one.get("items", [])]


def begun(page, **address):
    """A session as a page begins it at an address."""
    found = link.read(example_for(page in EXPLORING), address)
    session = Session(found.exercise, found.base, found.place, untouched=found.untouched)
    session.suit(example_for(page in EXPLORING))
    return session


def test_the_pages_that_explore_are_pages():
    assert OVER_TIME < EXPLORING < {*BY_NAME}


@pytest.mark.parametrize("page", sorted(EXPLORING))
def test_a_page_that_explores_says_why_it_shows_another_example_and_leads_back(page):
    session = begun(page)
    assert session.exercise == MOVING
    (line,), buttons = texts(opening(session, page))
    assert line.startswith(f"This page opens with “{MOVING.title}”: in “{title_of(FOUNDING)}” ")
    assert "f and i are saturated throughout" in line
    assert ("there is one time step." in line) == (page in OVER_TIME)
    assert buttons == ["open_first"]
    assert do(session, "open_first").exercise == FOUNDING


@pytest.mark.parametrize("page", sorted(EXPLORING))
def test_on_the_first_example_chosen_on_purpose_they_offer_the_moving_one(page):
    session = begun(page, x="founding")
    assert session.exercise == FOUNDING
    (line,), buttons = texts(opening(session, page))
    assert line.startswith("Little moves here: f and i are saturated throughout")
    assert buttons == ["open_moving"]
    assert texts(opening(do(session, "open_moving"), page)) == ([], [])


@pytest.mark.parametrize("page", ["", "all_steps", "lecture", "check_my_work", "dependencies"])
def test_the_other_pages_begin_with_the_first_example_and_say_nothing(page):
    session = begun(page)
    assert session.exercise == FOUNDING
    assert opening(session, page) == []


@pytest.mark.parametrize("page", sorted(EXPLORING))
def test_where_something_moves_nothing_is_offered(page):
    assert opening(session_at(exercise=UNSATURATED), page) == []
    assert opening(session_at(exercise=some(gru())), page) == []


def test_with_one_time_step_little_moves_through_time():
    session = session_at(exercise=UNSATURATED.resized(T=1)[0])
    (line,), _ = texts(opening(session, "gradients"))
    assert line == "Little moves here: there is one time step."
    assert opening(session, "activations") == []
    one_gate = session_at(exercise=UNSATURATED.with_array("b_f", [40, 40, 40]))
    assert texts(opening(one_gate, "gradients"))[0] == [
        "Little moves here: f is saturated throughout."
    ]


@pytest.mark.parametrize("page", ["", "through_time"])
def test_an_address_without_an_exercise_begins_the_same_again(page):
    session = begun(page)
    session.go("C")
    query, _ = link.query(session)
    address = dict(parse_qsl(query))
    assert "x" not in address
    again = begun(page, **address)
    assert (again.exercise, again.place, again.untouched) == (session.exercise, session.place, True)


@pytest.mark.parametrize("page", ["", "through_time"])
def test_what_is_shared_or_linked_to_names_the_exercise(page):
    session = begun(page)
    name = {"": "founding", "through_time": "moving"}[page]
    assert f"x={name}&" in link.search(session, session.place)
    assert f"x={name}&" in link.href(session, "lecture", session.place)


def test_an_edit_puts_the_exercise_into_the_address():
    session = do(begun("through_time"), "edit", cell="b_f:0", text="1")
    query, _ = link.query(session)
    assert "from=moving" in query
    assert begun("", **dict(parse_qsl(query))).exercise == session.exercise


def test_an_untouched_address_keeps_the_decimals():
    session = begun("through_time")
    session.show(2)
    query, _ = link.query(session)
    assert begun("through_time", **dict(parse_qsl(query))).exercise == replace(MOVING, decimals=2)


@pytest.mark.parametrize("name", ["remember", "forget", "count", "latch", "copy"])
def test_a_behaviour_leads_from_the_step_to_its_story_through_time(name):
    session = session_at()
    open_example(session, name)
    ((line,),) = (block["lines"] for block in opening(session, ""))
    assert line["visit"]["label"] == "See it through time"
    seen = line["visit"]
    assert (seen["page"], seen["step"], seen["t"]) == (
        "through_time",
        PUBLICATIONS[name].seen.step,
        PUBLICATIONS[name].seen.t,
    )
    assert texts(opening(session, "through_time"))[0] == []  # the notice tells it already
    session.walk(1)
    assert texts(opening(session, "through_time"))[0] == [PUBLICATIONS[name].story]
    assert opening(session, "") == []
    do(session, "edit", cell="b_o:0", text="0")
    assert PUBLICATIONS[name].story not in texts(opening(session, "through_time"))[0]


@pytest.mark.parametrize("name", ["gradient-survives", "gradient-vanishes", "gradient-explodes"])
def test_what_becomes_of_a_gradient_is_told_on_the_page_on_gradients(name):
    session = session_at()
    open_example(session, name)
    ((line,),) = (block["lines"] for block in opening(session, ""))
    assert line["visit"]["label"] == "See it among the gradients"
    assert line["visit"]["page"] == "gradients"
    session.visit("gradients", session.place)
    assert texts(opening(session, "gradients"))[0] == [PUBLICATIONS[name].story]
    assert texts(opening(session, "through_time"))[0] == []


def test_a_walk_is_seen_on_the_step_itself():
    session = session_at()
    open_example(session, "gate-vector")
    assert session.place == Address("kept", 0, (0,))
    assert opening(session, "") == []


def test_the_link_stands_below_the_notice_and_a_line_below_the_head_of_a_page():
    session = session_at()
    open_example(session, "remember")
    shown = [{"kind": "x", "id": name} for name in ("moves", "notice", "title")]
    at = [block["id"] for block in with_opening(shown, session, "")]
    assert at == ["moves", "notice", "opening", "title"]
    at = [block["id"] for block in with_opening(shown, session_at(), "gate_space")]
    assert at == ["moves", "opening", "notice", "title"]
    assert with_opening(shown, session_at(), "lecture") == shown
