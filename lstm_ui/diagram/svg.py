"""A drawing as SVG: its colours, its states and its numbers come from the page that shows it."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from lstm_core.cell import Cell
from lstm_core.cells import facts
from lstm_core.lesson.stages import css_class
from lstm_ui.diagram.drawing import drawing
from lstm_ui.diagram.parts import ARROW, Band, Drawing, Node, Point, Symbol, Terminal, Text, Wire

RADIUS, ROUND = 6.0, 8.0  # of the bends of a wire, and of the corners of a field
SAVED = 2 - 1.6232  # how much shorter a rounded bend is than its corner, for each unit of radius


def svg(cell: Cell) -> str:
    """Return the drawing of a cell as one SVG element; the same cell gives the same text."""
    drawn = drawing(cell)
    top = min(0, *(y - 5 for wire in drawn.wires for _, y in wire.points))
    width, height = _n(drawn.plan.width), _n(drawn.plan.height - top)
    title = escape(f"{facts(cell).title}: choose a step")
    parts = (*_bands(drawn), *_wires(drawn), *_texts(cell, drawn), *_nodes(cell, drawn))
    return (
        f'<svg class="cell-diagram" xmlns="http://www.w3.org/2000/svg"'
        f' viewBox="0 {_n(top)} {width} {height}" style="--wide:{width};--high:{height}"'
        f' role="group" aria-label="{title}">{"".join(parts)}</svg>\n'
    )


def _bands(drawn: Drawing) -> Iterable[str]:
    yield '<defs><marker id="cell-arrow" markerUnits="userSpaceOnUse" markerWidth="8"'
    yield ' markerHeight="10" refY="5" orient="auto"><path d="M0 .5 8 5 0 9.5z"/></marker></defs>'
    for band in drawn.plan.bands:
        yield f'<path class="band {_stage(band.stage)}" d="{_closed(band)}"/>'


def _stage(stage: str) -> str:
    return escape(css_class(stage))


def _closed(band: Band) -> str:
    """Return the outline of a field, its corners rounded."""
    corners = band.corners
    first = _towards(corners[0], corners[1], ROUND)
    way = [first, *corners[1:], corners[0], first]
    return _path(way, ROUND) + "z"


def _wires(drawn: Drawing) -> Iterable[str]:
    yield '<g marker-end="url(#cell-arrow)" aria-hidden="true">'
    for wire in drawn.wires:
        yield _wire(wire)
    yield "</g>"


def _wire(wire: Wire) -> str:
    *begun, last = wire.points
    points = (*begun, _towards(last, begun[-1], ARROW))
    to = "" if wire.goes_out else f' data-to="{escape(wire.target)}"'
    out = " out" if wire.goes_out else ""
    shown = f' stroke-dasharray="0 {_n(hidden)} 9999"' if (hidden := _hidden(wire)) > 0 else ""
    return (
        f'<path class="wire{out} {_stage(wire.stage)}" data-from="{escape(wire.source)}"{to}'
        f' d="{_path(points, RADIUS)}"{shown}/>'
    )


def _hidden(wire: Wire) -> float:
    """Return how much of a wire's line is not drawn: what it shares, up to where it bends away."""
    left, bends = wire.hidden - RADIUS, 0
    so_far = 0.0
    for a, b in pairwise(wire.points):
        so_far += abs(b[0] - a[0]) + abs(b[1] - a[1])
        bends += so_far < wire.hidden
    return left - bends * SAVED * RADIUS


def _path(points: Sequence[Point], radius: float) -> str:
    """Return the way through the points, its bends rounded."""
    said = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for a, b, c in zip(points, points[1:], points[2:], strict=False):
        r = min(radius, _apart(a, b) / 2, _apart(b, c) / 2)
        (x0, y0), (x1, y1) = _towards(b, a, r), _towards(b, c, r)
        said.append(f"L{_n(x0)} {_n(y0)}Q{_n(b[0])} {_n(b[1])} {_n(x1)} {_n(y1)}")
    return "".join(said) + f"L{_n(points[-1][0])} {_n(points[-1][1])}"


def _apart(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: Point, end: Point, by: float) -> Point:
    """Return the point that lies so far from `start` on the way to `end`."""
    length = _apart(start, end) or 1.0
    return tuple(s + (e - s) * by / length for s, e in zip(start, end, strict=True))  # type: ignore[return-value]


