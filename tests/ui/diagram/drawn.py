"""A drawing as it is drawn: read back from the SVG, with text measured by a rule of its own.

Nothing here knows how the drawing was made, so it can say whether a line crosses a number.
"""

import re
from dataclasses import dataclass
from itertools import combinations, pairwise
from xml.etree import ElementTree

SIGNS = 7  # of a number: a longer one is shortened
EM = {"number": 13, "small": 13, "caption": 12.5, "letter": 17}
WIDE = {"number": 0.56, "small": 0.5, "caption": 0.6, "letter": 0.55}  # of a sign, in em
HALF = 0.85  # half the width of a line
ARROW = 8


@dataclass(frozen=True)
class Rect:
    """A rectangle and what it is."""

    name: str
    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other):
        across = self.x0 < other.x1 and other.x0 < self.x1
        return across and self.y0 < other.y1 and other.y0 < self.y1

    def shrunk(self, by):
        return Rect(self.name, self.x0 + by, self.y0 + by, self.x1 - by, self.y1 - by)


@dataclass(frozen=True)
class Line:
    """A wire as it is drawn: its corners, and where the tip of its arrow is."""

    source: str
    target: str | None
    corners: tuple
    tip: tuple

    @property
    def name(self):
        return f"{self.source} to {self.target or 'the end'}"

    @property
    def pieces(self):
        points = (*self.corners[:-1], self.tip)
        return [around(self.name, a, b, HALF) for a, b in pairwise(points)]


def around(name, a, b, margin=0.0):
    (x0, x1), (y0, y1) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return Rect(name, x0 - margin, y0 - margin, x1 + margin, y1 + margin)


def tag(node):
    return node.tag.rpartition("}")[2]


def words(node):
    return (node.get("class") or "").split()


class Drawn:
    """Everything that is drawn of a cell, in the places that the SVG gives it."""

    def __init__(self, text):
        self.root = ElementTree.fromstring(text)
        self.all = [*self.root.iter()]
        self.steps = [node for node in self.all if "data-step" in node.attrib]
        self.shapes = {node.get("data-step"): shape(node) for node in self.steps}
        self.lines = [line(node) for node in self.all if "wire" in words(node)]
        x, y, width, height = map(float, self.root.get("viewBox").split())
        self.page = Rect("page", x, y, x + width, y + height)

    @property
    def texts(self):
        """All that is written outside the nodes, and the numbers beside them."""
        inside = {id(t) for node in self.steps for t in node.iter() if "data-value" not in t.attrib}
        found = [t for t in self.all if tag(t) == "text" and id(t) not in inside]
        return [written(t) for t in found]

    @property
    def ends(self):
        """The groups of what comes in and goes out."""
        return [node for node in self.all if "terminal" in words(node)]

    def crossings(self):
        """Return the pairs of values whose lines cross, and where."""
        found = set()
        for a, b in combinations(self.lines, 2):
            for p in a.pieces if a.source != b.source else ():
                found |= {(a.source, b.source, *middle(p, q)) for q in b.pieces if p.meets(q)}
        return found


def middle(p, q):
    xs, ys = sorted((p.x0, p.x1, q.x0, q.x1)), sorted((p.y0, p.y1, q.y0, q.y1))
    return round((xs[1] + xs[2]) / 2), round((ys[1] + ys[2]) / 2)


def shape(node):
    """Return the room of a node's outline."""
    (drawn,) = [part for part in node if "shape" in words(part)]
    name = node.get("data-step")
    if tag(drawn) == "circle":
        x, y, r = (float(drawn.get(key)) for key in ("cx", "cy", "r"))
        return Rect(name, x - r, y - r, x + r, y + r)
    x, y, width, height = (float(drawn.get(key)) for key in ("x", "y", "width", "height"))
    return Rect(name, x, y, x + width, y + height)


def line(node):
    """Return a wire; a rounded bend counts as the corner that it rounds."""
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", node.get("d"))]
    points = [*zip(numbers[::2], numbers[1::2], strict=True)]
    commands = re.findall("[MLQ]", node.get("d"))
    corners, at = [], 0
    for command in commands:
        corners.append(points[at])  # of a bend the corner, and not where it ends
        at += 2 if command == "Q" else 1
    (x0, y0), (x1, y1) = points[-2:] if points[-1] != points[-2] else (points[-3], points[-1])
    length = abs(x1 - x0) + abs(y1 - y0)
    tip = x1 + ARROW * (x1 - x0) / length, y1 + ARROW * (y1 - y0) / length
    return Line(node.get("data-from"), node.get("data-to"), (*corners[:-1], points[-1]), tip)


def written(node):
    """Return the room of a text, generously."""
    kinds = {"number": "number", "caption": "caption", "small": "small"}
    kind = next((kinds[word] for word in words(node) if word in kinds), "letter")
    signs = len("".join(node.itertext()))
    if "data-value" in node.attrib:
        signs = len("numbers of unit 10") if "unit" in words(node) else SIGNS
    width = signs * EM[kind] * WIDE[kind]
    if kind == "letter":  # what stands below the line is smaller
        width = 10 + 5 * (signs - 1)
    x, y = float(node.get("x")), float(node.get("y"))
    left = x - width * {"start": 0, "end": 1}.get((words(node) or [""])[-1], 0.5)
    name = node.get("data-value") or "".join(node.itertext())
    return Rect(name, left, y - 0.75 * EM[kind], left + width, y + (6 if kind == "letter" else 3))
