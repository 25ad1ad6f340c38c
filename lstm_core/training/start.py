"""Where training starts: a cell with small random numbers, and zeros for its states."""

import math

import numpy as np

from lstm_core.cells import cell_named, facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.shapes import shape_in
from lstm_core.training.tasks.task import Chance, Task


def started(task: Task, cell: str, n: int, seed: int, forget_bias: float | None = None) -> Exercise:
    """Return an exercise of this cell with a read-out, as training begins.

    Each parameter is drawn between ±1/√n, as in PyTorch; `forget_bias`, where it is given, is the
    bias of the gate that keeps. Its input is one time step of zeros: the task brings others.
    """
    chance, made = Chance(seed), cell_named(cell, "hx", True)
    sizes = {"m": len(task.inputs), "n": n, "T": 1, "p": len(task.outputs)}
    sizes |= {"r": n} if made.projected else {}
    shapes = {name: shape_in(name, sizes) for name in made.given}
    params = {name: _drawn(chance, shapes[name], n) for name in made.params}
    bias = f"b_{facts(made).keeps}"
    if forget_bias is not None and bias in params:
        params[bias] = np.full(n, forget_bias)
    start = {name: np.zeros(shapes[name]) for name in made.states}
    return Exercise(made, params, np.zeros((1, sizes["m"])), start)


def _drawn(chance: Chance, shape: tuple[int, ...], n: int) -> Array:
    bound = 1.0 / math.sqrt(n)
    return chance.uniform(-bound, bound, shape)
