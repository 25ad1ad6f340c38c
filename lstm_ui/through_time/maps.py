"""All numbers of a cell over time, as heatmaps one below the other: inputs, gates, states.

A row for each input and unit, named; a column for each time step, with its numbers in it where they
fit. Gates run from 0 to 1 and all else is symmetric about 0, each on a fixed scale.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.cells import facts
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.figures.parts import (
    Figure,
    Part,
    Scale,
    Texts,
    Version,
    bare_axis,
    colour_axis,
    heatmap,
    joined,
    line_through,
    scale,
    scatter,
    stroke,
    ticks,
)
from lstm_ui.session.address import read_point
from lstm_ui.sheet import theme
from lstm_ui.sheet.letters import subscripted
from lstm_ui.through_time.axes import LEFT, over_time
from lstm_ui.through_time.choices import Span, is_share, rows

LINE = 1.3  # of a text's size: so far plotly.js sets its lines apart, and so high are rows
NEXT, NOTHING = "<br>", "\N{NO-BREAK SPACE}"  # between two lines; a line without a number
FEW = 48  # rows: of more, numbers are read by hovering
WIDEST = 880  # pixels: with so much room, numbers stand in their cells
MOST_SAID = 8  # entries of a vector, in words
SIZES = (12, 10)  # of numbers in their cells, in pixels: as large as fits
PLACES = 2  # decimals in a cell; hovering says all


@dataclass(frozen=True, eq=False)
class Band:
    """Neighbouring rows on one scale: the inputs, the gates, what is signed, the memory."""

    span: Span
    names: Sequence[str]

    @cached_property
    def values(self) -> Array:
        """The numbers, (rows, steps)."""
        return np.concatenate([_over(self.span, name).T for name in self.names])

    @property
    def labels(self) -> list[str]:
        """The name of each row: x₁, f[1]."""
        return [label for name in self.names for label in row_labels(self.span, name)]

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of its scale."""
        if is_share(self.span.exercise.cell, self.names[0]):
            return 0.0, 1.0
        end = theme.limit(self.values)
        return -end, end

    @property
    def scale(self) -> Scale:
        """The bar of its scale."""
        low, high = self.ends
        return scale(", ".join(self.span.desk.plain(name) for name in self.names), high, low)

    @cached_property
    def texts(self) -> Texts:
        """The numbers as they are printed in the cells; nothing for what is none."""
        rounded = "x" not in self.names
        return [[_short(x, rounded) for x in row] for row in self.values.tolist()]


def _short(x: float, rounded: bool) -> str:
    return numeral(round(x, PLACES), PLACES, rounded) if np.isfinite(x) else ""


def bands(span: Span) -> list[Band]:
    """Return the rows of the figure, in four parts: those of them that the cell has."""
    cell, memory = span.exercise.cell, facts(span.exercise.cell).memory
    names = [name for name in rows(cell) if name != memory]
    gates = [name for name in names if is_share(cell, name)]
    signed = [name for name in names if name not in gates]
    return [Band(span, part) for part in (["x"], gates, signed, [memory]) if part]


def _over(span: Span, name: str) -> Array:
    """The rows of a vector that are drawn, at every time step, (steps, rows)."""
    return span.over(name)[:, : span.most]


def row_labels(span: Span, name: str) -> list[str]:
    """Return the names of the rows of a vector: fₜ[1], fₜ[2]; of the inputs x₁, x₂."""
    shown = range(min(span.most, len(span.desk.values(name))))
    if name == "x":
        return [subscripted("x", k + 1) for k in shown]
    return [span.desk.entry(name, j) for j in shown]


def places(span: Span) -> list[tuple[str, int]]:
    """Return the number behind each row, from the top: a step, and its entry.

    An input is copied to v: there it is opened.
    """
    exercise = span.exercise
    first = 0 if exercise.cell["v"].inputs[0] == "x" else exercise.r
    inputs = [("v", first + k) for k, _ in enumerate(row_labels(span, "x"))]
    names = [name for band in bands(span) for name in band.names if name != "x"]
    return inputs + [(name, j) for name in names for j, _ in enumerate(row_labels(span, name))]


def place_of(span: Span, clicked: str) -> Address | None:
    """Return the number behind a click on the heatmaps: time step, and row counted from the top."""
    t, row = map(round, read_point(clicked))
    found = places(span)
    if not (t - 1 in span.steps and 0 <= row < len(found)):
        return None
    name, j = found[row]
    return Address(name, t - 1, (j,))


# ---- the figure ----------------------------------------------------------------------------------


def maps(span: Span) -> Figure:
    """Return the heatmaps in one grid; where their numbers fit and there is room, with them."""
    found = bands(span)
    fits = _fitting(span, found)
    size = fits or SIZES[-1]
    layout = _layout(span, found, size)
    drawn = [*_heats(span, found), _borders(span, found), _names(span, found, size)]
    figure = Figure(
        data=drawn,
        layout=layout,
        scales=[band.scale for band in found],
        places=True,
        least=320,
        alt=_alt(span, found),
    )
    if not fits:
        return figure
    data, narrow = [*drawn, _numbers(span, found, size)], Version(data=drawn, layout=layout)
    wide = _width(span, found, size)
    return {**figure, "data": data, "least": wide, "narrow": narrow, "narrowest": 320}


