"""Lines through gate space, as each of its figures draws them: where they go, heads and names."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lstm_core.looks.surface import Point, bends, toggled
from lstm_core.ops import Array
from lstm_ui.figures.parts import Part, marker, points, scatter, stroke
from lstm_ui.gate_space.choices import Scene
from lstm_ui.sheet import theme

LARGEST = 1e300  # a z that is larger is drawn there
HEAD = 0.03  # of a line that is shorter, in widths, no arrow could be seen
NEAR = (0.3, 0.12)  # in widths and heights: ends that are nearer share a name
MOST_NAMES = 3  # in one place
EDGES = (0.4, 0.1)  # in widths and heights: nearer to an edge, a name stands on the other side
AWAY = 9  # pixels from the end of a line to its name
_STYLES = {"h": (theme.DERIVATIVE, "dash"), "x": (theme.CURVE, "solid")}

Line = tuple[Array, Array]  # x and y of its points, (points,) each


def style(letter: str) -> tuple[str, str]:
    """Return the colour and the dash of a part of v; what is neither h nor x is drawn as h."""
    return _STYLES.get(letter, _STYLES["h"])


def way(scene: Scene, k: int, ends: Point, bent: bool) -> Array:
    """Return where the point goes as entry k of v runs from end to end: (points, n)."""
    trace, t, units = scene.desk.trace, scene.desk.t, (scene.unit, *scene.against)
    along = bends(trace, t, scene.gate, scene.parts, k, ends, units) if bent else np.array(ends)
    return on_axes(scene, toggled(trace, t, scene.parts, k, along), bent)


def on_axes(scene: Scene, z: Array, bent: bool) -> Array:
    """Return z as the axes show it: after the squash, or before it."""
    with np.errstate(all="ignore"):
        of = scene.step.op.forward(z) if bent else z
    return np.clip(np.nan_to_num(of), -LARGEST, LARGEST)


def heads(lines: Sequence[tuple[Line, str]], height: float) -> Part:
    """Return arrow heads at the ends of lines, each in its colour; `height` is that of the plot.

    A head points away from the number before it, which is itself not seen.
    """
    x: list[float | None] = []
    y: list[float | None] = []
    colours: list[str] = []
    for (across, up), colour in lines:
        far = np.hypot(across - across[-1], (up - up[-1]) / height) > HEAD
        if far.any():
            before = int(np.flatnonzero(far)[-1])
            x += [float(across[before]), float(across[-1]), None]
            y += [float(up[before]), float(up[-1]), None]
            colours += [colour] * 3
    how = marker([0, 12, 0] * (len(x) // 3), colours, "arrow", stroke(0))
    return points(x, y, {**how, "angleref": "previous"}, showlegend=False, cliponaxis=False)


class End(NamedTuple):
    """The end of a line that has a name: its place in its square, in parts, and on the axes.

    `onward` is the way on which the line comes there.
    """

    name: str
    place: Point
    at: Point
    onward: Point


class Label(NamedTuple):
    """A text of the figure, and on which side of its place it stands."""

    x: float
    y: float
    text: str
    side: str


def names(ends: Sequence[End]) -> list[Label]:
    """Name ends of lines in one square, each beside its end and inside: near ones share a name."""
    groups: list[list[End]] = []
    for end in ends:
        near = (group for group in groups if _is_near(group[0].place, end.place))
        group = next(near, None)
        if group is None:
            groups.append([end])
        else:
            group.append(end)
    return [_name(group) for group in groups]


def written(labels: Sequence[Label]) -> Part:
    """Return texts as one trace: plotly.js takes ten times as long for annotations."""
    return scatter(
        "markers+text",
        [label.x for label in labels],
        [label.y for label in labels],
        text=[label.text for label in labels],
        textposition=[label.side for label in labels],
        marker={"size": 2 * AWAY, "opacity": 0},  # not seen: it keeps the text away
        showlegend=False,
        cliponaxis=False,
    )


def _is_near(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < NEAR[0] and abs(a[1] - b[1]) < NEAR[1]


def _name(group: Sequence[End]) -> Label:
    """A name on from the end of the line, but where there is more room, beside it."""
    first = group[0]
    right, up = (
        part < edge or (part <= 1.0 - edge and onward >= 0)
        for part, onward, edge in zip(first.place, first.onward, EDGES, strict=True)
    )
    text = " ".join(_few([end.name for end in group]))
    return Label(*first.at, text, f"{'top' if up else 'bottom'} {'right' if right else 'left'}")


def _few(listed: list[str]) -> list[str]:
    return listed if len(listed) <= MOST_NAMES else [listed[0], "…", listed[-1]]
