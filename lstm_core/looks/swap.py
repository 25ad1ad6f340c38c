"""What breaks when a cell has another activation: both run side by side, and what is to be seen.

An activation is chosen for what its values are used for: a gate is a share, between 0 and 1, and a
candidate goes up and down. Each `Finding` is one number that breaks such a promise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.looks.activations import Activation, activation, swapped
from lstm_core.looks.connected import following
from lstm_core.ops import HADAMARD, Array
from lstm_core.trace import Address, Trace, run

STEPS = 50  # time steps of a trial
RUNAWAY = 10.0  # times as large as it would have been: run away
SAME = 1e-12  # of the memory's size: no more apart than this is rounding


@dataclass(frozen=True)
class Finding:
    """What was found, and the entry that shows it: see `findings` for the codes."""

    code: str
    at: Address


@dataclass(frozen=True, eq=False)
class Swap:
    """A trial: step `name` with the activation `other`; `own` and `changed` are both traces."""

    name: str
    other: Activation
    own: Trace
    changed: Trace

    @cached_property
    def kind(self) -> Activation:
        """The activation that the step has in the cell."""
        return activation(self.own.cell[self.name])

    @cached_property
    def values(self) -> tuple[Array, Array]:
        """The step's values over time, of the cell's own activation and of the other."""
        return series(self.own, self.name), series(self.changed, self.name)

    @cached_property
    def memories(self) -> tuple[Array, Array]:
        """What becomes of `memory` over time, with the one and with the other."""
        return series(self.own, self.memory), series(self.changed, self.memory)

    @cached_property
    def memory(self) -> str:
        """What the step works on: C or h, whichever comes first, or else the step itself.

        Not on what a projection mixes of all units: before it stands the cell output.
        """
        later = [step.name for step in following(self.own.cell.steps, [self.name])]
        states = facts(self.own.cell).memory, "cell_output", "h"
        return next((name for name in states if name in later), self.name)


def prolonged(xs: Array, steps: int) -> Array:
    """Return the first inputs, so many; where there are fewer, the last one is repeated."""
    return xs[np.minimum(np.arange(steps), len(xs) - 1)]


def swap(exercise: Exercise, name: str, other: Activation, steps: int = STEPS) -> Swap:
    """Run the exercise on for `steps` time steps, as it is and with `other` in step `name`."""
    xs, cell = prolonged(exercise.xs, steps), exercise.cell
    own, changed = (
        run(each, exercise.params, xs, exercise.start)
        for each in (cell, swapped(cell, name, other))
    )
    return Swap(name, other, own, changed)


def series(trace: Trace, name: str) -> Array:
    """Return a vector over time: one row for each time step."""
    return np.stack([frame[name] for frame in trace.frames])


def product(trial: Swap) -> tuple[str, str] | None:
    """Return the product that the step's values go into, and its other factor; None for no gate."""
    for step in trial.own.cell.steps:
        if step.op is HADAMARD and trial.name in step.inputs:
            (other,) = (name for name in step.inputs if name != trial.name)
            return step.name, other
    return None


def findings(trial: Swap, unit: int) -> tuple[Finding, ...]:
    """Return what breaks, each once and, where it can, of this unit.

    below       a share below 0: what it lets through changes its sign
    above       a share above 1: more comes out than there is
    one-sided   what has to go up and down is never below 0
    beyond      what has to stay between −1 and 1 does not
    runaway     the memory is RUNAWAY times as large as it ever was, or too large for a number
    differs     none of these: the largest difference that it makes
    same        not even that: both are the same, as far as numbers can tell
    """
    with np.errstate(all="ignore"):
        found = (*_of_values(trial, unit), *_of_memory(trial, unit))
        return found or (_difference(trial, unit),)


def _of_values(trial: Swap, unit: int) -> Iterator[Finding]:
    values, bounds = trial.values[1], (trial.kind.low, trial.kind.high)
    share, signed = bounds == (0.0, 1.0), bounds == (-1.0, 1.0)
    for code, applies, broken in (
        ("below", share, values < 0.0),
        ("above", share, values > 1.0),
        ("beyond", signed, np.abs(values) > 1.0),
    ):
        if applies and broken.any():
            yield Finding(code, _first(trial, broken, unit))
    lowered = trial.values[0] < 0.0
    if signed and trial.other.low >= 0.0 and lowered.any():
        # Where it was never below 0 anyway, nothing would be seen of it.
        yield Finding("one-sided", Address(trial.name, 0, (_seen_in(lowered, unit),)))


def _first(trial: Swap, broken: NDArray[np.bool_], unit: int) -> Address:
    """Return where it happens first: of this unit if it does, else of the first that does.

    Where the other factor is 0 it would not be seen: such a place is taken only if all are.
    """
    if parts := product(trial):
        seen = broken & (series(trial.changed, parts[1]) != 0.0)
        broken = seen if seen.any() else broken
    j = _seen_in(broken, unit)
    return Address(trial.name, int(np.argmax(broken[:, j])), (j,))


def _seen_in(there: NDArray[np.bool_], unit: int) -> int:
    """Return this unit if it shows it at some time step, else the first that does."""
    return unit if there[:, unit].any() else int(np.argmax(there.any(axis=0)))


def _of_memory(trial: Swap, unit: int) -> Iterator[Finding]:
    own, changed = (np.abs(one) for one in trial.memories)
    limit = RUNAWAY * np.maximum(1.0, np.max(own))
    last = np.where(np.isnan(changed[-1]), np.inf, changed[-1])
    j = unit if last[unit] > limit else int(np.argmax(last))
    if trial.memory in trial.own.cell.carry and last[j] > limit:
        yield Finding("runaway", Address(trial.memory, len(own) - 1, (j,)))


def _difference(trial: Swap, unit: int) -> Finding:
    apart = np.nan_to_num(difference(trial))
    t, j = np.unravel_index(int(np.argmax(apart)), apart.shape)
    size = np.nan_to_num(np.abs(trial.memories[0])).max()
    if apart[t, j] <= SAME * size:
        return Finding("same", Address(trial.memory, len(apart) - 1, (unit,)))
    return Finding("differs", Address(trial.memory, int(t), (int(j),)))


def difference(trial: Swap) -> Array:
    """Return how far what becomes of the memory is apart with the two, (steps, n)."""
    with np.errstate(all="ignore"):
        return np.abs(trial.memories[1] - trial.memories[0])
