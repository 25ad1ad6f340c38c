"""How a worksheet lies on paper: which rows stand on which page, so that working fills the rest.

A browser breaks pages, and does not say how much room is left. So heights are reckoned here, in
millimetres and rather too large than too small; each page is then stretched to its full height, and
what is left of it is room for working.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil

from lstm_core.lesson.latex import equation
from lstm_core.lesson.letters import plain
from lstm_core.worksheets.task import Task
from lstm_files.worksheet.given import Given, groups
from lstm_files.worksheet.parts import board

PAGE, WIDTH = 238.0, 178.0  # of what fits on A4 and on Letter
_HEAD, _TITLE, _HEADING = 66.0, 11.0, 13.0  # the top, “Given”, and a time step's heading
_ENTRY, _AROUND = 8.3, 20.0  # a box, and what stands above and below the boxes of a row
_WORKING = 24.0  # the least height for working that stands below its boxes
_LETTER, _NUMBER = 1.75, 1.9  # the width of a sign in a formula, and in a number


@dataclass
class Sheet:
    """One page: the HTML of what stands on it, in order, and how high that is."""

    parts: list[str] = field(default_factory=list)
    height: float = 0.0

    def add(self, html: str, height: float) -> None:
        """Put something below what is there."""
        self.parts.append(html)
        self.height += height


@dataclass(frozen=True)
class Row:
    """The boxes of one stage: HTML, height, and the heading that it needs if it is the first."""

    html: str
    height: float
    heading: str = ""


def laid_out(top: str, height: float, rows: Iterable[Row]) -> tuple[list[Sheet], int]:
    """Return the pages, and how many sheets' sides they are: a top may take more than one."""
    first = Sheet([top], height)
    pages = [first]
    for row in rows:
        more = _HEADING if row.heading else 0.0
        if pages[-1].height + more + row.height > PAGE:
            pages.append(Sheet())
        pages[-1].add(row.heading + row.html, more + row.height)
    if first.parts == [top] and height < PAGE - _WORKING:
        first.add('<div class="working"></div>', _WORKING)
    return pages, len(pages) - 1 + max(1, ceil(height / PAGE))


def row_height(entries: int, below: bool) -> float:
    """Return how high a row of boxes is at least; the working may stand `below` them."""
    return _AROUND + _ENTRY * entries + _WORKING * below


def is_wide(columns: Sequence[tuple[str, float]]) -> bool:
    """Tell whether boxes, each with its formula and its width, leave no room for working beside."""
    return sum(max(_LETTER * len(text), box + 9) + 4 for text, box in columns) + 40 > WIDTH


def top_height(task: Task) -> float:
    """Return how high head, given numbers and equations are."""
    cell = task.exercise.cell
    formulas = [_LETTER * len(_said(equation(cell, step.name))) for step in board(task)]
    across = [_width(group) for group in groups(task)]
    given = _lines(across, [_height(group) for group in groups(task)], 9.0)
    lines = _lines(formulas, [7.5] * len(formulas), 8.0)
    return _HEAD + _TITLE + given + lines + 11.0


def _said(latex: str) -> str:
    """About what is seen of a formula: commands are a sign or two."""
    return latex.replace("\\tilde", "").replace("\\circ", "o").replace("\\sigma", "s")


def _width(arrays: Sequence[Given]) -> float:
    return sum(9.0 + one.columns * (3.2 + _NUMBER * max(one.widest, 3)) for one in arrays)


def _height(arrays: Sequence[Given]) -> float:
    return max(one.rows * 5.6 + 5.5 * bool(one.labels) for one in arrays) + 3.5


def _lines(widths: Sequence[float], heights: Sequence[float], gap: float) -> float:
    """Return how high things are that are set side by side, in as many lines as it takes."""
    total, across, tallest = 0.0, 0.0, 0.0
    for width, height in zip(widths, heights, strict=True):
        if across and across + gap + width > WIDTH:
            total, across, tallest = total + tallest, 0.0, 0.0
        across, tallest = across + gap + width, max(tallest, height)
    return total + tallest


def formula_text(task: Task, name: str) -> str:
    """Return a step's letter in plain signs, to reckon its width by."""
    return plain(task.exercise.cell, name)
