"""What a gradient is the gradient of: three losses on the last hidden state."""

from collections.abc import Callable, Mapping

import numpy as np

from lstm_core.ops import Array

# Each from h_T, the unit chosen and the target: its value, and its gradient with respect to h_T.
_LOSSES: Mapping[str, Callable[[Array, int, Array], tuple[float, Array]]] = {
    "sum": lambda h, unit, target: (float(h.sum()), np.ones_like(h)),
    "entry": lambda h, unit, target: (float(h[unit]), np.eye(len(h))[unit]),
    "squared": lambda h, unit, target: (float(((h - target) ** 2).sum()) / 2, h - target),
}
LOSSES = tuple(_LOSSES)


def loss(kind: str, h: Array, unit: int, target: Array) -> tuple[float, Array]:
    """Return L and dL/dh_T (n,): of "sum" Σ h_T, of "entry" h_T[unit], of "squared" ½Σ(h_T − y)².

    `target` is the y (n,) of the last; `unit` counts from 0. KeyError for another kind.
    """
    with np.errstate(all="ignore"):  # an overflow is a value to show
        return _LOSSES[kind](h, unit, target)
