"""The table of verdicts: which state an entry has, and why it has no other."""

from functools import cached_property

import numpy as np

from lstm_core.marking.program import above
from lstm_core.marking.typed import (
    COARSE,
    FINEST,
    Place,
    bounds,
    cut_off,
    impossible,
    near,
    on_grid,
    places_of,
)
from lstm_core.marking.work import LazyValues, Work
from lstm_core.text.numerals import numeral
from lstm_core.text.parsing import Typed

WRONG = frozenset(("wrong", "impossible"))
_COARSE = "With 0 or 1 decimals, right and wrong cannot always be told apart: type two or more."


class Judge:
    """One step of a sheet, and everything that its entries are compared with, row by row."""

    def __init__(self, work: Work, at: Place):
        self.work, self.at, self.field = work, at, work.fields[at]
        self.row = work.program.by_place[at]
        self.truth: list[float] = work.true[at].ravel().tolist()
        self.literal = self._made(work.literal)
        self.limits = bounds(work.table, at[1])
        places = work.exercise.decimals
        self.asked = 10.0**-places if places else 0.0

    def _made(self, frames: LazyValues) -> list[float]:
        numbers: list[float] = frames.made(self.at[0], self.row.step).ravel().tolist()
        return numbers

    @cached_property
    def follows(self) -> tuple[list[float], ...]:
        """What the step makes of earlier numbers: as typed, carried on, and with all digits."""
        return self.literal, self._made(self.work.carried), self._made(self.work.remembered)

    def state(self, j: int, typed: Typed) -> tuple[str, float]:
        """Return the state of an entry, and the target that its interval is around."""
        value, unit, truth = typed.value, typed.unit, self.truth[j]
        if near(value, truth, unit):
            return "right", truth
        if impossible(self.limits, typed):
            return "impossible", truth
        targets = [row[j] for row in self.follows]
        for target in targets:
            if near(value, target, unit):
                return "follow", target
        for target in (truth, *targets):
            if cut_off(value, target, unit):
                return "truncated", target
        return ("drift" if self._drifted(j, typed) else "wrong"), truth

    def _drifted(self, j: int, typed: Typed) -> bool:
        """Whether the entry is what rounding at earlier steps, written or not, makes of it."""
        if not typed.unit:
            return False
        if near(typed.value, self.truth[j], typed.unit, 2.0) and self._rounded_before:
            return True
        if not FINEST < typed.unit < COARSE:
            return False
        ways = self.work.rounding(places_of(typed.unit))
        return any(near(typed.value, self._made(way)[j], typed.unit) for way in ways)

    @cached_property
    def _rounded_before(self) -> bool:
        """Whether a number that this step rests on was typed, and is not exactly the truth."""
        fields, true, order = self.work.fields, self.work.true, self.work.program.order
        here, (t, _) = above(self.work.program, self.at), self.at
        before = (at for at in fields if at in here or (at[0] != t and order[at] < order[self.at]))
        # NaN, which is blank, is never further off.
        off = (np.abs(fields[at].values - true[at]) > 1e-12 * np.abs(true[at]) for at in before)
        return any(row.any() for row in off)

    def note(self, state: str, typed: Typed, truth: float) -> str:
        """Return a sentence on an impossible number, or on one that is too coarse."""
        if state == "impossible" and self.limits:
            low, high = (numeral(end, 0) for end in self.limits)
            return f"Impossible: this can only lie from {low} to {high}."
        if typed.unit < COARSE or state in WRONG:
            return ""
        return "" if on_grid(truth, typed.unit) else _COARSE
