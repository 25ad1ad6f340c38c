"""The table of verdicts: which state an entry has, and why it has no other."""

from functools import cached_property

import numpy as np

from lstm_core.marking.habits import COPIES, Rounding
from lstm_core.marking.program import rests_on
from lstm_core.marking.typed import (
    COARSE,
    EXACT,
    FINEST,
    Place,
    bounds,
    coarse,
    cut_off,
    impossible,
    near,
    places_of,
    significant,
)
from lstm_core.marking.work import LazyValues, Work
from lstm_core.ops import SIGMOID, TANH
from lstm_core.text.numerals import numeral
from lstm_core.text.parsing import Typed

WRONG = frozenset(("wrong", "impossible"))
COARSE_STATE, SUM_STATE = "too coarse", "sum"
_MOST_PLACES = 9  # decimals of a number for which the habits of rounding are followed
_FEWEST = 2  # significant digits of who rounds to them: one says too little
_FARTHEST = 200.0  # units that they may be off by: what is farther off need not be followed
_SINGLE = range(7, 10)  # significant digits of a number that comes from single precision
_ZEROS = 3  # of them are zeros that a program may leave out
_SHOWN_AS_1 = 1 - 1e-9  # so near to 1, a squash that is cut off may still be 0.999
_SAME = 3e-7  # how near such a number has to be, relatively


