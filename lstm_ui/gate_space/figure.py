"""A gate over two entries of v: the map, the reader's point, the line where the gate is half."""

from collections.abc import Callable

import numpy as np

from lstm_core.text.numerals import numeral
from lstm_ui.figures.parts import Part, note
from lstm_ui.gate_space.bars import squashed_ends
from lstm_ui.gate_space.coin import coin
from lstm_ui.gate_space.image import image
from lstm_ui.gate_space.scene import Scene
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme

GRID = 41  # so many numbers along each axis, both ends and 0 among them
ARROW = 0.22  # its length, in parts of the reach


def figure(seen: Scene) -> Part:
    """Return the figure that was chosen: over two entries of v, in gate space, or as a coin."""
    with np.errstate(all="ignore"):  # an overflow is a value to show, not a warning to print
        return _FIGURES[seen.look](seen)


def gate_map(seen: Scene) -> Part:
    """Return the gate of one unit over two entries of v, all others held still."""
    low, high = map_ends(seen)
    name = seen.plain(seen.gate)
    bar = {"low": numeral(low, 2), "high": numeral(high, 2)}
    return {
        "data": [_heat(seen), _point(seen)],
        "layout": _layout(seen, low, high),
        "scales": [{"label": f"{name}[{seen.unit + 1}]", **bar}],
        "least": 300,
        "most": 620,
        "places": True,
        "alt": _alt(seen),
    }


def map_ends(seen: Scene) -> tuple[float, float]:
    """Return the ends of the colours: their middle is where z = 0."""
    if seen.step.op.name != "relu":
        return squashed_ends(seen)
    corners = np.array([-seen.reach, seen.reach])
    end = theme.limit(seen.surface.gate(corners[None, :], corners[:, None]))
    return -end, end


def _heat(seen: Scene) -> Part:
    along = np.linspace(-seen.reach, seen.reach, GRID).round(9)
    first, second = (seen.labels[k] for k in seen.axes)
    z = np.nan_to_num(seen.surface.gate(along[None, :], along[:, None]))
    hover = f"{first} = %{{x}}, {second} = %{{y}}<br>{seen.mark(seen.gate, seen.unit)} = %{{z}}"
    return {
        "type": "heatmap",
        "x": along.tolist(),
        "y": along.tolist(),
        "z": z.round(6).tolist(),
        "zsmooth": "fast",
        "coloraxis": "coloraxis",
        "hovertemplate": f"{hover}<extra></extra>",
    }


def _point(seen: Scene) -> Part:
    """The reader's own point; beyond the map, it stands at its edge and is hollow."""
    (a, b), reach = seen.surface.point, seen.reach
    name = seen.mark(seen.gate, seen.unit)
    beyond = max(abs(a), abs(b)) > reach
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [float(np.clip(a, -reach, reach))],
        "y": [float(np.clip(b, -reach, reach))],
        "text": [f"<b>{name} = {seen.text(seen.gate)}</b>"],
        "textposition": _beside(seen),
        "cliponaxis": False,
        "customdata": [cell_id(seen.gate, (seen.unit,))],
        "hovertemplate": f"your point{', beyond the map' * beyond}<extra></extra>",
        "marker": {
            "symbol": "circle-open" if beyond else "circle",
            "size": 15,
            "color": "#ffffff",
            "line": {"color": "#1a1a1a", "width": 4},
        },
    }


def _beside(seen: Scene) -> str:
    """Where the point's number stands: away from the edges, and else from the arrow."""
    (a, b), (slope_a, slope_b) = (np.array(x) for x in (seen.surface.point, seen.surface.slopes))
    low = slope_b > 0 if abs(b) < 0.8 * seen.reach else b > 0
    left = slope_a > 0 if abs(a) < 0.4 * seen.reach else a > 0
    return f"{'bottom' if low else 'top'} {'left' if left else 'right'}"


