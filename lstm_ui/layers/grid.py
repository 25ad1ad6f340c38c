"""The drawing of a stack as a block: each cell with its h, what it reads, and where it leads."""

from typing import TypedDict

from lstm_core.cells import facts
from lstm_core.layers.stack import Place, time_of
from lstm_core.layers.token import lane_name
from lstm_core.lesson.words import paragraph
from lstm_core.ops import Array
from lstm_core.text.numerals import how_many, numeral
from lstm_ui.layers.choices import WORDS, View
from lstm_ui.layers.drawing import (
    BOX,
    ENTRY,
    MOST_ENTRIES,
    Edge,
    Plan,
    Row,
    edges,
    node_name,
    plan,
)
from lstm_ui.sheet import theme
from lstm_ui.sheet.blocks import Block
from lstm_ui.shell import link


class Entry(TypedDict):
    """One number: its shade, −1 to 1, is full where it is as large as any on screen."""

    text: str
    share: float


class Node(TypedDict):
    """One cell of the drawing, or the inputs of a time step, which lead nowhere.

    `lane` is what its link adds to that of the stack. `reads`, `before` and `on` are the nodes
    whose numbers it reads as x and as its own h, and those that read its h.
    """

    name: str
    x: float
    y: float
    height: float
    entries: list[Entry]
    told: str
    reads: list[str]
    before: str
    on: list[str]
    lane: str
    layer: int
    back: int
    t: int
    here: bool


class Label(TypedDict):
    """What stands beside a row or above a column, in lines."""

    x: float
    y: float
    lines: list[str]


class Layers(Block):
    """The drawing; `size` is in pixels, as is the `box` of a cell, by width and line.

    `search` is the link of the whole stack, empty where that is too large for one.
    """

    alt: str
    hint: str
    search: str
    size: tuple[float, float]
    box: tuple[float, float]
    labels: list[Label]
    heads: list[Label]
    nodes: list[Node]
    edges: list[Edge]


def grid(view: View) -> Layers:
    """Return the drawing of all layers, over the time steps on screen."""
    here = plan(view)
    rows = [None, *view.stack.places]
    return {
        "kind": "layers",
        "id": "layers",
        "alt": _alt(view),
        "hint": _hint(view),
        "search": link.whole_search(view.session),
        "size": here.size,
        "box": (BOX, ENTRY),
        "labels": [_label(view, here, row) for row in rows],
        "heads": [{"x": here.x(t), "y": 16, "lines": [f"t = {t + 1}"]} for t in here.times],
        "nodes": [node for row in rows for node in _row(view, here, row)],
        "edges": edges(here),
    }


def scales(view: View) -> tuple[float, float]:
    """Return where the scales of h and of x end: they are symmetric about 0."""
    return theme.limit(*(view.stack.h(p) for p in view.stack.places)), theme.limit(view.stack.xs)


# ---- the nodes -----------------------------------------------------------------------------------


def _row(view: View, here: Plan, row: Row) -> list[Node]:
    values = view.stack.h(row) if row else view.stack.xs
    end = scales(view)[0 if row else 1]
    return [
        {
            "name": node_name(row, t),
            "x": here.x(t),
            "y": here.tops[row],
            "height": here.heights[row],
            "entries": _entries(view, row, values[t], end),
            "told": told(view, row, t) if row else _given(view, t),
            "reads": _read_nodes(view, row, t) if row else [],
            "before": node_name(row, _before(row, t)) if row else "",
            "on": [node_name(place, t) for place in _above(view, row)],
            "lane": _lane_link(view, row, t) if row else "",
            "layer": row.layer if row else -1,
            "back": int(row.direction == "backward") if row else 0,
            "t": t,
            "here": t == view.t,
        }
        for t in here.times
    ]


def _entries(view: View, row: Row, values: Array, end: float) -> list[Entry]:
    name = "h" if row else "x"
    shown = [
        Entry(text=view.desk.short(name, x), share=round(theme.share(float(x), end), 3))
        for x in values[:MOST_ENTRIES]
    ]
    return shown if len(values) <= MOST_ENTRIES else [*shown, Entry(text="…", share=0.0)]


def _lane_link(view: View, row: Place, t: int) -> str:
    """What a link to a cell adds to the link of the whole stack: its lane, first step and time."""
    step = view.stack[row].cell.names[0]
    return f"&lane={lane_name(row)}&step={step}&t={own_time(view, row, t) + 1}"


def own_time(view: View, row: Place, t: int) -> int:
    """Return the time step of a lane at a time step of the stack."""
    return time_of(row.direction, t, view.stack.T)


