"""Lecture mode, as blocks: one step that fills the screen, and the bar to go on with."""

from typing import Any

from lstm_core.cell import Step
from lstm_core.lesson.latex import entry_formula, equation, formula
from lstm_core.lesson.reasons import reason
from lstm_ui.lecture.choices import LETTERS, PREDICT, SPOT, ends, is_hidden, position
from lstm_ui.session.address import cell_id
from lstm_ui.sheet.controls import controls, segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.matrices import Block, equation_items
from lstm_ui.sheet.panels import entry_block, note, notice, sheet_data, walk
from lstm_ui.shell import link

_UNKNOWN = {"text": "?", "full": "to be predicted", "share": 0}
_PREDICT = {"off": "off", "walk": "all", "step": "this"}


def lecture_data(desk: Desk) -> Block:
    """Return what the sheet shows in lecture mode."""
    here = desk.exercise.cell[desk.session.place.step]
    return sheet_data(desk, [here], _blocks(desk, here)) | {"lecture": True}


def _blocks(desk: Desk, step: Step) -> list[Block]:
    session = desk.session
    spot, noted = SPOT.of(session.options) == "on", step.name in desk.exercise.notes
    what = readable(reason(desk.exercise.cell, step.name).what)
    heading = {"title": step.title, "stage": step.stage, "what": what}
    return [
        {"kind": "heading", "id": "heading", "level": 1, **heading},
        {"kind": "formula", "id": "formula", "lines": _formulas(desk, step)},
        {"kind": "equation", "id": "equation", "items": _items(desk, step), "spot": spot},
        *([_spoken(desk, step)] if spot and not is_hidden(session) else []),
        *([note(desk, step)] if noted or not spot else []),
        notice(session),
        {"kind": "group", "id": "bar", "name": "bar", "blocks": _bar(desk)},
    ]


def _formulas(desk: Desk, step: Step) -> list[Block]:
    cell, name = desk.exercise.cell, step.name
    lines = dict.fromkeys([formula(cell, name), entry_formula(cell, name), equation(cell, name)])
    return [{"latex": latex, "gloss": ""} for latex in list(lines)[:2]]


def _items(desk: Desk, step: Step) -> list[Block]:
    """The operands and the result; while the result is to be predicted, not its numbers."""
    items = equation_items(desk, step)
    if is_hidden(desk.session):
        items[-1] = _masked(items[-1])
    return items


def _masked(matrix: Block) -> Block:
    def masked(cell: dict[str, Any]) -> dict[str, Any]:
        return {"at": cell["at"], "name": cell["name"], **_UNKNOWN}

    return matrix | {"rows": [[masked(cell) for cell in row] for row in matrix["rows"]]}


def _spoken(desk: Desk, step: Step) -> Block:
    """The arithmetic of the entry in the spotlight, without what can be read on another page."""
    return entry_block(desk, step) | {"rule": "", "note": ""}


def _bar(desk: Desk) -> list[Block]:
    """What is always in sight: the count, the keys' buttons, and where to go."""
    session = desk.session
    moves = walk(session) | {"present": True}
    moves["last"] = moves["last"] and not is_hidden(session)
    predict = segments(session, PREDICT, "Predict", _PREDICT) | {"event": "predict"}
    leave = {"label": "Leave", "page": "", "href": link.href(session, "", session.place)}
    place = session.place
    leave |= {"step": place.step, "t": place.t, "entry": place.index[0] if place.index else 0}
    return [
        moves,
        _presenter(desk),
        controls("predict", predict),
        {"kind": "text", "id": "leave", "lines": [{"visit": leave}]},
    ]


def _presenter(desk: Desk) -> Block:
    session, steps = desk.session, desk.exercise.cell.steps
    name, hidden = session.place.step, is_hidden(session)
    t = f", t = {desk.t + 1} of {desk.exercise.T}" if desk.exercise.T > 1 else ""
    count = f"Step {position(session) % len(steps) + 1} of {len(steps)}{t}"
    told = f"{count}: {desk.exercise.cell[name].title}" + ". Predict the result." * hidden
    first_of = {step.stage: step.name for step in reversed(steps)}
    stages = list(dict.fromkeys(step.stage for step in steps))
    return {
        "kind": "lecture",
        "id": "presenter",
        "count": count,
        "spoken": told,
        "hidden": hidden,
        "predict": PREDICT.of(session.options),
        "spot": SPOT.of(session.options),
        "letters": LETTERS.of(session.options),
        "ends": {key: {"step": at.step, "t": at.t} for key, at in ends(session).items()},
        "stages": [first_of[stage] for stage in stages],
        "t": desk.t,
        "entries": [cell_id(name, (j,)) for j in range(len(desk.values(name)))],
        "entry": desk.row(name),
    }
