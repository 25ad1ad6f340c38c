"""Sums that cancel: 0.1 + 0.2 − 0.3 is 0 on paper, and 5.6e−17 in a computer.

Such a residue is no number of the exercise: it says how the machine rounds. It is 0 here, and so is
what follows from it, wherever the trace is looked at.
"""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from lstm_core.cell import Step
from lstm_core.marking.doubt import doubt
from lstm_core.ops import ADD, MATVEC, MATVEC_FIRST, MATVEC_LAST, Array
from lstm_core.trace import Frame, Trace, evaluate, frozen

SUMS = (ADD, MATVEC, MATVEC_FIRST, MATVEC_LAST)
_LOOKED_AT = 1e-6  # what is larger can be no residue of numbers that a page shows
_ROUNDING = 2.0**-53  # of a float64, relatively


def without_residue(trace: Trace) -> Trace:
    """Return the trace with 0 for each sum that is not told from 0 by the rounding of its terms."""
    with np.errstate(all="ignore"):  # an overflow is a value to show
        return replace(trace, frames=tuple(_frames(trace))) if _is_looked_at(trace) else trace


def _is_looked_at(trace: Trace) -> bool:
    """Whether any sum is small, which takes a hundredth of the time that a closer look does."""
    names = [step.name for step in trace.cell.steps if step.op in SUMS]
    sizes = np.abs(np.concatenate([frame[name] for frame in trace.frames for name in names]))
    return bool(((sizes > 0) & (sizes < _LOOKED_AT)).any())


def _frames(trace: Trace) -> Iterator[Frame]:
    steps, state = trace.cell.steps, dict[str, Array]()
    for old in trace.frames:
        frame = {name: values for name, values in old.items() if not trace.cell.get(name)} | state
        # What a time step is given counts as rounded once: doubts of all time would grow beyond it.
        doubts = {name: _ROUNDING * np.abs(values) for name, values in frame.items()}
        for step in steps:
            _work_out(step, frame, doubts)
        state = {previous: frame[name] for name, previous in trace.cell.carry.items()}
        yield MappingProxyType(frame)


def _work_out(step: Step, frame: dict[str, Array], doubts: dict[str, Array]) -> None:
    """Put a step's values and their doubts beside the others; what is all doubt is 0."""
    evaluate((step,), frame)
    made, operands = frame[step.name], [frame[name] for name in step.inputs]
    off = doubt(step.op, operands, [doubts[name] for name in step.inputs], _ROUNDING)
    residue = (made != 0) & (np.abs(made) <= off)
    if step.op in SUMS and residue.any():
        frame[step.name] = frozen(np.where(residue, 0.0, made))
    doubts[step.name] = off
