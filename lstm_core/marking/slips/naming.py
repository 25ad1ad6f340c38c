"""What may have gone wrong in a step: the mistakes that give the very numbers that were typed.

A wrong accusation is worse than silence: a mistake that fits is only named where it is unlikely
that one of so many would fit by chance.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.cell import Cell
from lstm_core.lesson.explain import explain
from lstm_core.lesson.letters import plain
from lstm_core.marking.slips.affine import affine
from lstm_core.marking.slips.arithmetic import Guess, Rough, of_rounding, of_the_digits, rough
from lstm_core.marking.slips.choice import LOOSE, LOOSELY, SILENT, Choice, by_chance, limit
from lstm_core.marking.slips.fit import Fitting
from lstm_core.marking.slips.slip import Slip
from lstm_core.marking.slips.table import activations
from lstm_core.marking.typed import Place, near, places_of
from lstm_core.marking.work import Work
from lstm_core.trace import Address, Trace

_MOST = 6  # mistakes listed for one entry
Rest = Mapping[int, list[Slip]]
Guesses = Mapping[int, list[Guess]]


@dataclass(frozen=True)
class Mistake:
    """A mistake: its code, the step where it was made, why it fits, and the cell that makes it."""

    code: str
    where: str
    why: str
    cell: Cell


Explained = dict[int, tuple[tuple[Mistake, ...], bool]]  # True: all of them at once


def explain_wrong(work: Work, at: Place, states: Sequence[str], wrong: Sequence[int]) -> Explained:
    """Return what fits the wrong entries of one step; an entry that nothing fits is left out."""
    if not wrong:
        return {}
    fitting = Fitting(work, at, states, wrong)
    found = {j: (rows, False) for j, rows in _single(fitting).items()}
    left = [j for j in wrong if j not in found]
    found |= {j: (rows, True) for j in left if (rows := two_at_once(fitting, j))}
    return {
        j: (tuple(_mistake(fitting, slip, j) for slip in rows[:_MOST]), both)
        for j, (rows, both) in sorted(found.items())
    }


def _single(fitting: Fitting) -> Rest:
    """Return the single mistakes that fit: of method, and of arithmetic where none does.

    Where some entries would stay without a mistake of method, and one slip of arithmetic explains
    them all, it is that slip.
    """
    wrong, method = fitting.wrong, Choice(fitting).best()
    left = [j for j in wrong if j not in method]
    if left and len(left) < len(wrong):
        slips = arithmetic(fitting, wrong)
        one = set.intersection(*({slip.code for slip in slips.get(j, ())} for j in wrong))
        if one:
            return {j: [slip for slip in slips[j] if slip.code in one] for j in wrong}
    return {**method, **arithmetic(fitting, left)}


def _mistake(fitting: Fitting, slip: Slip, j: int) -> Mistake:
    """Return the slip as it is told: what was typed is …; the right working."""
    work, what = fitting.work, slip.phrase
    if slip.where != fitting.name and not fitting.local(slip):
        what = f"what follows from a slip in {plain(work.table, slip.where)}: {what}"
    cell = work.cell if slip.where in work.cell.names else work.table
    return Mistake(slip.code, slip.where, _why(fitting, what, j), slip.changed(cell))


def _why(it: Fitting, what: str, j: int) -> str:
    unit, places = float(it.units[j]), 6
    if unit:
        places = min(max(places_of(unit), 0), 10)
    frame = {name: it.work.carried[it.t, name] for name in it.step.inputs}
    frame[it.name] = np.reshape(it.right, it.field.raw.shape)
    trace = Trace(it.work.table, it.work.exercise.params, (frame,) * (it.t + 1))
    index = tuple(int(k) for k in np.unravel_index(j, it.field.raw.shape))
    told = explain(trace, Address(it.name, it.t, index), places)
    return f"{it.field.texts[j].strip()} is {what}; {told.substitution} = {told.result}."


def truncated(cell: Cell, name: str) -> Mistake:
    """Return the mistake of a number whose decimals were cut off."""
    return Mistake("truncated", name, "The decimals were cut off and not rounded.", cell)


def arithmetic(it: Fitting, left: Sequence[int]) -> Rest:
    """Return the slips of arithmetic that fit the entries that are left, and are no accident."""
    if not left:
        return {}
    units = {float(it.units[j]) for j in left}
    coarse = {unit: rough(it.work, it.at, unit) for unit in units}
    loose = [j for j, state in enumerate(it.states) if state in LOOSELY]
    every = {j: list(_guesses(it, j, coarse.get(float(it.units[j]), []))) for j in (*left, *loose)}
    found: dict[int, list[Slip]] = defaultdict(list)
    for code in dict.fromkeys(guess.code for j in left for guess in every[j] if guess.fits):
        fits = {j: rows for j in every if (rows := _of(code, every[j]))}
        if _meant(it, code, {j: every[j] for j in fits}, left):
            for j in fits.keys() & {*left}:
                found[j].append(Slip(code, it.name, (), fits[j][0].phrase))
    return found


def _of(code: str, guesses: Sequence[Guess]) -> list[Guess]:
    return [guess for guess in guesses if guess.fits and guess.code == code]


def _guesses(it: Fitting, j: int, coarse: Rough) -> Iterator[Guess]:
    typed = it.field.typed[j]
    if typed and typed.unit:  # fractions and roots are written as they are meant
        for target in _rights(it, j):
            yield from of_the_digits(it.field.texts[j], typed, target)
            yield from of_rounding(coarse, j, typed, target)


def _rights(it: Fitting, j: int) -> list[float]:
    return list(dict.fromkeys(float(right[j]) for right in it.rights))


def _meant(it: Fitting, code: str, every: Guesses, left: Sequence[int]) -> bool:
    """Whether it is no accident that a slip fits these entries, and the loose among them."""
    entries = [j for j in left if j in every]
    tried = max(len(every[j]) for j in entries)
    own = max(sum(guess.code == code for guess in every[j]) for j in entries)
    chance = by_chance(tried, own, map(it.width, entries), len(left))
    most = limit(all(map(it.whole, entries)), strange=len(left) - len(entries))
    return chance * LOOSE ** (len(every) - len(entries)) <= most


def two_at_once(it: Fitting, j: int) -> list[Slip]:
    """Return a slip of the bias and one of the activation that fit together."""
    z = it.step.inputs[0]
    totals = [z_ for *_, z_, _ in affine(it.work.cell)]
    if z not in totals or len(it.step.inputs) > 1 or it.work.number((it.t, z), j):
        return []
    biases = [slip for slip in it.slips if slip.where == z]
    pairs = [(bias, squash) for bias in biases for squash in activations(it.work.cell, it.step)]
    fits = [pair for pair in pairs if _both(it, *pair, j)]
    if len({(b.code, a.code) for b, a in fits}) != 1 or len(pairs) * it.width(j) > SILENT:
        return []
    return list(fits[0])


def _both(it: Fitting, bias: Slip, squash: Slip, j: int) -> bool:
    z = it.work.carried.made(it.t, bias.changes[0])
    value = float(squash.changes[0].op.forward(z)[j])
    typed, unit = float(it.typed[j]), float(it.units[j])
    apart = all(abs(value - right) >= unit * (1 - 1e-6) for right in _rights(it, j))
    return apart and near(typed, value, unit)
