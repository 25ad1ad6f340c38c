"""What a drawing is made of: nodes, wires, texts and bands, with their places in the drawing.

All lengths are in units of the drawing: a screen shows one as a little less than a pixel.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Shape = Literal["box", "rect", "pill", "circle"]
Anchor = Literal["start", "middle", "end"]
RIGHT, DOWN, LEFT, UP = (1, 0), (0, 1), (-1, 0), (0, -1)
SIDES = (RIGHT, DOWN, LEFT, UP)  # the directions in which a wire can leave, in the order of a clock
Side = tuple[int, int]
ARROW = 8  # the head of an arrow, which is drawn beyond the end of its wire


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    def grown(self, by: float) -> "Box":
        """Return the rectangle with a margin around it."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def meets(self, other: "Box") -> bool:
        """Return whether the two have more than an edge in common."""
        across = self.x0 < other.x1 and other.x0 < self.x1
        return across and self.y0 < other.y1 and other.y0 < self.y1

    def holds(self, other: "Box") -> bool:
        """Return whether the other lies in this one."""
        across = self.x0 <= other.x0 and other.x1 <= self.x1
        return across and self.y0 <= other.y0 and other.y1 <= self.y1


def box_of(a: Point, b: Point, margin: float = 0) -> Box:
    """Return the rectangle that a straight piece of a wire runs through."""
    (x0, x1), (y0, y1) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return Box(x0, y0, x1, y1).grown(margin)


@dataclass(frozen=True)
class Port:
    """A place on the edge of a node where a wire may begin or end, and the way out from there."""

    x: float
    y: float
    side: Side

    def out(self, by: float) -> Point:
        """Return the point that lies so far outside."""
        return self.x + by * self.side[0], self.y + by * self.side[1]


@dataclass(frozen=True)
class Symbol:
    """A letter as it is written: C with a tilde and t below; or a word, or a sign."""

    base: str
    below: str = ""
    tilde: bool = False
    style: Literal["", "word", "sign"] = ""


@dataclass(frozen=True)
class Node:
    """A step: its middle, half its width and height, what is written in it.

    `order` is what a concatenation joins, first to last: where a wire enters does not say it.
    """

    name: str
    stage: str
    shape: Shape
    x: float
    y: float
    w: float
    h: float
    label: Symbol
    order: str = ""

    @property
    def box(self) -> Box:
        """The room that it takes."""
        return Box(self.x - self.w, self.y - self.h, self.x + self.w, self.y + self.h)

    def port(self, side: Side) -> Port:
        """Return the middle of one side."""
        return Port(self.x + side[0] * self.w, self.y + side[1] * self.h, side)


@dataclass(frozen=True)
class Text:
    """Words, or the place of a number: where its foot stands, and the room that it takes."""

    kind: Literal["number", "letter", "caption", "small", "unit"]
    of: str  # the value's name, or the words themselves
    x: float
    y: float
    anchor: Anchor
    box: Box
    symbol: Symbol | None = None


@dataclass(frozen=True)
class Terminal:
    """What comes in at the left or goes out at the right: its letter and what stands below it."""

    name: str
    goes_out: bool
    port: Port
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Wire:
    """The way of one value to one reader: corners, and how much of it another wire shows already.

    A wire that leads out of the cell has the name of its own value as `target`, and `goes_out`.
    """

    source: str
    target: str
    stage: str
    points: tuple[Point, ...]
    hidden: float = 0
    goes_out: bool = False

    @property
    def pieces(self) -> Iterable[tuple[Point, Point]]:
        """The straight pieces, the head of the arrow left out."""
        return zip(self.points, self.points[1:], strict=False)


@dataclass(frozen=True)
class Band:
    """The field behind the nodes of a stage, by its corners."""

    stage: str
    corners: tuple[Point, ...]


@dataclass(frozen=True)
class Plan:
    """Where everything stands before the wires run.

    `texts` have their places; `free` are the nodes whose numbers find theirs when the wires run,
    between `top` and `foot`, where the captions begin.
    """

    nodes: Mapping[str, Node]
    terminals: tuple[Terminal, ...]
    bands: tuple[Band, ...]
    texts: tuple[Text, ...]
    free: tuple[str, ...]
    width: float
    height: float
    top: float
    foot: float


@dataclass(frozen=True)
class Drawing:
    """The whole, ready to be written as SVG.

    `missing` are the texts that found no room, `across` counts the wires that found no way.
    """

    plan: Plan
    wires: tuple[Wire, ...]
    texts: tuple[Text, ...]
    missing: tuple[Text, ...]
    across: int
