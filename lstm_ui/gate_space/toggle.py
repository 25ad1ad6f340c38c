"""One column of W as the toggle that it is: z without it, and with it; then the same after σ.

Two squares: at the left z, where the column times its entry of v is a straight arrow, at the right
the gate, where the squash bends it. The thin lines are the other columns, each from where the point
would be without it: every one of them ends at the reader's point.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.figures.parts import (
    POINT,
    Figure,
    Part,
    bare_axis,
    box,
    joined,
    layout,
    line_through,
    marker,
    points,
    segment,
    stroke,
    ticks,
)
from lstm_ui.gate_space.choices import Scene
from lstm_ui.gate_space.lines import End, Label, Line, heads, names, style, way, written
from lstm_ui.gate_space.waterfall import squashed_ends
from lstm_ui.gate_space.words import column_sentence
from lstm_ui.session.address import cell_id

APART = 1.34  # from the left edge of one square to that of the next, in widths
ROOM = 0.2  # beyond the ends of the lines, as a part of their range


@dataclass(frozen=True, eq=False)
class Square:
    """One square: z, or the gate; the chosen unit upwards, another one across.

    Where there is no other, every column stands by itself, side by side.
    """

    scene: Scene
    bent: bool

    @property
    def left(self) -> float:
        """Where the square begins; it is 1 wide and 1 high."""
        return APART if self.bent else 0.0

    @property
    def name(self) -> str:
        """What it shows."""
        return self.scene.gate if self.bent else self.scene.parts.z

    @cached_property
    def ways(self) -> Mapping[int, Array]:
        """Where the point goes as each column is switched on: (points, n) each."""
        ends = {k: (0.0, float(self.scene.parts.values[k])) for k in self.scene.columns}
        return {k: way(self.scene, k, run, self.bent) for k, run in ends.items()}

    def ends(self, unit: int) -> tuple[float, float]:
        """Return the range of a unit's axis: that of the squash, or as far as the lines go."""
        if self.bent and np.isfinite(self.scene.squash.high):
            return squashed_ends(self.scene)
        seen = np.concatenate([line[:, unit] for line in self.ways.values()])
        low, high = float(seen.min()), float(seen.max())
        room = ROOM * (high - low) or 1.0
        return low - room, high + room

    def line(self, k: int) -> Line:
        """Return the way of column k in the figure."""
        return self.placed(self.ways[k], k)

    def placed(self, space: Array, k: int) -> Line:
        """Return where points (points, n) stand in the figure: in the lane of k, of one unit."""
        lane = (k + 1) / (len(self.scene.parts.values) + 1)
        other = next(iter(self.scene.against), None)
        across = np.full(len(space), lane) if other is None else self._part(space, other)
        return self.left + across, self._part(space, self.scene.unit)

    def _part(self, space: Array, unit: int) -> Array:
        """Where a unit's numbers stand on its axis, from 0 to 1."""
        low, high = self.ends(unit)
        return np.asarray((space[:, unit] - low) / (high - low))


def toggle(scene: Scene) -> Figure:
    """Return the figure: a column off and on, before the squash and after it."""
    squares = [Square(scene, bent) for bent in (False, True)]
    return Figure(
        data=[
            _others(scene, squares),
            _chosen(scene, squares),
            heads([(square.line(scene.column), _colour(scene)) for square in squares], 1.0),
            written([*_titles(squares), *_names(scene, squares)]),
            _points(scene, squares, on=False),
            _points(scene, squares, on=True),
        ],
        layout=_layout(scene, squares),
        least=300,
        most=760,
        alt=_alt(scene),
    )


def _colour(scene: Scene) -> str:
    letter = next(part.name[0] for part in scene.parts.parts if scene.column < part.stop)
    return style(letter)[0]


def _others(scene: Scene, squares: list[Square]) -> Part:
    others = [k for k in scene.columns if k != scene.column]
    x, y = joined([square.line(k) for square in squares for k in others])
    return line_through(x, y, stroke(1.2, "#808080"), cliponaxis=False)


def _chosen(scene: Scene, squares: list[Square]) -> Part:
    x, y = joined([square.line(scene.column) for square in squares])
    return line_through(x, y, stroke(4, _colour(scene)), cliponaxis=False)


