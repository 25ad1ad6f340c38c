"""Marking work done by hand: which entries are right, and which is the first wrong one.

Every entry has two targets: the truth, and what follows from the student's own earlier numbers.
How precise a number has to be is said by the number itself: its last decimal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.marking.slips.naming import Mistake, explain_wrong, truncated
from lstm_core.marking.states import WRONG, Judge
from lstm_core.marking.typed import Answers, Place, accepted, near
from lstm_core.marking.work import Seeds, Work
from lstm_core.trace import Address

ALIKE = "These mistakes cannot be told apart at this precision."
BOTH = "Two mistakes at once."
_WENT_ON = "This follows from an earlier number that is impossible."


@dataclass(frozen=True)
class Verdict:
    """What is said of one entry.

    `state` is "right", "follow" (right, from the student's earlier values), "truncated" or "drift"
    (right method, rounding), "wrong", "impossible" or "blank". `accepted` is the interval that is
    right, `mistakes` are what may have gone wrong, best first. `note` is a sentence that adds to
    the verdict; `problem` says why a text that is there could not be read.
    """

    state: str
    typed: str
    truth: float
    follow: float
    accepted: tuple[float, float]
    mistakes: tuple[Mistake, ...] = ()
    note: str = ""
    problem: str = ""


def check(
    exercise: Exercise, answers: Answers, seeds: Seeds | None = None
) -> dict[Address, Verdict]:
    """Mark answers such as {(0, "z_i"): ["22", "42", "62"]}: t, step, the text of each entry.

    Any step may be left out and any entry be blank. A step may be one of the backward pass as well,
    such as (0, "dz_f"), named as in backprop.py; a matrix is read row by row. Then `seeds` says how
    the loss depends on the values directly, as in `backward`; without it, L is the sum of the last
    h. Raises ValueError, in one plain sentence, for a step or t that the exercise does not have,
    and for more entries than there are.
    """
    with np.errstate(all="ignore"):  # typed numbers can be huge
        work = Work(exercise, answers, seeds)
        verdicts: dict[Address, Verdict] = {}
        for at in sorted(work.fields, key=work.program.order.__getitem__):
            places = np.ndindex(work.fields[at].raw.shape)
            row = zip(places, _row(work, at), strict=True)
            for index, verdict in row:
                verdicts[Address(at[1], at[0], index)] = verdict
        return verdicts


def first_wrong(verdicts: Mapping[Address, Verdict]) -> Address | None:
    """Return the first entry that is wrong or impossible, in dependency order; None if none is."""
    return next((at for at, v in verdicts.items() if v.state in WRONG), None)


def _went_on(work: Work, at: Place, j: int) -> bool:
    """Whether the entry is right if the impossible numbers before it are taken as they stand."""
    typed, step = work.number(at, j), work.program.by_place[at].step
    return typed is not None and near(
        typed.value, float(work.raw.made(at[0], step).flat[j]), typed.unit
    )


def _row(work: Work, at: Place) -> list[Verdict]:
    """Mark the entries of one step."""
    judge = Judge(work, at)
    row = [_verdict(judge, j) for j in range(len(judge.field.texts))]
    return _with_mistakes(work, at, row)


def _verdict(judge: Judge, j: int) -> Verdict:
    field, truth, follow = judge.field, judge.truth[j], judge.literal[j]
    typed = field.typed[j]
    if typed is None:
        around = accepted(truth, judge.asked)
        problem = field.problems[j]
        return Verdict("blank", field.texts[j], truth, follow, around, problem=problem)
    state, target = judge.state(j, typed)
    note = judge.note(state, typed, truth)
    around = accepted(target, typed.unit)
    follow = target if state == "follow" else follow
    return Verdict(state, field.texts[j], truth, follow, around, note=note)


def _with_mistakes(work: Work, at: Place, row: list[Verdict]) -> list[Verdict]:
    """Say what may have gone wrong in the wrong entries of one step."""
    wrong = [j for j, verdict in enumerate(row) if verdict.state in WRONG]
    for j, verdict in enumerate(row):
        if verdict.state == "truncated" and not wrong:  # else the mistake may explain this as well
            row[j] = replace(verdict, mistakes=(truncated(work.table, at[1]),))
    on = [j for j in wrong if _went_on(work, at, j)]
    for j in on:
        row[j] = replace(row[j], note=_WENT_ON)
    states = [verdict.state for verdict in row]
    for j, (mistakes, both) in explain_wrong(
        work, at, states, [j for j in wrong if j not in on]
    ).items():
        more = (BOTH if both else ALIKE) if len(mistakes) > 1 else ""
        note = " ".join(filter(None, (row[j].note, more)))
        row[j] = replace(row[j], mistakes=mistakes, note=note)
    return row
