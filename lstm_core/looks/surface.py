"""A gate as a map: over two entries of v, and in gate space as one entry of v changes.

All other numbers are held still. Then z is a plane, z = 0 a straight line in it, and the gate is
the squash of the plane.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.looks.contributions import Contributions
from lstm_core.ops import Array, Op
from lstm_core.trace import Trace

Point = tuple[float, float]

# Where each squash bends, as values of z: those of a cosine that runs evenly from end to end.
_TANH_BENDS = np.arctanh(np.cos(np.pi * np.arange(1, 20) / 20))
_BENDS = {
    "sigmoid": 2.0 * _TANH_BENDS,
    "tanh": _TANH_BENDS,
    "relu": np.zeros(1),
    "hard": np.array([-2.5, 2.5]),
    "hard_six": np.array([-3.0, 3.0]),
    "none": np.zeros(0),
}


@dataclass(frozen=True, eq=False)
class Surface:
    """One unit of a gate over two entries of v, around the point where they are now."""

    squash: Op
    point: Point
    z_here: float
    slopes: Point  # ∂z/∂ each of the two entries: the weights that they meet

    def z(self, a: ArrayLike, b: ArrayLike) -> Array:
        """Return the pre-activation where the two entries are a and b."""
        (a_here, b_here), (slope_a, slope_b) = self.point, self.slopes
        with np.errstate(all="ignore"):  # an overflow is a value to show
            moved = slope_a * (np.asarray(a) - a_here) + slope_b * (np.asarray(b) - b_here)
            return np.asarray(self.z_here + moved)

    def gate(self, a: ArrayLike, b: ArrayLike) -> Array:
        """Return the gate where the two entries are a and b."""
        with np.errstate(all="ignore"):
            return np.asarray(self.squash.forward(self.z(a, b)))

    def boundary(self, reach: float) -> tuple[Point, ...]:
        """Return the two ends of the line z = 0 in the square from −reach to reach, or nothing.

        There a sigmoid gate is 0.5 and a tanh is 0.
        """
        with np.errstate(all="ignore"):
            slopes, z_0 = np.array(self.slopes), float(self.z(0.0, 0.0))
            size = np.abs(slopes).max()
            slopes, z_0 = slopes / size, z_0 / size
            nearest, along = -z_0 * slopes / (slopes @ slopes), np.array([-slopes[1], slopes[0]])
            ends = np.sort(np.array([-reach - nearest, reach - nearest]) / along, axis=0)
            first, last = np.fmax.reduce(ends[0]), np.fmin.reduce(ends[1])
        if not (np.isfinite([first, last]).all() and first < last):
            return ()
        points = np.clip([nearest + first * along, nearest + last * along], -reach, reach)
        return tuple((float(a), float(b)) for a, b in points)


def surface(
    trace: Trace, t: int, gate: str, unit: int, parts: Contributions, axes: tuple[int, int]
) -> Surface:
    """Return a unit of a gate over two entries of v; `axes` says which, and `parts` are its own."""
    first, second = axes
    values, slopes = parts.values, parts.slopes[unit]
    return Surface(
        squash=trace.cell[gate].op,
        point=(float(values[first]), float(values[second])),
        z_here=float(trace[t, parts.z][unit]),
        slopes=(float(slopes[first]), float(slopes[second])),
    )


def bends(
    trace: Trace, t: int, gate: str, parts: Contributions, k: int, ends: Point, units: Sequence[int]
) -> Array:
    """Return values of entry k of v, from one end to the other, at which its line has to be drawn.

    These units of the gate bend where their own z is small, and each somewhere else: with large
    weights on a small part of the way. So each is sampled by its z, as densely as the squash bends.
    Straight pieces between the samples stay within 0.01 of the true line, in parts of the gate's
    range.
    """
    (low, high), z, slopes = sorted(ends), trace[t, parts.z], parts.slopes[:, k]
    levels = _BENDS[trace.cell[gate].op.name]
    with np.errstate(all="ignore"):  # where a weight is 0, z does not move: no sample
        found = parts.values[k] + np.concatenate([(levels - z[j]) / slopes[j] for j in units])
    found = np.unique(np.concatenate((found[(low < found) & (found < high)], ends)))
    return found if ends[0] <= ends[1] else found[::-1]


def toggled(trace: Trace, t: int, parts: Contributions, k: int, values: Array) -> Array:
    """Return z (len(values), n) as entry k of v takes these values and nothing else changes."""
    with np.errstate(all="ignore"):
        moved = np.multiply.outer(values - parts.values[k], parts.slopes[:, k])
        return np.asarray(trace[t, parts.z] + moved)
