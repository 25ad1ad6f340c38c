"""Slips of digits and of copying: the method is right, and the number was written down wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from lstm_core.lesson.letters import plain
from lstm_core.marking.program import Row
from lstm_core.marking.typed import near, places_of
from lstm_core.marking.work import Work
from lstm_core.ops import Array
from lstm_core.text.parsing import Typed, read_number

_DIGITS = "0123456789"
_POINT = "the right number with its decimal point {} to the {}"
_SWAPPED = "the right number with two digits swapped"
_ROUNDED = "worked out from numbers rounded to {} decimals"
_CUT = "worked out from numbers that were cut off, not rounded"


@dataclass(frozen=True)
class Guess:
    """One thing that may have happened to a number: what it would have made, and how many such."""

    code: str
    phrase: str
    fits: bool
    variants: int = 1


def digit_guesses(text: str, typed: Typed, target: float) -> Iterator[Guess]:
    """Give the slips that turn the target into another number, as it is written down."""
    value, unit = typed.value, typed.unit
    yield Guess("sign-slip", "the right number with the other sign", near(value, -target, unit))
    for factor, how, side in ((10.0, "one place", "right"), (0.1, "one place", "left")):
        fits = near(value, target * factor, unit)
        yield Guess("decimal-slip", _POINT.format(how, side), fits, 2)
    percent = near(value / 100, target, unit / 100)
    yield Guess("percent", "the right number in percent", percent)
    swapped = any(near(other, target, unit) for other in _swapped(text))
    yield Guess("digits-swapped", _SWAPPED, swapped, max(places_of(unit), 1) if unit else 1)
    yield from _one_digit(typed, target)


def _one_digit(typed: Typed, target: float) -> Iterator[Guess]:
    """Give the slips of one digit: another one, one left out, one written twice."""
    if not typed.unit or typed.value * target < 0 or not 1e-12 < typed.unit <= 1:
        return
    places = places_of(typed.unit)
    mine = f"{abs(typed.value):.{places}f}"
    right = f"{abs(target):.{places}f}"
    phrase = f"{target:.{places}f} with one digit wrong"
    differ = [a != b for a, b in zip(mine, right, strict=False)]
    wrong = len(mine) == len(right) and sum(differ) == 1
    yield Guess("wrong-digit", phrase, wrong, 9 * sum(map(str.isdigit, right)))
    longer = f"{abs(target):.{places + 1}f}"
    dropped = any(_without(longer, k) == mine for k in range(len(longer)))
    phrase = f"{target:.{places + 1}f} with one digit left out"
    yield Guess("digit-dropped", phrase, dropped and mine != right, places + 1)
    shorter = f"{abs(target):.{max(places - 1, 0)}f}"
    doubled = any(
        a == b and a in _DIGITS and _without(mine, k) == shorter
        for k, (a, b) in enumerate(pairwise(mine))
    )
    phrase = f"{target:.{max(places - 1, 0)}f} with one digit written twice"
    yield Guess("digit-doubled", phrase, doubled and mine != right, places + 1)


def _without(text: str, k: int) -> str:
    return text[:k] + text[k + 1 :]


@lru_cache(maxsize=1024)
def _swapped(text: str) -> tuple[float, ...]:
    """Every number that this text becomes when two neighbouring digits change places."""
    digits = [k for k, letter in enumerate(text) if letter in _DIGITS]
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


def copying_guesses(
    work: Work, row: Row, targets: Sequence[Array], j: int, typed: Typed
) -> Iterator[Guess]:
    """Give the slips of copying: another entry, another row of the sheet, another time step.

    `targets` are what would be right, (n,) each, for the ways in which the sheet may be rounded.
    """
    value, unit, right = typed.value, typed.unit, targets[0]
    mine = work.fields[row.at].typed
    others = [k for k in range(right.size) if k != j]
    for k in others:
        fits = _any_near(typed, targets, k)
        number = mine[k]
        both = fits and number is not None and _any_near(number, targets, j)
        phrase = f"entry {k + 1}; both are interchanged"
        yield Guess("entries-swapped", phrase, both, len(others))
        yield Guess("copied", f"what belongs to entry {k + 1}", fits and not both, len(others))
    places = [
        place  # what comes later may itself follow from this number
        for place, order in work.program.order.items()
        if order < work.program.order[row.at]
        and row.t - place[0] <= 1
        and work.true[place].size == right.size
    ]
    for place in places:
        letter = plain(work.table, place[1])
        when = "" if place[0] == row.t else f" of time step {place[0] + 1}"
        code = "stale-value" if place[1] == row.step.name else "copied"
        fits = near(value, float(work.carried[place].flat[j]), unit)
        yield Guess(code, f"{letter}{when}, copied", fits, 1 if code[0] == "s" else len(places))


def _any_near(number: Typed, targets: Sequence[Array], k: int) -> bool:
    return any(near(number.value, float(target[k]), number.unit) for target in targets)


Rough = list[tuple[str, str, Array]]  # code, phrase, what the whole step becomes


def rounding_guesses(rough: Rough, j: int, typed: Typed) -> Iterator[Guess]:
    """Give the slips that make the number from operands that were rounded too much."""
    for code, phrase, row in rough:
        fits = near(typed.value, float(row.flat[j]), typed.unit)
        yield Guess(code, phrase, fits, 2 * len(rough))


def rough(work: Work, row: Row, unit: float) -> Rough:
    """Return what the step becomes where operands were cut off, or rounded too early."""

    def of(change: object, places: int) -> Array:
        scale = 10.0**places
        function = np.trunc if change == "cut" else np.rint
        operands = (function(work.carried[read] * scale) / scale for read in row.reads)
        return np.asarray(row.step.op.forward(*operands))

    found = [("truncated", _CUT, of("cut", places_of(unit)))]
    for k in range(1, places_of(unit)):
        phrase = _ROUNDED.format(k)
        found.append(("early-rounding", phrase, of("round", k)))
        found.append(("early-rounding", phrase, work.rounded(k).made(row)))
    return found
