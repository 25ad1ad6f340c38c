"""What may have gone wrong in a step: the mistakes that give the very numbers that were typed.

A wrong accusation is worse than silence: a mistake that fits is only named where it is likelier
than a slip of no known kind.
"""

from dataclasses import dataclass

import numpy as np

from lstm_core.backpropagation.rows import operand_places
from lstm_core.cell import Cell
from lstm_core.lesson.explain import explain
from lstm_core.lesson.letters import plain
from lstm_core.marking.program import Row
from lstm_core.marking.slips.affine import affine
from lstm_core.marking.slips.choice import Candidate
from lstm_core.marking.slips.table import activations
from lstm_core.marking.slips.wrong_step import WrongStep
from lstm_core.marking.typed import places_of
from lstm_core.ops import Array
from lstm_core.trace import Address, Trace


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
        change = bias.changes[0]
        reads = tuple((it.at[0], name) for name in change.inputs)
        made = work.carried.made(Row(it.at[0], change, reads))
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
    T = it.work.exercise.T
    frames: list[dict[str, Array]] = [{} for _ in range(T)]
    for at, read in operand_places(it.row.step, t, T):
        frames[at][read] = it.work.carried[at, read]
    frames[t][name] = np.reshape(it.right, it.field.raw.shape)
    trace = Trace(it.work.table, it.work.exercise.params, frames)
    index = tuple(int(k) for k in np.unravel_index(j, it.field.raw.shape))
    right = explain(trace, Address(name, t, index), places)
    return f"{it.field.texts[j].strip()} is {what}; {right.substitution} = {right.result}."


def truncated(cell: Cell, name: str) -> Mistake:
    """Return the mistake of a number whose decimals were cut off."""
    return Mistake("truncated", name, "The decimals were cut off and not rounded.", cell)
