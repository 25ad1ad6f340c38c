"""Slips of arithmetic: the method is right, and a number went wrong on its way to the paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from lstm_core.marking.typed import COARSE, FINEST, Place, near, places_of
from lstm_core.marking.work import Work
from lstm_core.ops import Array
from lstm_core.text.parsing import Typed, read_number

_SIGN = "the right number with the other sign"
_POINT = "the right number with its decimal point one place to the {}"
_SWAPPED = "the right number with two digits swapped"
_CUT = "worked out from numbers that were cut off, not rounded"
_EARLY = "worked out from numbers rounded to {} decimals"
Rough = list[tuple[str, str, Array]]  # code, phrase, what the whole step becomes


@dataclass(frozen=True)
class Guess:
    """One thing that may have happened to a number, and whether it makes what was typed."""

    code: str
    phrase: str
    fits: bool


def of_the_digits(text: str, typed: Typed, target: float) -> Iterator[Guess]:
    """Give the slips that turn the target into another number, as it is written down."""
    value, unit = typed.value, typed.unit
    yield Guess("sign-slip", _SIGN, near(value, -target, unit))
    for factor, side in ((10.0, "right"), (0.1, "left")):
        yield Guess("decimal-slip", _POINT.format(side), near(value, target * factor, unit))
    for other in _swapped(text):
        yield Guess("digits-swapped", _SWAPPED, near(other, target, unit))


@lru_cache(maxsize=1024)
def _swapped(text: str) -> tuple[float, ...]:
    """Every number that this text becomes when two neighbouring digits change places."""
    digits = [k for k, letter in enumerate(text) if letter in "0123456789"]
    found = []
    for a, b in pairwise(digits):
        if text[a] != text[b]:
            letters = list(text)
            letters[a], letters[b] = text[b], text[a]
            found.append(_number("".join(letters)))
    return tuple(found)


def _number(text: str) -> float:
    try:
        return read_number(text).value
    except ValueError:  # as 0,123 becomes 1,023, which has two readings
        return np.nan


def of_rounding(rough: Rough, j: int, typed: Typed, target: float) -> Iterator[Guess]:
    """Give the slips that make the number from operands that were rounded too much."""
    for code, phrase, row in rough:
        value, told = float(row.flat[j]), not near(typed.value, target, typed.unit)
        yield Guess(code, phrase, told and near(typed.value, value, typed.unit))


def rough(work: Work, at: Place, unit: float) -> Rough:
    """Return what the step becomes where operands were cut off, or rounded too early."""
    if not FINEST < unit < COARSE:
        return []
    found = [("truncated", _CUT, _from(work, at, lambda x: np.trunc(x / unit) * unit))]
    for k in range(places_of(unit)):
        phrase, step = _EARLY.format(k), work.program.by_place[at].step
        found.append(("early-rounding", phrase, _from(work, at, _to(k))))
        found.append(("early-rounding", phrase, work.rounding(k)[0].made(at[0], step)))
    return found


def _to(places: int) -> Callable[[Array], Array]:
    return lambda values: np.round(values, places)


def _from(work: Work, at: Place, change: Callable[[Array], Array]) -> Array:
    row = work.program.by_place[at]
    return np.asarray(row.step.op.forward(*(change(work.carried[read]) for read in row.reads)))
