"""The blocks of the sheet, as data: heading, formula, equation, entry, shapes, questions.

No Streamlit here. A block says what is shown; the sheet's scripts say how it looks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from lstm_core.cell import Step
from lstm_core.exercise import Exercise
from lstm_core.explain import explain
from lstm_core.latex import entry_formula, equation, formula, letter
from lstm_core.numerals import numeral
from lstm_core.reasons import reason
from lstm_core.shapes import letters, written
from lstm_core.trace import Address, Trace
from lstm_ui import theme
from lstm_ui.grids import cell_id, entries, shape_of
from lstm_ui.letters import column_labels, entry_labels, entry_name, plain, readable
from lstm_ui.session import Session

Block = dict[str, Any]
ROWS, COLUMNS = 8, 16  # what a matrix shows at most; a larger one shows the part around its entry

_SIGNS = {"add": "+", "hadamard": r"\circ", "concat": ";", "matvec": ""}
_PREFIX = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\mathrm{ReLU}", "one_minus": "1 -"}


@dataclass(frozen=True, eq=False)
class Desk:
    """What the blocks are made from: the session, its trace, and the trace before the last edit."""

    session: Session
    trace: Trace
    before: Trace | None

    @property
    def exercise(self) -> Exercise:
        """The exercise on screen."""
        return self.session.exercise

    @property
    def t(self) -> int:
        """The time step on screen."""
        return self.session.place.t

    def old(self, name: str) -> np.ndarray | None:
        """Return the array as it was before the last edit, where it had the same shape."""
        if self.before is None or self.t >= len(self.before):
            return None
        values = self.before.frames[self.t].get(name)
        same = values is not None and values.shape == self.trace[self.t, name].shape
        return values if same else None


def desk(session: Session) -> Desk:
    """Run the exercise, and the one before the last edit."""
    before = session.before.trace() if session.before else None
    return Desk(session, session.exercise.trace(), before)


def step_blocks(desk: Desk, step: Step, where: str = "", level: int = 2) -> list[Block]:
    """Return everything that one step shows, from its name to its questions."""
    cell = desk.exercise.cell
    words = reason(cell, step.name).with_numbers(desk.trace)
    heading = {"title": step.title, "stage": step.stage}
    heading |= {"what": readable(words.what), "why": readable(words.why)}
    return [
        {"kind": "heading", "id": f"{where}heading", "level": level, **heading},
        {"kind": "formula", "id": f"{where}formula", "lines": _formulas(desk, step)},
        {"kind": "equation", "id": f"{where}equation", "items": equation_items(desk, step)},
        toolbar(desk.session),
        {"kind": "legend", "id": f"{where}legend", "text": _legend(desk, step)},
        entry_block(desk, step, where),
        {"kind": "ledger", "id": f"{where}ledger", "rows": ledger(desk, step)},
        *questions(desk, step, where),
    ]


def all_blocks(desk: Desk) -> list[Block]:
    """Return every step of the time step on screen, a card each, stage by stage."""
    stages = groupby(desk.exercise.cell.steps, key=lambda step: step.stage)
    return [toolbar(desk.session), *(_stage(desk, stage, steps) for stage, steps in stages)]


def _stage(desk: Desk, stage: str, steps: Iterable[Step]) -> Block:
    title = theme.STAGES.get(stage, stage.capitalize())
    heading = {"kind": "heading", "id": "heading", "level": 2, "title": title, "stage": stage}
    cards = [_card(desk, step) for step in steps]
    return {"kind": "group", "id": f"stage-{stage}", "blocks": [heading, *cards]}


def _card(desk: Desk, step: Step) -> Block:
    """One step of the whole calculation: its name, its formula, its numbers."""
    what = readable(reason(desk.exercise.cell, step.name).what)
    lines = [{"latex": formula(desk.exercise.cell, step.name)}]
    blocks = [
        {"kind": "heading", "id": "heading", "level": 3, "title": step.title, "what": what},
        {"kind": "formula", "id": "formula", "lines": lines},
        {"kind": "equation", "id": "equation", "items": equation_items(desk, step)},
    ]
    return {"kind": "group", "id": step.name, "card": True, "blocks": blocks}


def _formulas(desk: Desk, step: Step) -> list[Block]:
    cell = desk.exercise.cell
    whole, here = equation(cell, step.name), formula(cell, step.name)
    lines = [{"latex": here, "gloss": ""}]
    if whole != here:
        lines.append({"latex": whole, "gloss": "the equation that it is part of"})
    lines.append({"latex": entry_formula(cell, step.name), "gloss": "for one entry"})
    return lines


# ---- the equation: the operands are the editors --------------------------------------------------


def equation_items(desk: Desk, step: Step) -> list[Block]:
    """Return the step with its numbers: operands, signs and result, each matrix with its shape."""
    operands = [matrix(desk, name, theme.limit(desk.trace[desk.t, name])) for name in step.inputs]
    result = matrix(desk, step.name, theme.limit(desk.trace[desk.t, step.name]))
    sign = _SIGNS.get(step.op.name, "")
    items: list[Block] = []
    if step.op.name in _PREFIX:
        items.append({"sign": _PREFIX[step.op.name]})
    for k, operand in enumerate(operands):
        if k and sign:
            items.append({"sign": sign})
        items.append(operand)
    return [*items, {"sign": "="}, result]


def matrix(desk: Desk, name: str, end: float) -> Block:
    """Return one matrix or vector: its letter, shape, and cells to edit or to open."""
    values = desk.trace[desk.t, name]
    table = values if values.ndim == 2 else values[:, None]
    rows = _window(table.shape[0], _row_open(desk, values), ROWS if values.ndim == 2 else COLUMNS)
    columns = _window(table.shape[1], 0, COLUMNS)
    settable = entries(desk.exercise, name, desk.t)
    old = desk.old(name)
    grid = [
        [
            _cell(desk, name, (j, k) if values.ndim == 2 else (j,), end, settable, old)
            for k in columns
        ]
        for j in rows
    ]
    exercise = desk.exercise
    units = (
        [str(j + 1) for j in rows]
        if values.ndim == 2
        else [entry_labels(exercise, name)[j] for j in rows]
    )
    return {
        "id": name,
        "label": letter(exercise.cell, name),
        "name": plain(exercise.cell, name),
        "shape": written(values.shape) if values.ndim == 2 else f"{len(values)} × 1",
        "rows": grid,
        "units": units,
        "columns": [column_labels(exercise, name)[k] for k in columns]
        if values.ndim == 2
        else None,
        "problem": desk.session.problems.get(name),
        "offer": _offer(desk.session, name),
    }


def _row_open(desk: Desk, values: np.ndarray) -> int:
    return min(desk.session.place.index[0], len(values) - 1)


def _window(size: int, at: int, most: int) -> range:
    """The part of a long side that is shown: as much as fits, around `at`."""
    start = max(0, min(at - most // 2, size - most))
    return range(start, min(size, start + most))


def _offer(session: Session, name: str) -> Block | None:
    offer = session.offer
    return {"id": name, "label": offer.label} if offer and offer.matrix == name else None


def _cell(
    desk: Desk,
    name: str,
    index: tuple[int, ...],
    end: float,
    settable: Any,
    old: np.ndarray | None,
) -> Block:
    value = float(desk.trace[desk.t, name][index])
    at = cell_id(name, index)
    text = show(desk, name, value)
    cell = {
        "at": at,
        "text": text,
        "full": numeral(value, None),
        "share": round(theme.share(value, end), 3),
        "name": entry_name(desk.exercise.cell, name, index),
    }
    if index in settable:
        cell["edit"] = True
    if old is not None and old[index] != value and not np.isnan(value):
        cell["was"] = _was(desk, name, float(old[index]), text)
    if draft := desk.session.draft(at):
        cell |= {"text": draft.text, "full": draft.text, "error": draft.problem}
    return cell


def show(desk: Desk, name: str, value: float) -> str:
    """Return a number as the page prints it, at the exercise's decimals."""
    exercise = desk.exercise
    return numeral(value, exercise.decimals, name in exercise.cell.rounded(desk.t))


