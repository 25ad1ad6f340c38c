"""The stacked product, as blocks: all W below each other, times v, plus all b, in one equation."""

from collections.abc import Mapping, Sequence

import numpy as np

from lstm_core.cells import facts
from lstm_core.lesson.words import of_kind, words
from lstm_core.looks.stacked import affine_maps, at_once
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import blocks, theme
from lstm_ui.sheet.blocks import Block, Heading, Matrix, MatrixCell, Sign
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import entry_labels
from lstm_ui.sheet.matrices import cells, shaded

WORDS = words("dependencies")
ROWS, COLUMNS = 16, 8  # what is drawn at most
AT_ONCE, ONE_BY_ONE = "at once", "one by one"
Sums = Mapping[str, tuple[Array, Array]]  # (n,) each: at once, and one by one
Cells = list[list[MatrixCell]]


class Stack(Block):
    """An equation of stacked matrices, each row in the colour of its stage."""

    items: Sequence[Matrix | Sign]
    stages: list[str]
    alt: str


def stacked_blocks(desk: Desk) -> list[Block]:
    """Return the stacked product, and what it shows; of a single map, that there is none."""
    if not affine_maps(desk.exercise.cell):
        return []
    found = at_once(desk.trace, desk.t)
    if len(found) == 1:
        return [_heading(desk, found), *_left_out(desk, found)]
    same: blocks.Paragraph = {"text": _difference(found), "strong": True}
    shown = [blocks.text("same", same), *_left_out(desk, found)]
    return [_heading(desk, found), *shown, _stack(desk, found)]


def _left_out(desk: Desk, found: Sums) -> list[Block]:
    """Why the candidate is not among the maps of v, where it is not."""
    cell = desk.exercise.cell
    candidate = cell[facts(cell).candidate].inputs[0]
    if candidate in found:
        return []
    return [blocks.text("left-out", WORDS.text(of_kind(cell, "maps"), "candidate left out"))]


# ---- words ---------------------------------------------------------------------------------------


def _heading(desk: Desk, found: Sums) -> Heading:
    heading, maps = "one map" if len(found) == 1 else "maps", len(found)
    known = {
        "names": ", ".join(desk.plain(name) for name in found),
        "count": WORDS.text("maps", f"count of {maps}") if maps > 1 else "",
        "tall": maps * desk.exercise.n,
        "wide": len(desk.values("v")),
    }
    title, what = (WORDS.text(heading, name, known) for name in ("title", "what"))
    return blocks.heading(title, 2, "stacked-head", what=what, stage="")


def _difference(found: Sums) -> str:
    """Say how far the two ways of calculating are apart."""
    together, apart = (np.concatenate(parts) for parts in zip(*found.values(), strict=True))
    with np.errstate(all="ignore"):
        largest = float(np.abs(together - apart).max())
    if largest == 0.0:
        return WORDS.text("maps", "identical")
    if not np.isfinite(largest):
        return WORDS.text("maps", "too large")
    short = numeral(float(f"{largest:.1e}"), None)
    return WORDS.text("maps", "last digit", {"largest": short})


# ---- the equation --------------------------------------------------------------------------------


def _stack(desk: Desk, found: Sums) -> Stack:
    """W · v + b = z, stacked, with the sums as the cell made them one by one beside it."""
    maps, (n, wide) = affine_maps(desk.exercise.cell), (desk.exercise.n, len(desk.values("v")))
    units = range(min(n, max(1, ROWS // len(maps))))
    alt = f"Stacked W, {len(maps) * n} × {wide}, times v plus stacked b, by {len(maps)} blocks."
    return {
        "kind": "stack",
        "id": "stack",
        "items": _items(desk, found, units, range(min(wide, COLUMNS))),
        "stages": [product.stage for product, _ in maps for _ in units],
        "alt": alt,
    }


def _items(desk: Desk, found: Sums, units: range, columns: range) -> list[Matrix | Sign]:
    """The matrices of the equation, and the signs between them."""
    maps, wide = affine_maps(desk.exercise.cell), len(desk.values("v"))
    weights, biases = [p.inputs[0] for p, _ in maps], [s.inputs[1] for _, s in maps]
    sums, tall = [s.name for _, s in maps], len(maps) * desk.exercise.n
    labels = entry_labels(desk.exercise, "v")[: len(columns)]
    W = [row for name in weights for row in _rows(desk, name, units, columns)]
    b, z = ([row for name in names for row in _rows(desk, name, units)] for names in (biases, sums))
    stacked_W = _matrix(desk, "W", W, (tall, wide), _labels(desk, weights, units), weights)
    return [
        {**stacked_W, "columns": labels},
        {"sign": r"\cdot"},
        _matrix(desk, "v", _rows(desk, "v", columns), (wide, 1), labels, ["v"]),
        {"sign": "+"},
        _matrix(desk, "b", b, (tall, 1), None, biases),
        {"sign": "="},
        _result(AT_ONCE, _results(desk, found, units), None),
        _result(ONE_BY_ONE, z, _labels(desk, sums, units)),
    ]


def _rows(desk: Desk, name: str, units: range, columns: range | None = None) -> Cells:
    """The rows of one array on screen: of a vector, one cell each."""
    across: list[tuple[int, ...]] = [()] if columns is None else [(k,) for k in columns]
    flat = cells(desk, name, [(j, *k) for j in units for k in across])
    return [flat[at : at + len(across)] for at in range(0, len(flat), len(across))]


def _labels(desk: Desk, names: list[str], units: range) -> list[str]:
    return [f"{desk.plain(name)} {j + 1}" for name in names for j in units]


def _results(desk: Desk, found: Sums, units: range) -> Cells:
    """What the one product gave; these are numbers to read, none of the cell's own."""
    return [
        [_at_once(desk, name, together, j)] for name, (together, _) in found.items() for j in units
    ]


def _at_once(desk: Desk, name: str, together: Array, j: int) -> MatrixCell:
    text, end = desk.text(name, together[j]), theme.limit(together)
    called = f"{desk.plain(name)}[{j + 1}] {AT_ONCE}"
    return shaded(cell_id(name, (j,)), called, text, together[j], end)


def _matrix(
    desk: Desk,
    label: str,
    rows: Cells,
    shape: tuple[int, int],
    units: list[str] | None,
    names: Sequence[str],
) -> Matrix:
    """One operand of the equation; `names` are the arrays that can be typed or pasted into it."""
    whole = f"{shape[0]} × {shape[1]}"
    part = len(rows) < shape[0] or len(rows[0]) < shape[1]
    problems = desk.session.problems
    return {
        "id": f"stack-{label}",
        "label": label,
        "name": f"stacked {label}",
        "shape": f"{whole}, {len(rows)} × {len(rows[0])} shown" if part else whole,
        "rows": rows,
        "units": units,
        "columns": None,
        "problem": next((problems[name] for name in names if name in problems), None),
        "offer": None,
    }


def _result(label: str, rows: Cells, units: list[str] | None) -> Matrix:
    """One of the two results, called by how it was worked out."""
    latex = rf"\text{{{label}}}"
    return {
        "id": f"stack-{latex}",
        "label": latex,
        "name": label,
        "shape": "",
        "rows": rows,
        "units": units,
        "columns": None,
        "problem": None,
        "offer": None,
    }
