"""Slips of digits made in an earlier number: one that was not written, or that was read wrong.

Whoever writes gates and states alone may have lost a digit in z, and nobody sees it but in the
gate. A given number, or one that stands written, may be taken over wrong as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from lstm_core.backpropagation.ops import COPY, NEGATIVE, SUM
from lstm_core.lesson.letters import plain
from lstm_core.marking.program import Row
from lstm_core.marking.typed import Place
from lstm_core.marking.work import LazyValues, Work
from lstm_core.ops import ADD, HADAMARD, ONE_MINUS, RELU, SIGMOID, TANH, Array
from lstm_core.text.numerals import numeral

_BY_ENTRIES = (ADD, SUM, HADAMARD, SIGMOID, TANH, RELU, ONE_MINUS, COPY, NEGATIVE)
_FARTHEST = 3  # rows back
_MOST_PLACES = 6  # decimals of a number in which a slip of digits is looked for
_LARGEST = 1e6
_SIGN = "with the sign of {} wrong"
_POINT = "with the decimal point of {} one place off"
_SWAPPED = "with two digits of {} swapped"
_WRONG = "with one digit of {} wrong"
_LEFT_OUT = "with one digit of {} left out"
_TWICE = "with one digit of {} written twice"


@dataclass(frozen=True)
class Source:
    """An earlier number: where it is, how many rows away, and whether it stands written."""

    at: Place
    away: int
    written: bool


@dataclass(frozen=True)
class Misread:
    """What an earlier number may have become: the code, what was done, the number."""

    code: str
    phrase: str
    value: float


def sources(work: Work, row: Row, j: int) -> list[Source]:
    """Return the numbers that entry j of a row is made of, entry by entry; the nearest first."""
    found: dict[Place, Source] = {}
    todo = [(row, 1)]
    for one, away in todo:  # it grows
        for read in one.reads if one.step.op in _BY_ENTRIES else ():
            if read in found or work.true[read].ndim > 1:
                continue
            made = work.program.by_place.get(read)
            found[read] = Source(read, away, work.number(read, j) is not None)
            open_to = made is not None and not found[read].written and read[0] == row.t
            if made is not None and open_to and away < _FARTHEST:
                todo.append((made, away + 1))
    return [one for one in found.values() if not one.written or one.away == 1]


def misread(work: Work, source: Source, value: float, places: int, j: int) -> list[Misread]:
    """Return every number that a slip of digits makes of an earlier one, each once."""
    number = work.number(source.at, j)
    if number is not None and work.fields[source.at].texts[j].strip():
        text = numeral(abs(number.value), None)
    else:
        given = source.at in work.given
        text = numeral(abs(value), None) if given else f"{abs(value):.{min(places, 6)}f}"
    decimals = len(text.partition(".")[2])
    if "e" in text or decimals > _MOST_PLACES or not abs(value) < _LARGEST:
        return []
    letter, sign = plain(work.table, source.at[1]), -1.0 if value < 0 else 1.0
    made = [Misread("sign-slip", _SIGN.format(letter), -value)]
    made += [Misread(code, how.format(letter), sign * x) for code, how, x in _different(text)]
    return made


@lru_cache(maxsize=4096)
def _different(text: str) -> tuple[tuple[str, str, float], ...]:
    """Return every number that a slip of digits makes of a text, each once; not itself, nor 0.

    What became 0 was left out, and that has names of its own.
    """
    found = {float(text): None, 0.0: None}
    made = []
    for code, phrase, size in _slips(text):
        if size not in found:
            found[size] = None
            made.append((code, phrase, size))
    return tuple(made)


def _slips(text: str) -> Iterator[tuple[str, str, float]]:
    for factor in (10.0, 0.1):
        yield "decimal-slip", _POINT, float(text) * factor
    digits = [k for k, letter in enumerate(text) if letter.isdigit()]
    for a, b in pairwise(digits):
        swapped = [*text]
        swapped[a], swapped[b] = text[b], text[a]
        yield "digits-swapped", _SWAPPED, float("".join(swapped))
    for k in digits:
        for digit in "0123456789":
            yield "wrong-digit", _WRONG, float(f"{text[:k]}{digit}{text[k + 1 :]}")
    for k in digits[1:]:
        yield "digit-dropped", _LEFT_OUT, float(text[:k] + text[k + 1 :])
        yield "digit-doubled", _TWICE, float(text[: k + 1] + text[k:])


@dataclass(frozen=True, eq=False)
class Base:
    """One way to go on, and to how many decimals it rounds each step; None: it does not."""

    values: LazyValues
    places: int | None = None

    def carried_on(self, row: Row, source: Place, j: int, new: Array) -> Array:
        """Return what entry j of a row becomes where entry j of `source` is `new`, (variants,)."""
        if row.at == source:
            return new
        operands = (self._operand(row, read, source, j, new) for read in row.reads)
        return np.asarray(row.step.op.forward(*operands))

    def _operand(self, row: Row, read: Place, source: Place, j: int, new: Array) -> Array:
        before = self.values.program.by_place.get(read)
        reached = before is not None and before.at[0] == row.t and before.step.op in _BY_ENTRIES
        if read == source:
            made = new
        elif before is not None and reached and self._rests_on(before, source):
            made = self.carried_on(before, source, j, new)
        else:
            return np.full(new.shape, float(self.values[read].flat[j]))
        return made if self.places is None else np.round(made, self.places)

    def _rests_on(self, row: Row, source: Place) -> bool:
        rows = self.values.program.by_place
        return source in row.reads or any(
            read in rows and read[0] == row.t and self._rests_on(rows[read], source)
            for read in row.reads
            if row.step.op in _BY_ENTRIES
        )
