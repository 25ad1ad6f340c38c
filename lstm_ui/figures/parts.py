"""What every figure is made from: the view of one step, and the parts that figures share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_core.cell import Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.latex import plain
from lstm_core.lesson.printing import rounded_names
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address, Trace
from lstm_ui.session.address import entry_name
from lstm_ui.sheet import theme
from lstm_ui.sheet.letters import marked

Part = dict[str, Any]


@dataclass(frozen=True, eq=False)
class View:
    """What a figure shows: a step, at a time step, of an exercise, and the entry that is open.

    The trace may be that of a backward pass over the exercise: the step is one of its rows then.
    """

    exercise: Exercise
    trace: Trace
    place: Address

    @property
    def step(self) -> Step:
        """The step on screen."""
        return self.trace.cell[self.place.step]

    @property
    def entry(self) -> int:
        """The entry of the result that is open."""
        return min(self.place.index[0], len(self.values(self.place.step)) - 1)

    @property
    def column(self) -> int:
        """The column that is open, where the result is a matrix."""
        return min(self.place.index[-1], self.values(self.place.step).shape[-1] - 1)

    def values(self, name: str) -> Array:
        """Return the trace's array of that name."""
        return self.trace[self.place.t, name]

    def text(self, x: float, name: str) -> str:
        """Return a number as the exercise's decimals print it."""
        rounded = rounded_names(self.trace.cell, self.place.t)
        return numeral(float(x), self.exercise.decimals, name in rounded)

    def texts(self, name: str) -> list[str]:
        """Return each entry of a vector as it is printed."""
        return [self.text(x, name) for x in self.values(name)]

    def mark(self, name: str) -> str:
        """Return a name as figures write it."""
        return marked(self.trace.cell, name)

    def plain(self, name: str) -> str:
        """Return a name as sentences write it."""
        return plain(self.trace.cell, name)

    def hover(self, name: str, index: tuple[int, ...], value: float) -> str:
        """Return an entry's name and all its digits."""
        return f"{entry_name(self.trace.cell, name, index)} = {numeral(float(value), None)}"


def heat(z: Array, text: Any, hover: Any, cells: Any, **more: Any) -> Part:
    """Return one heatmap whose cells print their number."""
    return {
        "type": "heatmap",
        "z": np.where(np.isfinite(z), z, 0.0).tolist(),
        "text": text,
        "texttemplate": "%{text}" if z.shape[1] <= theme.FULL_TEXT else "",
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": cells,
        "xgap": 2,
        "ygap": 2,
        **more,
    }


def cell_width(texts: Sequence[Sequence[str]]) -> float:
    """Return the width in pixels that the longest of the printed numbers needs."""
    return max(40, 10 + 7.2 * max(len(text) for row in texts for text in row))


def colour_axis(end: float) -> Part:
    """Return a fixed symmetric scale; its bar is drawn beside the plot, which costs less."""
    return {"cmin": -end, "cmax": end, "showscale": False}


def scale(label: str, end: float) -> Part:
    """Return the bar of a colour scale: what it is for, and its ends."""
    return {"label": label, "low": numeral(-end, 2), "high": numeral(end, 2)}


def axis(labels: Sequence[str], **more: Any) -> Part:
    """Return the axis of a heatmap, with a label for each row or column."""
    ticks = {"tickvals": list(range(len(labels))), "ticktext": list(labels), "ticks": ""}
    return {"showgrid": False, "zeroline": False, "fixedrange": True, **ticks, **more}


def note(text: str, x: float, y: float, **more: Any) -> Part:
    """Return a text at a place of the figure, from (0, 0) to (1, 1)."""
    place = {"x": x, "y": y, "xref": "paper", "yref": "paper"}
    return {"text": text, **place, "yanchor": "bottom", "showarrow": False, **more}


def frame(columns: tuple[int, int], rows: tuple[int, int]) -> Part:
    """Return a frame around cells, from the first to the last column and row."""
    x0, x1, y0, y1 = columns[0] - 0.5, columns[1] + 0.5, rows[0] - 0.5, rows[1] + 0.5
    place = {"xref": "x", "yref": "y", "x0": x0, "x1": x1, "y0": y0, "y1": y1}
    return {"type": "rect", **place, "line": {"width": 3}}
