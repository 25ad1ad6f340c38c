"""What marking has to reach, row by row: what is required, and what was measured on fresh seeds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tests.core.marking.attacks import Attack, attacks, near_misses
from tests.core.marking.outcomes import stray
from tests.core.marking.relatives_named import relatives_named
from tests.core.marking.right_work import blamed_for_another, rejections
from tests.core.marking.speed import hostile, slowest

NAMED = {4: 0.98, 3: 0.98, 2: 0.85}  # the right code, of all in which one is named
DIGITS = {4: 0.9, 3: 0.7, 2: 0.4}  # the right code, of all slips of digits
FOUND, FULL, SHORT, NEAR = 0.995, 0.01, 0.02, 0.01
FIELD = 0.05  # seconds
_FEW = 10  # an attack has some 200 sheets for each seed: a tenth of the seeds will do
_RANDOM = 400  # random numbers at least: of 100, one is all that is allowed


@dataclass(frozen=True)
class Row:
    """One requirement: what was measured, and the least or the most that it may be."""

    what: str
    measured: float
    bound: float
    at_most: bool = False
    unit: str = "%"

    @property
    def met(self) -> bool:
        """Whether it is as required."""
        return self.measured <= self.bound if self.at_most else self.measured >= self.bound

    def __str__(self) -> str:
        """Return the row as it is printed."""
        measured, bound = (_number(x, self.unit) for x in (self.measured, self.bound))
        word = "at most" if self.at_most else "at least"
        return f"{self.what:<76} {measured:>8} {word:>8} {bound:>6}{'' if self.met else '  MISSED'}"


def _number(x: float, unit: str) -> str:
    return f"{100 * x:.2f}" if unit == "%" else f"{1000 * x:.1f}" if unit == "ms" else f"{x:.0f}"


def rows(seeds: range) -> Iterator[Row]:
    """Give every requirement, measured on exercises with these seeds."""
    few = seeds[: max(1, len(seeds) // _FEW)]
    yield from _right_work(seeds)
    for places in (4, 3, 2):
        yield from _attacked(few, places)
    for places in (4, 3, 2):
        yield Row(f"near misses accused, {places} decimals", near_misses(seeds, places), NEAR, True)
        random = range(seeds[0], seeds[0] + max(len(seeds), _RANDOM))
        what = f"random numbers accused without reserve, {places} decimals"
        yield Row(what, stray(random, places), NEAR, True)
        yield from _relatives(few, places)
    for what, seconds in {**slowest(seeds[0]), **hostile()}.items():
        yield Row(f"milliseconds for a field: {what}", seconds, FIELD, True, "ms")


def _right_work(seeds: range) -> Iterator[Row]:
    wrong, cut = rejections(seeds)
    for name, sheets in wrong.items():
        yield Row(f"right sheets called wrong: {name}", sheets, 0, True, "")
    for name, sheets in cut.items():
        yield Row(f"rounded sheets told “cut off”: {name}", sheets, 0, True, "")
    for name, sheets in blamed_for_another(seeds).items():
        yield Row(f"called wrong beside a number that is, and unused: {name}", sheets, 0, True, "")


def _attacked(seeds: range, places: int) -> Iterator[Row]:
    for short in (False, True):
        found = attacks(seeds, places, short)
        sheets = f"{places} decimals, {'short' if short else 'full'} sheets"
        yield Row(f"first wrong step found, {sheets}", _share(found, "step"), FOUND)
        most = SHORT if short else FULL
        yield Row(f"wrong accusations, {sheets}", _share(found, "false"), most, True)
        if not short:
            yield from _named(found, places)


def _named(found: Sequence[Attack], places: int) -> Iterator[Row]:
    """Give the right code among those named: of method and of sums; of digits, of all slips."""
    for what, these in _groups(found):
        among = _share(these, "among")
        named = among + _share(these, "false")
        if what == "digits":
            yield Row(f"right code named, {what}, {places} decimals", among, DIGITS[places])
        else:
            line = f"right code among those named, {what}, {places} decimals"
            silent = f"{line} ({100 * (1 - named):.0f} % unnamed)"
            yield Row(silent, among / max(named, 1e-9), NAMED[places])


def _groups(found: Sequence[Attack]) -> Iterator[tuple[str, list[Attack]]]:
    yield "method", [one for one in found if one.group not in ("term", "digit")]
    yield "sums of products", [one for one in found if one.group == "term"]
    yield "digits", [one for one in found if one.group == "digit"]


def _relatives(seeds: range, places: int) -> Iterator[Row]:
    rates = relatives_named(seeds, places)
    named = max(rates["among"] + rates["false"], 1e-9)
    what = f"other cells, {places} decimals"
    yield Row(f"right code among those named, {what}", rates["among"] / named, NAMED[places])
    yield Row(f"first wrong step found, {what}", rates["step"], FOUND)
    yield Row(f"wrong accusations, {what}", rates["false"], FULL, True)


def _share(found: Sequence[Attack], name: str) -> float:
    return float(np.mean([one.rates[name] for one in found]))
