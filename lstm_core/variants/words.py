"""What a variant is called, and how its changed rows are written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lstm_core.cell import Cell, Step
from lstm_core.lesson.latex import RULES
from lstm_core.lesson.letters import as_plain, composite, letter, operands, plain
from lstm_core.lesson.words import words
from lstm_core.ops import MATVEC
from lstm_core.variants.ops import LEFT_OUT, NONE

WITH = " with "  # between the name of a cell and what was changed in it
WORDS = words("variants")
_NAMES = {"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU", "hard": "hard σ", "hard_six": "hard σ"}
_AS_IT_IS = (LEFT_OUT, NONE)


def changed_rows(base: Cell, rows: Sequence[Step]) -> tuple[Step, ...]:
    """Return the rows of a variant with the symbols and titles that hold for them now.

    A row that has no letter of its own is written as what it is made of, f_t ∘ C_{t-1}: so is each
    one after it that shows it.
    """
    cell, moved = replace(base, steps=tuple(rows)), set[str]()
    for row, own in zip(rows, base.steps, strict=True):
        is_new = (row.op, row.inputs) != (own.op, own.inputs)
        if is_new or moved.intersection(row.inputs):
            symbol = _symbol(cell, row) if composite(own.symbol) else own.symbol
            title = WORDS.text("row", "title", {"title": own.title}) if is_new else own.title
            cell = cell.with_step(replace(row, symbol=symbol, title=title))
            moved |= {row.name} if composite(own.symbol) else set()
    return cell.steps


def _symbol(cell: Cell, row: Step) -> str:
    """Return what a row is made of, in LaTeX; of one that only hands on, id(C_t)."""
    if row.op in _AS_IT_IS:
        return rf"\mathrm{{id}}({_shown(cell, row.inputs[0])})"
    if row.op is MATVEC:
        return RULES["matvec"](*operands(cell, row))
    return RULES[row.op.name](*(_shown(cell, name) for name in row.inputs))


def _shown(cell: Cell, name: str) -> str:
    """Return the letter of an operand; where it only hands on what has one, that."""
    step = cell.get(name)
    hands_on = step is not None and step.op in _AS_IT_IS and composite(step.symbol)
    return _shown(cell, step.inputs[0]) if step and hands_on else letter(cell, name)


def title(base: Cell, rows: Iterable[Step]) -> str:
    """Return what was changed, as people say it: tanh(Cₜ) left out."""
    *most, last = _said(base, rows)
    return WORDS.text("title", "and", {"most": ", ".join(most), "last": last}) if most else last


def _said(base: Cell, rows: Iterable[Step]) -> Iterator[str]:
    cell = replace(base, steps=tuple(rows))
    for row, own in zip(cell.steps, base.steps, strict=True):
        if (row.op, row.inputs) != (own.op, own.inputs):
            yield WORDS.text("title", *_case(cell, base, row))


def _case(cell: Cell, base: Cell, row: Step) -> tuple[str, dict[str, str]]:
    """Which sentence says what became of a row, and what it is filled in with."""
    own, whole = base[row.name], plain(base, row.name)
    left = [plain(base, name) for name in own.inputs if name not in row.inputs]
    if row.op is NONE and row.inputs == own.inputs:
        case = "squash left out" if composite(own.symbol) else "squash left out of"
        return case, {"whole": whole, "squash": _NAMES[own.op.name]}
    if row.op is LEFT_OUT and row.inputs[0] in own.inputs:
        return "left out", {"part": left[0] if left else "1 −", "whole": whole}
    new = as_plain(RULES[row.op.name](*(_shown(cell, name) for name in row.inputs)))
    return "in place" if composite(own.symbol) else "is", {"new": new, "whole": whole}