def _fitting(span: Span, found: list[Band]) -> int:
    """The largest size with which all numbers fit into their cells; 0 where none does."""
    few = sum(len(band.labels) for band in found) <= FEW and len(span.steps) <= theme.FULL_TEXT
    sizes = (size for size in SIZES if _width(span, found, size) <= WIDEST)
    return next(sizes, 0) if few else 0


def _width(span: Span, found: list[Band], size: int) -> float:
    """The width of the figure with numbers of this size in its cells."""
    longest = max(len(text) for band in found for row in band.texts for text in row)
    return LEFT + len(span.steps) * (5 + 0.56 * size * longest)


def _names(span: Span, found: list[Band], size: int) -> Part:
    """The names of all rows, as one text: ticks take plotly.js fifty times as long to draw."""
    labels = [label for band in found for label in band.labels]
    return _columns([span.times[0] - 0.5], [labels], "middle left", size)


def _numbers(span: Span, found: list[Band], size: int) -> Part:
    """The numbers, each column as one text: a text for each would take plotly.js far longer."""
    rows = [row for band in found for row in band.texts]
    return _columns(span.times, list(zip(*rows, strict=True)), "middle center", size)


def _columns(x: Sequence[float], columns: Sequence[Sequence[str]], side: str, size: int) -> Part:
    """Texts below each other, a line for each row: rows are as high as lines."""
    text = [NEXT.join(line or NOTHING for line in column) for column in columns]
    y, font = [(len(column) - 1) / 2 for column in columns], {"size": size}
    return scatter("text", x, y, text=text, textposition=side, textfont=font, cliponaxis=False)


def _borders(span: Span, found: list[Band]) -> Part:
    """A line between the rows of two vectors."""
    sizes = [len(row_labels(span, name)) for band in found for name in band.names]
    across = np.array([span.times[0] - 0.5, span.times[-1] + 0.5])
    x, y = joined([(across, np.full(2, end - 0.5)) for end in np.cumsum(sizes[:-1])])
    return line_through(x, y, stroke(1, "#808080"))


def _heats(span: Span, found: list[Band]) -> list[Part]:
    firsts = np.cumsum([0, *(len(band.labels) for band in found)]).tolist()
    return [_heat(span, band, k, firsts[k]) for k, band in enumerate(found)]


def _heat(span: Span, band: Band, k: int, first: int) -> Part:
    """One part; its rows are counted on from the part above, and the axis says their names."""
    decimals = span.exercise.decimals
    digits = "" if decimals is None else f":.{decimals}f"
    return heatmap(
        packed(np.where(np.isfinite(band.values), band.values, np.nan)),
        f"%{{y}} at t = %{{x}}: %{{z{digits}}}",
        x0=span.times[0],
        dx=1,
        y0=first,
        dy=1,
        coloraxis=_colours(k),
        hoverongaps=False,
    )


def packed(grid: Array) -> Part:
    """Return numbers as plotly.js reads them fastest: the bytes of their float32, for colours.

    Half the bytes of float64, and more digits than a colour or the hover's four decimals show.
    """
    data = base64.b64encode(np.ascontiguousarray(grid, "<f4").tobytes()).decode()
    return {"dtype": "f4", "bdata": data, "shape": f"{grid.shape[0]}, {grid.shape[1]}"}


def _layout(span: Span, found: list[Band], size: int) -> Part:
    labels = [label for band in found for label in band.labels]
    axes: Part = {_colours(k): colour_axis(*band.ends[::-1]) for k, band in enumerate(found)}
    # The ticks are not drawn: hovering says the name of a row by them.
    named: Part = {**ticks(range(len(labels)), labels), "showticklabels": False}
    upwards = bare_axis(range=[len(labels) - 0.5, -0.5], **named)
    return over_time(span, len(labels) * LINE * size + 54, upwards, **axes)


def _colours(k: int) -> str:
    """The name of the k-th scale, as plotly counts them."""
    return f"coloraxis{k + 1}" if k else "coloraxis"


def _alt(span: Span, found: list[Band]) -> str:
    """What is drawn, and the numbers of the time step on screen."""
    first, last, t = span.times[0], span.times[-1], span.desk.t
    names = [name for band in found for name in band.names]
    listed = ", ".join(span.desk.plain(name) for name in names)
    numbers = "; ".join(
        f"{span.desk.plain(name)} = [{', '.join(span.desk.printed(name, values))}]"
        for name, values in ((name, span.trace[t, name][:MOST_SAID]) for name in names)
    )
    return (
        f"Heatmaps of {listed} over time: a row for each unit, a column for each time step, "
        f"t = {first} to {last}; t = {t + 1} is framed. At t = {t + 1}: {numbers}."
    )
