"""Taking a part out of a cell, to see what it was for: each is the same cell with other numbers.

So what is left can be opened on every page, like any exercise.
"""

import math

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import SIGMOID, Array

SURE = 1000.0  # σ of it is 1 to the last bit, and of −1000 it is 0


def without_unit(exercise: Exercise, unit: int) -> Exercise:
    """Return the cell with nobody listening to h[unit], counted from 0: its columns become 0.

    Raises IndexError where there is no such unit.
    """
    found = exercise
    for name in exercise.params:
        column = _column_of(exercise, name, unit)
        if column is not None:
            W = exercise.params[name].copy()
            W[:, column] = 0.0
            found = found.with_array(name, W)
    return found


def _column_of(exercise: Exercise, name: str, unit: int) -> int | None:
    """Which column of a matrix meets h[unit]: of W_y at time t, of the others one time step on."""
    W = exercise.params[name]
    if W.ndim != 2:
        return None
    if not 0 <= unit < exercise.n:
        raise IndexError(f"There is no unit {unit + 1}: this cell has {exercise.n}.")
    first = 0 if name == "W_y" or exercise.order == "hx" else exercise.m
    return first + unit


def with_gate(exercise: Exercise, gate: str, value: float | Array) -> Exercise:
    """Return the cell with a gate that stays at `value`, one number or (n,), whatever comes in.

    Raises ValueError for a step that is no gate, or a value that no gate can have.
    """
    z = exercise.cell[gate].inputs[0].removeprefix("z_")
    if exercise.cell[gate].op is not SIGMOID or f"b_{z}" not in exercise.params:
        raise ValueError(f"{gate} is no gate of this cell.")
    bias = np.full(exercise.params[f"b_{z}"].shape, 0.0)
    bias[:] = [_logit(float(each)) for each in np.broadcast_to(value, bias.shape)]
    quiet = {name: np.zeros_like(exercise.params[name]) for name in (f"W_{z}", f"p_{z}")
             if name in exercise.params}  # fmt: skip
    for name, array in {**quiet, f"b_{z}": bias}.items():
        exercise = exercise.with_array(name, array)
    return exercise


def _logit(value: float) -> float:
    """The z whose σ is `value`."""
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"A gate lies between 0 and 1; given {value:g}.")
    if value in (0.0, 1.0):
        return SURE if value else -SURE
    return math.log(value / (1.0 - value))


def gates(exercise: Exercise) -> tuple[str, ...]:
    """Return the gates that can be held still: those that σ makes of weights of their own."""
    steps = exercise.cell.steps
    return tuple(s.name for s in steps if s.op is SIGMOID and s.name != "y")
