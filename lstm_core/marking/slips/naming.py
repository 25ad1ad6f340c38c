"""What may have gone wrong in a step: the mistakes that give the very numbers that were typed.

A wrong accusation is worse than silence: a mistake that fits is only named where it is unlikely
that one of so many would fit by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.cell import Cell
from lstm_core.lesson.explain import explain
from lstm_core.lesson.latex import plain
from lstm_core.marking.fields import At
from lstm_core.marking.numbers import places_of
from lstm_core.marking.slips.affine import Slip
from lstm_core.marking.slips.choice import Choice
from lstm_core.marking.slips.fit import Fitting
from lstm_core.marking.slips.rest import Rest, arithmetic, two_at_once
from lstm_core.marking.work import Work
from lstm_core.trace import Address, Trace

_MOST = 6  # mistakes listed for one entry


@dataclass(frozen=True)
class Mistake:
    """A mistake: its code, the step where it was made, why it fits, and the cell that makes it."""

    code: str
    where: str
    why: str
    cell: Cell


Named = dict[int, tuple[tuple[Mistake, ...], bool]]  # True: all of them at once


def named(work: Work, at: At, states: Sequence[str], wrong: Sequence[int]) -> Named:
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
    own = {step.name for step in work.cell.steps}
    cell = work.cell if slip.where in own else work.table
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
