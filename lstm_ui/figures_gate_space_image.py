"""The image of v in gate space: one point, and where it goes if one entry of v changes.

Gate space has an axis for each unit. The figure shows two of them, or two such views side by side
that share the upright axis: a point stands at the same height in both.
"""

from dataclasses import dataclass

import numpy as np

from lstm_core.numerals import numeral
from lstm_core.ops import Array
from lstm_core.surface import toggled
from lstm_ui import theme
from lstm_ui.figures_view import Part
from lstm_ui.gate_space_rows import squashed_ends
from lstm_ui.gate_space_scene import Scene
from lstm_ui.grids import cell_id

POINTS = 41  # of each line
SHORTEST = 0.04  # a line that is shorter, in widths, gets no label
TOGETHER = 14  # ends that are nearer than one part in so many share a label
APART = 1.22  # from the left edge of one view to that of the next, in widths
Line = tuple[Array, Array]  # x and y of its points
COLOURS = {"h": (theme.DERIVATIVE, "dash"), "x": (theme.CURVE, "solid")}


@dataclass(frozen=True, eq=False)
class View:
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


def image(seen: Scene) -> Part:
    """Return the figure of gate space, or of z, where the lines are still straight."""
    lines = {k: _moved(seen, k) for k in seen.shown}
    ends = squashed_ends(seen) if seen.is_bent else _ends(seen, lines)
    others: tuple[int | None, ...] = seen.against or (None,)
    views = [View(other, k * APART, ends) for k, other in enumerate(others)]
    return {
        "data": [*_toggles(seen, views, lines), *(_here(seen, view) for view in views)],
        "layout": _layout(seen, views),
        "least": 300,
        "most": 460 if len(views) == 1 else 760,
        "alt": _alt(seen),
    }


def _moved(seen: Scene, k: int) -> Array:
    """Where the point goes as entry k of v runs over its range: (points, n)."""
    along = np.linspace(-seen.reach, seen.reach, POINTS)
    z = toggled(seen.desk.trace, seen.desk.t, seen.parts, k, along)
    with np.errstate(all="ignore"):
        return np.nan_to_num(seen.step.op.forward(z) if seen.is_bent else z)


def _ends(seen: Scene, lines: dict[int, Array]) -> tuple[float, float]:
    units = [seen.unit, *seen.against]
    end = theme.limit(*(line[:, units] for line in lines.values()))
    return -end, end


def _toggles(seen: Scene, views: list[View], moved: dict[int, Array]) -> list[Part]:
    """The lines of each part of v, with an arrow at the upper end of the range."""
    lines = {
        (v, k): (view.x(space, k, len(seen.parts.values)), space[:, seen.unit])
        for v, view in enumerate(views)
        for k, space in moved.items()
    }
    parts = [
        _part(part.name[0], [line for (_, k), line in lines.items() if part.start <= k < part.stop])
        for part in seen.parts.parts
    ]
    return [*(part for part in parts if part["x"]), _labels(seen, views[0].ends, lines)]


def _part(letter: str, lines: list[Line]) -> Part:
    colour, dash = COLOURS.get(letter, COLOURS["h"])
    arrows = [*[0] * (POINTS - 1), 12, 0] * len(lines)
    marker = {"symbol": "arrow", "angleref": "previous", "size": arrows, "color": colour}
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [number for x, _ in lines for number in (*x.tolist(), None)],
        "y": [number for _, y in lines for number in (*y.tolist(), None)],
        "name": f"{letter} part",
        "hoverinfo": "skip",
        "line": {"color": colour, "dash": dash, "width": 2},
        "marker": {**marker, "line": {"width": 0}},
        "cliponaxis": False,
    }


def _labels(seen: Scene, ends: tuple[float, float], lines: dict[tuple[int, int], Line]) -> Part:
    """The entry that moves the point along each line; lines that end together share a label."""
    found: dict[tuple[int, int, int], Part] = {}
    for (v, k), (x, y) in lines.items():
        height = (y - ends[0]) / (ends[1] - ends[0])
        if np.hypot(np.ptp(x), np.ptp(height)) < SHORTEST:
            continue
        place = {"x": float(x[-1]), "y": float(y[-1]), "textposition": _beyond(x, height)}
        at = (v, round(x[-1] * TOGETHER), round(height[-1] * TOGETHER))
        label = found.setdefault(at, {**place, "text": ""})
        label["text"] = f"{label['text']} {seen.labels[k]}".strip()
    keys = ("x", "y", "text", "textposition")
    columns = {key: [label[key] for label in found.values()] for key in keys}
    style = {"hoverinfo": "skip", "showlegend": False, "cliponaxis": False}
    return {"type": "scatter", "mode": "text", **columns, **style}


