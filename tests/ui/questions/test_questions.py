"""The index of questions: each link opens the place where the answer stands."""

import re

import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_ui.activations.blocks import activations_sheet
from lstm_ui.activations.choices import view
from lstm_ui.gate_space.blocks import gate_space_blocks
from lstm_ui.gate_space.choices import scene
from lstm_ui.gradients.blocks import gradients_page
from lstm_ui.layers.blocks import layer_blocks
from lstm_ui.layers.choices import view as layers_view
from lstm_ui.questions.blocks import question_blocks, wording
from lstm_ui.questions.table import ROWS, example
from lstm_ui.session.options import asked_word, is_option
from lstm_ui.sheet.desk import desk
from lstm_ui.shell import link
from lstm_ui.step_by_step.blocks import step_blocks
from lstm_ui.through_time.blocks import through_time_blocks
from lstm_ui.through_time.choices import span
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import of_kind
from tests.ui.sessions import do, session_at

UNSATURATED = PRESETS["unsaturated"]
ON_PAGE = {
    "": lambda s: step_blocks(desk(s), s.exercise.cell[s.place.step]),
    "activations": lambda s: activations_sheet(view(desk(s)))["blocks"],
    "gate_space": lambda s: gate_space_blocks(scene(desk(s))),
    "through_time": lambda s: through_time_blocks(span(desk(s))),
    "layers": lambda s: layer_blocks(layers_view(s)),
    "gradients": lambda s: gradients_page(s)[0]["blocks"],
}
# lesson.md of the course, section 4, and what the first reader asked: a few words of each.
PEOPLE_ASK = """
    cell state a matrix, C and h the same size, f 0 or 1, sigmoid for, second tanh, C exceed 1,
    values above 1, not vanish although, exactly fₜ, vanish or explode, is a unit, cell copied,
    How many parameters, two biases in PyTorch, forget bias, before the first, differ from Keras,
    peepholes see, Which GRU, n units become p, constant derivative of 1, long-term memory,
    side by side help, at random, print 22, start beyond 1
"""


def visits(session):
    lines = [line for block in of_kind(question_blocks(session), "text") for line in block["lines"]]
    return [line["visit"] for line in lines]


def answers(session):
    """What stands on the page that the session is leaving for: each question with its answer."""
    blocks = ON_PAGE[session.leaving](session)
    return {
        asked_word(item["question"]): item["answer"]
        for block in of_kind(blocks, "questions")
        for item in block["items"]
    }


def followed(exercise, visit):
    """A reader's session after a plain click on a link of the page."""
    place = {name: visit[name] for name in ("page", "step", "t", "entry")}
    return do(session_at(exercise=exercise), "look_up", query=visit["look_up"], **place)


@pytest.mark.parametrize("exercise", [UNSATURATED, PRESETS["founding"]], ids=["own", "founding"])
@pytest.mark.parametrize("row", range(len(ROWS)), ids=[row.topic for row in ROWS])
def test_a_question_leads_to_its_answer(exercise, row):
    session = followed(exercise, visits(session_at(exercise=exercise))[row])
    assert len(answers(session)[session.options["asked"]]) > 40
    assert session.place.step in ROWS[row].steps


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_of_any_cell_each_question_leads_to_its_answer(cell):
    exercise = some(cell, T=3)
    for visit in visits(session_at(exercise=exercise)):
        session = followed(exercise, visit)
        assert answers(session)[session.options["asked"]], visit["label"]


@pytest.mark.parametrize("exercise", [UNSATURATED, some(CELLS[-1])], ids=["lstm", "other"])
def test_in_a_new_tab_the_link_leads_to_the_same_place(exercise):
    for visit in visits(session_at(exercise=exercise)):
        path, query = visit["href"].split("?")
        found = link.read(PRESETS["founding"], link.parse(query))
        session = followed(exercise, visit)
        assert (path, found.problem) == (f"./{session.leaving}", "")
        assert (found.exercise, found.place) == (session.exercise, session.place)
        assert found.options.items() <= session.options.items()
        assert is_option("asked", found.options["asked"])


def test_where_the_cell_has_it_the_exercise_on_screen_answers():
    session = session_at(exercise=UNSATURATED)
    own = [visit for visit in visits(session) if "x=" not in visit["look_up"]]
    assert len(own) > 25
    assert all(followed(UNSATURATED, visit).exercise == UNSATURATED for visit in own)


def test_an_example_that_is_opened_can_be_undone_and_says_so():
    visit = next(v for v in visits(session_at(exercise=UNSATURATED)) if "GRU formula" in v["label"])
    session = followed(UNSATURATED, visit)
    assert session.exercise == example("gru_before")
    assert session.notice == "Opened: A GRU with random numbers. Undo brings your numbers back."
    session.undo()
    assert session.exercise == UNSATURATED


def test_everything_that_people_ask_is_there():
    labels = [visit["label"] for visit in visits(session_at(exercise=PRESETS["founding"]))]
    parts = re.split(r",\s+", PEOPLE_ASK.strip())
    assert [words for words in parts if not any(words in label for label in labels)] == []
    assert len(set(labels)) == len(labels)


def test_numbers_of_the_published_example_are_the_trace_s():
    session = followed(UNSATURATED, visits(session_at(exercise=UNSATURATED))[topic("founding z_i")])
    answer = answers(session)[session.options["asked"]]
    trace = session.exercise.trace()
    for name in ("Wv_i", "b_i", "z_i"):
        values = trace.params[name] if name == "b_i" else trace[0, name]
        assert f"[{', '.join(f'{x:g}' for x in values)}]" in answer


def topic(name):
    return [row.topic for row in ROWS].index(name)


def test_slopes_are_those_of_the_open_unit():
    visit = visits(session_at(exercise=UNSATURATED))[topic("slope of 1")]
    answer = answers(session := followed(UNSATURATED, visit))[session.options["asked"]]
    z = UNSATURATED.trace()[0, "C_tilde"][0]
    assert f"tanh′(z) = {1 - z * z:.4f}" in answer


@pytest.mark.parametrize("query", ["x=nothing&asked=a", "asked=" + "a" * 7000, "gate=<b>", ""])
def test_a_query_that_is_none_changes_nothing(query):
    session = do(
        session_at(exercise=UNSATURATED), "look_up", page="", step="C", t=0, entry=0, query=query
    )
    assert session.place.step == "C"
    assert "gate" not in session.options


def test_a_page_that_is_none_is_not_gone_to():
    session = do(
        session_at(exercise=UNSATURATED),
        "look_up",
        page="no",
        step="C",
        t=0,
        entry=0,
        query="gate=f",
    )
    assert (session.leaving, session.options) == (None, {})


def test_a_question_in_an_address_is_short_and_plain():
    assert asked_word("Is f 0 or 1?") == "is-f-0-or-1"
    assert re.fullmatch(r"[\w-]+", asked_word(wording(ROWS[topic("exactly f")], UNSATURATED)))
