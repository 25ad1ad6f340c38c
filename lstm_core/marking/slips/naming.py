"""What may have gone wrong in a step: the mistakes that give the very numbers that were typed.

A wrong accusation is worse than silence: a mistake that fits is only named where it is likelier
than a slip of no known kind.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lstm_core.cell import Cell
from lstm_core.lesson.explain import explain
from lstm_core.lesson.letters import plain
from lstm_core.marking.program import Row
from lstm_core.marking.slips.affine import affine
from lstm_core.marking.slips.choice import Candidate, Choice, Flags, choose
from lstm_core.marking.slips.digits import (
    Guess,
    copying_guesses,
    digit_guesses,
    rough,
    rounding_guesses,
)
from lstm_core.marking.slips.table import activations
from lstm_core.marking.slips.terms import carried_to, offsets
from lstm_core.marking.slips.trials import Trials
from lstm_core.marking.typed import COARSE, EXACT, FINEST, Place, on_grid, places_of
from lstm_core.marking.work import Work
from lstm_core.ops import Array
from lstm_core.trace import Address, Trace

_NEAR = 3.6  # units beside what is right: a slip of the last digit, of which nothing can be said
_ROUGHLY = 1.5  # units by which another entry of the same mistake may be rounded otherwise
_SETTLED = ("right", "follow")
_GENERIC = ("wrong-operand", "wrong-operation", "copied", "stale-value", "operation-twice")


@dataclass(frozen=True)
class Mistake:
    """A mistake: its code, the step where it was made, why it fits, and the cell that makes it."""

    code: str
    where: str
    why: str
    cell: Cell


@dataclass(frozen=True)
class Explained:
    """What is said of a wrong entry; `both` where the mistakes were made together."""

    mistakes: tuple[Mistake, ...]
    sure: str = ""
    both: bool = False


class WrongStep:
    """A step with wrong entries, and everything that may explain them."""

    def __init__(self, work: Work, at: Place, states: Sequence[str], wrong: Sequence[int]):
        self.work, self.at, self.wrong = work, at, list(wrong)
        self.row, self.field = work.program.by_place[at], work.fields[at]
        self.typed, self.units = self.field.raw.ravel(), self.field.units.ravel()
        self.right = work.carried.made(self.row).ravel()
        self.rights = (self.right, work.true[at].ravel())
        self.settled = [j for j, state in enumerate(states) if state in _SETTLED]
        self.trials = Trials(work, at, float(self.units.max()))

    @property
    def sums(self) -> bool:
        """Whether the step is a sum of products."""
        return self.row.step.op.name.startswith("matvec")

    @cached_property
    def widths(self) -> Array:
        """How large a part of the likely numbers one unit of each entry is, (n,)."""
        units = np.where(self.units > 0, self.units, EXACT)
        size = np.maximum(np.maximum(np.abs(self.right), np.abs(self.typed)), units)
        return np.asarray(units / size / 2)

    @cached_property
    def misses(self) -> Flags:
        """Which entries are a few units beside what is right; whole numbers never are."""
        off = np.min([np.abs(self.typed - right) for right in self.rights], axis=0)
        whole = np.array([self.whole(j) for j in range(len(self.units))])
        return np.asarray((off <= _NEAR * self.units) & ~whole)

    def whole(self, j: int) -> bool:
        """Return whether an entry is a whole number where what is right is one: 42 for 43."""
        unit = float(self.units[j])
        return unit >= 1 and all(on_grid(float(right[j]), unit) for right in self.rights)

    def hits(self, predicted: Array) -> tuple[Flags, Flags]:
        """Return what was typed, and what can be told from what is right, of (…, n) numbers.

        Whole numbers are worked out exactly: 42 is not 42.01 rounded, and 2 no 1.56.
        """
        size = np.abs(predicted)
        exact = self.units >= COARSE
        decimal = np.where(exact, EXACT, self.units * (0.5 + 1e-6)) + 1e-12 * size
        within = np.where(self.units > 0, decimal, EXACT * np.maximum(1.0, size))
        unit = self.units * (1 - 1e-6)
        gaps = [np.abs(predicted - right) for right in self.rights]
        fit, apart = np.abs(predicted - self.typed) <= within, np.minimum(*gaps) >= unit
        return np.asarray(fit), np.asarray(apart)

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Everything that explains an entry, or may do so."""
        method = list(self._of_method())
        explained = np.any([one.hits for one in method], axis=0) if method else self.misses & False
        # A number that a formula gives need not have been copied from where it stands.
        kept = (
            one
            for one in self._of_digits()
            if one.code != "copied" or not (one.hits & explained).any()
        )
        return [*method, *self._of_terms(), *kept]

    def _of_method(self) -> Iterator[Candidate]:
        trials = self.trials
        fit, apart = self.hits(trials.predicted)
        hits = self._with_rough(np.asarray((fit & apart).any(axis=0)), apart)
        fits: Flags = np.asarray(fit.any(axis=0))
        against: Flags = np.asarray((~fits[:, self.settled]).any(axis=1))
        variants = Counter((trial.slip.code, trial.away) for trial in trials.tried)
        fitting = np.flatnonzero(hits[:, self.wrong].any(axis=1))
        for k in self._different(fitting):
            trial = trials.tried[k]
            slip, away = trial.slip, trial.away
            what = slip.code, slip.where, slip.phrase, hits[k], bool(against[k])
            shared = variants[slip.code, away]
            yield Candidate(*what, away, trial.unused, shared, slip)

    def _with_rough(self, hits: Flags, apart: Flags) -> Flags:
        """Return the hits (trials, n) with those of entries that were rounded a little otherwise.

        Only where another entry fits to the digit, and nothing fits this one so well.
        """
        predicted = self.trials.predicted
        near_by = (np.abs(predicted - self.typed) <= _ROUGHLY * self.units) & apart
        roughly: Flags = np.asarray(near_by.any(axis=0))
        free = [not hits[:, j].any() and not self.whole(j) for j in range(len(self.units))]
        here: Flags = np.asarray(hits[:, self.wrong].any(axis=1))
        return np.asarray(hits | (roughly & here[:, None] & np.array(free)))

    def _different(self, fitting: NDArray[np.int_]) -> list[int]:
        """Return the trials without those that say in other words what another one says better.

        That a gate's z was taken where the gate stands written is said of the operand, not of the
        gate, which is right.
        """
        kept: list[int] = []
        values = self.trials.predicted[0]
        for k in sorted(fitting.tolist(), key=self._rank):
            same = (
                other
                for other in kept
                if np.all(np.abs(values[k] - values[other]) <= self.units)
                and (self._rank(other)[0] < self._rank(k)[0] or self._code(k) == self._code(other))
            )
            if next(same, None) is None:
                kept.append(k)
        return sorted(kept)

    def _code(self, k: int) -> str:
        return self.trials.tried[k].slip.code

    def _rank(self, k: int) -> tuple[int, int]:
        """Whether a trial is a mistake of its own, an operand's that was not used, or any other."""
        trial = self.trials.tried[k]
        misplaced = trial.unused and trial.slip.code == "not-squashed"
        generic = trial.slip.code in _GENERIC
        return (3 if misplaced else 2 if generic else 1 if trial.unused else 0), trial.away

    def _of_terms(self) -> Iterator[Candidate]:
        found: dict[tuple[str, str, int], list[Candidate]] = {}
        for j in self.wrong:
            source = offsets(self.work, self.row, j)
            if source is None:
                continue
            place, offs = source
            by = np.array([one.by for one in offs])
            bases = [carried_to(base, self.row, place, j, by) for base in self.trials.bases]
            predicted = np.full((len(bases), len(offs), len(self.units)), np.nan)
            predicted[:, :, j] = bases
            fit, apart = self.hits(predicted)
            variants = Counter(one.code for one in offs)
            for k in np.flatnonzero(np.asarray((fit & apart).any(axis=0))[:, j]):
                one, hit = offs[k], np.arange(len(self.units)) == j
                made = Candidate(one.code, place[1], one.phrase, hit, variants=variants[one.code])
                found.setdefault((one.code, one.phrase, one.k), []).append(made)
        for alike in found.values():  # the same slip in another entry speaks for it
            yield replace(alike[0], hits=np.any([one.hits for one in alike], axis=0))

    def _of_digits(self) -> Iterator[Candidate]:
        found: dict[str, list[Candidate]] = {}
        for j in self.wrong:
            hit = np.arange(len(self.units)) == j
            for guess in self._guesses(j):
                if guess.fits:
                    made = Candidate(
                        guess.code, self.at[1], guess.phrase, hit, variants=guess.variants
                    )
                    found.setdefault(guess.code, []).append(made)
        for code, alike in found.items():
            together = np.any([one.hits for one in alike], axis=0)
            for one in alike:
                yield replace(one, hits=together if code in _TOGETHER else one.hits)

    def _guesses(self, j: int) -> Iterator[Guess]:
        typed = self.field.typed[j]
        if typed is None or not typed.unit:  # fractions and roots are written as they are meant
            return
        targets = dict.fromkeys(float(right[j]) for right in self.rights)
        for target in targets:
            yield from digit_guesses(self.field.texts[j], typed, target)
        yield from copying_guesses(self.work, self.row, self.right, j, typed)
        if FINEST < typed.unit < COARSE:
            yield from rounding_guesses(self._rough(typed.unit), j, typed)

    def _rough(self, unit: float) -> list[tuple[str, str, Array]]:
        if unit not in self._rough_by_unit:
            self._rough_by_unit[unit] = rough(self.work, self.row, unit)
        return self._rough_by_unit[unit]

    @cached_property
    def _rough_by_unit(self) -> dict[float, list[tuple[str, str, Array]]]:
        return {}

    def chosen(self, elsewhere: frozenset[str]) -> dict[int, Choice]:
        """Return what is said of each wrong entry, where these codes were found in other steps."""
        return choose(self.candidates, self.wrong, self.widths, self.misses, elsewhere)


