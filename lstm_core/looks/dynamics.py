"""One unit's memory while the input is held: where the cell goes, and where it comes to rest.

The course is that of the whole cell: h and the other units follow. Beside it stands the map of this
unit alone, from its memory to what that is a time step later, with h and the other units frozen:
the line that can be read off the equation of C. It is the cell itself that is run, so both are
right for every cell.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lstm_core.cells import facts
from lstm_core.ops import Array
from lstm_core.trace import Trace, run

POINTS, STEPS, MARGIN = 61, 40, 0.25
LONG = 400  # time steps after which a cell that has not come to rest is said to go on
_LAST = 40  # of these, the ones that say what it does at the end
_STILL = 1e-7  # a part of its size: no more than this is no move
_ROUNDS = 40  # halvings that find a fixed point to the last bits

End = Literal["rests", "circles", "grows"]


@dataclass(frozen=True, eq=False)
class Course:
    """One unit's memory, `values` (LONG + 1,), while the input is held and all else follows.

    `end` says what becomes of it: it comes to rest, circles for ever in a range, or grows.
    """

    values: Array
    end: End

    @property
    def last(self) -> float:
        """Where it is at the end."""
        return float(self.values[-1])

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest of its last values."""
        return float(self.values[-_LAST:].min()), float(self.values[-_LAST:].max())

    @property
    def settled(self) -> int:
        """How many time steps it takes until 99 % of the way to the end lie behind it for good."""
        far = np.abs(self.values - self.last) > 0.01 * abs(self.values[0] - self.last)
        return int(np.flatnonzero(far)[-1]) + 1 if far.any() else 0


@dataclass(frozen=True, eq=False)
class Cobweb:
    """One unit's memory, `state`, while the input is held.

    `course` is what the cell does. The rest is the map of the unit with h and the other units
    frozen: `after` (K,) against `before` (K,), and the points at rest, each with the slope there.
    """

    state: str
    course: Course
    before: Array
    after: Array
    rest: tuple[tuple[float, float], ...]

    @property
    def path(self) -> Array:
        """The first part of the course, to be drawn (STEPS + 1,)."""
        return self.course.values[: STEPS + 1]


def cobweb(trace: Trace, t: int, unit: int) -> Cobweb:
    """Return what becomes of a unit's memory (C, or h in a cell without C) if x_t comes for ever.

    With h frozen it would be at rest where the map meets the diagonal: for an LSTM at
    i·C̃/(1 − f), and the slope of the map is f. But h = o∘tanh(C) changes with C, and the gates
    with h, so the cell itself goes elsewhere.
    """
    state = facts(trace.cell).memory
    course = course_of(trace, t, unit)
    seen = np.array([0.0, *course.values[: STEPS + 1], *_frozen_path(trace, t, unit)])
    seen = seen[np.isfinite(seen)]
    low, high = seen.min(), seen.max()
    room = MARGIN * max(high - low, 1.0)
    before = np.linspace(low - room, high + room, POINTS)
    after = np.array([_step(trace, t, unit, x) for x in before])
    return Cobweb(state, course, before, after, _rest(trace, t, unit, before, after))


def course_of(trace: Trace, t: int, unit: int) -> Course:
    """Run the whole cell on from time step t, with its input held."""
    state = facts(trace.cell).memory
    start = {name: trace[t, name] for name in trace.cell.states}
    held = run(trace.cell, trace.params, np.tile(trace[t, "x"], (LONG, 1)), start)
    values = np.array(
        [trace[t, f"{state}_prev"][unit], *(frame[state][unit] for frame in held.frames)]
    )
    return Course(values, _end(values))


def _end(values: Array) -> End:
    last = values[-_LAST:]
    if not np.isfinite(last).all():
        return "grows"
    moves, size = np.diff(last), 1.0 + np.abs(last).max()
    if np.ptp(last) <= _STILL * size:
        return "rests"
    onward = (moves > 0).all() or (moves < 0).all()
    return "grows" if onward and abs(moves[-1]) >= 0.5 * abs(moves[0]) else "circles"


def _frozen_path(trace: Trace, t: int, unit: int) -> list[float]:
    """Where the unit would go with all else frozen: the map has to be drawn that far."""
    values = [float(trace[t, f"{facts(trace.cell).memory}_prev"][unit])]
    for _ in range(STEPS):
        values.append(_step(trace, t, unit, values[-1]))
    return values


def _step(trace: Trace, t: int, unit: int, value: float) -> float:
    """Run the cell once, with the unit's memory at `value`."""
    state = facts(trace.cell).memory
    start = {name: trace[t, name] for name in trace.cell.states}
    changed = start[f"{state}_prev"].copy()
    changed[unit] = value
    start[f"{state}_prev"] = changed
    once = run(trace.cell, trace.params, trace[t, "x"][None, :], start)
    return float(once[0, state][unit])


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
        # What the map makes of it: exact where the map is flat, as where a ReLU is off.
        found.append((_step(trace, t, unit, (low + high) / 2), float(slope)))
    return tuple(found)
