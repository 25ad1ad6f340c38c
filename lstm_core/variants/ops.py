"""The operations that only a variant has: hard sigmoids in σ's place, and what was left out.

No published cell has one of them, so they stand beside the closed set of lstm_core/ops.py.
"""

import numpy as np

from lstm_core.ops import OPS, Array, Op

HARD_GAIN, HARD_SIX_GAIN = 0.2, 1.0 / 6.0  # Keras's and PyTorch's slopes of the hard sigmoid


def _hard(name: str, gain: float) -> Op:
    """Return a hard sigmoid: gain·z + 0.5, cut off at 0 and 1."""
    return Op(
        name,
        lambda z: np.clip(gain * z + 0.5, 0.0, 1.0),
        lambda dy, y, z: (dy * hard_slope(z, gain),),
    )


def hard_slope(z: Array, gain: float) -> Array:
    """Return the derivative of a hard sigmoid: its gain where it is not cut off, else 0."""
    return np.where(np.abs(z) < 0.5 / gain, gain, 0.0)


def _identity(name: str) -> Op:
    return Op(name, np.positive, lambda dy, y, a: (dy,))


HARD, HARD_SIX = _hard("hard", HARD_GAIN), _hard("hard_six", HARD_SIX_GAIN)
NONE = _identity("none")  # an activation that is left out
LEFT_OUT = _identity("left_out")  # what is left of a product or a sum of which one part is left out

VARIANT_OPS = {op.name: op for op in (HARD, HARD_SIX, NONE, LEFT_OUT)}
FORWARD_OPS = {**OPS, **VARIANT_OPS}  # what a row of a cell can be made of
