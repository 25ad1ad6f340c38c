"""The page Questions: each question as a link to the place that answers it."""

from itertools import groupby
from urllib.parse import urlencode

from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.questions import asked
from lstm_core.lesson.words import of_kind
from lstm_core.trace import Address
from lstm_ui.questions.table import ROWS, WORDS, Row, example, example_name
from lstm_ui.session.options import asked_word
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Paragraph, Visit
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.panels import notice
from lstm_ui.shell import link

# The name under which each page's answers stand in words/questions.txt.
_PLACES = {"": "steps", "gate_space": "gate space", "through_time": "through time"}


def question_blocks(session: Session) -> list[Block]:
    """Return the whole page."""
    groups: list[Block] = []
    for group, rows in groupby(ROWS, key=lambda row: row.group):
        groups += [
            blocks.heading(WORDS.text("groups", group), 2, f"{group}-head"),
            blocks.text(group, *(_line(session, row) for row in rows)),
        ]
    return [blocks.lead(WORDS.text("page", "what")), notice(session), *groups]


def wording(row: Row, exercise: Exercise) -> str:
    """Return the question as the page that answers it asks it, of this exercise's cell."""
    place = _PLACES.get(row.page, row.page)
    return readable(asked(of_kind(exercise.cell, row.topic), place))


def _line(session: Session, row: Row) -> Paragraph:
    own = row.step(session.exercise) != ""
    exercise = session.exercise if own else example(row.example)
    question = wording(row, exercise)
    label = question
    if not own:
        known = {"question": question, "cell": example_name(row.example)}
        label = WORDS.text("page", "example", known)
    return {"visit": _visit(session, row, exercise, question, label)}


def _visit(session: Session, row: Row, exercise: Exercise, question: str, label: str) -> Visit:
    """The link: its query holds the exercise only where it is another one."""
    t, step = min(session.place.t, exercise.T - 1), row.step(exercise)
    place = Address(step, t, (0,))
    chosen = {**row.options(exercise.cell, step), "asked": asked_word(question)}
    other = {} if exercise is session.exercise else link.parameters(exercise, exercise, place)
    whole = link.parameters(exercise, session.base if not other else exercise, place)
    return {
        "label": label,
        "href": f"./{row.page}?{urlencode(whole | chosen)}",
        "page": row.page,
        "step": step,
        "t": t,
        "entry": 0,
        "look_up": urlencode(other | chosen),
    }