def _n(number: float) -> str:
    return f"{round(number, 2):g}"


def _texts(cell: Cell, drawn: Drawing) -> Iterable[str]:
    """Return headings, letters along the wires, and the ends with what is written there."""
    for text in (*drawn.plan.texts, *drawn.texts):
        if text.kind in ("caption", "unit"):
            yield _text(text)
    yield '<g class="values" aria-hidden="true">'
    yield from (_text(text) for text in drawn.texts if text.kind == "letter")
    yield "</g>"
    for end in drawn.plan.terminals:
        yield _terminal(end)


def _terminal(end: Terminal) -> str:
    inner = "".join(map(_text, end.texts))
    out = " out" if end.goes_out else ""
    return f'<g class="terminal{out}" data-name="{escape(end.name)}" role="img">{inner}</g>'


def _text(text: Text) -> str:
    """Return one text; the page writes what stands in a number's place."""
    at = f'x="{_n(text.x)}" y="{_n(text.y)}"'
    if text.kind == "letter" and text.symbol:
        return _symbol(text.symbol, text.x, text.y)
    if text.kind in ("number", "unit"):
        kind = f"number {text.anchor}" if text.kind == "number" else "small unit"
        return f'<text class="{kind}" data-value="{escape(text.of)}" {at}/>'
    return f'<text class="{text.kind}" {at}>{escape(text.of)}</text>'


def _symbol(of: Symbol, x: float, y: float) -> str:
    """Return a letter with what stands below and above it."""
    kind = f' class="{of.style}"' if of.style else ""
    below = f'<tspan dy="4">{escape(of.below)}</tspan>' if of.below else ""
    letter = f'<text{kind} x="{_n(x)}" y="{_n(y)}">{escape(of.base)}{below}</text>'
    if not of.tilde:
        return letter
    return letter + f'<path class="tilde" d="M{_n(x - 6)} {_n(y - 15)}q2.5-3.2 5 0t5 0"/>'


def _nodes(cell: Cell, drawn: Drawing) -> Iterable[str]:
    """Return the steps in the order of the table, which is that of the arrow keys."""
    numbers = {t.of: t for t in (*drawn.plan.texts, *drawn.texts) if t.kind == "number"}
    for k, step in enumerate(cell.steps):
        number = numbers.get(step.name)
        yield _node(drawn.plan.nodes[step.name], _text(number) if number else "", k)


def _node(node: Node, number: str, k: int) -> str:
    ring, shape = _outline(node, 4, "ring"), _outline(node, 0, "shape")
    low = {"sign": 7.0, "word": 4.5}.get(node.label.style, 5.0)
    dx, dy = (0.75, 0.75) if node.shape == "circle" else (1, 1)
    if node.shape == "pill":
        dx, dy = 0.84, 0.7
    return (
        f'<g class="node {_stage(node.stage)}" data-step="{escape(node.name)}"'
        f' data-stage="{escape(node.stage)}" tabindex="{0 if k == 0 else -1}" role="button">'
        f"{ring}{shape}{_symbol(node.label, node.x, node.y + low)}{_order(node)}{number}"
        f'<circle class="dot" cx="{_n(node.x + dx * node.w)}" cy="{_n(node.y - dy * node.h)}"'
        f' r="4.5"/></g>'
    )


def _order(node: Node) -> str:
    """Return what a concatenation joins, small, at the foot of its box."""
    if not node.order:
        return ""
    y = node.y + node.h - 6
    return f'<text class="order" x="{_n(node.x)}" y="{_n(y)}">{escape(node.order)}</text>'


def _outline(node: Node, grown: float, kind: str) -> str:
    if node.shape == "circle":
        return (
            f'<circle class="{kind}" cx="{_n(node.x)}" cy="{_n(node.y)}" r="{_n(node.w + grown)}"/>'
        )
    box = node.box.grown(grown)
    round_by = (node.h if node.shape == "pill" else 4) + grown
    return (
        f'<rect class="{kind}" x="{_n(box.x0)}" y="{_n(box.y0)}" width="{_n(box.x1 - box.x0)}"'
        f' height="{_n(box.y1 - box.y0)}" rx="{_n(round_by)}"/>'
    )
