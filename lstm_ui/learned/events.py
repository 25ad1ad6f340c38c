"""What can be done on the page: choose a cell, type a sequence, open what is left of a cell."""

from dataclasses import replace

from lstm_ui.learned.choices import NOTHING, Lens, lens
from lstm_ui.learned.models import LENGTH, SOURCE, TASK, core_of, failure, trained
from lstm_ui.learned.words import WORDS, out_text
from lstm_ui.session.events import Kinds
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import desk_now

SEQUENCE = "sequence"  # where what is wrong with a typed one is said
_LONGEST = 4_000  # characters


def open_trained(session: Session, name: str) -> None:
    """Make a trained cell the exercise."""
    of_another = {"out", *(option.name for option in (TASK, LENGTH, SOURCE))}
    session.options = {k: v for k, v in session.options.items() if k not in of_another}
    opened = WORDS.text("page", "opened", {"task": WORDS.text(name, "title")})
    found = replace(trained()[name].exercise, decimals=session.exercise.decimals)
    session.load(found, opened)


def type_sequence(session: Session, text: str) -> None:
    """Let the cell read a sequence, or say beside the field why it cannot."""
    here = lens(desk_now(session))
    session.problems.pop(SEQUENCE, None)
    if here is None:
        return
    try:
        if len(text) > _LONGEST:
            raise ValueError(WORDS.text("page", "too long", {"most": _LONGEST, "size": len(text)}))
        session.change(session.exercise.with_array("xs", here.task.read(text)))
    except ValueError as error:
        session.problems[SEQUENCE] = str(error)


def show_failure(session: Session) -> None:
    """Let the cell read a sequence that it gets wrong."""
    here = lens(desk_now(session))
    text = failure(core_of(session.exercise), here.task.name) if here else None
    if text:
        type_sequence(session, text)


def open_cut(session: Session) -> None:
    """Make the cell without what is taken out the exercise: an edit, to be undone."""
    here = lens(desk_now(session))
    if here and here.cut:
        _open(session, here)


def _open(session: Session, here: Lens) -> None:
    out = out_text(here)
    assert here.cut is not None
    session.change(here.cut, WORDS.text("page", "cut opened", {"out": out}))
    session.options = {**session.options, "out": NOTHING, "task": here.task.name}


LEARNED: Kinds = {"show_failure": ({}, show_failure), "open_cut": ({}, open_cut)}
