"""The page on gradients, as blocks: the way back row by row, one unit's memory, a comparison."""

from typing import Any

from lstm_core.lesson.explain import sources
from lstm_core.lesson.reasons import reason
from lstm_core.lesson.stages import stage_title
from lstm_core.trace import Address
from lstm_ui.figures.view import View
from lstm_ui.gradients.compare import compare_blocks
from lstm_ui.gradients.figure import compare_figure, memory_figure, row_figure
from lstm_ui.gradients.memory import memory_blocks
from lstm_ui.gradients.reach import clicked, seen
from lstm_ui.gradients.walk import (
    FURTHEST,
    LOSS,
    SHOW,
    TARGETS,
    back_desk,
    index_of,
    last_of,
    loss_of,
    opened,
    row_of,
    rows,
    unit_choice,
)
from lstm_ui.session.address import cell_id
from lstm_ui.session.session import Session
from lstm_ui.sheet.controls import controls, field, segments, select
from lstm_ui.sheet.desk import Desk, desk
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.matrices import COLUMNS, ROWS, Block, equation_items
from lstm_ui.sheet.panels import (
    entry_block,
    formulas,
    ledger,
    notice,
    questions,
    sheet_data,
    toolbar,
)

PARTS = {"walk": "The way back", "memory": "One unit's memory", "compare": "LSTM and RNNs"}
WHAT = {
    "walk": "Walk back from t = T to 1: each row says how L changes with one number.",
    "memory": "What a memory was at time step t: does it still count at T? The direct path "
    "multiplies by the gate that keeps; the whole derivative runs through h and all gates as well.",
    "compare": "A small push on the state at time step t: how much of it arrives at the last h? "
    "Below 1 it vanishes, above 1 it explodes. Scale the recurrent weights and see.",
}
LOSSES = {"sum": "Σ h_T", "entry": "one entry of h_T", "squared": "½ Σ (h_T − target)²"}
_FEW = 8


def gradients_page(session: Session) -> tuple[Block, dict[str, Any]]:
    """Return what the sheet shows, and the page's figure."""
    part = SHOW.of(session.options)
    if part == "walk":
        return _walk_page(back_desk(session))
    found = seen(desk(session))
    blocks, draw = {
        "memory": (memory_blocks, memory_figure),
        "compare": (compare_blocks, compare_figure),
    }[part]
    shown = [*_top(session, WHAT[part]), notice(session), *blocks(found)]
    data = sheet_data(found.desk, [], shown) | {"open": None}
    return data, draw(found)


def on_click(session: Session, where: str) -> None:
    """Open the entry that was clicked; of a curve, look back to that time step."""
    (clicked if "," in where else opened)(session, where)


def _top(session: Session, what: str, *more: Block) -> list[Block]:
    heading = {"kind": "heading", "id": "top", "level": 1, "title": "Gradients"}
    choice = segments(session, SHOW, "Show", PARTS)
    return [{**heading, "what": readable(what)}, controls("part", choice, *more)]


def _walk_page(back: Desk) -> tuple[Block, dict[str, Any]]:
    session, name = back.session, row_of(back.session)
    row, index = back.trace.cell[name], index_of(back.session, name)
    words = reason(back.trace.cell, name)
    heading = {"kind": "heading", "id": "heading", "level": 2, "title": row.title}
    heading |= {"what": readable(words.what), "why": readable(words.why), "stage": row.stage}
    inside = [
        heading,
        {"kind": "formula", "id": "formula", "lines": formulas(back, row)},
        {"kind": "equation", "id": "equation", "items": equation_items(back, row)},
        entry_block(back, row, index[1] if len(index) == 2 else None),
    ]
    blocks = [
        *_top(session, _value(back) + WHAT["walk"] + _cut(back), *_loss(back)),
        _walk(back),
        notice(session),
        {"kind": "group", "id": "backward", "name": "backward", "blocks": inside},
        {"kind": "figure", "id": "figure"},
        {"kind": "ledger", "id": "ledger", "rows": ledger(back, row)},
        toolbar(session),
        *questions(back, row),
    ]
    more = {"open": cell_id(name, index), "lights": _lights(back, name)}
    return sheet_data(back, [], blocks) | more, row_figure(View(back, name, index))


def _loss(back: Desk) -> list[Block]:
    """What the gradients are gradients of: the choice, its numbers, and its value."""
    session, kind = back.session, LOSS.of(back.session.options)
    items = [select(session, LOSS, "Loss L =", LOSSES)]
    if kind == "entry":
        unit = unit_choice(back.exercise.n)
        names = {word: f"h_T[{word}]" for word in unit.words}
        items.append(
            (segments if len(unit.words) <= _FEW else select)(session, unit, "Unit", names)
        )
    if kind == "squared":
        few = TARGETS[: back.exercise.n]
        items += [field(session, one, f"target[{j}]") for j, one in enumerate(few, 1)]
    return items


def _value(back: Desk) -> str:
    """Say what the loss is, in numbers."""
    value, _ = loss_of(back.session, back.trace[back.exercise.T - 1, "h"])
    return f"L = {LOSSES[LOSS.of(back.session.options)]} = {back.text('h', value)}. "


def _cut(back: Desk) -> str:
    T = back.exercise.T
    return f" Of {T} time steps, it leads through the last {FURTHEST}." * (T > FURTHEST)


def _walk(back: Desk) -> Block:
    """The controls that walk back through the rows, and through the time steps."""
    session, steps, T = back.session, rows(back.exercise.cell), back.exercise.T
    names = [step.name for step in steps]
    choices = [
        {
            "stage": stage_title(step.stage),
            "name": step.name,
            "title": f"{k} of {len(names)} · {step.title}",
        }
        for k, step in enumerate(steps, 1)
    ]
    at = (T - 1 - back.t) * len(names) + names.index(row_of(session))
    return {
        "kind": "walk",
        "id": "walk",
        "way": "back",
        "steps": choices,
        "at": row_of(session),
        "t": back.t,
        "T": T,
        "first": at == 0,
        "last": at == last_of(back.exercise),
    }


def _lights(back: Desk, name: str) -> dict[str, list[str]]:
    """Which operands each entry on screen was made from."""
    shape = back.values(name).shape
    start = max(0, min(back.row(name) - ROWS, shape[0] - 2 * ROWS))
    rows_ = range(start, min(shape[0], start + 2 * ROWS))
    columns = [(k,) for k in range(min(shape[1], COLUMNS))] if len(shape) == 2 else [()]
    at = [(j, *k) for j in rows_ for k in columns]
    return {
        cell_id(name, index): [
            cell_id(source.step, source.index)
            for source in sources(back.trace, Address(name, back.t, index))
        ]
        for index in at
    }
