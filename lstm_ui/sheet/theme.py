"""Colours, scales and sizes, used alike by every figure, matrix and diagram.

One scale for signed numbers (ColorBrewer's RdBu, blue for positive), always symmetric about 0. The
colours of the stages stand in lstm_core/lesson/stages.py.
"""

import math
import sys

import numpy as np
from numpy.typing import ArrayLike

# The scale at −1, 0 and 1, for a light page and for a dark one, and the ink that is legible on all
# of it: the ends are pale enough, or dark enough, for one colour of text.
SCALE = ((0.0, "#ef8a62"), (0.5, "#f7f7f7"), (1.0, "#67a9cf"))
DARK_SCALE = ((0.0, "#9c4a2f"), (0.5, "#20242c"), (1.0, "#2f6a94"))
INK, DARK_INK = "#1a1a1a", "#fafafa"

CURVE, DERIVATIVE = "#0072b2", "#d55e00"

CELL_PX = 34  # the height of one row of a heatmap
FULL_TEXT = 24  # above this many columns, a heatmap's numbers are read by hovering


def limit(*values: ArrayLike) -> float:
    """Return the end of a symmetric scale: 1, 2 or 5 times a power of ten that covers `values`.

    Steps, rather than the exact maximum, so that an edit seldom changes what a colour means.
    """
    sizes = [np.abs(np.asarray(v, float)) for v in values]
    largest = max((float(s[np.isfinite(s)].max(initial=0.0)) for s in sizes), default=0.0)
    if largest <= 1.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    end = next((k * power for k in (1, 2, 5) if k * power >= largest), 10 * power)
    return min(end, sys.float_info.max)


def share(value: float, end: float) -> float:
    """Return where a number lies on the scale: −1 and 1 are its ends."""
    if math.isnan(value):
        return 0.0
    return max(-1.0, min(1.0, value / end))
