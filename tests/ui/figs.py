"""What the tests of figures share: the views to draw, and what is in a figure."""

from lstm_core.cell import lstm
from lstm_core.numerals import numeral
from lstm_core.presets import PRESETS
from lstm_core.trace import Address
from lstm_ui.figures_view import View
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

EXERCISES = {
    **PRESETS,
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
            yield View(exercise, trace, Address(step.name, t, (exercise.n - 1,)))


def printed(view, name, values):
    """Numbers as they have to be printed, in the nesting of the array."""
    if getattr(values, "ndim", 0):
        return [printed(view, name, value) for value in values]
    rounded = name in view.exercise.cell.rounded(view.place.t)
    return numeral(float(values), view.exercise.decimals, rounded)


def heatmaps(figure):
    return [trace for trace in figure["data"] if trace["type"] == "heatmap"]


def colour_axes(figure):
    """Every colour axis of every layout: name and axis."""
    layouts = [figure[key] for key in ("layout", "narrow") if key in figure]
    return [(key, a) for part in layouts for key, a in part.items() if key.startswith("coloraxis")]
