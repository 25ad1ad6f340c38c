"""Sums that cancel: 0.1 + 0.2 − 0.3 is 0 on paper, and 5.6e−17 in a computer.

Such a residue is no number of the exercise: it says how the machine rounds. It is 0 here, and so is
what follows from it, wherever the trace is looked at.
"""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from lstm_core.cell import Step
from lstm_core.marking.doubt import doubt
from lstm_core.ops import ADD, MATVEC, MATVEC_FIRST, MATVEC_LAST, Array
from lstm_core.trace import Frame, Trace, evaluate, frozen

Indices = NDArray[np.intp]
SUMS = (ADD, MATVEC, MATVEC_FIRST, MATVEC_LAST)
_LOOKED_AT = 1e-6  # what is larger can be no residue of numbers that a page shows
_ROUNDING = 2.0**-53  # of a float64, relatively


def without_residue(trace: Trace) -> Trace:
    """Return the trace with 0 for each sum that is not told from 0 by the rounding of its terms."""
    with np.errstate(all="ignore"):  # an overflow is a value to show
        looked_at = _looked_at(trace)
        has_residue = bool(looked_at.size) and _has_residue(trace, looked_at)
        return replace(trace, frames=tuple(_frames(trace))) if has_residue else trace


def _looked_at(trace: Trace) -> Indices:
    """The time steps with a small sum: to find them takes a hundredth of a closer look's time."""
    names = [step.name for step in trace.cell.steps if step.op in SUMS]
    sizes = np.abs(np.concatenate([frame[name] for frame in trace.frames for name in names]))
    small = (sizes > 0) & (sizes < _LOOKED_AT)
    return np.flatnonzero(small.reshape(len(trace), -1).any(axis=1))


def _has_residue(trace: Trace, looked_at: Indices) -> bool:
    """Whether some sum is all doubt in these time steps, which are looked at all at once."""
    frames = [trace.frames[t] for t in looked_at]
    values = {
        name: first if name in trace.cell.params else np.stack([frame[name] for frame in frames])
        for name, first in frames[0].items()
    }
    doubts = {name: _ROUNDING * np.abs(values[name]) for name in (*trace.cell.given, "x")}
    for step in trace.cell.steps:
        doubts[step.name] = _doubt(step, values, doubts)
        if step.op in SUMS and _is_residue(values[step.name], doubts[step.name]).any():
            return True
    return False


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
    made, off = frame[step.name], _doubt(step, frame, doubts)
    residue = _is_residue(made, off)
    if step.op in SUMS and residue.any():
        frame[step.name] = frozen(np.where(residue, 0.0, made))
    doubts[step.name] = off


def _doubt(step: Step, values: Frame, doubts: Frame) -> Array:
    """How far a step's values can be off, (n,), or (time steps, n) for those of many."""
    operands = [values[name] for name in step.inputs]
    return doubt(step.op, operands, [doubts[name] for name in step.inputs], _ROUNDING)


def _is_residue(made: Array, off: Array) -> NDArray[np.bool_]:
    return np.asarray((made != 0) & (np.abs(made) <= off))
