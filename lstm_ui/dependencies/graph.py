"""What in a cell depends on what, drawn: where each step stands, and what it says.

A column for each level: what stands in one column can be worked out side by side. In it, a step
stands beside what it is made of, as far as there is room.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NotRequired, TypedDict

from lstm_core.cell import Cell, Step
from lstm_core.fast import levels
from lstm_core.lesson.words import words
from lstm_core.looks.stacked import affine_maps
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.session.options import Choice
from lstm_ui.sheet.blocks import Block, Target
from lstm_ui.sheet.desk import Desk
from lstm_ui.shell import link

NUMBERS = Choice("nodes", ("names", "numbers"))
NODE, GAP = (86, 40), (26, 20)  # width and height of a node, and the room between two
TOP = 62  # room for the heads of the columns, and for the name of the bands
HEADED = 44  # where the bands' name stands, in pixels, when there is no room above the first
MOST, MOST_SAID = 2, 12  # numbers of a vector: in its node, and in the sentence below
WORDS = words("dependencies")
Places = Mapping[str, tuple[float, float]]


class Node(TypedDict):
    """A step, or what is given: its middle in pixels, and the lines that are written in it."""

    name: str
    x: float
    y: float
    stage: str
    given: bool
    lines: list[str]
    told: str
    spoken: str
    visit: Target


class Band(TypedDict):
    """A coloured field behind nodes; the first has a `text`, whose foot is at `above`."""

    x: float
    y: float
    w: float
    h: float
    stage: str
    text: NotRequired[str]
    above: NotRequired[float]


class Head(TypedDict):
    """What stands above a column."""

    x: float
    text: str


class Graph(Block):
    """The drawing; `size`, `node` and `gap` are widths and heights in pixels."""

    alt: str
    size: list[float]
    node: list[int]
    gap: int
    heads: list[Head]
    bands: list[Band]
    nodes: list[Node]
    edges: list[list[str]]
    hint: str


# ---- where each step stands ----------------------------------------------------------------------


def at_hand(cell: Cell) -> tuple[str, ...]:
    """Return what a time step begins with: the states before it, and x."""
    return (*cell.states, "x")


def handed_on(cell: Cell) -> dict[str, str]:
    """Return what the next time step begins with, by the state that it is: its h_prev is h."""
    return {f"next {prev}": state for state, prev in cell.carry.items()}


def edges(cell: Cell) -> list[tuple[str, str]]:
    """Return every dependency between what is drawn, from the operand to the step."""
    drawn = {*at_hand(cell), *cell.names}
    found = [(part, step.name) for step in cell.steps for part in step.operands if part in drawn]
    return [*found, *((state, name) for name, state in handed_on(cell).items())]


@lru_cache(maxsize=64)
def places(cell: Cell) -> Places:
    """Return the middle of every node, in pixels of the drawing."""
    columns, parts = levels(cell), _parts(cell)
    above = _carried_over(cell)
    widest = max(map(len, columns))
    rows = {name: float(k) for k, name in enumerate(above)}
    rows |= _spread([name for name in at_hand(cell) if name not in above], widest, len(above))
    for names in columns:
        wanted = {name: _middle(rows, parts.get(name, [])) for name in names}
        if len(names) == widest:
            rows |= _spread(sorted(names, key=wanted.__getitem__), widest, len(above))
        else:
            rows |= _apart(wanted, len(above))
    across = {name: k for k, names in enumerate((at_hand(cell), *columns)) for name in names}
    for name, state in handed_on(cell).items():  # beside the state, below what stands there
        across[name] = across[state] + 1
        beside = [
            rows[other] + 1 for other, k in across.items() if k == across[name] and other in rows
        ]
        rows[name] = max([rows[state], *beside])
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
    return [name for name in at_hand(cell) if name in read]


def _spread(names: Sequence[str], widest: int, top: int) -> dict[str, float]:
    """Rows one below the other, about the middle."""
    start = top + (widest - len(names)) / 2
    return {name: start + k for k, name in enumerate(names)}


def _middle(rows: Mapping[str, float], parts: list[str]) -> float:
    return sum(rows[part] for part in parts) / len(parts) if parts else 0.0


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


# ---- what is drawn -------------------------------------------------------------------------------


def graph(desk: Desk) -> Graph:
    """Return the drawing: a link for each step, a line for each dependency."""
    cell = desk.exercise.cell
    columns = [("given", at_hand(cell)), *((str(k), n) for k, n in enumerate(levels(cell), 1))]
    where, last = places(cell), desk.plain(cell.steps[-1].name)
    heads: list[Head] = [{"x": where[names[0]][0], "text": text} for text, names in columns]
    counted = {"steps": len(cell.steps), "levels": len(columns) - 1, "last": last}
    case = "all in a row" if counted["steps"] == counted["levels"] else "levels"
    return {
        "kind": "graph",
        "id": "graph",
        "alt": _alt(desk),
        "size": list(size(cell)),
        "node": list(NODE),
        "gap": GAP[0],
        "heads": [*heads, *_head_of_next(cell)],
        "bands": _bands(desk),
        "nodes": [_node(desk, name) for name in where],
        "edges": [list(edge) for edge in edges(cell)],
        "hint": WORDS.text("graph", case, counted),
    }


def _head_of_next(cell: Cell) -> list[Head]:
    """What stands above what is handed on, where that has a column of its own."""
    where = places(cell)
    last = max(where[name][0] for name in cell.names)
    found = [where[name][0] for name in handed_on(cell) if where[name][0] > last]
    return [{"x": x, "text": WORDS.text("next", "head")} for x in found[:1]]


def _alt(desk: Desk) -> str:
    cell, found = desk.exercise.cell, levels(desk.exercise.cell)
    listed = "; ".join(
        f"level {k}: {', '.join(desk.plain(name) for name in names)}"
        for k, names in enumerate(found, 1)
    )
    states = " and ".join(desk.plain(state) for state in cell.carry)
    on = WORDS.text("next", "alt, one" if len(cell.carry) == 1 else "alt", {"states": states})
    return f"Graph of {len(cell.steps)} steps in {len(found)} levels. {listed}. {on}"


def _next_node(desk: Desk, name: str) -> Node:
    """What the next time step begins with: a state of this one, which opens there."""
    cell, (x, y) = desk.exercise.cell, places(desk.exercise.cell)[name]
    state = handed_on(cell)[name]
    known = {"state": desk.plain(state), "prev": desk.plain(cell.carry[state])}
    is_last = desk.t + 1 == desk.exercise.T
    sentence = WORDS.text("next", "none" if is_last else "on", known)
    opens = Address(state, desk.t, (0,))
    if not is_last:
        opens = Address(_first_reader(cell, cell.carry[state]), desk.t + 1, (0,))
    return {
        "name": name,
        "x": x,
        "y": y,
        "stage": "given",
        "given": True,
        "lines": [known["prev"], WORDS.text("next", "head")],
        "told": sentence,
        "spoken": sentence,
        "visit": link.target(desk.session, "", opens),
    }


def _node(desk: Desk, name: str) -> Node:
    if name in handed_on(desk.exercise.cell):
        return _next_node(desk, name)
    cell, step, (x, y) = (
        desk.exercise.cell,
        desk.exercise.cell.get(name),
        places(desk.exercise.cell)[name],
    )
    # What is given can be edited where it is first read.
    opens = name if step else _first_reader(cell, name)
    sentence, lines = _sentence(desk, name, step), [desk.plain(name)]
    if NUMBERS.of(desk.session.options) == "numbers":
        lines.append(_short(desk, name))
    return {
        "name": name,
        "x": x,
        "y": y,
        "stage": step.stage if step else "given",
        "given": step is None,
        "lines": lines,
        "told": sentence,
        "spoken": sentence,
        "visit": link.target(desk.session, "", Address(opens, desk.t, (0,))),
    }


def _first_reader(cell: Cell, name: str) -> str:
    """The step that reads a value first; a variant may have a state that none reads."""
    return next((step.name for step in cell.readers(name)), cell.steps[0].name)


def _short(desk: Desk, name: str) -> str:
    """The first numbers of a vector with two decimals at most: so many as a node has room for."""
    values, decimals = desk.values(name), min(2, desk.exercise.decimals or 2)
    few = ", ".join(numeral(float(x), decimals) for x in values[:MOST])
    return f"{few} …" if len(values) > MOST else few


def _sentence(desk: Desk, name: str, step: Step | None) -> str:
    """Say what a node is, its numbers, what it needs and what needs it."""
    cell, lines, values = desk.exercise.cell, edges(desk.exercise.cell), desk.values(name)
    needs = [desk.plain(a) for a, b in lines if b == name]
    used = [desk.plain(b) for a, b in lines if a == name and b not in handed_on(cell)]
    if name in cell.carry:
        used.append("the next time step")
    title = step.title if step else "Given at this time step"
    numbers = ", ".join(desk.printed(name, values[:MOST_SAID]))
    more = " …" if len(values) > MOST_SAID else ""
    reads = f" Needs {' and '.join(needs)}." if needs else ""
    feeds = f" Needed by {', '.join(used)}." if used else ""
    return f"{title}: {desk.plain(name)} = [{numbers}{more}].{reads}{feeds}"


def _bands(desk: Desk) -> list[Band]:
    """A band behind each affine map of v: none of them touches another."""
    cell, found = desk.exercise.cell, affine_maps(desk.exercise.cell)
    if not found:
        return []
    bands = [_band(cell, product, total) for product, total in found]
    x, y = bands[0]["x"] + bands[0]["w"] / 2, bands[0]["y"] - 8
    near = (abs(a - x) < NODE[0] and 0 < y - b < NODE[1] for a, b in places(cell).values())
    bands[0]["text"] = (
        f"{len(found)} affine maps: independent" if len(found) > 1 else "the affine map"
    )
    bands[0]["above"] = HEADED if any(near) else y
    return bands


def _band(cell: Cell, product: Step, total: Step) -> Band:
    (x0, y0), (x1, y1) = places(cell)[product.name], places(cell)[total.name]
    return {
        "x": x0 - NODE[0] / 2 - 8,
        "y": min(y0, y1) - NODE[1] / 2 - 7,
        "w": x1 - x0 + NODE[0] + 16,
        "h": abs(y1 - y0) + NODE[1] + 14,
        "stage": product.stage,
    }
