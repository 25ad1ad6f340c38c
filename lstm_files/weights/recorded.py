"""Which variant of a cell gives the numbers that a file recorded, found row by row.

A file of numbers does not name what was swapped. But it holds every step, so each row whose own
operation does not give what stands there is tried with all that it may become.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.ops import Array
from lstm_core.variants.changes import MOST, Change, changeable, operands, operations, variant
from lstm_core.variants.ops import FORWARD_OPS

Recorded = Mapping[str, Any]  # every step (T, …), as xs is, and parameters and starting states


def variant_of(base: Cell, recorded: Recorded) -> Cell | None:
    """Return the variant whose rows give what was recorded; None where none of them does."""
    over_time = _over_time(base, recorded)
    changes: list[Change] = []
    for step in base.steps:
        if step.name in over_time and not _gives(_own(step), over_time, recorded):
            ways = _ways(base, step) if len(changes) < MOST else iter(())
            found = next((way for way in ways if _gives(way, over_time, recorded)), None)
            if found is None:
                return None
            changes.append(found)
    try:
        return variant(base, tuple(changes))
    except ValueError:
        return None


def _own(step: Step) -> Change:
    return Change(step.name, step.op.name, step.inputs)


def _ways(base: Cell, step: Step) -> Iterator[Change]:
    """Give what a row may become, its own making left out."""
    for op in operations(step) if step in changeable(base) else ():
        for inputs in operands(base, step, op):
            if (op, inputs) != (step.op.name, step.inputs):
                yield Change(step.name, op, inputs)


def _over_time(base: Cell, recorded: Recorded) -> dict[str, Array]:
    """Each step's value at every time step, with x and the states that each time step begins with.

    A step that the file does not hold, or of which it has other than T values, is left out.
    """
    xs = np.atleast_1d(np.asarray(recorded["xs"], float))
    found = {name: np.asarray(recorded[name], float) for name in base.names if name in recorded}
    found = {name: a for name, a in found.items() if a.ndim and len(a) == len(xs)}
    for name, state in base.carry.items():
        if name in found and state in recorded:
            start = np.reshape(recorded[state], (1, -1))
            if start.shape[1:] == found[name].shape[1:]:
                found[state] = np.concatenate([start, found[name][:-1]])
    return {**found, "x": xs}


def _gives(way: Change, over_time: Mapping[str, Array], recorded: Recorded) -> bool:
    """Whether an operation on what was recorded gives what was recorded of its step."""
    op, wanted = FORWARD_OPS[way.op], over_time[way.step]
    if any(name not in over_time and name not in recorded for name in way.inputs):
        return False
    for t, value in enumerate(wanted):
        given = [over_time[k][t] if k in over_time else recorded[k] for k in way.inputs]
        try:
            result = op.forward(*given)
        except ValueError:
            return False  # arrays of other sizes
        if np.shape(result) != value.shape or not np.allclose(result, value, 1e-9, 1e-12):
            return False
    return True
