"""The squares in which gate space is drawn: two units each, side by side on one plot."""

from dataclasses import dataclass

import numpy as np

from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.figures.parts import Part
from lstm_ui.gate_space.scene import Scene

APART = 1.22  # from the left edge of one square to that of the next, in widths


@dataclass(frozen=True, eq=False)
class Square:
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


def layout(seen: Scene, squares: list[Square]) -> Part:
    """Return the squares with their axes, for the lines and points that are drawn in them."""
    (low, high), name = squares[0].ends, seen.space_name
    middle, width = (low + high) / 2, squares[-1].left + 1
    ticks = {"tickvals": [], "ticktext": [], "ticks": ""} | _ticks(seen, squares)
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
        "shapes": [shape for square in squares for shape in _frame(square)],
    }


def _ticks(seen: Scene, squares: list[Square]) -> Part:
    """Three numbers below each square, and the name of its axis below the middle one."""
    values: list[float] = []
    texts: list[str] = []
    for square in squares:
        if square.other is None:
            continue
        low, high = square.ends
        numbers = _numbers(low, (low + high) / 2, high)
        numbers[1] += f"<br>{seen.mark(seen.space_name, square.other)}"
        values += [square.left, square.left + 0.5, square.left + 1]
        texts += numbers
    return {"tickvals": values, "ticktext": texts}


def _numbers(*values: float) -> list[str]:
    return [numeral(value, 2) for value in values]


def _frame(square: Square) -> list[Part]:
    (low, high), (x0, x1) = square.ends, (square.left, square.left + 1)
    middle, centre = (low + high) / 2, (x0 + x1) / 2
    place = {"xref": "x", "yref": "y", "layer": "below"}
    border = {"type": "rect", "x0": x0, "x1": x1, "y0": low, "y1": high, "line": {"width": 1.5}}
    thin = {"type": "line", "line": {"width": 1, "dash": "dot"}}
    lines = [{**thin, "x0": x0, "x1": x1, "y0": middle, "y1": middle}]
    if square.other is not None:
        lines.append({**thin, "x0": centre, "x1": centre, "y0": low, "y1": high})
    return [{**place, **shape} for shape in (border, *lines)]
