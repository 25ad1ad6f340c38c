"""A cell through time, drawn: all gates and states as heatmaps, one unit as lines, its cobweb.

Each figure is one plot, and every number in it is the trace's own.
"""

import base64
from collections.abc import Callable

import numpy as np

from lstm_core.lesson.latex import plain
from lstm_core.looks.memory import FORGOTTEN
from lstm_core.ops import Array
from lstm_ui.figures.lines import COLOURS, DASHES, LEGEND
from lstm_ui.figures.parts import Part, colour_axis, scale
from lstm_ui.sheet import theme
from lstm_ui.sheet.letters import marked
from lstm_ui.through_time.choices import MOST_UNITS, Span, lines, rows
from lstm_ui.through_time.cobweb import draw_cobweb, said

ROW_PX, LEAST_ROWS_PX = 14, 300
_TICKS = 12  # numbers on the axis of t


def figure(span: Span) -> Part:
    """Return the figure of the view that was chosen."""
    with np.errstate(all="ignore"):
        return _LOOKS[span.look](span)


def _maps(span: Span) -> Part:
    """Heatmaps one below the other in one grid: a row for each unit, a column for each t."""
    names, units = rows(span.exercise.cell), min(span.exercise.n, MOST_UNITS)
    unbounded = [name for name in names if name == "C"]
    bounded = [name for name in names if name != "C"]
    end = theme.limit(*(span.over(name)[:, :units] for name in unbounded))
    one = theme.limit(*(span.over(name)[:, :units] for name in bounded))
    height = max(LEAST_ROWS_PX, len(names) * (units + 1) * ROW_PX)
    parts = [_heat(span, names, bounded, units, "coloraxis")]
    scales = [scale(_listed(span, bounded), one)]
    if unbounded:
        parts.append(_heat(span, names, unbounded, units, "coloraxis2"))
        scales.append(scale(plain(span.exercise.cell, "C"), end))
    return {
        "data": parts,
        "layout": {
            **_frame(span, height + 50),
            "coloraxis": colour_axis(one),
            "coloraxis2": colour_axis(end),
            "yaxis": _unit_axis(span, names, units),
        },
        "scales": scales,
        "places": True,
        "least": 320,
        "alt": f"Heatmaps of {_listed(span, names)} over time: a row for each unit, a column for "
        f"each time step, t = {span.start + 1} to {span.stop}; t = {span.desk.t + 1} is framed.",
    }


def _heat(span: Span, names: list[str], shown: list[str], units: int, axis: str) -> Part:
    """Neighbouring groups of rows, a gap of one row between them."""
    first = names.index(shown[0])
    grid = np.full((len(shown) * (units + 1) - 1, span.stop - span.start), np.nan)
    for group, name in enumerate(shown):
        grid[group * (units + 1) :][:units] = span.over(name)[:, :units].T
    return {
        "type": "heatmap",
        "z": packed(np.where(np.isfinite(grid), grid, np.nan)),
        "x0": span.start + 1,
        "dx": 1,
        "y0": first * (units + 1),
        "dy": 1,
        "coloraxis": axis,
        "hovertemplate": "t = %{x}: %{z:.4f}<extra></extra>",
        "hoverongaps": False,
    }


def packed(grid: Array) -> Part:
    """Return numbers as plotly.js reads them fastest: the bytes of their float32, for colours.

    Half the bytes of float64, and more digits than a colour or the hover's four decimals show.
    """
    data = base64.b64encode(np.ascontiguousarray(grid, "<f4").tobytes()).decode()
    return {"dtype": "f4", "bdata": data, "shape": f"{grid.shape[0]}, {grid.shape[1]}"}


def _unit_axis(span: Span, names: list[str], units: int) -> Part:
    middle = [group * (units + 1) + (units - 1) / 2 for group in range(len(names))]
    labels = [f"<b>{marked(span.exercise.cell, name)}</b>" for name in names]
    ticks = {"tickvals": middle, "ticktext": labels, "ticks": "", "tickfont": {"size": 15}}
    last = len(names) * (units + 1) - 1.5
    return {
        "range": [last, -0.5],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        **ticks,
    }


