"""How parameters move along their gradient: plain, with momentum, and Adam; and clipping.

The formulas, and what their numbers are called, are those of PyTorch, so that a run there from the
same start takes the same steps.
"""

from collections.abc import Callable, Mapping

import numpy as np

from lstm_core.ops import Array

Move = Callable[[Array, Array], None]  # changes the first in place, by what the second says
MOMENTUM, FIRST, SECOND, TINY = 0.9, 0.9, 0.999, 1e-8


def clipped(gradient: Array, most: float) -> float:
    """Shorten the gradient, in place, to `most` where it is longer; return its length before."""
    length = float(np.sqrt(gradient @ gradient))
    if length > most:
        gradient *= most / (length + 1e-6)
    return length


def sgd(rate: float, size: int) -> Move:
    """Stochastic gradient descent: θ ← θ − rate·g."""

    def move(values: Array, gradient: Array) -> None:
        values -= rate * gradient

    return move


def momentum(rate: float, size: int) -> Move:
    """The same with momentum: u ← 0.9·u + g, θ ← θ − rate·u."""
    speed = np.zeros(size)

    def move(values: Array, gradient: Array) -> None:
        nonlocal speed
        speed = MOMENTUM * speed + gradient
        values -= rate * speed

    return move


def adam(rate: float, size: int) -> Move:
    """Return Adam (Kingma & Ba 2015): each parameter has a rate of its own."""
    mean, square, count = np.zeros(size), np.zeros(size), 0

    def move(values: Array, gradient: Array) -> None:
        nonlocal mean, square, count
        count += 1
        mean = mean + (1.0 - FIRST) * (gradient - mean)
        square = SECOND * square + (1.0 - SECOND) * gradient * gradient
        spread = np.sqrt(square) / np.sqrt(1.0 - SECOND**count) + TINY
        values -= rate / (1.0 - FIRST**count) * mean / spread

    return move


OPTIMISERS: Mapping[str, Callable[[float, int], Move]] = {
    "sgd": sgd,
    "momentum": momentum,
    "adam": adam,
}
