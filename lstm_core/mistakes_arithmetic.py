"""Slips of arithmetic: the method is right, and a number went wrong on its way to the paper."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np

from lstm_core.checking_work import Frame, Work, apply, near, on_grid, places_of
from lstm_core.ops import Array
from lstm_core.parsing import Typed, read_number

Found = Iterator[tuple[str, str, float]]  # code, phrase, chance of a coincidence
_SHIFTS = ((10.0, "right"), (0.1, "left"))


def arithmetic(work: Work, at: tuple[int, str, int], typed: Typed, targets: list[float]) -> Found:
    """Give the slips that make the typed number of one of the targets."""
    text = work.texts[at[0], at[1]][at[2]]
    for target in targets:
        if typed.unit:
            yield from _of_the_digits(text, typed, target)
            yield from _of_rounding(work, at, typed, target)


def _of_the_digits(text: str, typed: Typed, target: float) -> Found:
    value, unit = typed.value, typed.unit
    chance = 0.0 if on_grid(target, unit) else unit / max(abs(target), abs(value), unit)
    if near(value, -target, unit):
        yield "sign-slip", "the right number with the other sign", chance / 2
    for factor, side in _SHIFTS:
        if near(value, target * factor, unit):
            phrase = f"the right number with its decimal point one place to the {side}"
            yield "decimal-slip", phrase, chance
    swaps = _swapped(text)
    if any(near(other, target, unit) for other in swaps):
        yield "digits-swapped", "the right number with two digits swapped", chance * len(swaps) / 2


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


def _of_rounding(work: Work, at: tuple[int, str, int], typed: Typed, target: float) -> Found:
    if not 1e-12 < typed.unit < 0.05:
        return
    t, name, j = at
    places = places_of(typed.unit)
    chance = places * typed.unit / max(abs(target), abs(typed.value))
    cut = _operands(work.carried[t], lambda values: np.trunc(values / typed.unit) * typed.unit)
    if _is(work, name, j, typed, cut, target):
        yield "truncated", "worked out from numbers that were cut off, not rounded", chance
    for k in range(places):
        early = _operands(work.carried[t], _to(k))
        if any(_is(work, name, j, typed, f, target) for f in (early, work.rounding(k)[0][t])):
            phrase = f"worked out from numbers rounded to {k} decimals"
            yield "early-rounding", phrase, chance


def _to(places: int) -> Callable[[Array], Array]:
    return lambda values: np.round(values, places)


def _operands(frame: Frame, change: Callable[[Array], Array]) -> Frame:
    return {name: change(values) for name, values in frame.items()}


def _is(work: Work, name: str, j: int, typed: Typed, frame: Frame, target: float) -> bool:
    value = float(apply(work.cell[name], frame)[j])
    return near(typed.value, value, typed.unit) and abs(value - target) > typed.unit
