"""How precise is enough: two decimals to be marked, more where a mistake comes close to right."""

from collections.abc import Iterator

import numpy as np

from lstm_core.cell import Cell
from lstm_core.marking.habits import COPIES
from lstm_core.marking.slips.backward import backward_slips
from lstm_core.marking.slips.slip import Slip
from lstm_core.marking.slips.trials import fitting
from lstm_core.marking.slips.variants import slips_of
from lstm_core.marking.slips.weights import WEIGHTS
from lstm_core.marking.slips.wrong_step import NEAR
from lstm_core.marking.typed import EXACT
from lstm_core.ops import ADD
from lstm_core.trace import Trace

LEAST, MOST = 2, 6  # decimals
_COMMON = 0.05  # the weight of a mistake from which on it is worth more of them


def decimals_enough(trace: Trace, cell: Cell, t: int, name: str) -> int:
    """Return with how many decimals a step shows whether a common mistake was made in it.

    `trace` may hold the backward pass of `cell`. 0 where there is nothing to round: numbers that
    are copied, or whole.
    """
    step, right = trace.cell[name], trace[t, name]
    adds = step.op is ADD or step.op.name.startswith("matvec")  # a squash only looks whole
    if step.op in COPIES or (adds and np.array_equal(right, np.rint(right))):
        return 0
    apart = min(_distances(trace, cell, t, name), default=1.0)
    return int(np.clip(np.floor(np.log10(NEAR / apart)) + 1, LEAST, MOST))


def _distances(trace: Trace, cell: Cell, t: int, name: str) -> Iterator[float]:
    """Give how far each mistake made in this step leads away, in the entry that it changes most."""
    right = trace[t, name]
    for one in _slips(trace, cell):
        if one.names == {name} and WEIGHTS[one.code] >= _COMMON:
            (step,) = one.changes
            operands = [trace[t, read] for read in step.inputs]
            distance = float(np.max(np.abs(fitting(step.op, operands, right) - right)))
            if distance > EXACT:  # else it is none, with these numbers
                yield distance


def _slips(trace: Trace, cell: Cell) -> tuple[Slip, ...]:
    own = slips_of(cell, len(trace.frames[0]["v"]))
    return own if trace.cell is cell else (*own, *backward_slips(trace.cell))
