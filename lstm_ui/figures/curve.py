"""σ, tanh and ReLU drawn: the curve, its derivative dashed, and every unit's own z on both."""

import numpy as np

from lstm_core.cell import Step
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.figures.parts import Part, View, note
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme

REACH = 8.0  # drawn from −8 to 8; a unit beyond stands at the edge and points onwards
SATURATED = 0.01  # where the derivative is smaller than this
_WORDS = {"sigmoid": ("σ", "σ′"), "tanh": ("tanh", "tanh′"), "relu": ("ReLU", "ReLU′")}
_HEIGHTS = {"sigmoid": (-0.12, 1.15), "tanh": (-1.25, 1.3), "relu": (-0.6, REACH)}


def slope(step: Step, y: Array, z: Array) -> Array:
    """Return the derivative of an activation at z, from the operation's own product rule."""
    return step.op.vjp(np.ones_like(z), y, z)[0]


def curve(view: View) -> Part:
    """Return the figure of an activation."""
    step, grid = view.step, np.linspace(-REACH, REACH, 161)
    line = step.op.forward(grid)
    derivative = slope(step, line, grid)
    z, y = view.values(step.inputs[0]), view.values(step.name)
    word, prime = _WORDS[step.op.name]
    return {
        "data": [
            _line(grid, line, f"{word}(z)", theme.CURVE, "solid"),
            _line(grid, derivative, f"{prime}(z), its derivative", theme.DERIVATIVE, "dash"),
            _units(view, z, y, word, theme.CURVE),
            _units(view, z, slope(step, y, z), prime, theme.DERIVATIVE, hollow=True),
        ],
        "layout": _layout(view, grid, derivative),
        "least": 320,
        "alt": _alt(view, z),
    }


def _line(x: Array, y: Array, name: str, colour: str, dash: str) -> Part:
    style = {"color": colour, "dash": dash, "width": 2.5}
    points = {"x": x.tolist(), "y": y.round(6).tolist()}
    return {
        "type": "scatter",
        "mode": "lines",
        **points,
        "name": name,
        "line": style,
        "hoverinfo": "skip",
    }


def _units(view: View, z: Array, y: Array, word: str, colour: str, hollow: bool = False) -> Part:
    """A marker for each unit; beyond the axis, a triangle at its edge."""
    units = range(len(z))
    symbols = np.select([z > REACH, z < -REACH], ["triangle-right", "triangle-left"], "circle")
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": np.clip(np.nan_to_num(z), -REACH, REACH).tolist(),
        "y": [float(value) if np.isfinite(value) else None for value in y],
        "text": [""] * len(z) if hollow else _labels(z),
        "textposition": ["bottom center" if z[j] > REACH else "top center" for j in units],
        "hovertext": [_hover(view, j, z, y, word) for j in units],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [cell_id(view.step.name, (j,)) for j in units],
        "cliponaxis": False,
        "showlegend": False,
        "marker": {
            "symbol": [f"{symbol}-open" if hollow else symbol for symbol in symbols],
            "size": [16 if j == view.entry else 10 for j in units],
            "color": colour,
            "line": {"width": 2},
        },
    }


def _labels(z: Array) -> list[str]:
    """A unit's number above its marker; units at the same edge share one label."""
    labels = [str(j + 1) for j in range(len(z))]
    for beyond in (z > REACH, z < -REACH):
        together = np.flatnonzero(beyond)
        for j in together:
            labels[j] = ""
        if len(together):
            labels[together[0]] = (
                "unit" + "s" * (len(together) > 1) + " " + ", ".join(str(j + 1) for j in together)
            )
    return labels


def _hover(view: View, j: int, z: Array, y: Array, word: str) -> str:
    where = ", beyond the axis" if abs(z[j]) > REACH else ""
    numbers = [numeral(float(x), None) for x in (z[j], y[j])]
    return f"unit {j + 1}: z = {numbers[0]}{where}<br>{word}(z) = {numbers[1]}"


def _layout(view: View, grid: Array, derivative: Array) -> Part:
    flat = grid[(derivative < SATURATED) & (grid > 0)]
    edges = [(float(flat[0]), REACH), (-REACH, -float(flat[0]))] if len(flat) else []
    line = {"fixedrange": True, "zeroline": True}
    name = view.mark(view.step.inputs[0])
    return {
        "height": 340,
        "margin": {"l": 44, "r": 34, "t": 40, "b": 44},
        "xaxis": {**line, "range": [-REACH - 0.4, REACH + 0.4], "title": {"text": name}},
        "yaxis": {**line, "range": list(_HEIGHTS[view.step.op.name])},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "shapes": [_band(*edge) for edge in edges],
        "annotations": [
            note("saturated", sum(edge) / 2, 0, xref="x", xanchor="center") for edge in edges
        ],
    }


def _band(x0: float, x1: float) -> Part:
    place = {"xref": "x", "yref": "paper", "x0": x0, "x1": x1, "y0": 0, "y1": 1, "layer": "below"}
    return {"type": "rect", **place, "fillcolor": "rgba(128,128,128,0.14)", "line": {"width": 0}}


def _alt(view: View, z: Array) -> str:
    step = view.step
    word, prime = _WORDS[step.op.name]
    slopes = [
        numeral(float(x), view.exercise.decimals) for x in slope(step, view.values(step.name), z)
    ]
    rows = zip(view.texts(step.inputs[0]), view.texts(step.name), slopes, strict=True)
    units = (
        f"unit {j}: z = {a}, {word} = {b}, {prime} = {c}" for j, (a, b, c) in enumerate(rows, 1)
    )
    return f"The curve of {word} and, dashed, its derivative. {'; '.join(units)}."