def _layout(seen: Scene, low: float, high: float) -> Part:
    reach = seen.reach
    line = {"range": [-reach, reach], "fixedrange": True, "zeroline": False, "showgrid": False}
    first, second = (seen.labels[k] for k in seen.axes)
    return {
        "height": 330,
        "margin": {"l": 48, "r": 14, "t": 10, "b": 44},
        "showlegend": False,
        "xaxis": {**line, "title": {"text": first}},
        "yaxis": {**line, "title": {"text": second}},
        "coloraxis": {"cmin": low, "cmax": high, "showscale": False},
        "shapes": [*_boundary(seen), *_crosshair(seen), *_uphill(seen)],
        "annotations": _names(seen),
    }


def _shape(kind: str, width: float, **more: object) -> Part:
    return {"type": kind, "xref": "x", "yref": "y", "line": {"width": width}, **more}


def _boundary(seen: Scene) -> list[Part]:
    """The line z = 0."""
    if not (ends := seen.line):
        return []
    (x0, y0), (x1, y1) = ends
    return [_shape("line", 3, x0=x0, y0=y0, x1=x1, y1=y1)]


def _names(seen: Scene) -> list[Part]:
    """The name of the line, beside it, where it is far from the point's two ways."""
    if not (ends := seen.line):
        return []
    first, last = np.array(ends) / seen.reach
    point = np.clip(np.array(seen.surface.point) / seen.reach, -1, 1)
    places = [first * w + last * (1 - w) for w in (0.12, 0.5, 0.88)]
    x, y = max(places, key=lambda place: float(np.abs(place - point).min()))
    rising = (last - first).prod() > 0
    below = y > 0.8 or (y > -0.8 and (x > 0) != rising)
    side = "left" if below == rising else "right"
    text = f"{seen.mark(seen.gate, seen.unit)} = {'0.5' if seen.is_soft else '0'}"
    more = {"xref": "x", "yref": "y", "xanchor": side, "yanchor": "top" if below else "bottom"}
    return [note(text, float(x * seen.reach), float(y * seen.reach), **more)]


def _crosshair(seen: Scene) -> list[Part]:
    """What the two sliders do: each moves the point along one of these."""
    (a, b), reach = seen.surface.point, seen.reach
    ways = (
        {"x0": -reach, "x1": reach, "y0": b, "y1": b},
        {"x0": a, "x1": a, "y0": -reach, "y1": reach},
    )
    return [{**_shape("line", 1, **way), "line": {"width": 1, "dash": "dot"}} for way in ways]


def _uphill(seen: Scene) -> list[Part]:
    """An arrow from the point along the two weights: the way on which z grows fastest."""
    slopes, point = np.array(seen.surface.slopes), np.array(seen.surface.point)
    size = float(np.hypot(*slopes))
    if not (0 < size < np.inf):
        return []
    along = slopes / size * ARROW * seen.reach
    across = np.array([-along[1], along[0]])
    tip = point + along
    barbs = [tip - 0.3 * along + side * 0.18 * across for side in (1, -1)]
    to = [f"{x:.6g},{y:.6g}" for x, y in (point, tip, barbs[0], tip, barbs[1])]
    return [_shape("path", 2.5, path=f"M{to[0]}L{to[1]}M{to[2]}L{to[3]}L{to[4]}")]


def _alt(seen: Scene) -> str:
    first, second = (seen.labels[k] for k in seen.axes)
    a, b = (numeral(x, seen.exercise.decimals) for x in seen.surface.point)
    name, reach = seen.name(seen.gate), numeral(seen.reach, 0)
    return (
        f"Heatmap of {name} over {first} and {second}, each from −{reach} to {reach}. "
        f"At your point, {first} = {a} and {second} = {b}, it is {seen.text(seen.gate)}."
    )


_FIGURES: dict[str, Callable[[Scene], Part]] = {"map": gate_map, "space": image, "coin": coin}
