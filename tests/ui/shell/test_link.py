from dataclasses import replace
from urllib.parse import parse_qs

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.trace import Address
from lstm_core.worksheets.recipe import Recipe, from_code
from lstm_ui.session.names import as_own
from lstm_ui.session.options import Choice, Number
from lstm_ui.session.session import Session
from lstm_ui.shell import link
from tests.core.exercises import ONE_SENTENCE, some
from tests.ui.sessions import FOUNDING, UNSATURATED

EDITED = as_own(UNSATURATED.with_entry("b_f", (0,), 0.123456789012345))
PLACE = Address("C", 2, (1,))


def query(session, *options):
    text, problem = link.query(session, options)
    assert problem == ""
    return text


def read(**parameters):
    return link.read(FOUNDING, parameters)


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("decimals", [None, 1, 4, 10])
def test_a_preset_goes_by_its_name(name, decimals):
    exercise = replace(PRESETS[name], decimals=decimals)
    place = Address("h", exercise.T - 1, (exercise.n - 1,))
    address = link.parameters(exercise, exercise, place)
    found = link.read(FOUNDING, address)
    assert address["x"] == name
    assert (found.exercise, found.base, found.place) == (exercise, exercise, place)
    assert found.problem == ""


@pytest.mark.parametrize("exercise", [EDITED, replace(EDITED, decimals=None), some(n=4, T=3)])
def test_any_other_exercise_goes_as_its_token_to_the_last_bit(exercise):
    address = link.parameters(exercise, exercise, Address("C", 1, (1,)))
    found = link.read(FOUNDING, address)
    assert address["x"] == exercise.token()
    assert (found.exercise, found.base, found.problem) == (exercise, exercise, "")


@pytest.mark.parametrize("decimals", [None, 4, 7])
def test_an_edited_preset_remembers_what_it_came_from(decimals):
    exercise, base = (replace(e, decimals=decimals) for e in (EDITED, UNSATURATED))
    address = link.parameters(exercise, base, PLACE)
    found = link.read(FOUNDING, address)
    assert address["from"] == "unsaturated"
    assert (found.exercise, found.base, found.place) == (exercise, base, PLACE)


def test_the_first_of_everything_is_not_written():
    assert link.parameters(FOUNDING, FOUNDING, Address("v", 0, (0,))) == {
        "x": "founding",
        "step": "v",
    }


def test_counting_starts_at_one():
    found = link.parameters(UNSATURATED, UNSATURATED, PLACE)
    assert found == {"x": "unsaturated", "step": "C", "t": "3", "entry": "2"}


@pytest.mark.parametrize(
    ("given", "decimals"), [("3", 3), ("10", 10), ("full", None), ("0", 4), ("11", 4), ("x", 4)]
)
def test_decimals(given, decimals):
    assert read(x="founding", decimals=given).exercise.decimals == decimals


def test_an_empty_address_is_the_default():
    found = read()
    assert (found.exercise, found.place, found.problem) == (FOUNDING, Address("v", 0, (0,)), "")


HOSTILE = ["nothing", "0.abc", "1.", "1.@@", "../../etc/passwd", "<script>", "1." + "A" * 9999, "²"]


@pytest.mark.parametrize("text", [*HOSTILE, EDITED.token()[:-5], EDITED.token() + "AAAA"])
def test_a_broken_link_gives_the_default_and_says_so(text):
    found = read(x=text, step="C", t="2")
    assert (found.exercise, found.base, found.place.step) == (FOUNDING, FOUNDING, "v")
    assert ONE_SENTENCE.fullmatch(found.problem)
    assert found.problem.startswith("This link is broken: ")
    assert found.problem.endswith(" Here is The Stack Exchange example.")


@pytest.mark.parametrize("base", ["nothing", "", "__class__", EDITED.token()])
def test_an_unknown_origin_is_the_exercise_itself(base):
    assert read(x=EDITED.token(), **{"from": base}).base == EDITED


def test_the_query_is_what_is_read_back():
    address = {k: v for k, (v,) in parse_qs(query(Session(EDITED, UNSATURATED, PLACE))).items()}
    found = link.read(FOUNDING, address)
    assert (found.exercise, found.base, found.place) == (EDITED, UNSATURATED, PLACE)


def test_an_edit_of_a_large_exercise_packs_nothing(monkeypatch):
    large = some(n=64, m=64)
    session = Session(large, large, Address("v"))
    monkeypatch.setattr("zlib.compress", None)
    session.change(large.with_entry("b_f", (0,), 7.0))
    assert link.query(session) == ("", link.LINKLESS)
    assert link.search(session, session.place) == ""


def test_a_link_with_an_examples_title_on_other_numbers_does_not_keep_it():
    titled = replace(EDITED, title=UNSATURATED.title, source=UNSATURATED.source)
    found = read(x=titled.token(), pin=titled.token())
    assert found.exercise == found.pinned == EDITED


def test_what_is_too_long_for_a_link_has_none():
    large = some(n=32, m=32)
    assert link.query(Session(large, large, Address("v"))) == ("", link.LINKLESS)
    assert len(query(Session(EDITED, EDITED, PLACE))) < link.LONGEST


