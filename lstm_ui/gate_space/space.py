"""The image of v in gate space: one point, and where it goes if one entry of v changes.

Gate space has an axis for each unit. The figure shows two of them, or two such squares side by side
that share the upright axis: a point stands at the same height in both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
    legend,
    line_through,
    points,
    segment,
    stroke,
    ticks,
)
from lstm_ui.gate_space.choices import Scene
from lstm_ui.gate_space.lines import LARGEST, End, Line, heads, names, on_axes, style, way, written
from lstm_ui.gate_space.waterfall import squashed_ends
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme

APART = 1.22  # from the left edge of one square to that of the next, in widths
SHORTEST = 0.04  # a line that is shorter, in widths, gets no name
MOST_LABELS = 8  # in each square
_BARE: dict[str, Any] = {"showlegend": False, "cliponaxis": False}

Place = tuple[int, int]  # the number of a square, and a column of W


@dataclass(frozen=True, eq=False)
class Square:
    """One square of the figure: the chosen unit against another one.

    Where there is no other, every column stands by itself, side by side.
    """

    other: int | None
    left: float  # where the square begins; it is 1 wide
    ends: tuple[float, float]

    def x(self, space: Array, k: int, of: int) -> Array:
        """Return where points of gate space (points, n) stand, for column k of so many."""
        if self.other is None:
            return np.full(len(space), self.left + (k + 1) / (of + 1))
        low, high = self.ends
        return np.asarray(self.left + (space[:, self.other] - low) / (high - low))


def space(scene: Scene) -> Figure:
    """Return the figure of gate space, or of z, where the lines are still straight."""
    run, bent = (-scene.reach, scene.reach), scene.is_bent
    moved = {k: way(scene, k, run, bent) for k in scene.columns}
    ends = _ends(scene, moved)
    others: tuple[int | None, ...] = scene.against or (None,)
    squares = [Square(other, k * APART, ends) for k, other in enumerate(others)]
    lines: dict[Place, Line] = {
        (v, k): (square.x(points, k, len(scene.parts.values)), points[:, scene.unit])
        for v, square in enumerate(squares)
        for k, points in moved.items()
    }
    return Figure(
        data=[
            *_toggles(scene, ends, lines),
            _names(scene, squares, lines),
            *(_here(scene, square) for square in squares),
        ],
        layout=_layout(scene, squares),
        least=300,
        most=460 if len(squares) == 1 else 760,
        alt=_alt(scene),
    )


def _ends(scene: Scene, moved: Mapping[int, Array]) -> tuple[float, float]:
    """The range of both axes: that of the squash, or as far as the lines go."""
    if scene.is_bent and np.isfinite(scene.squash.high):
        return squashed_ends(scene)
    units = [scene.unit, *scene.against]
    end = min(theme.limit(*(line[:, units] for line in moved.values())), LARGEST)
    return (0.0 if scene.is_bent else -end), end


# ---- lines ---------------------------------------------------------------------------------------


def _toggles(scene: Scene, ends: tuple[float, float], lines: Mapping[Place, Line]) -> list[Part]:
    """The lines of each part of v, with heads at the upper end of the range."""
    found = {
        part.name: [line for (_, k), line in lines.items() if part.start <= k < part.stop]
        for part in scene.parts.parts
    }
    drawn = [_part(scene, name, of_part) for name, of_part in found.items() if of_part]
    coloured = [(line, style(name[0])[0]) for name, all_ in found.items() for line in all_]
    return [*drawn, heads(coloured, ends[1] - ends[0])]


def _part(scene: Scene, part: str, lines: Sequence[Line]) -> Part:
    x, y = joined(lines)
    name = f"{scene.part_letter(part)} part"
    return line_through(x, y, stroke(2, *style(part[0])), name=name, cliponaxis=False)


def _names(scene: Scene, squares: list[Square], lines: Mapping[Place, Line]) -> Part:
    """Name the entries that move the point farthest, square by square."""
    low, high = squares[0].ends
    ends: list[list[End]] = [[] for _ in squares]
    for v, k in _longest(lines, high - low):
        ends[v].append(_end(f"<b>{scene.labels[k]}</b>", squares[v], *lines[v, k]))
    return written([name for of_square in ends for name in names(of_square)])


def _end(name: str, square: Square, x: Array, y: Array) -> End:
    low, high = square.ends
    place = (float(x[-1] - square.left), float((y[-1] - low) / (high - low)))
    onward = (float(x[-1] - x[-2]), float(y[-1] - y[-2]))
    return End(name, place, (float(x[-1]), float(y[-1])), onward)


def _longest(lines: Mapping[Place, Line], span: float) -> list[Place]:
    """The lines that reach farthest in each square, and far enough to be seen, in their order."""
    size = {at: float(np.hypot(np.ptp(x), np.ptp(y) / span)) for at, (x, y) in lines.items()}
    kept = [at for at in lines if size[at] > SHORTEST]
    return [
        (v, k)
        for v, k in kept
        if sum(size[w, j] > size[v, k] for w, j in kept if w == v) < MOST_LABELS
    ]


# ---- the point, the squares and the words --------------------------------------------------------


def _here(scene: Scene, square: Square) -> Part:
    """The reader's point: where there is but one unit, on every line."""
    name, columns = scene.space_name, len(scene.parts.values)
    now = on_axes(scene, scene.desk.values(scene.parts.z), scene.is_bent)
    lines = scene.columns if square.other is None else [0]
    units = [scene.unit] if square.other is None else [square.other, scene.unit]
    return points(
        [float(square.x(now[None, :], k, columns)[0]) for k in lines],
        [float(now[scene.unit])] * len(lines),
        {**POINT, "size": 14},
        "<br>".join(f"{scene.mark(name, j)} = {scene.text(name, j)}" for j in units),
        customdata=[cell_id(name, (scene.unit,))] * len(lines),
        **_BARE,
    )


