"""The page on dependencies, as blocks: the steps as a graph, and the stacked product below it."""

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.lesson.latex import plain
from lstm_core.looks.dependencies import levels
from lstm_core.looks.reach import at_once
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.dependencies.layout import GAP, NODE, edges, given, places, size
from lstm_ui.dependencies.stack import Sums, maps, stack_block
from lstm_ui.session.options import Choice
from lstm_ui.sheet.controls import controls, segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.matrices import Block
from lstm_ui.sheet.panels import notice, toolbar, walk
from lstm_ui.shell import link

NUMBERS = Choice("nodes", ("names", "numbers"))
WHAT = (
    "A step can be worked out as soon as everything that leads to it is there. What stands in one "
    "column can be worked out side by side. Point at a step to see what it needs and what needs "
    "it; click to open it."
)
HEADED = 44  # where the bands' name stands, in pixels, when there is no room above the first
MOST, MOST_SAID = 2, 12  # numbers of a vector: in its node, and in the sentence below


def dependency_blocks(desk: Desk) -> list[Block]:
    """Return the whole page."""
    session = desk.session
    heading = {"kind": "heading", "id": "top", "level": 1, "title": "Dependency graph"}
    time = [walk(session, steps=False)] if desk.exercise.T > 1 else []
    choice = segments(session, NUMBERS, "Show", {"names": "names", "numbers": "numbers too"})
    return [
        {**heading, "what": WHAT},
        {
            "kind": "group",
            "id": "bar",
            "blocks": [controls("nodes", choice), *time, toolbar(session)],
        },
        notice(session),
        graph(desk),
        *stacked_blocks(desk),
    ]


def graph(desk: Desk) -> Block:
    """Return the drawing: a link for each step, a line for each dependency."""
    cell, lines = desk.exercise.cell, edges(desk.exercise.cell)
    columns = [("given", given(cell)), *((str(k), n) for k, n in enumerate(levels(cell), 1))]
    where = places(cell)
    nodes = [_node(desk, name) for name in where]
    return {
        "kind": "graph",
        "id": "graph",
        "alt": _alt(desk),
        "size": list(size(cell)),
        "node": list(NODE),
        "gap": GAP[0],
        "heads": [{"x": where[names[0]][0], "text": text} for text, names in columns],
        "bands": _bands(desk),
        "nodes": nodes,
        "edges": [list(edge) for edge in lines],
        "hint": f"{len(cell.steps)} steps, but only {len(columns) - 1} in a row: the longest way "
        f"from v to {plain(cell, cell.steps[-1].name)}. The numbers above count these levels.",
    }


def _node(desk: Desk, name: str) -> Block:
    cell, t = desk.exercise.cell, desk.t
    x, y = places(cell)[name]
    step = next((s for s in cell.steps if s.name == name), None)
    told = _told(desk, name, step)
    shown = [plain(cell, name)]
    if NUMBERS.of(desk.session.options) == "numbers":
        shown.append(_short(desk, name))
    return {
        "name": name,
        "x": x,
        "y": y,
        "stage": step.stage if step else "given",
        "given": step is None,
        "lines": shown,
        "told": told,
        "spoken": told,
        "visit": _visit(desk, name if step else _reader(cell, name), t),
    }


def _reader(cell: Cell, name: str) -> str:
    """The first step that reads what is given: there it can be edited."""
    return next(step.name for step in cell.steps if name in step.inputs)


def _visit(desk: Desk, step: str, t: int) -> Block:
    place = Address(step, t, (0,))
    return {"page": "", "step": step, "t": t, "entry": 0} | {
        "href": link.href(desk.session, "", place)
    }


def _short(desk: Desk, name: str) -> str:
    values, places = desk.values(name), min(2, desk.exercise.decimals or 2)
    few = ", ".join(numeral(float(x), places) for x in values[:MOST])
    return few + " …" * (len(values) > MOST)


def _listed(desk: Desk, name: str, most: int) -> str:
    values = desk.values(name)
    return ", ".join(desk.text(name, x) for x in values[:most]) + " …" * (len(values) > most)


