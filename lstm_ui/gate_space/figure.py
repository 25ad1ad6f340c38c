"""A gate over two entries of v: the map, the reader's point, the line where the gate is half."""

from collections.abc import Callable

import numpy as np

from lstm_core.text.numerals import numeral
from lstm_ui.figures.parts import (
    POINT,
    Figure,
    Part,
    bare_axis,
    colour_axis,
    heatmap,
    layout,
    note,
    path,
    scale,
    scatter,
    segment,
    stroke,
)
from lstm_ui.gate_space.choices import Scene
from lstm_ui.gate_space.coin import coin
from lstm_ui.gate_space.space import space
from lstm_ui.gate_space.toggle import toggle
from lstm_ui.gate_space.waterfall import squashed_ends
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme

GRID = 41  # so many numbers along each axis, both ends and 0 among them
ARROW = 0.22  # its length, in parts of the reach


def figure(scene: Scene) -> Figure:
    """Return the figure that was chosen."""
    with np.errstate(all="ignore"):  # an overflow is a value to show, not a warning to print
        return _FIGURES[scene.look](scene)


def gate_map(scene: Scene) -> Figure:
    """Return the gate of one unit over two entries of v, all others held still."""
    low, high = map_ends(scene)
    return Figure(
        data=[_heat(scene), _point(scene)],
        layout=_layout(scene, low, high),
        scales=[scale(f"{scene.plain(scene.gate)}[{scene.unit + 1}]", high, low)],
        least=300,
        most=620,
        places=True,
        alt=_alt(scene),
    )


def map_ends(scene: Scene) -> tuple[float, float]:
    """Return the ends of the colours: their middle is where z = 0."""
    if np.isfinite(scene.squash.high):
        return squashed_ends(scene)
    corners = np.array([-scene.reach, scene.reach])
    end = theme.limit(scene.surface.gate(corners[None, :], corners[:, None]))
    return -end, end


def _heat(scene: Scene) -> Part:
    along = np.linspace(-scene.reach, scene.reach, GRID).round(9)
    first, second = _axes(scene)
    z = np.nan_to_num(scene.surface.gate(along[None, :], along[:, None]))
    return heatmap(
        z.round(6).tolist(),
        f"{first} = %{{x}}, {second} = %{{y}}<br>{scene.mark(scene.gate)} = %{{z}}",
        x=along.tolist(),
        y=along.tolist(),
        zsmooth="fast",
        coloraxis="coloraxis",
    )


def _axes(scene: Scene) -> tuple[str, str]:
    """The two entries of v."""
    across, up = scene.axes
    return scene.labels[across], scene.labels[up]


def _point(scene: Scene) -> Part:
    """The reader's own point; beyond the map, it stands at its edge and is hollow."""
    (a, b), reach = scene.surface.point, scene.reach
    beyond = max(abs(a), abs(b)) > reach
    return scatter(
        "markers+text",
        [float(np.clip(a, -reach, reach))],
        [float(np.clip(b, -reach, reach))],
        "your point, beyond the map" if beyond else "your point",
        text=[f"<b>{scene.mark(scene.gate)} = {scene.text(scene.gate)}</b>"],
        textposition=_beside(scene),
        cliponaxis=False,
        customdata=[cell_id(scene.gate, (scene.unit,))],
        marker={**POINT, "symbol": "circle-open" if beyond else "circle"},
    )


def _beside(scene: Scene) -> str:
    """Where the point's number stands: away from the edges, and else from the arrow."""
    (a, b), (slope_a, slope_b) = (np.array(x) for x in (scene.surface.point, scene.surface.slopes))
    low = slope_b > 0 if abs(b) < 0.8 * scene.reach else b > 0
    left = slope_a > 0 if abs(a) < 0.4 * scene.reach else a > 0
    return f"{'bottom' if low else 'top'} {'left' if left else 'right'}"


def _layout(scene: Scene, low: float, high: float) -> Part:
    first, second = _axes(scene)
    ends = [-scene.reach, scene.reach]
    return layout(
        330,
        (48, 14, 10, 44),
        bare_axis(first, range=ends),
        bare_axis(second, range=ends),
        showlegend=False,
        coloraxis=colour_axis(high, low),
        shapes=[*_boundary(scene), *_crosshair(scene), *_uphill(scene)],
        annotations=_names(scene),
    )


def _boundary(scene: Scene) -> list[Part]:
    """The line z = 0."""
    if not scene.line:
        return []
    (x0, y0), (x1, y1) = scene.line
    return [segment((x0, x1), (y0, y1), stroke(3))]


def _names(scene: Scene) -> list[Part]:
    """The name of the line, beside it, where it is far from the point's two ways."""
    if not scene.line:
        return []
    first, last = np.array(scene.line) / scene.reach
    point = np.clip(np.array(scene.surface.point) / scene.reach, -1, 1)
    places = [first * w + last * (1 - w) for w in (0.12, 0.5, 0.88)]
    x, y = max(places, key=lambda place: float(np.abs(place - point).min()))
    rising = (last - first).prod() > 0
    below = y > 0.8 or (y > -0.8 and (x > 0) != rising)
    side = "left" if below == rising else "right"
    text = f"{scene.mark(scene.gate)} = {'0.5' if scene.is_soft else '0'}"
    more = {"xref": "x", "yref": "y", "xanchor": side, "yanchor": "top" if below else "bottom"}
    return [note(text, float(x * scene.reach), float(y * scene.reach), **more)]


def _crosshair(scene: Scene) -> list[Part]:
    """What the two sliders do: each moves the point along one of these."""
    (a, b), ends, dotted = scene.surface.point, (-scene.reach, scene.reach), stroke(1, dash="dot")
    return [segment(ends, (b, b), dotted), segment((a, a), ends, dotted)]


def _uphill(scene: Scene) -> list[Part]:
    """An arrow from the point along the two weights: the way on which z grows fastest."""
    slopes, point = np.array(scene.surface.slopes), np.array(scene.surface.point)
    size = float(np.hypot(*slopes))
    if not (0 < size < np.inf):
        return []
    along = slopes / size * ARROW * scene.reach
    across = np.array([-along[1], along[0]])
    tip = point + along
    barbs = [tip - 0.3 * along + side * 0.18 * across for side in (1, -1)]
    to = [f"{x:.6g},{y:.6g}" for x, y in (point, tip, barbs[0], tip, barbs[1])]
    return [path(f"M{to[0]}L{to[1]}M{to[2]}L{to[3]}L{to[4]}", stroke(2.5))]


def _alt(scene: Scene) -> str:
    first, second = _axes(scene)
    a, b = (scene.desk.text("", x) for x in scene.surface.point)
    name, reach = scene.name(scene.gate), numeral(scene.reach, 0)
    return (
        f"Heatmap of {name} over {first} and {second}, each from −{reach} to {reach}. "
        f"At your point, {first} = {a} and {second} = {b}, it is {scene.text(scene.gate)}."
    )


_FIGURES: dict[str, Callable[[Scene], Figure]] = {
    "map": gate_map,
    "toggle": toggle,
    "space": space,
    "coin": coin,
}
