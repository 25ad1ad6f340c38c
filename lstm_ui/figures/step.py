"""From a trace and an address to a figure: plain data for plotly.js. No Streamlit, no session.

Every number drawn is the trace's own. Numbers stand in their cells, scales are symmetric about 0,
fixed in steps and labelled, and each figure comes with a sentence or two for those who cannot see
it. A cell's `customdata` is its address on the sheet, so that a click opens that entry.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lstm_ui.figures.curve import curve
from lstm_ui.figures.outer import beside, outer
from lstm_ui.figures.parts import View
from lstm_ui.figures.product import matvec
from lstm_ui.figures.rows import concat, part, rows, unary

FIGURES: Mapping[str, Callable[[View], dict[str, Any]]] = {
    "concat": concat,
    "matvec": matvec,
    "matvec_first": matvec,
    "matvec_last": matvec,
    "add": rows("+"),
    "hadamard": rows("∘"),
    "one_minus": unary("1 − {}"),
    "sigmoid": curve,
    "tanh": curve,
    "relu": curve,
    "copy": rows("="),
    "negative": unary("−{}"),
    "sum": rows("+"),
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
}


def figure(view: View) -> dict[str, Any]:
    """Return the figure that shows the view's operation itself.

    Keys: `data` and `layout` for plotly.js; `alt`, its text alternative; `least`, the width in
    pixels that it needs, and `most`, the width that it makes use of; and, where there is one,
    `narrow`, the layout for less room, with `narrowest`, the width that this one needs. A heatmap
    has `scales` as well: the bars of its colours.
    """
    with np.errstate(all="ignore"):  # an overflow is a value to show, not a warning to print
        return FIGURES[view.step.op.name](view)
