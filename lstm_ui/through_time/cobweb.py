"""The cobweb of one unit: what its memory becomes while the input is held still."""

import numpy as np

from lstm_core.lesson.latex import plain
from lstm_core.looks.dynamics import Cobweb
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.figures.lines import COLOURS, LEGEND
from lstm_ui.figures.parts import Part
from lstm_ui.sheet.letters import marked
from lstm_ui.through_time.choices import Span


def draw_cobweb(span: Span) -> Part:
    """Return the map of one unit, the diagonal, the path that it takes and where it ends."""
    web = span.web
    name = marked(span.exercise.cell, web.state)
    ends = [float(web.before[0]), float(web.before[-1])]
    steps = np.repeat(web.path, 2)
    data = [
        _plain(web.before, web.after, f"{name}: what it becomes", "solid", COLOURS[0]),
        _plain(np.array(ends), np.array(ends), "no change", "dot", "#7f7f7f"),
        _plain(steps[:-2], steps[1:-1], "from where it is now", "solid", COLOURS[2], 1.2),
        _rests(web),
    ]
    axes = {"fixedrange": True, "zeroline": True}
    return {
        "data": data,
        "layout": {
            "height": 440,
            "margin": {"l": 56, "r": 12, "t": 40, "b": 44},
            "xaxis": {**axes, "title": {"text": "now"}, "range": ends},
            "yaxis": {**axes, "title": {"text": "one time step later"}},
            "showlegend": True,
            "legend": LEGEND,
        },
        "least": 320,
        "most": 720,
        "alt": f"Cobweb of unit {span.unit + 1} at t = {span.desk.t + 1}. {at_rest(span)}",
    }


def at_rest(span: Span) -> str:
    """Say where the unit comes to rest, and how fast."""
    web, name = span.web, plain(span.exercise.cell, span.web.state)
    if not web.rest:
        return f"In this range {name} comes to rest nowhere."
    told = [f"{said(span, x)}, slope {said(span, slope)}" for x, slope in web.rest]
    return f"{name} is at rest at {'; '.join(told)}."


def _plain(x: Array, y: Array, name: str, dash: str, colour: str, width: float = 2.5) -> Part:
    line = {"color": colour, "dash": dash, "width": width}
    points = {"x": x.tolist(), "y": y.tolist()}
    return {"type": "scatter", "mode": "lines", **points, "name": name, "line": line} | {
        "hoverinfo": "skip"
    }


def _rests(web: Cobweb) -> Part:
    x = [at for at, _ in web.rest]
    marker = {
        "size": 12,
        "symbol": ["circle" if abs(s) < 1 else "circle-open" for _, s in web.rest],
    }
    marker["color"] = COLOURS[1]
    hover = "at rest: %{x:.4f}<extra></extra>"
    part = {"type": "scatter", "mode": "markers", "x": x, "y": x, "name": "at rest"}
    return {**part, "marker": marker, "hovertemplate": hover}


def said(span: Span, x: float) -> str:
    """Return a number as the exercise's decimals print it."""
    return numeral(float(x), span.exercise.decimals)
