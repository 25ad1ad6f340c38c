"""The examples that come with the app: how one is opened, its story, and which suits a page."""

from dataclasses import replace

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from lstm_core.lesson.words import paragraph, words
from lstm_ui.session.names import name_of, title_of
from lstm_ui.session.session import Session, valid_place

FIRST, MOVING = "founding", "moving"
WORDS = words("examples")


def example_for(explores: bool) -> Exercise:
    """Return the example that a page shows while nobody has chosen one.

    A page that explores what gates and gradients do would stand still with the first one, whose
    gates are saturated.
    """
    return PRESETS[MOVING if explores else FIRST]


def open_example(session: Session, name: str) -> None:
    """Open an example, at the place where its story is seen; the decimals shown stay."""
    decimals = session.exercise.decimals
    session.load(replace(PRESETS[name], decimals=decimals), opened_sentence(name))
    if seen := PUBLICATIONS[name].seen:
        session.place = valid_place(session.exercise, seen)


def open_first(session: Session) -> None:
    """Open the example that the app begins with."""
    open_example(session, FIRST)


def open_moving(session: Session) -> None:
    """Open the example in which every gate moves."""
    open_example(session, MOVING)


def opened_sentence(name: str) -> str:
    """Return what is said when an example was opened: its title, and its story where it has one."""
    opened = WORDS.text("opened", "title", {"title": title_of(PRESETS[name])})
    return paragraph(opened, PUBLICATIONS[name].story)


def story_of(exercise: Exercise) -> str:
    """Return the story of an example; nothing once a number was changed: it would not be true."""
    found = PUBLICATIONS.get(name_of(exercise))
    return found.story if found else ""


def page_of(exercise: Exercise) -> str:
    """Return the name of the page on which an example's story is seen; "" of any other exercise."""
    found = PUBLICATIONS.get(name_of(exercise))
    return found.page if found and found.story else ""