def _before(row: Place, t: int) -> int:
    """The time step from which a lane has its own h."""
    return t - 1 if row.direction == "forward" else t + 1


def _read_nodes(view: View, row: Place, t: int) -> list[str]:
    if not row.layer:
        return [node_name(None, t)]
    return [node_name(place, t) for place in view.stack.places if place.layer == row.layer - 1]


def _above(view: View, row: Row) -> list[Place]:
    layer = row.layer + 1 if row else 0
    return [place for place in view.stack.places if place.layer == layer]


# ---- in words ------------------------------------------------------------------------------------


def told(view: View, row: Place, t: int) -> str:
    """Return what a cell reads, what it makes of that, and where that goes, with its numbers."""
    lane, frame = view.stack[row], view.stack.trace(row).frames[own_time(view, row, t)]
    known = {
        "Lane": view.lane(row, capital=True),
        "t": t + 1,
        "title": facts(lane.cell).title,
        "x": vector(view, frame["x"], "h" if row.layer else "x"),
        "source": _source(view, row, t),
        "before": vector(view, frame["h_prev"]),
        "since": _since(view, row, t),
    }
    makes = WORDS.text("cell", "makes", {"h": vector(view, frame["h"])})
    return paragraph(WORDS.text("cell", "reads", known), makes, _goes_to(view, row))


def vector(view: View, values: Array, name: str = "h") -> str:
    """Return a vector in a sentence: [0.1, −0.2]; of a long one the first entries."""
    texts = view.desk.printed(name, values[:MOST_ENTRIES])
    return f"[{', '.join(texts)}{', …' if len(values) > MOST_ENTRIES else ''}]"


def _source(view: View, row: Place, t: int) -> str:
    if not row.layer:
        return WORDS.text("cell", "the input")
    known = {"layer": row.layer, "t": t + 1}
    both = len(view.stack.layers[row.layer - 1]) > 1
    return WORDS.text("cell", "below, joined" if both else "below", known)


def _since(view: View, row: Place, t: int) -> str:
    before = _before(row, t)
    if before not in range(view.stack.T):
        return WORDS.text("cell", "at start")
    return WORDS.text("cell", "from", {"t": before + 1})


def _goes_to(view: View, row: Place) -> str:
    last, both = row.layer + 1 == len(view.stack), len(view.stack.layers[row.layer]) > 1
    if last:
        return WORDS.text("cell", "out, joined" if both else "out")
    return WORDS.text("cell", "on, joined" if both else "on", {"above": row.layer + 2})


def _given(view: View, t: int) -> str:
    return WORDS.text("cell", "given", {"t": t + 1, "x": vector(view, view.stack.xs[t], "x")})


def _hint(view: View) -> str:
    known = {
        "layers": how_many(len(view.stack), "layer"),
        "steps": how_many(view.stack.T, "time step"),
    }
    h, x = (numeral(end, 2) for end in scales(view))
    hint = WORDS.text("cell", "hint", known)
    return paragraph(hint, WORDS.text("page", "legend", {"h": h, "x": x}))


def _alt(view: View) -> str:
    rows = [_alt_row(view, place) for place in reversed(view.stack.places)]
    inputs = WORDS.text("drawing", "row, inputs", {"m": view.stack.xs.shape[1]})
    return WORDS.text("drawing", "alt", {"rows": paragraph(*rows, inputs)})


def _alt_row(view: View, place: Place) -> str:
    lane = view.stack[place]
    known = {
        "Lane": view.lane(place, capital=True),
        "title": facts(lane.cell).title,
        "n": lane.n,
        "direction": place.direction,
    }
    return WORDS.text("drawing", "row", known)


def _label(view: View, here: Plan, row: Row) -> Label:
    lines = [WORDS.text("layer", "inputs", {"m": view.stack.xs.shape[1]})]
    return {"x": 0, "y": here.middle(row), "lines": _named(view, row) if row else lines}


def _named(view: View, row: Place) -> list[str]:
    """The name of a layer, its cell, size and direction; of two rows, each has its own part."""
    lane, direction = view.stack[row], WORDS.text("layer", row.direction)
    name = WORDS.text("layer", "name", {"layer": row.layer + 1})
    size = WORDS.text("layer", "size", {"n": lane.n, "direction": direction})
    if len(view.stack.layers[row.layer]) == 1:
        return [name, facts(lane.cell).title, size]
    return [name, direction] if row.direction == "backward" else [facts(lane.cell).title, size]
