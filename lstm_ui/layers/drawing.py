"""Where the parts of a stack's drawing stand, in pixels: layers upward, time to the right.

A layer that runs both ways has two rows, the backward lane above the forward one; what passes by a
row goes round its cells, on the left what is read, on the right what is handed on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from lstm_core.layers.stack import Place, Stack
from lstm_ui.layers.choices import View

LEFT, COLUMN, BOX, ENTRY = 124, 96, 62, 21  # pixels: labels, columns, cells, a line in a cell
MOST_ENTRIES = 6  # of a vector
_HEAD, _OUT, _BETWEEN, _LANES, _PAD = 24, 30, 46, 30, 6
_ROUND = 9  # how far beside a cell what passes it goes

Row = Place | None  # a lane, or the inputs


class Edge(TypedDict):
    """An arrow from a node to another, as an SVG path; `along` is one of time."""

    start: str
    end: str
    path: str
    along: bool


@dataclass(frozen=True, eq=False)
class Plan:
    """The tops and heights of all rows, by lane (None: the inputs), and what follows from them."""

    stack: Stack
    times: range
    tops: dict[Row, float]
    heights: dict[Row, float]

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of the drawing."""
        return LEFT + COLUMN * len(self.times), self.tops[None] + self.heights[None] + _PAD

    def x(self, t: int) -> float:
        """Return the middle of a column."""
        return LEFT + COLUMN * (t - self.times.start + 0.5)

    def middle(self, row: Row) -> float:
        """Return the middle of a row."""
        return self.tops[row] + self.heights[row] / 2

    def ends(self, layer: int) -> tuple[float, float]:
        """Return the top and the bottom of a layer, all its lanes together."""
        rows = [place for place in self.tops if place and place.layer == layer]
        bottom = max(self.tops[row] + self.heights[row] for row in rows)
        return min(self.tops[row] for row in rows), bottom


def node_name(row: Row, t: int) -> str:
    """Return the name of a cell: 2b:3 is the backward lane of layer 2 at t = 3, x:3 its input."""
    return f"{row.layer + 1}{row.direction[0]}:{t + 1}" if row else f"x:{t + 1}"


def plan(view: View) -> Plan:
    """Return where everything stands."""
    stack, y = view.stack, float(_HEAD + _OUT)
    tops: dict[Row, float] = {}
    heights: dict[Row, float] = {}
    for k in reversed(range(len(stack))):
        for way in reversed([*stack.layers[k]]):
            place = Place(k, way)
            tops[place], heights[place] = y, _height(stack.h(place).shape[1])
            y += heights[place] + _LANES
        y += _BETWEEN - _LANES
    tops[None], heights[None] = y, _height(stack.xs.shape[1])
    return Plan(stack, view.times, tops, heights)


def _height(entries: int) -> float:
    return ENTRY * (min(entries, MOST_ENTRIES) + (entries > MOST_ENTRIES)) + 2 * _PAD


def edges(here: Plan) -> list[Edge]:
    """Return all arrows: up from layer to layer, and along each lane."""
    found: list[Edge] = []
    for t in here.times:
        found += _upward(here, t)
    for row in here.stack.places:
        found += _along(here, row)
    return found


def _upward(here: Plan, t: int) -> list[Edge]:
    """From the inputs into layer 1, from each lane into each lane of the next layer, and out."""
    found: list[Edge] = []
    below: Sequence[Row] = [None]
    for k in range(len(here.stack) + 1):
        lanes: Sequence[Row] = [p for p in here.stack.places if p.layer == k]
        for start in below:
            for end in lanes or [None]:
                path = _leaving(here, start, t) + (_entering(here, end, t) if end else "")
                name = node_name(end, t) if end else f"out:{t + 1}"
                found.append(
                    {"start": node_name(start, t), "end": name, "path": path, "along": False}
                )
        below = lanes
    return found


def _leaving(here: Plan, row: Row, t: int) -> str:
    """From the top of a cell to just below the layer above; round the lane in between."""
    x, top = here.x(t), here.tops[row]
    if row is None:
        return f"M{x:g} {top:g}V{here.ends(0)[1] + _BETWEEN / 2:g}"
    above = here.ends(row.layer)[0]
    last = row.layer + 1 == len(here.stack)
    up = above - (_OUT - 6 if last else _BETWEEN / 2)
    if top == above:
        return f"M{x:g} {top:g}V{up:g}"
    side, merge = x + BOX / 2 + _ROUND, above - 10
    return f"M{x:g} {top:g}V{top - 10:g}H{side:g}V{merge:g}H{x:g}V{up:g}"


def _entering(here: Plan, row: Place, t: int) -> str:
    """On into the bottom of a cell; round the lane in between."""
    x, bottom = here.x(t), here.tops[row] + here.heights[row]
    below = here.ends(row.layer)[1]
    if bottom == below:
        return f"V{bottom + 2:g}"
    side, turn = x - BOX / 2 - _ROUND, below + 14
    return f"V{turn:g}H{side:g}V{bottom + 12:g}H{x:g}V{bottom + 2:g}"


def _along(here: Plan, row: Place) -> list[Edge]:
    """Along a lane, in the direction in which it reads; at its ends, from and to out of sight."""
    y, step = here.middle(row), 1 if row.direction == "forward" else -1
    found: list[Edge] = []
    for t in range(here.times.start - 1, here.times.stop):
        left, right = here.x(t) + BOX / 2, here.x(t + 1) - BOX / 2
        left = max(left, here.x(here.times.start) - BOX / 2 - 22)
        right = min(right, here.x(here.times.stop - 1) + BOX / 2 + 16)
        ends = (left, right - 2) if step > 0 else (right, left + 2)
        first, last = (t, t + 1) if step > 0 else (t + 1, t)
        path = f"M{ends[0]:g} {y:g}H{ends[1]:g}"
        found.append(
            {
                "start": node_name(row, first),
                "end": node_name(row, last),
                "path": path,
                "along": True,
            }
        )
    return found
