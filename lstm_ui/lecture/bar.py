"""The bar below a slide, and what the keys and the teacher's window need to know of the step."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from lstm_core.lesson.latex import formula
from lstm_core.lesson.words import words
from lstm_core.trace import Address
from lstm_ui.lecture.choices import FOLD, LETTERS, NOTE, PREDICT, SHOW, SPOT, is_hidden
from lstm_ui.lecture.title import Piece, slide_title
from lstm_ui.session.address import cell_id
from lstm_ui.session.session import Session
from lstm_ui.session.walk import Walk, walk_on
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Group, Toolbar
from lstm_ui.sheet.controls import segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.panels import WalkBar, toolbar, walk
from lstm_ui.shell import link

WORDS = words("lecture")
_PREDICT = {"off": "off", "walk": "all", "step": "this"}
_AT_HAND = ("undo", "reset", "play")


class Place(TypedDict):
    """A step at a time step, for a key to go to."""

    step: str
    t: int


class Slide(TypedDict):
    """A step as the teacher's window shows it: its count, title and formula."""

    count: str
    title: Sequence[Piece]
    latex: str


class Lecture(Block):
    """What the keys of lecture mode do, and what is read aloud: see assets/pages/lecture.js.

    `ends` are where Home and End lead, `stages` the steps behind the digits, and `entries` the
    cells that the spotlight goes through. `chosen` are the options that keys change. `now`, `next`
    and `note` are for the teacher's window.
    """

    count: str
    spoken: str
    hidden: bool
    chosen: Mapping[str, str]
    ends: Mapping[str, Place]
    stages: Sequence[str]
    step: str
    t: int
    entries: Sequence[str]
    entry: int
    now: Slide
    next: Slide | None
    note: str
    keys: Sequence[tuple[str, str]]
    words: Mapping[str, str]


def bar(desk: Desk) -> Group:
    """Return what is always in sight: the count, the keys' buttons, and where to go."""
    session = desk.session
    predict = segments(session, PREDICT, "Predict", _PREDICT)
    predict["event"] = "predict"  # more than an option is chosen: something is hidden
    leave = link.visit(session, "Leave", "", session.place)
    inner = [
        _moves(session),
        _tools(session),
        _lecture(desk),
        blocks.controls("predict", predict),
        blocks.text("leave", {"visit": leave}),
    ]
    return blocks.group("bar", inner, "bar")


def _moves(session: Session) -> WalkBar:
    """The walk; its end is reached when the last result has been shown."""
    moves = walk(session)
    moves["present"] = True
    moves["last"] = moves["last"] and not is_hidden(session)
    return moves


def _tools(session: Session) -> Toolbar:
    """Of the buttons that every page has, those that a lecture needs."""
    every = toolbar(session)
    tools = [tool for tool in every["items"] if tool["act"] in _AT_HAND]
    return {**every, "items": tools}


def _lecture(desk: Desk) -> Lecture:
    session, way, name = desk.session, walk_on(desk.exercise), desk.session.place.step
    here = Address(name, desk.t)
    now = _slide(desk, way, here)
    ask = ". Predict the result." if is_hidden(session) else ""
    first_of = {step.stage: step.name for step in reversed(way.rows)}
    return {
        "kind": "lecture",
        "id": "lecture",
        "count": now["count"],
        "spoken": f"{now['count']}: {desk.exercise.cell[name].title}{ask}",
        "hidden": is_hidden(session),
        "chosen": _chosen(session),
        "ends": {"Home": _place(way.first), "End": _place(way.last)},
        "stages": [first_of[stage] for stage in dict.fromkeys(step.stage for step in way.rows)],
        "step": name,
        "t": desk.t,
        "entries": [cell_id(name, (j,)) for j in range(len(desk.values(name)))],
        "entry": desk.row(name),
        "now": now,
        "next": _slide(desk, way, way.moved(name, desk.t, 1)) if here != way.last else None,
        "note": desk.exercise.notes.get(name, ""),
        "keys": [*WORDS.texts["keys"].items()],
        "words": WORDS.texts["dialog"],
    }


def _chosen(session: Session) -> Mapping[str, str]:
    options = (PREDICT, SPOT, LETTERS, NOTE, SHOW, FOLD)
    return {option.name: option.of(session.options) for option in options}


def _place(at: Address) -> Place:
    return {"step": at.step, "t": at.t}


def _slide(desk: Desk, way: Walk, at: Address) -> Slide:
    cell = desk.exercise.cell
    return {
        "count": _count(desk, way, at),
        "title": slide_title(cell, cell[at.step])["title"],
        "latex": formula(cell, at.step),
    }


def _count(desk: Desk, way: Walk, at: Address) -> str:
    """Say where in the walk this is: Step 3 of 18, t = 1 of 4."""
    steps, T = len(way.rows), desk.exercise.T
    step = way.position(at.step, at.t) % steps + 1
    return f"Step {step} of {steps}" + (f", t = {at.t + 1} of {T}" if T > 1 else "")