_TOGETHER = ("sign-slip", "decimal-slip", "percent", "early-rounding", "stale-value", "truncated")


def explain_wrong(step: WrongStep, elsewhere: frozenset[str]) -> dict[int, Explained]:
    """Return what fits the wrong entries of one step; an entry that nothing fits is left out."""
    found = {
        j: Explained(tuple(_mistake(step, one, j) for one in choice.candidates), choice.sure)
        for j, choice in step.chosen(elsewhere).items()
    }
    for j in step.wrong:
        if j not in found and (both := two_at_once(step, j)):
            found[j] = Explained(tuple(_mistake(step, one, j) for one in both), both=True)
    return found


def two_at_once(it: WrongStep, j: int) -> list[Candidate]:
    """Return a slip of the bias and one of the activation that fit together, the only two."""
    z, work = it.row.step.inputs[0], it.work
    totals = [total for *_, total, _ in affine(work.cell)]
    if z not in totals or len(it.row.step.inputs) > 1 or work.number((it.at[0], z), j):
        return []
    biases = [slip for slip in it.trials.slips if slip.where == z]
    fits = []
    squashes = list(activations(work.cell, it.row.step))
    for bias in biases:
        made = work.carried.made(Row(it.at[0], bias.changes[0], it.at[0]))
        for squash in squashes:
            value = np.full(len(it.units), np.nan)
            value[j] = squash.changes[0].op.forward(made)[j]
            fit, apart = it.hits(value)
            if fit[j] and apart[j]:
                fits.append((bias, squash))
    pairs = len(biases) * len(squashes)
    chance = pairs * float(it.widths[j])
    if len({(b.code, a.code) for b, a in fits}) != 1 or chance > 0.015 or it.misses[j]:
        return []
    hit = np.arange(len(it.units)) == j
    return [Candidate(s.code, s.where, s.phrase, hit, slip=s) for s in fits[0]]


