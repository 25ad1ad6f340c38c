"""The stochastic reading drawn: single draws are 0 or 1, their mean goes to the soft gate."""

import numpy as np

from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.figures.parts import Part
from lstm_ui.gate_space.draws import curve, tally
from lstm_ui.gate_space.scene import Scene
from lstm_ui.sheet import theme

BAND = "rgba(128,128,128,0.28)"
ERRORS = 4  # the band is so many standard errors to each side


def coin(seen: Scene) -> Part:
    """Return the mean of the first draws against their number, with its band."""
    counts, means, errors, drawn = curve(seen)
    soft = float(np.nan_to_num(seen.values(seen.gate)[seen.unit]))
    name = seen.mark(seen.gate, seen.unit)
    return {
        "data": [
            _band(counts, soft, errors),
            _line([1, max(10, seen.count)], [soft, soft], f"{name}, the gate", "solid", "#808080"),
            _singles(counts, drawn),
            _line(counts.tolist(), means.tolist(), "mean of the draws", "solid", theme.CURVE),
            _last(counts, means),
        ],
        "layout": _layout(seen),
        "least": 300,
        "most": 760,
        "alt": _alt(seen),
    }


def _band(counts: Array, soft: float, errors: Array) -> Part:
    upper, lower = np.minimum(soft + ERRORS * errors, 1.0), np.maximum(soft - ERRORS * errors, 0.0)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*counts.tolist(), *counts[::-1].tolist()],
        "y": [*upper.tolist(), *lower[::-1].tolist()],
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"width": 0},
        "name": f"± {ERRORS} standard errors",
        "hoverinfo": "skip",
    }


def _line(x: list[float], y: list[float], name: str, dash: str, colour: str) -> Part:
    line = {"color": colour, "dash": dash, "width": 2.5}
    hover = {"hovertemplate": "%{x} draws: %{y}<extra></extra>"}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "name": name, "line": line, **hover}


def _singles(counts: Array, drawn: Array) -> Part:
    """Single draws, each a hard 0 or 1."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": counts.tolist(),
        "y": drawn.astype(int).tolist(),
        "name": "one draw: 0 or 1",
        "hovertemplate": "draw %{x}: %{y}<extra></extra>",
        "cliponaxis": False,
        "marker": {"symbol": "circle-open", "size": 7, "color": theme.DERIVATIVE},
    }


def _last(counts: Array, means: Array) -> Part:
    """Where the slider stands."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(counts[-1])],
        "y": [float(means[-1])],
        "showlegend": False,
        "cliponaxis": False,
        "hoverinfo": "skip",
        "marker": {"size": 12, "color": theme.CURVE},
    }


def _layout(seen: Scene) -> Part:
    line = {"fixedrange": True, "zeroline": False}
    end = float(np.log10(max(10, seen.count))) + 0.04
    across = {"type": "log", "range": [-0.04, end], "dtick": 1, "title": {"text": "draws"}}
    name = seen.mark(seen.gate, seen.unit)
    return {
        "height": 270,
        "margin": {"l": 52, "r": 16, "t": 52, "b": 44},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "xaxis": {**line, **across},
        "yaxis": {**line, "range": [-0.04, 1.04], "title": {"text": name}},
    }


def _alt(seen: Scene) -> str:
    found, name = tally(seen, seen.unit), seen.name(seen.gate)
    decimals = seen.exercise.decimals
    return (
        f"The mean of {found.count:,} draws is {numeral(found.mean, decimals)}; {name} = "
        f"{seen.text(seen.gate)}. The band around it, four standard errors to each side, narrows "
        f"as the draws grow."
    )