def _beyond(across: Array, up: Array) -> str:
    """Where a label stands: on from the end of the line."""
    right, higher = across[-1] - across[-5], up[-1] - up[-5]
    side = "center" if abs(right) < abs(higher) / 3 else "right" if right > 0 else "left"
    return f"{'top' if higher >= 0 else 'bottom'} {side}"


def _here(seen: Scene, view: View) -> Part:
    """The reader's point."""
    name = seen.space_name
    now = seen.values(name)
    x = 0.5 if view.other is None else float(view.x(now[None, :], 0, 1)[0])
    units = [seen.unit] if view.other is None else [view.other, seen.unit]
    hover = "<br>".join(f"{seen.mark(name, j)} = {seen.text(name, j)}" for j in units)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [float(np.nan_to_num(now[seen.unit]))],
        "customdata": [cell_id(name, (seen.unit,))],
        "hovertemplate": f"{hover}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
        "marker": {"size": 14, "color": "#ffffff", "line": {"color": "#1a1a1a", "width": 4}},
    }


def _layout(seen: Scene, views: list[View]) -> Part:
    (low, high), name = views[0].ends, seen.space_name
    middle, width = (low + high) / 2, views[-1].left + 1
    ticks = {"tickvals": [], "ticktext": [], "ticks": ""} | _ticks(seen, views)
    up = {"tickvals": [low, middle, high], "ticktext": _numbers(low, middle, high), "ticks": ""}
    margin, line = 0.03 * (high - low), {"fixedrange": True, "zeroline": False, "showgrid": False}
    return {
        "height": 330,
        "margin": {"l": 52, "r": 16, "t": 30, "b": 52},
        "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"},
        "xaxis": {**line, **ticks, "range": [-0.03, width + 0.03]},
        "yaxis": {
            **line,
            **up,
            "range": [low - margin, high + margin],
            "title": {"text": seen.mark(name, seen.unit)},
        },
        "shapes": [shape for view in views for shape in _frame(view)],
    }


def _ticks(seen: Scene, views: list[View]) -> Part:
    """Three numbers below each view, and the name of its axis below the middle one."""
    values: list[float] = []
    texts: list[str] = []
    for view in views:
        if view.other is None:
            continue
        low, high = view.ends
        numbers = _numbers(low, (low + high) / 2, high)
        numbers[1] += f"<br>{seen.mark(seen.space_name, view.other)}"
        values += [view.left, view.left + 0.5, view.left + 1]
        texts += numbers
    return {"tickvals": values, "ticktext": texts}


def _numbers(*values: float) -> list[str]:
    return [numeral(value, 2) for value in values]


def _frame(view: View) -> list[Part]:
    (low, high), (x0, x1) = view.ends, (view.left, view.left + 1)
    middle, centre = (low + high) / 2, (x0 + x1) / 2
    place = {"xref": "x", "yref": "y", "layer": "below"}
    square = {"type": "rect", "x0": x0, "x1": x1, "y0": low, "y1": high, "line": {"width": 1.5}}
    thin = {"type": "line", "line": {"width": 1, "dash": "dot"}}
    lines = [{**thin, "x0": x0, "x1": x1, "y0": middle, "y1": middle}]
    if view.other is not None:
        lines.append({**thin, "x0": centre, "x1": centre, "y0": low, "y1": high})
    return [{**place, **shape} for shape in (square, *lines)]


def _alt(seen: Scene) -> str:
    name, units = seen.space_name, [seen.unit, *seen.against]
    point = ", ".join(f"{seen.name(name, j)} = {seen.text(name, j)}" for j in units)
    return (
        f"Your point in the space of {seen.plain(name)}: {point}. Lines through it show where it "
        f"goes as each entry of v runs from −{numeral(seen.reach, 0)} to {numeral(seen.reach, 0)}."
    )