def shown(session, exercise, place):
    """Whether the browser is told to make a new place to go Back from."""
    session.exercise, session.place = exercise, place
    return link.address_bar(session, [], walks=True)["push"]


def test_a_step_is_an_entry_of_the_history_and_an_edit_is_not():
    first, other_entry = Address("C", 0, (0,)), Address("C", 0, (2,))
    session = Session(UNSATURATED, UNSATURATED, first)
    assert shown(session, UNSATURATED, first) is False  # it takes the place of the empty address
    assert shown(session, EDITED, first) is False
    assert shown(session, EDITED, other_entry) is False
    assert shown(session, EDITED, PLACE) is True
    assert shown(session, EDITED, PLACE) is False
    session.arrive(first)
    assert link.address_bar(session, [], walks=True)["push"] is False  # Back has already been there


def test_the_browser_s_own_spelling_of_an_address_is_read():
    search = "?" + query(Session(EDITED, UNSATURATED, PLACE))
    found = link.read(FOUNDING, link.parse(search))
    assert (found.exercise, found.base, found.place) == (EDITED, UNSATURATED, PLACE)
    assert link.parse("?x=" + "1" * 10**6) == {}


def test_an_exercise_too_large_for_a_link_leaves_the_address_alone():
    large = some(n=32, m=32)
    session = Session(large, large, Address("C", 0, (0,)))
    assert link.address_bar(session, [], walks=True)["query"] == ""


ANSWERS = {Address("z_i", 0, (0,)): "22", Address("z_i", 0, (2,)): "62,0", Address("h", 2): "→ ½"}


def test_answers_and_options_are_read_back_as_they_were_typed():
    gate, seed = Choice("gate", ("f", "i")), Number("seed", 0, 99, 1, whole=True)
    session = Session(EDITED, UNSATURATED, PLACE, options={"gate": "i", "seed": "7", "other": "1"})
    session.answers = {at: text for at, text in ANSWERS.items() if at.index}
    found = link.read(FOUNDING, link.parse(query(session, gate, seed)))
    assert (found.answers, found.options) == (session.answers, {"gate": "i", "seed": "7"})


def test_what_was_not_chosen_is_not_in_the_address():
    assert "gate" not in query(Session(EDITED, EDITED, PLACE), Choice("gate", ("f", "i")))


def test_answers_that_the_link_cannot_hold_are_left_out_and_that_is_said():
    rng = np.random.default_rng(1)
    many = {Address("h", t, (j,)): repr(rng.random()) for t in range(90) for j in range(9)}
    text, problem = link.query(Session(UNSATURATED, UNSATURATED, PLACE, answers=many))
    assert ("answers" in text, problem) == (False, link.ANSWERLESS)


@pytest.mark.parametrize("token", ["2.AAAA", "1.", "1.AAAA", "x", "1." + "A" * 5000, "1.²"])
def test_broken_answers_leave_the_exercise_and_say_so(token):
    found = link.read(FOUNDING, {"x": "unsaturated", "answers": token})
    assert (found.exercise, found.answers) == (UNSATURATED, {})
    assert ONE_SENTENCE.fullmatch(found.problem)


def test_a_page_that_does_not_walk_has_one_place_for_each_time_step():
    session = Session(UNSATURATED, UNSATURATED, Address("C", 0, (0,)))
    assert link.address_bar(session, [], walks=False)["push"] is False
    session.place = Address("h", 0, (1,))
    assert link.address_bar(session, [], walks=False)["push"] is False
    session.place = Address("h", 1, (1,))
    assert link.address_bar(session, [], walks=False)["push"] is True
    assert link.address_bar(session, [], walks=True)["push"] is False  # another page is no step


def test_a_link_to_a_place_on_another_page():
    link_text = link.href(Session(EDITED, UNSATURATED, PLACE), "all_steps", Address("h", 1, (2,)))
    assert link_text.startswith("./all_steps?x=")
    assert link.read(FOUNDING, link.parse(link_text.partition("?")[2])).place.step == "h"


CODE = Recipe(m=2, n=2, steps="gates", seed=11).code


def test_a_worksheet_goes_by_its_code():
    exercise, _ = from_code(CODE)
    text = query(Session(exercise, exercise, Address("C", 0, (0,))))
    assert text.startswith(f"x={CODE}&")
    found = link.read(FOUNDING, link.parse(text))
    assert (found.exercise, found.base) == (exercise, exercise)


@pytest.mark.parametrize("typed", [CODE.lower(), CODE.replace("-", "")])
def test_a_code_is_read_as_people_type_it(typed):
    assert link.read(FOUNDING, {"x": typed}).exercise == from_code(CODE)[0]


def test_an_edited_worksheet_remembers_what_it_came_from():
    exercise, _ = from_code(CODE)
    edited = as_own(exercise.with_entry("b_f", (0,), 0.5))
    found = link.read(FOUNDING, link.parse(query(Session(edited, exercise, PLACE))))
    assert (found.exercise, found.base) == (edited, exercise)


def test_a_mistyped_code_gives_the_default_and_says_so():
    wrong = CODE[:-1] + ("2" if CODE[-1] != "2" else "3")
    found = link.read(FOUNDING, {"x": wrong})
    assert found.exercise == FOUNDING
    assert "is no worksheet code" in found.problem