def _was(desk: Desk, name: str, old: float, text: str) -> str:
    """The value before the edit, with as many digits as it takes to differ from the new one."""
    shown = show(desk, name, old)
    return shown if shown != text else numeral(old, None)


def _legend(desk: Desk, step: Step) -> str:
    names = list(dict.fromkeys((*step.inputs, step.name)))
    cell = desk.exercise.cell
    ends = [
        f"{plain(cell, name)} ±{numeral(theme.limit(desk.trace[desk.t, name]), 2)}"
        for name in names
    ]
    return f"Shading: blue above 0, red below; darkest at {', '.join(ends)}."


# ---- one entry, opened ---------------------------------------------------------------------------


def entry_block(desk: Desk, step: Step, where: str = "") -> Block:
    """Return the arithmetic of the entry that is open, term by term, with its operands."""
    index = (_row_open(desk, desk.trace[desk.t, step.name]),)
    told = explain(desk.trace, Address(step.name, desk.t, index), desk.exercise.decimals)
    used = [cell_id(source.step, source.index) for source in told.sources]
    terms = list(told.terms) or [told.substitution]
    pairs = [used[2 * k : 2 * k + 2] for k in range(len(terms))]
    return {
        "kind": "entry",
        "id": f"{where}entry",
        "name": entry_name(desk.exercise.cell, step.name, index),
        "terms": terms,
        "joiner": " + ",
        "uses": pairs if len(terms) > 1 and len(used) == 2 * len(terms) else [used] * len(terms),
        "result": told.result,
        "rule": told.rule,
        "note": told.note,
    }


