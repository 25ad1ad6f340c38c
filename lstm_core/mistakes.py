"""What may have gone wrong in a step: the mistakes that give the very numbers that were typed.

A wrong accusation is worse than silence: a mistake that fits is only named where it is unlikely
that one of so many would fit by chance.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import prod

from lstm_core.cell import Cell
from lstm_core.checking_work import Work, apply, places_of
from lstm_core.explain import explain
from lstm_core.latex import plain
from lstm_core.mistakes_affine import Slip, affine
from lstm_core.mistakes_arithmetic import arithmetic
from lstm_core.mistakes_fit import Fits, Fitting
from lstm_core.mistakes_table import activations
from lstm_core.trace import Address, Trace

_BY_CHANCE = 0.01  # of one wrong number: above this, silence
_MOST = 6  # mistakes listed for one entry


@dataclass(frozen=True)
class Mistake:
    """A mistake: its code, the step where it was made, why it fits, and the cell that makes it."""

    code: str
    where: str
    why: str
    cell: Cell


Named = dict[int, tuple[tuple[Mistake, ...], bool]]  # True: all of them at once


def named(work: Work, t: int, name: str, wrong: list[int]) -> Named:
    """Return what fits the wrong entries of one step; an entry that nothing fits is left out."""
    if not wrong:
        return {}
    step = _OneStep(work, t, name, wrong)
    fits = step.fewest(step.likely(step.fits()))
    found: Named = {
        j: (tuple(step.mistake(slip, j) for slip in rows[:_MOST]), False)
        for j, rows in fits.items()
    }
    for j in wrong:
        if j not in found and (others := step.arithmetic(j) or step.two_at_once(j)):
            found[j] = others
    return found


class _OneStep(Fitting):
    """One step, and what is said of it."""

    def likely(self, fits: Fits) -> Fits:
        """Leave out what may well fit by chance alone."""
        by_code: dict[str, set[int]] = defaultdict(set)
        near_by: set[str] = set()
        for j, rows in fits.items():
            for slip in rows:
                by_code[slip.code].add(j)
                near_by |= {slip.code} if self.local(slip) else set()
        kept = {code for code, js in by_code.items() if self._meant(js, code in near_by)}
        return {
            j: rows for j, all_ in fits.items() if (rows := [s for s in all_ if s.code in kept])
        }

    def _meant(self, entries: Iterable[int], local: bool) -> bool:
        """Whether it is unlikely that one of all the slips fits these entries by chance."""
        tried = self.tried[True] + (0 if local else self.tried[False])
        chances = (min(1.0, tried * self._width(j, local)) for j in entries)
        return prod(chances) <= _BY_CHANCE

    def _width(self, j: int, local: bool) -> float:
        """How large a part of the likely numbers one unit is."""
        unit, right = self.typed[j].unit, float(self.right[j])
        if local and self.on_grid(j):
            return 0.0
        return unit / max(abs(right), abs(self.typed[j].value), unit) / 2

    def fewest(self, fits: Fits) -> Fits:
        """Keep the mistakes of the smallest sets that explain every entry that has one."""
        codes = list(dict.fromkeys(slip.code for rows in fits.values() for slip in rows))
        have = {j: {slip.code for slip in rows} for j, rows in fits.items()}
        for size in (1, 2, 3):
            sets = [s for s in combinations(codes, size) if all(h & {*s} for h in have.values())]
            if sets:
                kept = {code for some in sets for code in some}
                return {j: _one_each(s for s in rows if s.code in kept) for j, rows in fits.items()}
        return {j: _one_each(rows) for j, rows in fits.items()}

    def mistake(self, slip: Slip, j: int) -> Mistake:
        """Return the slip as it is told: what was typed is …; the right working."""
        what = slip.phrase
        if not self.local(slip):
            what = f"what follows from a slip in {plain(self.work.cell, slip.where)}: {what}"
        return Mistake(slip.code, slip.where, self._why(what, j), slip.changed(self.work.cell))

    def _why(self, what: str, j: int) -> str:
        typed = self.typed[j]
        text = self.work.texts[self.t, self.name][j].strip()
        places = min(max(places_of(typed.unit), 0), 10) if typed.unit else 6
        frame = {**self.work.carried[self.t], self.name: self.right}
        trace = Trace(self.work.cell, self.work.exercise.params, (frame,) * (self.t + 1))
        told = explain(trace, Address(self.name, self.t, (j,)), places)
        return f"{text} is {what}; {told.substitution} = {told.result}."

    def arithmetic(self, j: int) -> tuple[tuple[Mistake, ...], bool] | None:
        """Return the slips of arithmetic that fit."""
        targets = [float(self.right[j]), float(self.work.truth[self.t][self.name][j])]
        at = self.t, self.name, j
        rows = arithmetic(self.work, at, self.typed[j], list(dict.fromkeys(targets)))
        found = {code: phrase for code, phrase, chance in rows if chance <= _BY_CHANCE}
        cell = self.work.cell
        told = (Mistake(code, self.name, self._why(what, j), cell) for code, what in found.items())
        return (tuple(told), False) if found else None

    def two_at_once(self, j: int) -> tuple[tuple[Mistake, ...], bool] | None:
        """Return a slip of the bias and one of the activation that fit together."""
        z = self.step.inputs[0]
        totals = [z_ for *_, z_, _ in affine(self.work.cell)]
        if z not in totals or len(self.step.inputs) > 1 or self.work.number(self.t, z, j):
            return None
        pairs = [(b, a) for b in self.slips if b.where == z for a in self._activations()]
        fits = [pair for pair in pairs if self._both(*pair, j)]
        chance = len(pairs) * self._width(j, False)
        if len({(b.code, a.code) for b, a in fits}) != 1 or chance > _BY_CHANCE:
            return None
        return tuple(self.mistake(slip, j) for slip in fits[0]), True

    def _activations(self) -> list[Slip]:
        return list(activations(self.work.cell, self.step))

    def _both(self, bias: Slip, activation: Slip, j: int) -> bool:
        frame = dict(self.work.carried[self.t])
        frame[bias.where] = apply(bias.changes[0], frame)
        return self.is_it(j, float(apply(activation.changes[0], frame)[j]))


def _one_each(rows: Iterable[Slip]) -> list[Slip]:
    """One slip of each code, the first."""
    first: dict[str, Slip] = {}
    for slip in rows:
        first.setdefault(slip.code, slip)
    return list(first.values())


def truncated(cell: Cell, name: str) -> Mistake:
    """Return the mistake of a number whose decimals were cut off."""
    return Mistake("truncated", name, "The decimals were cut off and not rounded.", cell)