class Judge:
    """One step of a sheet, and everything that its entries are compared with, row by row."""

    def __init__(self, work: Work, at: Place):
        self.work, self.at = work, at
        self.row = work.program.by_place[at]
        self.truth: list[float] = work.true[at].ravel().tolist()
        self.literal = self._made(work.literal)
        self.limits = bounds(work.table, at[1])
        places = work.exercise.decimals
        self.asked = 10.0**-places if places else 0.0

    def _made(self, values: LazyValues) -> list[float]:
        numbers: list[float] = values.made(self.row).ravel().tolist()
        return numbers

    @cached_property
    def follows(self) -> tuple[list[float], ...]:
        """What the step makes of earlier numbers: as typed, carried on, and with all digits."""
        return self.literal, self._made(self.work.carried), self._made(self.work.remembered)

    @cached_property
    def by_digits(self) -> list[float]:
        """What the step makes of numbers that were rounded to few significant digits."""
        return self._made(self.work.digits) if self.work.has_digits else self.literal

    def state(self, j: int, typed: Typed) -> tuple[str, float]:
        """Return the state of an entry, and the target that its interval is around."""
        truth = self.truth[j]
        if coarse(typed, truth):
            return ("wrong" if self._miscopied(j, typed) else COARSE_STATE), truth
        if near(typed.value, truth, typed.unit):
            return "right", truth
        if coarse(typed, self.literal[j]):
            return COARSE_STATE, self.literal[j]
        if impossible(self.limits, typed):
            percent = near(typed.value / 100, truth, typed.unit / 100)
            return ("wrong" if percent else "impossible"), truth
        found = self._right_in_its_way(j, typed) or self._without_slips(j, typed)
        found = found or ("wrong", truth)
        if found[0] in ("wrong", "truncated") and self._adds_up(j, typed):
            return SUM_STATE, truth
        return found

    @cached_property
    def _whole(self) -> "Judge | None":
        """The judge of the sum over time, where this step is one time step's share in it."""
        place = 0, f"{self.at[1]}_sum"
        return Judge(self.work, place) if place in self.work.program.by_place else None

    def _adds_up(self, j: int, typed: Typed) -> bool:
        """Return whether the sum over all time steps was given, where a share of it is asked."""
        whole = self._whole
        # What is far from the total is gone on with: then the sum over time would follow from it.
        if whole is None or not np.isnan(self.work.fields[self.at].values.flat[j]):
            return False
        right = near(typed.value, whole.truth[j], typed.unit)
        return right or whole._right_in_its_way(j, typed) is not None

    def _right_in_its_way(self, j: int, typed: Typed) -> tuple[str, float] | None:
        """Return the state and target of an entry that is not the truth, and yet not wrong."""
        value, unit, truth = typed.value, typed.unit, self.truth[j]
        for target in self._missed_by_single_precision(j, typed):
            return "right", target
        targets = [row[j] for row in self.follows]
        for target in targets:
            if near(value, target, unit):
                return ("follow" if self._goes_on_from_slips else "right"), target
        habits = self._by_habit(j, typed)
        if habits == COARSE_STATE:
            return habits, truth
        if habits in ("right", "drift"):
            return ("follow" if self._goes_on_from_slips else habits), truth
        if near(value, self.by_digits[j], unit):
            return "drift", self.by_digits[j]
        hidden = float(self.work.hidden_digits(self.row).flat[j])
        if hidden and abs(value - self.literal[j]) <= unit / 2 * (1 + 1e-6) + hidden:
            return "drift", self.literal[j]
        unreached = self.row.step.op in (SIGMOID, TANH)
        # A whole number has no decimals that could be cut off: 0 for a gate of 1 is wrong.
        ends = (truth, *targets) if unit < 1 else ()
        cut = [t for t in ends if cut_off(value, t, unit, unreached and abs(t) >= _SHOWN_AS_1)]
        if habits or cut:
            return "truncated", (*cut, truth)[0]
        return None

    def _without_slips(self, j: int, typed: Typed) -> tuple[str, float] | None:
        """Return the same for one who wrote a wrong number down, and went on with the right one."""
        found = self._goes_on_from_slips and self._by_habit(j, typed, slips=False)
        return (found, self.truth[j]) if found else None

    def _missed_by_single_precision(self, j: int, typed: Typed) -> list[float]:
        """Return the targets that single precision may have missed by so much."""
        digits, mine = self.work.significant, significant(typed)
        # Of the longest number: zeros at the end may be left out. And no hand writes 3.7e-09 for 0.
        printed = digits in _SINGLE and mine >= digits - _ZEROS
        tiny = 0 < typed.unit < 10.0**-_MOST_PLACES and mine in range(1, _SINGLE.stop)
        if not (printed or tiny):
            return []
        doubt = 2 * float(self.work.single_precision[self.at].flat[j]) + typed.unit
        targets = (self.truth[j], self.literal[j])
        return [t for t in targets if abs(typed.value - t) <= max(doubt, _SAME * abs(t))]

    def _miscopied(self, j: int, typed: Typed) -> bool:
        """Return whether a whole number stands for another one that had only to be copied."""
        return self._copies_whole(typed) and not self._by_habit(j, typed)

    def _copies_whole(self, typed: Typed) -> bool:
        return self.row.step.op in COPIES and typed.unit >= 1

    def _by_habit(self, j: int, typed: Typed, slips: bool = True) -> str:
        """Return "right", "drift" or "truncated" where a way to round explains the entry.

        So few decimals that they say nothing are too coarse, whichever way it was.
        """
        if not FINEST < typed.unit <= 1 or places_of(typed.unit) > _MOST_PLACES:
            return ""
        places = dict.fromkeys((places_of(typed.unit), *self.work.usual_places))
        found = ""
        for each in places:
            way = self._by_habit_with(self.work.habits(each, slips), j, typed)
            if way and way != "truncated":
                return way
            found = found or way
        close = slips and near(typed.value, self.truth[j], typed.unit, _FARTHEST)
        if close and _FEWEST <= self.work.digits_kept <= _MOST_PLACES:
            found = self._by_habit_with(self.work.digit_habits, j, typed) or found
        return found

    def _by_habit_with(self, followed: tuple[Rounding, LazyValues], j: int, typed: Typed) -> str:
        """Say the same of one who rounds everything else in one of these ways."""
        rounding, ways = followed
        made = ways.made(self.row)
        kept = rounding.kept(self.row.step, made)
        entry = kept.reshape(len(kept), -1)[:, j]
        unit = EXACT if self._copies_whole(typed) else typed.unit
        fits = rounding.writes(typed.value, unit, entry)
        if typed.unit >= COARSE:
            return COARSE_STATE if fits.any() else ""
        if fits[rounding.plain].any():
            return "right"
        if fits[~rounding.cut].any():
            return "drift"
        return "truncated" if fits.any() else ""

    @cached_property
    def _goes_on_from_slips(self) -> bool:
        """Whether a number that this step rests on is wrong; one only rounded is none to follow."""
        return not self.work.off.isdisjoint(rests_on(self.work.program, self.at))

    def note(self, state: str, typed: Typed, truth: float) -> str:
        """Return a sentence on an impossible number, or on one that is too coarse."""
        if state == "impossible" and self.limits:
            low, high = (numeral(end, 0) for end in self.limits)
            return f"Impossible: this can only lie from {low} to {high}."
        if state == COARSE_STATE:
            return f"Too coarse to tell: {_decimals(typed, truth)} decimals are needed here."
        if state == SUM_STATE:
            places = min(max(places_of(typed.unit), 0), 10) if typed.unit else 6
            share = f"the share of t = {self.at[0] + 1} is {numeral(truth, places, True)}"
            return f"This is the sum over all time steps; {share}."
        return ""


def _decimals(typed: Typed, truth: float) -> int:
    """Return with how many decimals, two at least, the target is no longer a coarse number."""
    coarse_number = np.round(truth, places_of(typed.unit))
    wanted = (places for places in range(2, 10) if np.round(truth, places) != coarse_number)
    return next(wanted, 10)
