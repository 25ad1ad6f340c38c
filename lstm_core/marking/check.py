"""Marking work done by hand: which entries are right, and which is the first wrong one.

Every entry has two targets: the truth, and what follows from the student's own earlier numbers.
How precise a number has to be is said by the number itself: its last decimal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.marking.slips.naming import Explained, Mistake, explain_wrong, truncated
from lstm_core.marking.slips.wrong_step import WrongStep
from lstm_core.marking.states import WRONG, Judge
from lstm_core.marking.typed import Answers, Field, Place, accepted, near, places_of
from lstm_core.marking.work import Seeds, Work
from lstm_core.text.numerals import numeral
from lstm_core.text.parsing import read_number
from lstm_core.trace import Address

ALIKE = "These mistakes cannot be told apart at this precision."
LIKELY = "This is the most likely; it may be another slip."
_SURE = {"one of these": ALIKE, "most likely": LIKELY}
BOTH = "Two mistakes at once."
_OFF = WRONG | {"follow"}  # what later steps may follow from
_WENT_ON = "This follows from an earlier number that is impossible."


@dataclass(frozen=True)
class Verdict:
    """What is said of one entry.

    `state` is "right", "follow" (right, from the student's earlier values), "truncated" or "drift"
    (right method, rounding), "sum" (the whole gradient of a parameter, where one time step's share
    is asked), "too coarse" (to tell), "wrong", "impossible" or "blank". `accepted`
    is the interval that is right, `mistakes` are what may have gone wrong, best first. `note` is a
    sentence that adds to the verdict; `problem` says why a text that is there could not be read.
    `sure` is "" where one mistake is named alone, else "most likely" or "one of these".
    """

    state: str
    typed: str
    truth: float
    follow: float
    accepted: tuple[float, float]
    mistakes: tuple[Mistake, ...] = ()
    note: str = ""
    problem: str = ""
    sure: str = ""


def check(
    exercise: Exercise, answers: Answers, seeds: Seeds | None = None
) -> dict[Address, Verdict]:
    """Mark answers such as {(0, "z_i"): ["22", "42", "62"]}: t, step, the text of each entry.

    Any step may be left out and any entry be blank. A step may be one of the backward pass as well,
    such as (0, "dz_f"), named as in backprop.py; a matrix is read row by row. (2, "dW_f") is the
    share of that time step in ∂L/∂W_f, and (0, "dW_f_sum") all of it. Then `seeds` says how the
    loss depends on the values directly, as in `backward`; without it, L is the sum of the last h.
    Raises ValueError, in one plain sentence, for a step or t that the exercise does not have, and
    for more entries than there are.
    """
    with np.errstate(all="ignore"):  # typed numbers can be huge
        work = Work(exercise, answers, seeds)
        rows = {
            at: _row(work, at) for at in sorted(work.fields, key=work.program.order.__getitem__)
        }
        _explain(work, rows)
        return {
            Address(name, t, index): verdict
            for (t, name), row in rows.items()
            for index, verdict in zip(np.ndindex(work.fields[t, name].raw.shape), row, strict=True)
        }


def first_wrong(verdicts: Mapping[Address, Verdict]) -> Address | None:
    """Return the first entry that is wrong or impossible, in dependency order; None if none is."""
    return next((at for at, v in verdicts.items() if v.state in WRONG), None)


def _went_on(work: Work, at: Place, j: int) -> bool:
    """Whether the entry is right if the impossible numbers before it are taken as they stand."""
    typed = work.number(at, j)
    return typed is not None and near(
        typed.value, float(work.raw.made(work.program.by_place[at]).flat[j]), typed.unit
    )


def _row(work: Work, at: Place) -> list[Verdict]:
    """Say of the entries of one step which are right; what went wrong comes later."""
    judge = Judge(work, at)
    row = [_verdict(judge, work.fields[at], j) for j in range(len(work.fields[at].texts))]
    if any(verdict.state in _OFF for verdict in row):
        work.off.add(at)
    return row


def _verdict(judge: Judge, field: Field, j: int) -> Verdict:
    truth, follow, typed = judge.truth[j], judge.literal[j], field.typed[j]
    if typed is None:
        around = accepted(truth, judge.asked)
        problem = field.problems[j]
        return Verdict("blank", field.texts[j], truth, follow, around, problem=problem)
    state, target = judge.state(j, typed)
    note = judge.note(state, typed, truth)
    around = accepted(target, typed.unit)
    follow = target if state == "follow" else follow
    return Verdict(state, field.texts[j], truth, follow, around, note=note)


def _explain(work: Work, rows: dict[Place, list[Verdict]]) -> None:
    """Say what may have gone wrong, step by step; what is sure of one speaks for it in another."""
    steps = dict(_wrong_steps(work, rows))
    codes = {at: _surely(step) for at, step in steps.items()}
    for at, step in steps.items():
        others = (found for place, found in codes.items() if place != at)
        explained = explain_wrong(step, frozenset().union(*others))
        for j in step.wrong:
            rows[at][j] = _with_mistakes(rows[at][j], explained.get(j), step)


def _wrong_steps(work: Work, rows: dict[Place, list[Verdict]]) -> Iterator[tuple[Place, WrongStep]]:
    for at, row in rows.items():
        wrong = [j for j, verdict in enumerate(row) if verdict.state in WRONG]
        for j, verdict in enumerate(row):
            if verdict.state == "truncated" and not wrong:  # else a mistake may explain it as well
                row[j] = replace(verdict, mistakes=(truncated(work.table, at[1]),))
        on = [j for j in wrong if _went_on(work, at, j)]
        for j in on:
            row[j] = replace(row[j], note=_WENT_ON)
        if left := [j for j in wrong if j not in on]:
            yield at, WrongStep(work, at, [verdict.state for verdict in row], left)


def _surely(step: WrongStep) -> frozenset[str]:
    """Return the codes that are named alone in a step, before others are asked."""
    chosen = step.chosen(frozenset()).values()
    return frozenset(one.candidates[0].code for one in chosen if not one.sure)


def _with_mistakes(verdict: Verdict, found: Explained | None, step: WrongStep) -> Verdict:
    if found is None:
        return replace(verdict, note=" ".join(filter(None, (verdict.note, _off(verdict, step)))))
    more = BOTH if found.both else _SURE.get(found.sure, "")
    note = " ".join(filter(None, (verdict.note, more)))
    return replace(verdict, mistakes=found.mistakes, note=note, sure=found.sure)


def _off(verdict: Verdict, step: WrongStep) -> str:
    """Say by how much a sum of products is off, where no mistake in it is known."""
    if not step.sums or verdict.state != "wrong":
        return ""
    typed = read_number(verdict.typed)
    places = min(max(places_of(typed.unit), 0), 10) if typed.unit else 6
    off = typed.value - verdict.follow
    return f"It is {numeral(abs(off), places)} too {'high' if off > 0 else 'low'}."
