"""What figures are made of, as plain data for plotly.js: one constructor for each part of a plot.

A key that is not given is not sent. What a figure has beside plotly's own data is in `Figure`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.sheet import theme

Part = dict[str, Any]
Numbers = Array | Sequence[float | None]  # None is a gap
Span = tuple[float, float]
Texts = Sequence[Sequence[str]]

# A colour and a dash for each of several lines, so that colour is never alone (Okabe and Ito's).
COLOURS = ("#0072b2", "#009e73", "#d55e00", "#cc79a7")
DASHES = ("solid", "dash", "dot", "dashdot")
TIMES = 12  # numbers on the axis of t
GREY = "rgba(128,128,128,{})"  # legible on a light page and on a dark one


class Scale(TypedDict):
    """The bar of a colour scale: what it is for, and its ends as texts."""

    label: str
    low: str
    high: str


class Version(TypedDict):
    """What is drawn."""

    data: list[Part]
    layout: Part


class Figure(Version):
    """A figure with what the page needs to know of it; widths are in pixels.

    `alt` is its text alternative, `least` the width that it needs, `most` the width that it makes
    use of. Where there is less room than `least`, `narrow` is drawn, which needs `narrowest`.
    `scales` are the bars of its colours. With `places`, a click reports where it was, "0.5,-1",
    rather than the customdata of what was clicked.
    """

    alt: str
    least: float
    most: NotRequired[float]
    narrow: NotRequired[Version]
    narrowest: NotRequired[float]
    scales: NotRequired[list[Scale]]
    places: NotRequired[bool]


def _without_none(**parts: Any) -> Part:
    return {key: value for key, value in parts.items() if value is not None}


def finite(values: ArrayLike) -> list[float | None]:
    """Return numbers as JSON has them: what is not finite is not drawn."""
    return [float(x) if np.isfinite(x) else None for x in np.asarray(values)]


# ---- traces --------------------------------------------------------------------------------------


def stroke(width: float, colour: str | None = None, dash: str | None = None) -> Part:
    """Return how a line is drawn."""
    return _without_none(width=width, color=colour, dash=dash)


def marker(
    size: float | Sequence[float],
    colour: str | Sequence[str] | None = None,
    symbol: str | Sequence[str] | None = None,
    line: Part | None = None,
) -> Part:
    """Return how markers are drawn: all alike, or each with a size, colour and symbol of its own.

    A `line` is around each marker; of a hollow symbol it is all that is seen.
    """
    return _without_none(size=size, color=colour, symbol=symbol, line=line)


POINT = marker(15, "#ffffff", line=stroke(4, "#1a1a1a"))  # the reader's own point


def scatter(mode: str, x: Numbers, y: Numbers, hover: str = "", **style: Any) -> Part:
    """Return a trace of points: `mode` is "lines", "markers", "text", or several joined by +.

    `hover` is plotly's template of what hovering says; without one, nothing is said.
    """
    says = {"hovertemplate": f"{hover}<extra></extra>"} if hover else {"hoverinfo": "skip"}
    return {"type": "scatter", "mode": mode, "x": _listed(x), "y": _listed(y), **says, **style}


def line_through(x: Numbers, y: Numbers, line: Part, hover: str = "", **style: Any) -> Part:
    """Return a line through points."""
    return scatter("lines", x, y, hover, line=line, **style)


def series(x: Sequence[int], y: Numbers, name: str, k: int, hover: str) -> Part:
    """Return the k-th of several lines over time; of few time steps, each has a marker."""
    mode = "lines+markers" if len(x) < 40 else "lines"
    line = stroke(2.5, COLOURS[k], DASHES[k])
    return scatter(mode, x, y, hover, name=name, line=line, marker=marker(5))


def points(x: Numbers, y: Numbers, how: Part, hover: str = "", **style: Any) -> Part:
    """Return markers."""
    return scatter("markers", x, y, hover, marker=how, **style)


def joined(lines: Sequence[tuple[Array, Array]]) -> tuple[list[float | None], list[float | None]]:
    """Return lines as one, with gaps between them: each further trace takes time to draw."""
    x, y = (
        [number for line in lines for number in (*line[axis].round(6).tolist(), None)]
        for axis in (0, 1)
    )
    return x, y


def bars(
    values: Mapping[str, Sequence[Any]],
    colour: str | Sequence[str],
    hover: str = "",
    **style: Any,
) -> Part:
    """Return bars; `values` are their ends along x or y and, along the other, their places.

    Without a `hover`, plotly says the number.
    """
    says = {"hovertemplate": f"{hover}<extra></extra>"} if hover else {}
    return {"type": "bar", **values, "marker": {"color": colour}, **says, **style}


def heatmap(z: list[list[float | None]] | Part, hover: str, **style: Any) -> Part:
    """Return a heatmap; z is a list of rows, or the bytes of an array as plotly.js reads them."""
    return {"type": "heatmap", "z": z, "hovertemplate": f"{hover}<extra></extra>", **style}


def cells(z: Array, text: Texts, hover: Texts, at: Texts, **style: Any) -> Part:
    """Return a heatmap (rows, columns) whose cells print their number; without one, it is empty.

    A click on a cell reports its address, `at`.
    """
    # What is too large or undefined has the colour of 0: its text says what it is.
    shown = np.where(np.isfinite(z), z, 0.0).astype(object)
    shown[np.array(text, object) == ""] = None
    printed = "%{text}" if z.shape[1] <= theme.FULL_TEXT else ""
    style = {"texttemplate": printed, "xgap": 2, "ygap": 2, "hoverongaps": False, **style}
    return heatmap(
        shown.tolist(), "%{hovertext}", text=text, hovertext=hover, customdata=at, **style
    )


def cell_width(texts: Texts) -> float:
    """Return the width in pixels that the longest of the printed numbers needs."""
    return max(40, 10 + 7.2 * max(len(text) for row in texts for text in row))


# ---- layout --------------------------------------------------------------------------------------


def layout(
    height: float, margin: tuple[float, float, float, float], xaxis: Part, yaxis: Part, **more: Any
) -> Part:
    """Return a layout; the margins are those at the left, right, top and bottom, in pixels."""
    sides = dict(zip("lrtb", margin, strict=True))
    return {"height": height, "margin": sides, "xaxis": xaxis, "yaxis": yaxis, **more}


def axis(
    title: str = "",
    *,
    range: Sequence[float] | None = None,
    standoff: float | None = None,
    **more: Any,
) -> Part:
    """Return an axis; it is fixed, for a figure that moves under the pointer is hard to read."""
    named = {"text": title, **_without_none(standoff=standoff)} if title else None
    return {"fixedrange": True, **_without_none(title=named, range=range), **more}


def bare_axis(title: str = "", **more: Any) -> Part:
    """Return an axis without a grid, and without the line at 0."""
    return axis(title, showgrid=False, zeroline=False, **more)


def named_axis(labels: Sequence[str], **more: Any) -> Part:
    """Return the axis of a heatmap, with a label for each row or column."""
    return bare_axis(**ticks(range(len(labels)), labels), **more)


def time_axis(first: int, last: int) -> Part:
    """Return the axis of the time steps from `first` to `last`, as people count them."""
    return bare_axis(
        "time step t",
        standoff=4,
        range=[first - 0.5, last + 0.5],
        tick0=first,
        dtick=max(1, (last - first + 1) // TIMES),
    )


def ticks(values: Sequence[float], texts: Sequence[str]) -> Part:
    """Return what is written along an axis, and where."""
    return {"tickvals": list(values), "ticktext": list(texts), "ticks": ""}


def legend(above: float = 1.02) -> Part:
    """Return a legend in one row above the plot, whose height is 1."""
    return {"orientation": "h", "x": 0, "y": above, "yanchor": "bottom"}


def colour_axis(high: float, low: float | None = None) -> Part:
    """Return a fixed scale, symmetric if only its end is given.

    Its bar is drawn beside the plot by the page: plotly's own costs more time.
    """
    return {"cmin": -high if low is None else low, "cmax": high, "showscale": False}


def scale(label: str, high: float, low: float | None = None) -> Scale:
    """Return the bar of a colour scale."""
    ends = (-high if low is None else low, high)
    return {"label": label, "low": numeral(ends[0], 2), "high": numeral(ends[1], 2)}


def note(text: str, x: float, y: float, **more: Any) -> Part:
    """Return a text at a place of the figure, from (0, 0) to (1, 1)."""
    place = {"x": x, "y": y, "xref": "paper", "yref": "paper"}
    return {"text": text, **place, "yanchor": "bottom", "showarrow": False, **more}


# ---- shapes --------------------------------------------------------------------------------------


def box(x: Span, y: Span, line: Part, **more: Any) -> Part:
    """Return a rectangle."""
    return _shape("rect", x, y, line, **more)


def segment(x: Span, y: Span, line: Part, **more: Any) -> Part:
    """Return a straight line between two points."""
    return _shape("line", x, y, line, **more)


def time_cursor(t: int) -> Part:
    """Return the frame around time step t, as people count it, through all that is drawn."""
    return box((t - 0.5, t + 0.5), (0, 1), stroke(2), yref="paper")


def path(along: str, line: Part) -> Part:
    """Return a path, written as SVG writes it."""
    return {"type": "path", "xref": "x", "yref": "y", "path": along, "line": line}


def frame(columns: tuple[int, int], rows: tuple[int, int]) -> Part:
    """Return a frame around cells, from the first to the last column and row."""
    (x0, x1), (y0, y1) = columns, rows
    return box((x0 - 0.5, x1 + 0.5), (y0 - 0.5, y1 + 0.5), stroke(3))


def band(x0: float, x1: float) -> Part:
    """Return a grey band through the whole height of the plots, behind what is drawn."""
    return box(
        (x0, x1), (0, 1), stroke(0), yref="paper", layer="below", fillcolor=GREY.format(0.14)
    )


def upright(x: float, **more: Any) -> Part:
    """Return a dotted line through the whole height of the plots."""
    return segment((x, x), (0, 1), stroke(1, dash="dot"), yref="paper", **more)


def _shape(kind: str, x: Span, y: Span, line: Part, **more: Any) -> Part:
    ends = {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1]}
    return {"type": kind, "xref": "x", "yref": "y", **ends, "line": line, **more}


def _listed(values: Numbers) -> list[float | None]:
    found: list[float | None] = values.tolist() if isinstance(values, np.ndarray) else list(values)
    return found
