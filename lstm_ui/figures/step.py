"""From a step and the entry that is open to a figure: plain data for plotly.js.

Every number drawn is the trace's own. Numbers stand in their cells, scales are symmetric about 0,
fixed in steps and labelled, and each figure comes with a sentence or two for those who cannot see
it. A cell's `customdata` is its address on the sheet, so that a click opens that entry.
"""

from collections.abc import Callable, Mapping

import numpy as np

from lstm_ui.figures.curve import curve
from lstm_ui.figures.outer import beside, outer
from lstm_ui.figures.over_time import over_time
from lstm_ui.figures.parts import Figure
from lstm_ui.figures.product import matvec
from lstm_ui.figures.rows import concat, part, rows, unary
from lstm_ui.figures.view import View

FIGURES: Mapping[str, Callable[[View], Figure]] = {
    "concat": concat,
    "matvec": matvec,
    "matvec_first": matvec,
    "matvec_last": matvec,
    "add": rows("+"),
    "hadamard": rows("∘"),
    "one_minus": unary("1 − {}"),
    "sigmoid": curve,
    "tanh": curve,
    **dict.fromkeys(("relu", "hard", "hard_six", "none"), curve),
    **dict.fromkeys(("copy", "left_out"), rows("=")),
    "negative": unary("−{}"),
    "sum": rows("+"),
    "over_time": over_time,
    "outer": outer,
    "beside": beside,
    "matvec_t": matvec,
    "matvec_t_first": matvec,
    "matvec_t_last": matvec,
    "part_first": part,
    "part_last": part,
    "sigmoid_slope": unary("{0}∘(1 − {0})"),
    "tanh_slope": unary("1 − {0}∘{0}"),
    "relu_slope": unary("1 where {} > 0"),
    "hard_slope": unary("0.2 where −2.5 < {} < 2.5"),
    "hard_six_slope": unary("1/6 where −3 < {} < 3"),
}


def figure(view: View) -> Figure:
    """Return the figure that shows the view's operation itself."""
    with np.errstate(all="ignore"):  # an overflow is a value to show, not a warning to print
        return FIGURES[view.step.op.name](view)