def _told(desk: Desk, name: str, step: Step | None) -> str:
    """Say what a node is, its numbers, what it needs and what needs it."""
    cell, lines = desk.exercise.cell, edges(desk.exercise.cell)
    needs = [plain(cell, a) for a, b in lines if b == name]
    used = [plain(cell, b) for a, b in lines if a == name]
    after = next((s for s, before in cell.carry.items() if s == name), None)
    title = step.title if step else "Given at this time step"
    reads = f" Needs {' and '.join(needs)}." if needs else ""
    feeds = [*used, *(["the next time step"] if after else [])]
    users = f" Needed by {', '.join(feeds)}." if feeds else ""
    numbers = f"{plain(cell, name)} = [{_listed(desk, name, MOST_SAID)}]"
    return f"{title}: {numbers}.{reads}{users}"


def _bands(desk: Desk) -> list[Block]:
    """A band behind each affine map of v: none of them touches another."""
    cell, found = desk.exercise.cell, maps(desk.exercise.cell)
    bands = [_band(cell, product, total) for product, total in found]
    text = f"{len(found)} affine maps: independent" if len(found) > 1 else "the affine map"
    x, y = bands[0]["x"] + bands[0]["w"] / 2, bands[0]["y"] - 8
    near = (abs(a - x) < NODE[0] and 0 < y - b < NODE[1] for a, b in places(cell).values())
    return [{**bands[0], "text": text, "above": HEADED if any(near) else y}, *bands[1:]]


def _band(cell: Cell, product: Step, total: Step) -> Block:
    (x0, y0), (x1, y1) = places(cell)[product.name], places(cell)[total.name]
    left, top = x0 - NODE[0] / 2 - 8, min(y0, y1) - NODE[1] / 2 - 7
    width, height = x1 - x0 + NODE[0] + 16, abs(y1 - y0) + NODE[1] + 14
    return {"x": left, "y": top, "w": width, "h": height, "stage": product.stage}


def _alt(desk: Desk) -> str:
    cell = desk.exercise.cell
    told = "; ".join(
        f"level {k}: {', '.join(plain(cell, name) for name in names)}"
        for k, names in enumerate(levels(cell), 1)
    )
    return f"Graph of {len(cell.steps)} steps in {len(levels(cell))} levels. {told}."


def stacked_blocks(desk: Desk) -> list[Block]:
    """Return the stacked product, and what it shows."""
    found = at_once(desk.trace, desk.t)
    together, apart = (np.concatenate(parts) for parts in zip(*found.values(), strict=True))
    with np.errstate(all="ignore"):
        largest = float(np.abs(together - apart).max())
    lines = [{"text": _same(largest), "strong": True}]
    if "W_h" in desk.exercise.params and len(found) > 1:
        lines.append({"text": "The candidate is not among them: it needs the reset gate first."})
    return [
        {"kind": "heading", "id": "stacked-head", "level": 2, "stage": "", **_heading(desk, found)},
        {"kind": "text", "id": "same", "lines": lines},
        stack_block(desk, found),
    ]


def _heading(desk: Desk, found: Sums) -> dict[str, str]:
    names = ", ".join(plain(desk.exercise.cell, name) for name in found)
    if len(found) == 1:
        what = f"This cell has one map of v, {names}: there is nothing to stack it with."
        return {"title": "The map of v", "what": what}
    count = {2: "two", 3: "three", 4: "four"}[len(found)]
    tall, wide = len(found) * desk.exercise.n, desk.exercise.n + desk.exercise.m
    return {
        "title": f"The {count} maps as one product",
        "what": f"None of {names} needs another, so their W and b can stand in one stack: "
        f"({tall} × {wide}) · v gives all {tall} numbers at once. It is how libraries calculate.",
    }


def _same(largest: float) -> str:
    """Say how far the two ways of calculating are apart."""
    if largest == 0.0:
        return "At once and one by one give identical numbers: the largest difference is 0."
    if not np.isfinite(largest):
        return "Some of these numbers are too large for double precision."
    size_ = numeral(float(f"{largest:.1e}"), None)
    return (
        f"At once and one by one give the same numbers: the largest difference is {size_}, the "
        "rounding of the last digit, because the sums are added in another order."
    )
