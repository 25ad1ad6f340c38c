"""One step with wrong entries, and everything that may explain them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lstm_core.marking.slips.choice import Candidate, Choice, Flags, choose
from lstm_core.marking.slips.digits import (
    Guess,
    copying_guesses,
    digit_guesses,
    rough,
    rounding_guesses,
)
from lstm_core.marking.slips.earlier import Base, Source, misread, sources
from lstm_core.marking.slips.terms import offsets
from lstm_core.marking.slips.trials import Trials
from lstm_core.marking.typed import COARSE, EXACT, FINEST, Place, on_grid, places_of
from lstm_core.marking.work import Work
from lstm_core.ops import Array

NEAR = 3.6  # units beside what is right: a slip of the last digit, of which nothing can be said
_ROUGHLY = 1.5  # units by which another entry of the same mistake may be rounded otherwise
_SETTLED = ("right", "follow")
_GENERIC = ("wrong-operand", "wrong-operation", "copied", "stale-value", "operation-twice")
_OF_Z = ("not-squashed", "relu-for-tanh", "leaky-relu")  # they may leave z as it is
_TOGETHER = ("sign-slip", "decimal-slip", "percent", "early-rounding", "stale-value", "truncated")


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

    @cached_property
    def targets(self) -> list[Array]:
        """What would be right, also for one who rounded what was not written, (n,) each."""
        ways = (way.values.made(self.row).ravel() for way in self.trials.ways[1:])
        return [*self.rights, *ways]

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
        return np.asarray((off <= NEAR * self.units) & ~whole)

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
        # A number that a formula gives need not have been copied from where it stands; and the
        # other sign of an operand is a formula: W·v − b.
        digits = [*self._of_digits()]
        direct = {(one.code, j) for one in digits for j in np.flatnonzero(one.hits)}
        formula = {("sign-slip", j) for j in np.flatnonzero(explained)}
        earlier = (
            one
            for one in self._of_earlier()
            if (direct | formula).isdisjoint((one.code, j) for j in np.flatnonzero(one.hits))
        )
        kept = (one for one in digits if one.code != "copied" or not (one.hits & explained).any())
        return [*method, *self._of_terms(), *kept, *earlier]

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
        misplaced = trial.unused and trial.slip.code in _OF_Z
        generic = trial.slip.code in _GENERIC
        return (3 if misplaced else 2 if generic else 1 if trial.unused else 0), trial.away

    def _of_terms(self) -> Iterator[Candidate]:
        found: dict[tuple[str, str, int], list[Candidate]] = {}
        for j in self.wrong:
            for place, offs in offsets(self.work, self.row, j):
                by, source = np.array([one.by for one in offs]), self.work.program.by_place[place]
                bases = [(base, base.values.made(source).flat[j] + by) for base in self.trials.ways]
                variants = Counter(one.code for one in offs)
                for k, numbers in self._hit_by(j, place, bases).items():
                    one, hit = offs[k], np.arange(len(self.units)) == j
                    what, shared = (one.code, place[1], one.phrase, hit), variants[one.code]
                    made = Candidate(*what, variants=shared, made=numbers)
                    found.setdefault((one.code, one.phrase, one.k), []).append(made)
        for alike in found.values():  # the same slip in another entry speaks for it
            hits = [one.hits for one in alike]
            numbers = np.select(hits, [one.made for one in alike], np.nan)
            yield replace(alike[0], hits=np.any(hits, axis=0), made=numbers)

    def _hit_by(self, j: int, source: Place, new: Sequence[tuple[Base, Array]]) -> dict[int, Array]:
        """Return which of the new numbers at `source` make entry j what it is, in any base.

        And what they make of it: (n,), with nothing for the other entries.
        """
        made = [base.carried_on(self.row, source, j, numbers) for base, numbers in new]
        predicted = np.full((len(new), made[0].size, len(self.units)), np.nan)
        predicted[:, :, j] = made
        fit, apart = self.hits(predicted)
        hits = (fit & apart)[:, :, j]
        ks: list[int] = np.flatnonzero(hits.any(axis=0)).tolist()
        return {k: predicted[int(hits[:, k].argmax()), k] for k in ks}

    def _of_earlier(self) -> Iterator[Candidate]:
        """Slips of digits in numbers that were not written, or that were read wrong."""
        found: dict[tuple[str, str], list[Candidate]] = {}
        for j in self.wrong:
            for source in sources(self.work, self.row, j):
                for made in self._misread(source, j):
                    found.setdefault((made.code, made.phrase), []).append(made)
        for (code, _), alike in found.items():
            together = np.any([one.hits for one in alike], axis=0)
            yield replace(alike[0], hits=together if code in _TOGETHER else alike[0].hits)

    def _misread(self, source: Source, j: int) -> Iterator[Candidate]:
        places = min(max(places_of(float(self.units[j])), 0), 6) if self.units[j] else 6
        hit, away, written = np.arange(len(self.units)) == j, source.away, source.written
        for base in self.trials.ways:
            value = float(base.values[source.at].flat[j])
            read = misread(self.work, source, value, places, j)
            variants = Counter(one.code for one in read)
            new = base, np.array([one.value for one in read])
            for k in self._hit_by(j, source.at, [new]) if read else ():
                what = read[k].code, self.at[1], read[k].phrase, hit
                yield Candidate(*what, False, away, written, variants[read[k].code])

    def _of_digits(self) -> Iterator[Candidate]:
        found: dict[str, list[Candidate]] = {}
        for j in self.wrong:
            hit = np.arange(len(self.units)) == j
            fits = (guess for guess in self._guesses(j) if guess.fits)
            # The same slip in numbers that were rounded a little otherwise counts once.
            for guess in {(guess.code, guess.phrase): guess for guess in fits}.values():
                what = guess.code, self.at[1], guess.phrase, hit
                made = Candidate(*what, variants=guess.variants)
                found.setdefault(guess.code, []).append(made)
        for code, alike in found.items():
            together = np.any([one.hits for one in alike], axis=0)
            for one in alike:
                yield replace(one, hits=together if code in _TOGETHER else one.hits)

    def _guesses(self, j: int) -> Iterator[Guess]:
        typed = self.field.typed[j]
        if typed is None or not typed.unit:  # fractions and roots are written as they are meant
            return
        for target in dict.fromkeys(float(right[j]) for right in self.targets):
            yield from digit_guesses(self.field.texts[j], typed, target)
        yield from copying_guesses(self.work, self.row, self.targets, j, typed)
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