def lights(desk: Desk, step: Step) -> dict[str, list[str]]:
    """Return, for each result cell, the operand cells that it was worked out from."""
    found = {}
    for j in range(len(desk.trace[desk.t, step.name])):
        told = explain(desk.trace, Address(step.name, desk.t, (j,)), desk.exercise.decimals)
        found[cell_id(step.name, (j,))] = [cell_id(s.step, s.index) for s in told.sources]
    return found


# ---- shapes, questions, notices ------------------------------------------------------------------


def ledger(desk: Desk, step: Step) -> list[str]:
    """Return the step's shapes in letters and in numbers."""
    return [
        _shapes(step, lambda name: letters(name)),
        _shapes(step, lambda name: shape_of(desk.exercise, name)),
    ]


def _shapes(step: Step, of: Any) -> str:
    def one(name: str) -> str:
        shape = of(name)
        return f"({written(shape)})" if len(shape) > 1 else f"({shape[0]} × 1)"

    return f"{' , '.join(one(name) for name in step.inputs)} → {one(step.name)}"


def questions(desk: Desk, step: Step, where: str = "") -> list[Block]:
    """Return the questions that people ask at this step, with their answers."""
    asked = reason(desk.exercise.cell, step.name).with_numbers(desk.trace).questions
    if not asked:
        return []
    items = [{"question": readable(q), "answer": readable(a)} for q, a in asked]
    return [{"kind": "questions", "id": f"{where}questions", "items": items}]


def toolbar(session: Session) -> Block:
    """Return undo, redo, reset and keep, and what there is to say about the last act."""
    edited = session.exercise != session.base
    acts = (
        ("undo", "Undo", bool(session.past), "Ctrl+Z"),
        ("redo", "Redo", bool(session.future), "Ctrl+Y"),
        ("reset", "Reset", edited, "Back to your starting values: as you opened or kept them"),
        ("keep", "Keep as start", edited, "Make the numbers as they are your starting values"),
    )
    keys = ("act", "label", "on", "help")
    items = [dict(zip(keys, act, strict=True)) for act in acts]
    return {"kind": "toolbar", "id": "toolbar", "items": items, "said": session.notice}


def sheet_data(desk: Desk, step: Step, query: str, blocks: Sequence[Block]) -> Block:
    """Return all that the sheet needs to draw these blocks and to answer the pointer."""
    place = desk.session.place
    return {
        "seq": desk.session.seen,
        "query": query,
        "open": cell_id(step.name, place.index),
        "lights": lights(desk, step),
        "blocks": list(blocks),
    }