def _layout(scene: Scene, squares: list[Square]) -> Part:
    (low, high), width = squares[0].ends, squares[-1].left + 1
    margin, three = 0.03 * (high - low), [low, (low + high) / 2, high]
    return layout(
        330,
        (52, 16, 30, 52),
        bare_axis(range=[-0.03, width + 0.03], **_ticks(scene, squares)),
        bare_axis(
            scene.mark(scene.space_name),
            range=[low - margin, high + margin],
            **ticks(three, _numbers(*three)),
        ),
        legend=legend(above=1.01),
        shapes=[shape for square in squares for shape in _edges(square)],
    )


def _ticks(scene: Scene, squares: list[Square]) -> Part:
    """Three numbers below each square, and the name of its axis below the middle one."""
    values: list[float] = []
    texts: list[str] = []
    for square in squares:
        if square.other is None:
            continue
        low, high = square.ends
        numbers = _numbers(low, (low + high) / 2, high)
        numbers[1] += f"<br>{scene.mark(scene.space_name, square.other)}"
        values += [square.left, square.left + 0.5, square.left + 1]
        texts += numbers
    return ticks(values, texts)


def _numbers(*values: float) -> list[str]:
    return [numeral(value, 2) for value in values]


def _edges(square: Square) -> list[Part]:
    """The border of a square, and dotted lines through its middle: one for each of its axes."""
    x, y = (square.left, square.left + 1), square.ends
    middle, centre, dotted = sum(y) / 2, sum(x) / 2, stroke(1, dash="dot")
    shapes = [box(x, y, stroke(1.5)), segment(x, (middle, middle), dotted)]
    if square.other is not None:
        shapes.append(segment((centre, centre), y, dotted))
    return [{**shape, "layer": "below"} for shape in shapes]


def _alt(scene: Scene) -> str:
    name, units, reach = scene.space_name, [scene.unit, *scene.against], numeral(scene.reach, 0)
    point = ", ".join(f"{scene.name(name, j)} = {scene.text(name, j)}" for j in units)
    return (
        f"Your point in the space of {scene.plain(name)}: {point}. Lines through it show where it "
        f"goes as each entry of v runs from −{reach} to {reach}."
    )
