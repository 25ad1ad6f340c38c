"""The sequence as a cell goes through it: what is right, its answers, its memory and its gate.

A row for each, a column for each time step, under what came in there.
"""

from dataclasses import dataclass

import numpy as np

from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Trace
from lstm_ui.figures.parts import (
    Figure,
    Part,
    Scale,
    axis,
    bare_axis,
    box,
    cells,
    colour_axis,
    layout,
    scale,
    stroke,
    ticks,
)
from lstm_ui.learned.choices import Lens
from lstm_ui.learned.words import WORDS, answer_name, out_text
from lstm_ui.session.address import read_point
from lstm_ui.session.session import Session
from lstm_ui.sheet import theme

LEFT, TOP, ROW, COLUMN = 150, 56, 26, 34  # pixels
PLACES = 2  # decimals in a cell; hovering says all
MOST_SAID = 12  # time steps that the text alternative lists


@dataclass(frozen=True, eq=False)
class Rows:
    """Neighbouring rows on one scale, each with its name and a number for each time step.

    A number that is none leaves its cell empty: nothing is asked there.
    """

    title: str
    names: list[str]
    values: Array  # (rows, T)
    low: float
    high: float

    @property
    def scale(self) -> Scale:
        """The bar of the scale."""
        return scale(self.title, self.high, self.low)


def bands(lens: Lens) -> list[Rows]:
    """Return the rows of the figure, in their order."""
    trace, memory = lens.desk.trace, lens.memory
    kept = _over(lens.cut_trace or trace, memory)
    end = theme.limit(kept)
    shown = [_answers(lens), _rows(lens, memory, kept, -end, end)]
    if lens.keeps:
        shown.append(_rows(lens, lens.keeps, _over(lens.cut_trace or trace, lens.keeps), 0.0, 1.0))
    return shown


def _over(trace: Trace, name: str) -> Array:
    return np.stack([trace[t, name] for t in range(len(trace))], axis=1)


def _rows(lens: Lens, name: str, values: Array, low: float, high: float) -> Rows:
    out = f", {out_text(lens)}" if lens.cut else ""
    names = [f"{lens.desk.entry(name, k)}{out}" for k in range(len(values))]
    return Rows(lens.desk.plain(name), names, values, low, high)


def _answers(lens: Lens) -> Rows:
    """What is right, y and, if something is taken out, y without it: for each output."""
    targets, asked = (array.T for array in lens.right)
    right = np.where(asked > 0, targets, np.nan)
    runs = [(WORDS.text("figure", "right"), right), ("", _over(lens.desk.trace, "y"))]
    if lens.cut_trace:
        runs.append((out_text(lens), _over(lens.cut_trace, "y")))
    outputs = range(lens.exercise.p)
    names = [answer_name(lens, k, of) for k in outputs for of, _ in runs]
    values = np.stack([values[k] for k in outputs for _, values in runs])
    return Rows(WORDS.text("figure", "answers"), names, values, 0.0, 1.0)


def figure(lens: Lens) -> Figure:
    """Return all rows in one grid."""
    found, T = bands(lens), lens.exercise.T
    labels = [name for band in found for name in band.names]
    firsts = np.cumsum([0, *(len(band.names) for band in found)]).tolist()
    return Figure(
        data=[_heat(lens, band, k, firsts[k]) for k, band in enumerate(found)],
        layout=_layout(lens, found, labels),
        scales=[band.scale for band in found],
        places=True,
        least=LEFT + 16 * T,
        most=LEFT + max(8, T) * 64,
        alt=_alt(lens, found),
    )


def _heat(lens: Lens, band: Rows, k: int, first: int) -> Part:
    texts = [[_short(x) for x in row] for row in band.values.tolist()]
    hover = [
        [f"{name}, t = {t + 1} ({lens.words[t]}): {numeral(x, 4)}" for t, x in enumerate(row)]
        for name, row in zip(band.names, band.values.tolist(), strict=True)
    ]
    at = [[""] * lens.exercise.T for _ in band.names]
    colours = f"coloraxis{k + 1}" if k else "coloraxis"
    return cells(band.values, texts, hover, at, y0=first, dy=1, coloraxis=colours)


def _short(x: float) -> str:
    # What is right is exactly 0 or 1; all else was rounded, and keeps its zeros.
    return numeral(round(x, PLACES), PLACES, x not in (0.0, 1.0)) if np.isfinite(x) else ""


def _layout(lens: Lens, found: list[Rows], labels: list[str]) -> Part:
    axes: Part = {
        f"coloraxis{k + 1}" if k else "coloraxis": colour_axis(band.high, band.low)
        for k, band in enumerate(found)
    }
    t, T = lens.desk.t, lens.exercise.T
    across = axis(
        side="top",
        showgrid=False,
        zeroline=False,
        range=[-0.5, T - 0.5],
        tickangle=-60 if max(map(len, lens.words)) > 3 else 0,
        **ticks(range(T), lens.words),
    )
    upwards = bare_axis(range=[len(labels) - 0.5, -0.5], **ticks(range(len(labels)), labels))
    cursor = box((t - 0.5, t + 0.5), (0, 1), stroke(2), yref="paper")
    height = TOP + 12 + ROW * len(labels)
    return layout(height, (LEFT, 12, TOP, 12), across, upwards, shapes=[cursor], **axes)


def _alt(lens: Lens, found: list[Rows]) -> str:
    listed = ", ".join(band.title for band in found)
    answers = found[0]
    told = "; ".join(
        f"{name}: {', '.join(_short(x) or 'not asked' for x in row[:MOST_SAID])}"
        for name, row in zip(answers.names, answers.values.tolist(), strict=True)
    )
    known = {"rows": listed, "words": " ".join(lens.words[:MOST_SAID]), "told": told}
    return WORDS.text("figure", "alt", {**known, "t": lens.desk.t + 1})


def clicked(session: Session, where: str) -> None:
    """Go to the time step that was clicked."""
    t = round(read_point(where)[0])
    session.go(session.place.step, t)
