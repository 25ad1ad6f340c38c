"""Where the steps of a cell stand in the drawing of what depends on what. No Streamlit here.

A column for each level: what stands in one column can be worked out side by side. In it, a step
stands beside what it is made of, as far as there is room.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from lstm_core.cell import Cell
from lstm_core.looks.dependencies import levels

NODE, GAP = (86, 40), (26, 20)  # width and height of a node, and the room between two
TOP = 62  # room for the heads of the columns, and for the name of the bands
Places = Mapping[str, tuple[float, float]]


def given(cell: Cell) -> tuple[str, ...]:
    """Return what a time step begins with: the states before it, and x."""
    return (*cell.states, "x")


def edges(cell: Cell) -> list[tuple[str, str]]:
    """Return every dependency between what is drawn, from the operand to the step."""
    drawn = {*given(cell), *(step.name for step in cell.steps)}
    return [(part, step.name) for step in cell.steps for part in step.operands if part in drawn]


@lru_cache(maxsize=64)
def places(cell: Cell) -> Places:
    """Return the middle of every node, in pixels of the drawing."""
    columns, parts = levels(cell), _parts(cell)
    above = _carried_over(cell)
    widest = max(map(len, columns))
    rows = {name: float(k) for k, name in enumerate(above)}
    rows |= _spread([name for name in given(cell) if name not in above], widest, len(above))
    for names in columns:
        wanted = {name: _middle(rows, parts[name]) for name in names}
        if len(names) == widest:
            rows |= _spread(sorted(names, key=wanted.__getitem__), widest, len(above))
        else:
            rows |= _apart(wanted, len(above))
    across = {name: k for k, names in enumerate((given(cell), *columns)) for name in names}
    return {name: _pixels(across[name], rows[name]) for name in rows}


def _parts(cell: Cell) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part, name in edges(cell):
        found.setdefault(name, []).append(part)
    return found


def _carried_over(cell: Cell) -> list[str]:
    """What is given and read past the first level: it has a lane of its own, above the others."""
    later = {name for names in levels(cell)[1:] for name in names}
    read = {part for part, name in edges(cell) if name in later}
    return [name for name in given(cell) if name in read]


def _spread(names: Sequence[str], widest: int, top: int) -> dict[str, float]:
    """Rows one below the other, about the middle."""
    start = top + (widest - len(names)) / 2
    return {name: start + k for k, name in enumerate(names)}


def _middle(rows: Mapping[str, float], parts: list[str]) -> float:
    return sum(rows[part] for part in parts) / len(parts)


def _apart(wanted: Mapping[str, float], top: int) -> dict[str, float]:
    """Rows at least 1 apart, each as near as may be to the middle of what it is made of."""
    found: dict[str, float] = {}
    for name in sorted(wanted, key=wanted.__getitem__):
        found[name] = max([float(top), wanted[name], *(row + 1 for row in found.values())])
    return found


def _pixels(column: int, row: float) -> tuple[float, float]:
    width, height = (size + gap for size, gap in zip(NODE, GAP, strict=True))
    return (column + 0.5) * width, TOP + (row + 0.5) * height


def size(cell: Cell) -> tuple[float, float]:
    """Return the width and the height of the drawing."""
    found = places(cell).values()
    width, height = (length + gap for length, gap in zip(NODE, GAP, strict=True))
    return max(x for x, _ in found) + width / 2, max(y for _, y in found) + height / 2
