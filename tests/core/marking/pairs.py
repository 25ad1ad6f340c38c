"""Why two mistakes cannot be told apart: both are worked out again, on other numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.cell import Cell
from lstm_core.lesson.backward_rows import backprop
from lstm_core.marking.slips.naming import Mistake
from lstm_core.ops import Array
from lstm_core.trace import Address, run
from tests.core.marking.sheets import problem

_OTHERS = range(90_001, 90_004)  # seeds
_SAME = "one formula on this cell: in {step}, «{one}» and «{other}» are the same for any numbers"
_MEET = "two formulas that meet in these numbers: in {step}, {typed} is «{one}», and also «{other}»"
_DIGITS = "a coincidence of digits: in {step}, {typed} is «{one}», and also «{other}»"


@dataclass(frozen=True)
class Pair:
    """Two mistakes that explain the same entry."""

    one: Mistake
    other: Mistake
    at: Address

    @property
    def reason(self) -> str:
        """Return the sentence that fits, with its words still to be put in."""
        cells = self.one.cell, self.other.cell
        if problem(0).cell in cells:  # a slip of arithmetic changes nothing in the cell
            return _DIGITS
        a, b = (_worked_out(cell, self.at) for cell in cells)
        return _SAME if np.allclose(a, b, rtol=0, atol=1e-9) else _MEET


def _worked_out(cell: Cell, at: Address) -> Array:
    rows = []
    for ex in map(problem, _OTHERS):
        seeds = {(ex.T - 1, "h"): np.ones(ex.n)}
        if not any(step.name.startswith("d") for step in cell.steps):  # a slip on the way forward
            trace = run(cell, ex.params, ex.xs, ex.start)
            if at.step not in ex.cell.names:
                trace = backprop(trace, seeds)
        else:
            trace = backprop(ex.trace(), seeds, cell)
        rows.append(trace[at.t, at.step])
    return np.array(rows)


def why(pairs: Sequence[Pair]) -> list[str]:
    """Say in a sentence each why mistakes of the same two codes look alike, and how often."""
    reasons = [pair.reason for pair in pairs]
    first = dict(zip(reasons[::-1], pairs[::-1], strict=True))
    return [
        f"{times}× {_told(reason, first[reason])}."
        for reason, times in Counter(reasons).most_common()
    ]


def _told(reason: str, pair: Pair) -> str:
    (typed, one), (_, other) = (_phrase(mistake) for mistake in (pair.one, pair.other))
    return reason.format(step=pair.at.step, typed=typed, one=one, other=other)


def _phrase(mistake: Mistake) -> tuple[str, str]:
    typed, _, rest = mistake.why.partition(" is ")
    return typed, rest.partition(";")[0]
