"""From a trace and an address to a figure: plain data for plotly.js. No Streamlit, no session.

Every number drawn is the trace's own. Numbers stand in their cells, scales are symmetric about 0,
fixed in steps and labelled, and each figure comes with a sentence or two for those who cannot see
it. A cell's `customdata` is its address on the sheet, so that a click opens that entry.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from lstm_ui.figures_curve import curve
from lstm_ui.figures_product import matvec
from lstm_ui.figures_rows import binary, concat, one_minus
from lstm_ui.figures_view import View

_FIGURES: dict[str, Callable[[View], dict[str, Any]]] = {
    "concat": concat,
    "matvec": matvec,
    "matvec_first": matvec,
    "matvec_last": matvec,
    "add": binary("+"),
    "hadamard": binary("∘"),
    "one_minus": one_minus,
    "sigmoid": curve,
    "tanh": curve,
    "relu": curve,
}


def figure(view: View) -> dict[str, Any]:
    """Return the figure that shows the view's operation itself.

    Keys: `data` and `layout` for plotly.js; `alt`, its text alternative; `least`, the width in
    pixels that it needs, and `most`, the width that it makes use of; and, where there is one,
    `narrow`, the layout for less room, with `narrowest`, the width that this one needs. A heatmap
    has `scales` as well: the bars of its colours.
    """
    with np.errstate(all="ignore"):  # an overflow is a value to show, not a warning to print
        return _FIGURES[view.step.op.name](view)