def _points(scene: Scene, squares: list[Square], on: bool) -> Part:
    """The reader's point, or where it would be without the column: hollow."""
    at, k = (-1 if on else 0), scene.column
    ends = [square.line(k) for square in squares]
    label = scene.labels[k]
    how = {**POINT, "size": 14} if on else marker(13, "#808080", "circle-open", stroke(3))
    return points(
        [float(x[at]) for x, _ in ends],
        [float(y[at]) for _, y in ends],
        how,
        "%{hovertext}",
        hovertext=[f"{'with' if on else 'without'} {label}: {_numbers(s, at)}" for s in squares],
        customdata=[cell_id(square.name, (scene.unit,)) for square in squares],
        cliponaxis=False,
    )


def _numbers(square: Square, at: int) -> str:
    """Both units' numbers at one end of the chosen column's way."""
    scene, end = square.scene, square.ways[square.scene.column][at]
    units = [scene.unit, *scene.against[:1]]
    return ", ".join(
        f"{scene.mark(square.name, j)} = {scene.desk.text(square.name, end[j])}" for j in units
    )


def _layout(scene: Scene, squares: list[Square]) -> Part:
    return layout(
        330,
        (52, 16, 34, 52),
        bare_axis(range=[-0.03, APART + 1.03], **_ticks(scene, squares)),
        bare_axis(range=[-0.03, 1.03], **ticks((0, 1), _texts(squares[0], scene.unit))),
        showlegend=False,
        shapes=[shape for square in squares for shape in _edges(square)],
    )


def _texts(square: Square, unit: int) -> list[str]:
    """The ends of an axis, with three digits."""
    return [numeral(float(f"{end:.3g}"), 2) for end in square.ends(unit)]


def _ticks(scene: Scene, squares: list[Square]) -> Part:
    """The ends below each square, and between them what runs across."""
    values: list[float] = []
    texts: list[str] = []
    for square, other in ((square, other) for square in squares for other in scene.against[:1]):
        low, high = _texts(square, other)
        values += [square.left, square.left + 0.5, square.left + 1]
        texts += [low, f"<br>{scene.mark(square.name, other)}", high]
    return ticks(values, texts)


def _titles(squares: list[Square]) -> list[Label]:
    """What runs upwards, above each square, and the ends of the right one, at its left."""
    *_, right = squares
    above = [
        Label(square.left, 1.0, f"{square.scene.mark(square.name)} ↑", "top right")
        for square in squares
    ]
    texts = _texts(right, right.scene.unit)
    return [*above, *(Label(right.left, at, text, "middle left") for at, text in enumerate(texts))]


def _names(scene: Scene, squares: list[Square]) -> list[Label]:
    """The name of each column where its way begins: there the point would be without it."""
    return [name for square in squares for name in names(_ends(scene, square))]


def _ends(scene: Scene, square: Square) -> list[End]:
    order = [scene.column, *(k for k in scene.columns if k != scene.column)]
    found = []
    for k in order:
        x, y = (part[::-1] for part in square.line(k))
        onward = (float(x[-1] - x[0]), float(y[-1] - y[0]))
        if np.hypot(*onward) > 0.04:
            place = (float(x[-1] - square.left), float(y[-1]))
            name = f"<b>{scene.labels[k]}</b>" if k == scene.column else scene.labels[k]
            found.append(End(name, place, (float(x[-1]), float(y[-1])), onward))
    return found


def _edges(square: Square) -> list[Part]:
    """The border of a square, and dotted lines where z is 0: there σ is half, and tanh 0."""
    x, y, scene = (square.left, square.left + 1), (0.0, 1.0), square.scene
    nothing = 0.5 if square.bent and scene.is_soft else 0.0
    (across,), (up,) = square.placed(np.full((1, scene.exercise.n), nothing), scene.column)
    shapes = [box(x, y, stroke(1.5))]
    if 0.0 < up < 1.0:
        shapes.append(segment(x, (up, up), stroke(1, dash="dot")))
    if scene.against and x[0] < across < x[1]:
        shapes.append(segment((across, across), y, stroke(1, dash="dot")))
    return [{**shape, "layer": "below"} for shape in shapes]


def _alt(scene: Scene) -> str:
    name, label = scene.plain(scene.parts.z), scene.labels[scene.column]
    return (
        f"Two squares, {name} and {scene.plain(scene.gate)}: an arrow from where the point is "
        f"without {label} to where it is with it. {column_sentence(scene)}"
    )
