"""One unit's state while the input is held still: where it goes, and where it comes to rest.

The map takes the state of one unit to what it is a time step later; the input, the other units and
h stay as they are at the time step that is looked at. It is the cell itself that is run, so the map
is right for every cell.
"""

from dataclasses import dataclass

import numpy as np

from lstm_core.cells import facts
from lstm_core.ops import Array
from lstm_core.trace import Trace, run

POINTS, STEPS, MARGIN = 61, 40, 0.25
_ROUNDS = 40  # halvings that find a fixed point to the last bits


@dataclass(frozen=True, eq=False)
class Cobweb:
    """The map of one unit's state, `after` (K,) against `before` (K,), the path that it takes from
    where the unit is, and the points at rest, each with the slope of the map there."""

    state: str
    before: Array
    after: Array
    path: Array
    rest: tuple[tuple[float, float], ...]


def cobweb(trace: Trace, t: int, unit: int) -> Cobweb:
    """Return what becomes of a unit's memory (C, or h in a cell without C) if nothing else changes.

    It is at rest where the map meets the diagonal: for an LSTM at i·C̃/(1 − f), and the slope of
    the map is f. A slope between −1 and 1 draws the state towards that point.
    """
    state = facts(trace.cell).memory
    here = float(trace[t, f"{state}_prev"][unit])
    path = _path(trace, t, unit, here)
    low, high = min(0.0, *path), max(0.0, *path)
    room = MARGIN * max(high - low, 1.0)
    before = np.linspace(low - room, high + room, POINTS)
    after = np.array([_step(trace, t, unit, x) for x in before])
    return Cobweb(state, before, after, path, _rest(trace, t, unit, before, after))


def _step(trace: Trace, t: int, unit: int, value: float) -> float:
    """Run the cell once, with the unit's memory at `value`."""
    state = facts(trace.cell).memory
    start = {name: trace[t, name] for name in trace.cell.states}
    changed = start[f"{state}_prev"].copy()
    changed[unit] = value
    start[f"{state}_prev"] = changed
    once = run(trace.cell, trace.params, trace[t, "x"][None, :], start)
    return float(once[0, state][unit])


def _path(trace: Trace, t: int, unit: int, start: float) -> Array:
    values = [start]
    for _ in range(STEPS):
        values.append(_step(trace, t, unit, values[-1]))
    return np.array(values)


def _rest(
    trace: Trace, t: int, unit: int, before: Array, after: Array
) -> tuple[tuple[float, float], ...]:
    """Where the map crosses the diagonal, by halving, and how steep it is there."""
    found = []
    gap = after - before
    for k in np.flatnonzero((gap[:-1] > 0) != (gap[1:] > 0)):
        low, high, rising = before[k], before[k + 1], gap[k] <= 0
        for _ in range(_ROUNDS):
            middle = (low + high) / 2
            above = _step(trace, t, unit, middle) > middle
            low, high = (low, middle) if above == rising else (middle, high)
        slope = (after[k + 1] - after[k]) / (before[k + 1] - before[k])
        found.append((float((low + high) / 2), float(slope)))
    return tuple(found)
