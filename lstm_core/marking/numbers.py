"""When a typed number is right: how near it has to be, and what no value of a step can be."""

from functools import lru_cache

import numpy as np

from lstm_core.cell import Cell
from lstm_core.ops import HADAMARD, ONE_MINUS, SIGMOID, TANH
from lstm_core.text.parsing import Typed

EXACT = 1e-9  # what fractions and roots are compared at
COARSE = 0.05  # units above this are 0 or 1 decimals
FINEST = 1e-12  # below this, rounding at every step is double precision's own
Bounds = tuple[float, float]
_BOUNDS = {SIGMOID: (0.0, 1.0), TANH: (-1.0, 1.0)}


def near(value: float, target: float, unit: float, units: float = 0.5) -> bool:
    """Return whether `value` is within so many units of `target`, and a hair more."""
    if not unit:
        return abs(value - target) <= EXACT * max(1.0, abs(target))
    return abs(value - target) <= units * unit + 1e-12 * abs(target) + 1e-6 * unit


def cut_off(value: float, target: float, unit: float) -> bool:
    """Return whether decimals were cut off. A whole unit is a slip: 42 is not 43 cut off."""
    toward_zero = value * target >= 0 and abs(value) <= abs(target)
    return toward_zero and abs(target) - abs(value) < unit * (1 - 1e-6)


def accepted(target: float, unit: float) -> Bounds:
    """Return the interval within which a number of this precision is right."""
    half = unit / 2 if unit else EXACT * max(1.0, abs(target))
    return target - half, target + half


def on_grid(target: float, unit: float) -> bool:
    """Return whether nothing is lost by writing the target with this unit."""
    return unit > 0 and near(target / unit, float(np.round(target / unit)), 0.0)


def places_of(unit: float) -> int:
    """Return the number of decimals that a unit stands for."""
    return round(-float(np.log10(unit)))


@lru_cache(maxsize=256)
def bounds(cell: Cell, name: str) -> Bounds | None:
    """Return what no value of this step can lie outside of, or None: gates, tanh and h."""
    step = next((step for step in cell.steps if step.name == name), None)
    if step is None or step.op in _BOUNDS:
        return _BOUNDS[step.op] if step else None
    inner = [bounds(cell, operand) for operand in step.inputs]
    if step.op is ONE_MINUS and inner == [(0.0, 1.0)]:
        return 0.0, 1.0
    return (-1.0, 1.0) if step.op is HADAMARD and name == "h" and all(inner) else None


def impossible(limits: Bounds | None, typed: Typed) -> bool:
    """Return whether a number lies outside its bounds by more than rounding."""
    slack = max(typed.unit / 2, EXACT)
    return limits is not None and not limits[0] - slack <= typed.value <= limits[1] + slack
