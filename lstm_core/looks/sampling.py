"""The stochastic reading of a gate, as an experiment: an LSTM itself never draws anything.

Each unit is switched on where u < f, with u drawn evenly from 0 to 1. One draw is a hard mask of
0 and 1; the mean of many comes to the soft gate.
"""

import numpy as np
from numpy.typing import NDArray

from lstm_core.ops import Array

MOST_DRAWS = 10_000


def uniforms(seed: int, count: int, units: int) -> Array:
    """Return u ~ U(0, 1), (count, units): the same seed begins with the same rows, however many."""
    return np.random.default_rng(seed).random((count, units))


def masks(gate: Array, u: Array) -> NDArray[np.bool_]:
    """Return the mask of each draw, (count, units): on where u < gate."""
    return u < gate


def running_mean(mask: NDArray[np.bool_]) -> Array:
    """Return the mean of the first draw, of the first two, … : the same shape as `mask`."""
    counts = np.arange(1, len(mask) + 1).reshape(-1, *(1,) * (mask.ndim - 1))
    return np.cumsum(mask, axis=0) / counts


def standard_error(gate: Array, counts: Array) -> Array:
    """Return the standard error √(f(1 − f)/count) of a mean of so many draws."""
    return np.sqrt(gate * (1.0 - gate) / counts)
