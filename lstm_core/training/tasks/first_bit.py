"""The first bit, remembered over a distance: what comes between says nothing.

x holds the bit, +1 or −1, and a mark that is 1 at the first time step alone. Only at the last time
step it is asked what the first bit was, so the gradient has to come all the way back (a short form
of task 2 of Hochreiter & Schmidhuber 1997).
"""

import numpy as np

from lstm_core.ops import Array
from lstm_core.training.tasks.task import Chance, Known, Task
from lstm_core.training.tasks.typed import bits


def _with_mark(bits: Array) -> Array:
    signs = 2.0 * bits - 1.0
    return np.stack((signs, np.arange(len(signs)) == 0), axis=1).astype(np.float64)


def _draw(chance: Chance, T: int) -> Array:
    return _with_mark(chance.randint(0, 2, T).astype(np.float64))


def _answers(xs: Array) -> tuple[Array, Array]:
    targets = np.full((len(xs), 1), float(xs[0, 0] > 0))
    asked = (np.arange(len(xs)) == len(xs) - 1).astype(np.float64)[:, None]
    return targets, asked


def _read(text: str) -> Array:
    return _with_mark(bits(text))


def _written(xs: Array) -> list[str]:
    return [str(int(sign > 0)) for sign in xs[:, 0]]


def _known(xs: Array) -> Known:
    ones, start = xs[:, 0] > 0, np.arange(len(xs)) == 0
    events = {"first bit": start, "a later 1": ones & ~start, "a later 0": ~ones & ~start}
    return Known({"first": np.full(len(xs), float(ones[0]))}, events, np.ones(len(xs), bool))


FIRST_BIT = Task(
    "first_bit", ("bit", "mark"), ("first",), 20, 60, _draw, _answers, _read, _written, _known
)