def _frame(span: Span, height: int) -> Part:
    """What the figures over time share: the axis of t, and the cursor at the t on screen."""
    t = span.desk.t + 1
    cursor = {"type": "rect", "xref": "x", "yref": "paper", "x0": t - 0.5, "x1": t + 0.5}
    return {
        "height": height,
        "margin": {"l": 56, "r": 12, "t": 8, "b": 46},
        "xaxis": {
            "title": {"text": "time step t", "standoff": 4},
            "range": [span.start + 0.5, span.stop + 0.5],
            "tick0": span.start + 1,
            "dtick": max(1, (span.stop - span.start) // _TICKS),
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "shapes": [{**cursor, "y0": 0, "y1": 1, "line": {"width": 2}}],
        "showlegend": False,
    }


def _unit(span: Span) -> Part:
    """Lines for one unit: the memory, what is kept of it, what is written to it, and h."""
    names, x = lines(span.exercise.cell), list(range(span.start + 1, span.stop + 1))
    values = {name: span.over(name)[:, span.unit] for name in names}
    data = [
        _line(x, values[name], marked(span.exercise.cell, name), k) for k, name in enumerate(names)
    ]
    now = ", ".join(
        f"{plain(span.exercise.cell, name)} = {said(span, values[name][span.desk.t - span.start])}"
        for name in names
    )
    axis = {"title": {"text": f"unit {span.unit + 1}"}, "fixedrange": True, "zeroline": True}
    layout = _frame(span, 380) | {"yaxis": axis, "showlegend": True, "legend": LEGEND}
    words = f"Lines over time for unit {span.unit + 1}. At t = {span.desk.t + 1}: {now}."
    return {"data": data, "layout": layout, "places": True, "least": 320, "alt": words}


def _line(x: list[int], y: Array, name: str, k: int) -> Part:
    style = {"color": COLOURS[k], "dash": DASHES[k], "width": 2.5}
    values = [float(value) if np.isfinite(value) else None for value in y]
    shown = {"mode": "lines+markers" if len(x) < 40 else "lines", "marker": {"size": 5}}
    hover = {"hovertemplate": f"{name} at t = %{{x}}: %{{y:.4f}}<extra></extra>"}
    return {"type": "scatter", "x": x, "y": values, "name": name, "line": style, **shown, **hover}


def _memory(span: Span) -> Part:
    """What is left of the first input, here and in a plain RNN, on a logarithmic scale."""
    x = list(range(span.start + 1, span.stop + 1))
    mine, plain_one = span.memories
    cut = slice(span.start, span.stop)
    data = [
        _line(x, np.where(found.left[cut] > 0, found.left[cut], np.nan), name, k)
        for k, (found, name) in enumerate(((mine, "this cell"), (plain_one, "plain RNN")))
    ]
    axis = {"type": "log", "title": {"text": "left of the first input"}, "fixedrange": True}
    axis |= {"range": [-8, 1], "exponentformat": "power", "dtick": 1}
    layout = _frame(span, 380) | {"yaxis": axis, "showlegend": True, "legend": LEGEND}
    limit = {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": FORGOTTEN}
    layout["shapes"] = [*layout["shapes"], {**limit, "y1": FORGOTTEN, "line": _LIMIT}]
    words = f"This cell until t = {mine.until}, the plain RNN until t = {plain_one.until}."
    return {"data": data, "layout": layout, "places": True, "least": 320} | {
        "alt": f"How much is left of the first input, on a logarithmic scale. 1 % is left: {words}"
    }


_LIMIT = {"width": 1, "dash": "dash"}


def _listed(span: Span, names: list[str]) -> str:
    return ", ".join(plain(span.exercise.cell, name) for name in names)


_LOOKS: dict[str, Callable[[Span], Part]] = {
    "maps": _maps,
    "unit": _unit,
    "cobweb": draw_cobweb,
    "memory": _memory,
}
