"""The operations that only the backward pass needs, to spell every vector-Jacobian product out.

They are the end of the chain rule, so they have none themselves: nobody differentiates a gradient.
"""

from functools import reduce

import numpy as np

from lstm_core.ops import Array, Op
from lstm_core.variants.ops import FORWARD_OPS, HARD_GAIN, HARD_SIX_GAIN, hard_slope


def _part_last(a: Array, like: Array) -> Array:
    return a[len(a) - len(like) :].copy()


def _matvec_t_first(W: Array, a: Array, like: Array) -> Array:
    return W[:, : len(like)].T @ a


def _matvec_t_last(W: Array, a: Array, like: Array) -> Array:
    return W[:, W.shape[1] - len(like) :].T @ a


COPY = Op("copy", lambda a: a.copy())
NEGATIVE = Op("negative", np.negative)
SUM = Op("sum", lambda *xs: reduce(np.add, xs))
OVER_TIME = Op("over_time", lambda *xs: reduce(np.add, xs))  # one operand, of each time step
OUTER = Op("outer", np.outer)
BESIDE = Op("beside", lambda A, B: np.concatenate((A, B), axis=1))  # blocks of columns, one matrix
MATVEC_T = Op("matvec_t", lambda W, a: W.T @ a)
MATVEC_T_FIRST = Op("matvec_t_first", _matvec_t_first, sized=True)
MATVEC_T_LAST = Op("matvec_t_last", _matvec_t_last, sized=True)
PART_FIRST = Op("part_first", lambda a, like: a[: len(like)].copy(), sized=True)
PART_LAST = Op("part_last", _part_last, sized=True)
# The derivatives of the squashes, from what the squash gave (of ReLU and the hard sigmoids, from
# what it was given).
SIGMOID_SLOPE = Op("sigmoid_slope", lambda y: y * (1.0 - y))
TANH_SLOPE = Op("tanh_slope", lambda y: 1.0 - y * y)
RELU_SLOPE = Op("relu_slope", lambda z: 1.0 * (z > 0.0))
HARD_SLOPE = Op("hard_slope", lambda z: hard_slope(z, HARD_GAIN))
HARD_SIX_SLOPE = Op("hard_six_slope", lambda z: hard_slope(z, HARD_SIX_GAIN))

_PARTS = (BESIDE, MATVEC_T, MATVEC_T_FIRST, MATVEC_T_LAST, PART_FIRST, PART_LAST)
_SLOPES = (SIGMOID_SLOPE, TANH_SLOPE, RELU_SLOPE, HARD_SLOPE, HARD_SIX_SLOPE)
_ROWS = (COPY, NEGATIVE, SUM, OVER_TIME, OUTER, *_PARTS, *_SLOPES)
BACKWARD_OPS = {op.name: op for op in _ROWS}
ALL_OPS = {**FORWARD_OPS, **BACKWARD_OPS}  # what a table for each operation has to cover
