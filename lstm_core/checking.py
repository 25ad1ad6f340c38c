"""Marking work done by hand: which entries are right, and which is the first wrong one.

Every entry has two targets: the truth, and what follows from the student's own earlier numbers.
How precise a number has to be is said by the number itself: its last decimal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from lstm_core.cell import Cell
from lstm_core.checking_work import (
    COARSE,
    EXACT,
    Answers,
    Work,
    apply,
    bounds,
    impossible,
    near,
    on_grid,
    places_of,
)
from lstm_core.exercise import Exercise
from lstm_core.mistakes import Mistake, named, truncated
from lstm_core.numerals import numeral
from lstm_core.parsing import Typed
from lstm_core.trace import Address

_FINEST = 1e-12  # below this, rounding at every step is double precision's own
_COARSE = "With 0 or 1 decimals, right and wrong cannot always be told apart: type two or more."
_ALIKE = "These mistakes cannot be told apart at this precision."
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


def check(exercise: Exercise, answers: Answers) -> dict[Address, Verdict]:
    """Mark answers such as {(0, "z_i"): ["22", "42", "62"]}: t, step, the text of each entry.

    Any step may be left out and any entry be blank. Raises ValueError, in one plain sentence, for
    a step or t that the exercise does not have, and for more entries than there are.
    """
    with np.errstate(all="ignore"):  # typed numbers can be huge
        return _marked(Work(exercise, answers))


def _marked(work: Work) -> dict[Address, Verdict]:
    order = {step.name: k for k, step in enumerate(work.cell.steps)}
    verdicts: dict[Address, Verdict] = {}
    for t, name in sorted(work.fields, key=lambda at: (at[0], order[at[1]])):
        row = [_judged(work, t, name, j) for j in range(len(work.fields[t, name]))]
        row = _with_mistakes(work, t, name, row)
        verdicts |= {Address(name, t, (j,)): verdict for j, verdict in enumerate(row)}
    return verdicts


def first_wrong(verdicts: Mapping[Address, Verdict]) -> Address | None:
    """Return the first entry that is wrong or impossible, in dependency order; None if none is."""
    return next((at for at, v in verdicts.items() if v.state in ("wrong", "impossible")), None)


def _judged(work: Work, t: int, name: str, j: int) -> Verdict:
    typed, problem = work.fields[t, name][j]
    row = work.texts[t, name]
    truth = float(work.truth[t][name][j])
    follows = _follows(work, t, name, j)
    blank = Verdict("blank", row[j] if j < len(row) else "", truth, follows[0], (truth, truth))
    if typed is None:
        places = work.exercise.decimals
        around = accepted(truth, 10.0**-places if places else 0.0)
        return replace(blank, accepted=around, problem=problem)
    state, target = _state(work, (t, name, j), typed, truth, follows)
    on_target = truth if state in ("right", "wrong", "impossible") else target
    note = _coarse(typed, truth, state) or _limits(work.cell, name, state)
    follow = target if state == "follow" else follows[0]
    around = accepted(on_target, typed.unit)
    return replace(blank, state=state, follow=follow, accepted=around, note=note)


def accepted(target: float, unit: float) -> tuple[float, float]:
    """Return the interval within which a number of this precision is right."""
    half = unit / 2 if unit else EXACT * max(1.0, abs(target))
    return target - half, target + half


def _follows(work: Work, t: int, name: str, j: int) -> list[float]:
    """What the step makes of earlier numbers: as typed, carried on, carried on with all digits."""
    step = work.cell[name]
    frames = (work.literal[t], work.carried[t], work.remembered[t])
    return [float(apply(step, frame)[j]) for frame in frames]


def _state(
    work: Work, at: tuple[int, str, int], typed: Typed, truth: float, follows: list[float]
) -> tuple[str, float]:
    """The table of verdicts, and the target that was met."""
    value, unit = typed.value, typed.unit
    if near(value, truth, unit):
        return "right", truth
    if impossible(work.cell, at[1], typed):
        return "impossible", truth
    for target in follows:
        if near(value, target, unit):
            return "follow", target
    for target in (truth, *follows):
        if _cut_off(value, target, unit):
            return "truncated", target
    return ("drift" if _drifted(work, at, typed, truth) else "wrong"), truth


def _cut_off(value: float, target: float, unit: float) -> bool:
    """Whether decimals were cut off. A whole unit is a slip: 42 is not 43 cut off."""
    toward_zero = value * target >= 0 and abs(value) <= abs(target)
    return toward_zero and abs(target) - abs(value) < unit * (1 - 1e-6)


def _drifted(work: Work, at: tuple[int, str, int], typed: Typed, truth: float) -> bool:
    t, name, j = at
    if not typed.unit:
        return False
    if near(typed.value, truth, typed.unit, 2.0) and _rounded_before(work, t, name):
        return True
    if not _FINEST < typed.unit < COARSE:
        return False
    step, ways = work.cell[name], work.rounding(places_of(typed.unit))
    return any(near(typed.value, float(apply(step, way[t])[j]), typed.unit) for way in ways)


def _rounded_before(work: Work, t: int, name: str) -> bool:
    """Whether a number that this step rests on was typed, and is not exactly the truth."""
    return any(
        abs(value - true) > 1e-12 * abs(true)  # never so for NaN, which is blank
        for (s, other), row in work.values.items()
        if s < t or (s == t and other in work.above(name))
        for value, true in zip(row, work.truth[s][other], strict=True)
    )


def _coarse(typed: Typed, truth: float, state: str) -> str:
    if typed.unit < COARSE or state in ("wrong", "impossible"):
        return ""
    return "" if on_grid(truth, typed.unit) else _COARSE


def _limits(cell: Cell, name: str, state: str) -> str:
    low, high = bounds(cell, name) or (0.0, 0.0)
    where = f"from {numeral(low, 0)} to {numeral(high, 0)}"
    return f"Impossible: this lies {where}." if state == "impossible" else ""


def _with_mistakes(work: Work, t: int, name: str, row: list[Verdict]) -> list[Verdict]:
    """Say what may have gone wrong in the wrong entries of one step."""
    wrong = [j for j, verdict in enumerate(row) if verdict.state in ("wrong", "impossible")]
    on = [j for j in wrong if _went_on(work, t, name, j)]
    found = named(work, t, name, [j for j in wrong if j not in on])
    for j, verdict in enumerate(row):
        if verdict.state == "truncated":
            row[j] = replace(verdict, mistakes=(truncated(work.cell, name),))
    for j in on:
        row[j] = replace(row[j], note=_WENT_ON)
    for j, (mistakes, both) in found.items():
        more = (BOTH if both else _ALIKE) if len(mistakes) > 1 else ""
        note = " ".join(filter(None, (row[j].note, more)))
        row[j] = replace(row[j], mistakes=mistakes, note=note)
    return row


def _went_on(work: Work, t: int, name: str, j: int) -> bool:
    """Whether the entry is right if the impossible numbers before it are taken as they stand."""
    typed = work.number(t, name, j)
    target = float(apply(work.cell[name], work.raw[t])[j])
    return typed is not None and near(typed.value, target, typed.unit)
