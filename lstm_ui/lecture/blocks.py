"""Lecture mode, as blocks: one step that fills the screen, and the bar to go on with."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from lstm_core.cell import Step
from lstm_core.lesson.latex import entry_formula, equation, formula
from lstm_core.lesson.reasons import reason
from lstm_ui.lecture.choices import LETTERS, PREDICT, SPOT, is_hidden
from lstm_ui.session.address import cell_id
from lstm_ui.session.session import Session
from lstm_ui.session.walk import Walk, walk_on
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Arithmetic, Block, FormulaLine, Heading, Matrix, MatrixCell, Sign
from lstm_ui.sheet.controls import segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.matrices import equation_items
from lstm_ui.sheet.panels import SheetData, WalkBar, entry_block, note, notice, sheet_data, walk
from lstm_ui.shell import link

_PREDICT = {"off": "off", "walk": "all", "step": "this"}


class Place(TypedDict):
    """A step at a time step, for a key to go to."""

    step: str
    t: int


class Presenter(Block):
    """What the keys of lecture mode do, and what is read aloud: see assets/pages/lecture.js.

    `ends` are where Home and End lead, `stages` the steps behind the digits, and `entries` the
    cells that the spotlight goes through.
    """

    count: str
    spoken: str
    hidden: bool
    predict: str
    spot: str
    letters: str
    ends: Mapping[str, Place]
    stages: Sequence[str]
    t: int
    entries: Sequence[str]
    entry: int


def lecture_data(desk: Desk) -> SheetData:
    """Return what the sheet shows in lecture mode."""
    here = desk.exercise.cell[desk.session.place.step]
    return {**sheet_data(desk, _blocks(desk, here), [here]), "lecture": True}


def _blocks(desk: Desk, step: Step) -> list[Block]:
    session = desk.session
    spot, noted = SPOT.of(session.options) == "on", step.name in desk.exercise.notes
    return [
        _heading(desk, step),
        blocks.formula(_formulas(desk, step)),
        blocks.equation(_items(desk, step), spot=spot),
        *([_in_the_spot(desk, step)] if spot and not is_hidden(session) else []),
        *([note(desk, step)] if noted or not spot else []),
        notice(session),
        blocks.group("bar", _bar(desk), "bar"),
    ]


def _heading(desk: Desk, step: Step) -> Heading:
    what = readable(reason(desk.exercise.cell, step.name).what)
    return blocks.heading(step.title, 1, what=what, stage=step.stage)


def _formulas(desk: Desk, step: Step) -> list[FormulaLine]:
    """Two lines at most, which can be read from the last row."""
    cell, name = desk.exercise.cell, step.name
    lines = dict.fromkeys([formula(cell, name), entry_formula(cell, name), equation(cell, name)])
    return [{"latex": latex, "gloss": ""} for latex in list(lines)[:2]]


def _items(desk: Desk, step: Step) -> list[Matrix | Sign]:
    """The operands and the result; while the result is to be predicted, not its numbers."""
    *items, result = equation_items(desk, step)
    if is_hidden(desk.session) and "rows" in result:
        result = _masked(result)
    return [*items, result]


def _masked(matrix: Matrix) -> Matrix:
    rows = [[_unknown(cell) for cell in row] for row in matrix["rows"]]
    return {**matrix, "rows": rows}


def _unknown(cell: MatrixCell) -> MatrixCell:
    known: MatrixCell = {
        "at": cell["at"],
        "name": cell["name"],
        "text": "?",
        "full": "to be predicted",
        "share": 0,
    }
    return known


def _in_the_spot(desk: Desk, step: Step) -> Arithmetic:
    """The arithmetic of the entry in the spotlight, without what can be read on another page."""
    return {**entry_block(desk, step), "rule": "", "note": ""}


def _bar(desk: Desk) -> list[Block]:
    """What is always in sight: the count, the keys' buttons, and where to go."""
    session = desk.session
    predict = segments(session, PREDICT, "Predict", _PREDICT)
    predict["event"] = "predict"  # more than an option is chosen: something is hidden
    leave = link.visit(session, "Leave", "", session.place)
    return [
        _moves(session),
        _presenter(desk),
        blocks.controls("predict", predict),
        blocks.text("leave", {"visit": leave}),
    ]


def _moves(session: Session) -> WalkBar:
    """The walk; its end is reached when the last result has been shown."""
    bar = walk(session)
    bar["present"] = True
    bar["last"] = bar["last"] and not is_hidden(session)
    return bar


def _presenter(desk: Desk) -> Presenter:
    session, way, name = desk.session, walk_on(desk.exercise), desk.session.place.step
    hidden, count = is_hidden(session), _count(desk, way)
    ask = ". Predict the result." if hidden else ""
    first_of = {step.stage: step.name for step in reversed(way.rows)}
    return {
        "kind": "lecture",
        "id": "presenter",
        "count": count,
        "spoken": f"{count}: {desk.exercise.cell[name].title}{ask}",
        "hidden": hidden,
        "predict": PREDICT.of(session.options),
        "spot": SPOT.of(session.options),
        "letters": LETTERS.of(session.options),
        "ends": {
            "Home": {"step": way.first.step, "t": way.first.t},
            "End": {"step": way.last.step, "t": way.last.t},
        },
        "stages": [first_of[stage] for stage in dict.fromkeys(step.stage for step in way.rows)],
        "t": desk.t,
        "entries": [cell_id(name, (j,)) for j in range(len(desk.values(name)))],
        "entry": desk.row(name),
    }


def _count(desk: Desk, way: Walk) -> str:
    """Say where in the walk this is: Step 3 of 18, t = 1 of 4."""
    steps, T = len(way.rows), desk.exercise.T
    step = way.position(desk.session.place.step, desk.t) % steps + 1
    return f"Step {step} of {steps}" + (f", t = {desk.t + 1} of {T}" if T > 1 else "")
