"""How far back a gradient reaches, drawn: lines over the time steps, linear or logarithmic."""

import numpy as np

from lstm_core.ops import Array
from lstm_ui.figures.parts import COLOURS, DASHES, Part, legend
from lstm_ui.figures.step import figure
from lstm_ui.figures.view import View
from lstm_ui.gradients.reach import AXIS, Reach, derivative, direct_name

LOWEST, HIGHEST = -16, 12  # powers of ten: what is beyond is drawn at the edge
HEIGHT = 400
MOST_CELLS = 1000  # of a matrix drawn with its numbers


def row_figure(view: View) -> Part:
    """Return the figure of a row's operation; of very large matrices, its result as bars."""
    names = (*view.step.operands, view.step.name)
    if max(view.desk.values(name).size for name in names) <= MOST_CELLS:
        return dict(figure(view))
    y = view.result
    shown, part = (y, "") if y.ndim == 1 else (y[view.entry], f", row {view.entry + 1}")
    name = f"{view.desk.plain(view.step.name)}{part}"
    up = {"title": {"text": name}, "fixedrange": True, "zeroline": True}
    return {
        "data": [{"type": "bar", "y": _finite(shown), "marker": {"color": COLOURS[0]}}],
        "layout": {
            "height": HEIGHT - 100,
            "margin": {"l": 70, "r": 12, "t": 8, "b": 30},
            "xaxis": {"fixedrange": True, "zeroline": False},
            "yaxis": up,
            "showlegend": False,
        },
        "least": 320,
        "alt": f"Bars: the {len(shown)} entries of {name}. The whole product is too large to draw.",
    }


def _finite(values: Array) -> list[float | None]:
    return [float(x) if np.isfinite(x) else None for x in values]


def memory_figure(found: Reach) -> Part:
    """Return the direct product, the whole derivative and their difference, for every t."""
    paths, log = found.paths, AXIS.of(found.session.options) == "log"
    lines = {"whole derivative": paths.whole}
    if paths.direct is not None:
        product = "direct path" if paths.gate is None else f"product of the {paths.gate}"
        lines = {product: paths.direct, **lines, "difference": paths.whole - paths.direct}
    if log:
        lines = {f"|{name}|": np.abs(y) for name, y in lines.items()}
    of = paths.memory
    title = f"∂{of}<sub>T</sub>/∂{of}<sub>t</sub>, unit {found.unit + 1}"
    now = ", ".join(f"{name} {found.text(y[found.since])}" for name, y in lines.items())
    alt = f"{derivative(found)} of unit {found.unit + 1}, looking back from t = {found.T} to "
    alt += f"t = {found.since + 1}: {now}. {direct_name(found)}."
    return _figure(found, lines, title, log, alt)


def compare_figure(found: Reach) -> Part:
    """Return how much of a push at each t arrives at the last h, in each cell."""
    now = ", ".join(f"{name}: {found.text(y[found.since])}" for name, y in found.curves.items())
    alt = f"How much of a push at t arrives at T = {found.T}, on a logarithmic scale. At t = "
    alt += f"{found.since + 1}: {now}."
    title = "arrives at h<sub>T</sub>"
    return _figure(found, dict(found.curves), title, True, alt)


def _figure(found: Reach, lines: dict[str, Array], title: str, log: bool, alt: str) -> Part:
    t = found.since + 1
    cursor = {"type": "line", "xref": "x", "yref": "paper", "x0": t, "x1": t, "y0": 0, "y1": 1}
    across = {"title": {"text": "time step t", "standoff": 4}, "range": [0.5, found.T + 0.5]}
    return {
        "data": [_line(name, y, k, log) for k, (name, y) in enumerate(lines.items())],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 62, "r": 12, "t": 58, "b": 40},
            "xaxis": {**across, "fixedrange": True, "zeroline": False},
            "yaxis": _upwards(lines, title, log),
            "shapes": [{**cursor, "line": {"width": 1, "dash": "dot"}}],
            "showlegend": True,
            "legend": legend(),
        },
        "places": True,
        "least": 320,
        "alt": alt,
    }


def _upwards(lines: dict[str, Array], title: str, log: bool) -> Part:
    axis = {"title": {"text": title, "standoff": 4}, "fixedrange": True, "zeroline": not log}
    if not log:
        return axis
    ends = _ends(lines)
    power = {"type": "log", "exponentformat": "power", "range": ends}
    return axis | power | {"dtick": 1 if ends[1] - ends[0] < 9 else 2}


def _ends(lines: dict[str, Array]) -> list[float]:
    """The powers of ten that a logarithmic axis runs over: it moves in steps of two."""
    every = np.concatenate([np.abs(y[np.isfinite(y) & (y != 0)]) for y in lines.values()])
    powers = np.log10(every) if every.size else np.zeros(1)
    low = max(LOWEST, 2 * np.floor(min(powers.min(), -1) / 2))
    high = min(HIGHEST, 2 * np.ceil(max(powers.max(), 0) / 2))
    return [float(min(low, HIGHEST - 2)), float(max(high, LOWEST + 2)) + 0.2]


def _line(name: str, y: Array, k: int, log: bool) -> Part:
    kept = np.isfinite(y) & ((y > 0) if log else True)
    style = {"color": COLOURS[k], "dash": DASHES[k], "width": 2.5}
    many = len(y) >= 40
    return {
        "type": "scatter",
        "mode": "lines" if many else "lines+markers",
        "marker": {"size": 5},
        "x": list(range(1, len(y) + 1)),
        "y": [float(value) if keep else None for value, keep in zip(y, kept, strict=True)],
        "name": name,
        "line": style,
        "hovertemplate": f"{name}, t = %{{x}}: %{{y:.4g}}<extra></extra>",
    }
