"""What was typed, as numbers: how precise each is, when it is right, and what it cannot be.

How precise a number has to be is said by the number itself: its last decimal is its `unit`. A
matrix is read row by row: its entries are counted as they are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from lstm_core.cell import Cell
from lstm_core.ops import HADAMARD, ONE_MINUS, SIGMOID, TANH, Array
from lstm_core.text.parsing import Typed, read_number

EXACT = 1e-9  # what fractions and roots are compared at
COARSE = 0.05  # units above this are 0 or 1 decimals
_SINGLE = 1e-7  # so near to a whole number, a number may have been printed as one
FINEST = 1e-12  # below this, rounding at every step is double precision's own
Bounds = tuple[float, float]
Kind = Literal["values", "raw", "digits"]
_ENOUGH_DIGITS = 2
_ADDED_UP = 5.0  # units that a total may be off where every share was rounded
_BOUNDS = {SIGMOID: (0.0, 1.0), TANH: (-1.0, 1.0)}
Place = tuple[int, str]  # the time step and the name of a step
Answers = Mapping[Place, Sequence[str]]


def near(value: float, target: float, unit: float, units: float = 0.5) -> bool:
    """Return whether `value` is within so many units of `target`, and a hair more."""
    if not unit:
        return abs(value - target) <= EXACT * max(1.0, abs(target))
    return abs(value - target) <= units * unit + 1e-12 * abs(target) + 1e-6 * unit


def cut_off(value: float, target: float, unit: float, unreached: bool = False) -> bool:
    """Return whether decimals were cut off. A whole unit is a slip: 42 is not 43 cut off.

    With `unreached` the target is one that is never reached, such as σ = 1, and only printed so:
    0.999 is what is left of it.
    """
    toward_zero = value * target >= 0 and abs(value) <= abs(target)
    lost = abs(target) - abs(value)
    return toward_zero and (lost < unit * (1 - 1e-9) or (unreached and lost <= unit * (1 + 1e-9)))


def accepted(target: float, unit: float) -> Bounds:
    """Return the interval within which a number of this precision is right."""
    half = unit / 2 if unit else EXACT * max(1.0, abs(target))
    return target - half, target + half


def on_grid(target: float, unit: float) -> bool:
    """Return whether nothing is lost by writing the target with this unit."""
    return unit > 0 and near(target / unit, float(np.round(target / unit)), 0.0)


def significant(typed: Typed) -> int:
    """Return how many significant digits a number was typed with; 0 for 0 and for exact forms."""
    if not typed.unit or not typed.value:
        return 0
    return int(np.floor(np.log10(abs(typed.value) / typed.unit) + 1e-9)) + 1


def coarse(typed: Typed, target: float) -> bool:
    """Return whether a number has so few decimals that it only says about where the target is."""
    if typed.unit < COARSE or on_grid(target, typed.unit):
        return False
    return _SINGLE < abs(typed.value - target) < typed.unit


def places_of(unit: float) -> int:
    """Return the number of decimals that a unit stands for."""
    return round(-float(np.log10(unit)))


@lru_cache(maxsize=256)
def bounds(cell: Cell, name: str) -> Bounds | None:
    """Return what no value of this step can lie outside of, or None: gates, tanh and h."""
    step = cell.get(name)
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


@dataclass(frozen=True, eq=False)
class Field:
    """The entries of one step: their texts, the numbers, and why a text could not be read.

    `raw` holds the numbers as an array, NaN where there is none; in `values` those that are not
    carried on are NaN as well: impossible ones, too coarse ones, and the sum over time in the place
    of one time step's share. `full` says that every entry can be carried on. `digits` is `values`
    with the coarse numbers that have significant digits enough to have been gone on with: 27.1.
    """

    texts: tuple[str, ...]
    typed: tuple[Typed | None, ...]
    problems: tuple[str, ...]
    raw: Array
    values: Array
    units: Array
    full: bool
    digits: Array


def read_field(
    name: str, row: Sequence[str], truth: Array, limits: Bounds | None, whole: Array | None = None
) -> Field:
    """Read the texts of one step; ValueError where there are more of them than entries.

    `truth` is what is right; where it is a share of one time step, `whole` is the sum over all.
    """
    size = truth.size
    if isinstance(row, str) or len(row) > size:
        given = "one text" if isinstance(row, str) else f"{len(row)} entries"
        raise ValueError(f"{name} takes a list of at most {size} entries; given {given}.")
    texts = (*row, *[""] * (size - len(row)))
    typed, problems = zip(*map(_parsed, texts), strict=True)
    raw = [number.value if number else np.nan for number in typed]
    carried = [
        number.value if number and _counts(number, float(target), limits) else np.nan
        for number, target in zip(typed, truth.flat, strict=True)
    ]
    for j, total in enumerate(whole.flat if whole is not None else ()):
        if (number := typed[j]) and _is_total(number, float(truth.flat[j]), float(total)):
            carried[j] = np.nan
    units = [number.unit if number else 0.0 for number in typed]
    digits = [
        number.value if number and np.isnan(one) and _has_digits(number, limits) else one
        for number, one in zip(typed, carried, strict=True)
    ]
    rows = [np.reshape(numbers, truth.shape) for numbers in (raw, carried, units, digits)]
    full = not np.isnan(carried).any()
    return Field(texts, typed, problems, rows[0], rows[1], rows[2], full, rows[3])


def _counts(number: Typed, target: float, limits: Bounds | None) -> bool:
    """Whether a number is gone on with: not if it is impossible, or too coarse to say anything."""
    return not impossible(limits, number) and not coarse(number, target)


def _has_digits(number: Typed, limits: Bounds | None) -> bool:
    """Whether a coarse number was rounded to significant digits, as 27.1 and not 0 was."""
    coarse_number = number.unit >= COARSE and not impossible(limits, number)
    return coarse_number and significant(number) >= _ENOUGH_DIGITS


def _is_total(number: Typed, share: float, total: float) -> bool:
    """Whether a number is about the total and not the share: rounding may put it a little off."""
    close = near(number.value, total, number.unit, _ADDED_UP)
    return close and not near(number.value, share, number.unit)


def _parsed(text: str) -> tuple[Typed | None, str]:
    if not text.strip():
        return None, ""
    try:
        return read_number(text), ""
    except ValueError as refused:
        return None, str(refused)


def with_typed(field: Field | None, made: Array, kind: Kind = "values") -> Array:
    """Put the typed entries over `made`."""
    if field is None:
        return made
    mine: Array = getattr(field, kind)
    return mine if field.full else np.where(np.isnan(mine), made, mine)


def with_corrections(field: Field | None, made: Array) -> Array:
    """Put the typed entries over `made`, but for those that are its rounding."""
    if field is None:
        return made
    rounding = np.abs(field.values - made) <= field.units * 0.500001 + 1e-9
    return np.where(np.isnan(field.values) | rounding, made, field.values)