def _mistake(it: WrongStep, one: Candidate, j: int) -> Mistake:
    """Return the slip as it is told: what was typed is …; the right working."""
    work, what = it.work, one.phrase
    local = one.slip is None or it.at[1] in one.slip.names
    if one.where != it.at[1] and not local:
        what = f"what follows from a slip in {plain(work.table, one.where)}: {what}"
    own = {step.name for step in work.cell.steps}
    cell = work.cell if one.where in own else work.table
    changed = one.slip.changed(cell) if one.slip else cell
    return Mistake(one.code, one.where, _why(it, what, j), changed)


def _why(it: WrongStep, what: str, j: int) -> str:
    unit, places = float(it.units[j]), 6
    if unit:
        places = min(max(places_of(unit), 0), 10)
    t, name = it.at
    frame = {read: it.work.carried[t, read] for read in it.row.step.inputs}
    frame[name] = np.reshape(it.right, it.field.raw.shape)
    trace = Trace(it.work.table, it.work.exercise.params, (frame,) * (t + 1))
    index = tuple(int(k) for k in np.unravel_index(j, it.field.raw.shape))
    right = explain(trace, Address(name, t, index), places)
    return f"{it.field.texts[j].strip()} is {what}; {right.substitution} = {right.result}."


def truncated(cell: Cell, name: str) -> Mistake:
    """Return the mistake of a number whose decimals were cut off."""
    return Mistake("truncated", name, "The decimals were cut off and not rounded.", cell)
