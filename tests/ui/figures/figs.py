"""What the tests of figures share: the views to draw, and what is in a figure."""

from lstm_core.cells import lstm
from lstm_core.lesson.printing import rounded_names
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.figures.view import View
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import Desk
from tests.core.exercises import SHORT, some
from tests.core.samples import CELLS, NAMES

EXERCISES = {
    **SHORT,
    **{name: some(cell) for name, cell in zip(NAMES, CELLS, strict=True)},
    "every digit": some(lstm(readout=True), decimals=None),
    "large": some(n=20, m=12),
}


def views(name):
    """Every step of an exercise at every time step, with its last entry open."""
    exercise = EXERCISES[name]
    trace = exercise.trace()
    for t in range(exercise.T):
        for step in exercise.cell.steps:
            yield view_of(exercise, trace, Address(step.name, t, (exercise.n - 1,)))


def view_of(exercise, trace, place):
    """What a figure shows of a trace, forward or backward, at a place."""
    session = Session(exercise, exercise, Address(exercise.cell.steps[0].name, place.t, (0,)))
    return View(Desk(session, trace, None), place.step, place.index)


def printed(view, name, values):
    """Numbers as they have to be printed, in the nesting of the array."""
    if getattr(values, "ndim", 0):
        return [printed(view, name, value) for value in values]
    rounded = name in rounded_names(view.exercise.cell, view.desk.t)
    return numeral(float(values), view.exercise.decimals, rounded)


def versions(figure):
    """The figure for much room and, where there is one, the figure for little."""
    return [figure, *([figure["narrow"]] if "narrow" in figure else [])]


def heatmaps(figure):
    return [trace for trace in figure["data"] if trace["type"] == "heatmap"]


def parts_of_a_product(figure, rows, columns, key):
    """W, v, terms and sums cut out of the grid: they stand apart, and cells between are empty.

    A figure for little room is without W.
    """
    operands, products, _ = (trace[key] for trace in figure["data"])
    W = [_blocks(operands, rows, columns)[0]] if "narrow" in figure else []
    terms, sums = _blocks(products, rows, columns)[0], _blocks(products, rows, 1)[-1]
    return [*W, _blocks(operands, 1, columns)[-1], terms, sums]


def _blocks(grid, rows, columns):
    """The blocks of this size with nothing around them, from left to right, then downwards."""
    full = [[cell not in (None, "") for cell in row] for row in grid]
    found = []
    for left in range(len(grid[0]) - columns + 1):
        for top in range(len(grid) - rows + 1):
            inside = [row[left : left + columns] for row in full[top : top + rows]]
            if all(map(all, inside)) and not _touched(full, top, left, rows, columns):
                found.append([row[left : left + columns] for row in grid[top : top + rows]])
    return found


def _touched(full, top, left, rows, columns):
    around = [
        (j, k)
        for j in range(top - 1, top + rows + 1)
        for k in range(left - 1, left + columns + 1)
        if not (top <= j < top + rows and left <= k < left + columns)
    ]
    inside = [(j, k) for j, k in around if 0 <= j < len(full) and 0 <= k < len(full[0])]
    return any(full[j][k] for j, k in inside)


def colour_axes(figure):
    """Every colour axis of every version: the version, the axis's name and the axis."""
    return [
        (version, key, part)
        for version in versions(figure)
        for key, part in version["layout"].items()
        if key.startswith("coloraxis")
    ]
