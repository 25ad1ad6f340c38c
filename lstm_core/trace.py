"""Running a cell gives one immutable trace: every value at every time step, by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from lstm_core import fast
from lstm_core.cell import Cell, Step
from lstm_core.ops import Array
from lstm_core.shapes import check_shapes

Frame = Mapping[str, Array]
_FLOAT = np.dtype(np.float64)
MANY = 64  # time steps from which on it pays to stack the weights and do the work in blocks


@dataclass(frozen=True, order=True)
class Address:
    """Where a number lives: the step (or parameter, input, state), the time step, the entry.

    `t` and `index` count from 0; `index` is (row,) or (row, column), and () means all of it.
    """

    step: str
    t: int = 0
    index: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Trace:
    """What a cell did: `frames[t]` maps every name of time step t to its read-only array."""

    cell: Cell
    params: Mapping[str, Array]
    frames: Sequence[Mapping[str, Array]]

    def __getitem__(self, key: Address | tuple[int, str]) -> Array:
        """Return trace[t, "f"] as a read-only array, or trace[address] as its number."""
        if isinstance(key, Address):
            values = self.frames[key.t][key.step]
            return values[key.index] if key.index else values
        t, name = key
        return self.frames[t][name]

    def __len__(self) -> int:
        """T, the number of time steps."""
        return len(self.frames)


def frozen(values: ArrayLike) -> Array:
    """Return a read-only float64 array: a copy, unless it was already read-only and its own."""
    array = np.asarray(values, _FLOAT)
    if array.flags.writeable or array.base is not None:
        array = array.copy()
        array.flags.writeable = False
    return array


def run(
    cell: Cell,
    params: Mapping[str, ArrayLike],
    xs: ArrayLike,
    start: Mapping[str, ArrayLike],
) -> Trace:
    """Run `cell` over the inputs `xs` (T, m), and keep every intermediate value.

    `params` holds weights and biases by name, `start` the states before the first time step
    ({"h_prev": (n,), "C_prev": (n,)}). Raises ValueError, naming the array, the rule and both
    shapes, where something does not fit. Arrays that are not yet read-only are copied.
    """
    both = {**params, **start}
    given = {name: frozen(both[name]) for name in cell.given if name in both}
    inputs = frozen(xs)
    check_shapes(cell, given, inputs)
    with np.errstate(all="ignore"):  # an overflow is a value to show, not a warning to print
        if len(inputs) < MANY:
            frames = _frames(cell, given, inputs)
        else:  # the first time step tells the sizes
            frames = fast.frames(cell, inputs, _frames(cell, given, inputs[:1])[0])
    return Trace(cell, MappingProxyType({name: given[name] for name in cell.params}), frames)


def evaluate(steps: Iterable[Step], values: dict[str, Array]) -> None:
    """Work the steps out, in their order, and put what each makes, read-only, beside its operands.

    This is the interpreter of every table, forward and backward. `values` has to hold what the
    steps read from outside: parameters, states and x.
    """
    for step in steps:
        name, forward, a, b, more = step.instruction
        if b is None:
            made = forward(values[a])
        elif not more:  # nearly every step: to go through a list would make a run a third slower
            made = forward(values[a], values[b])
        else:
            made = forward(values[a], values[b], *[values[other] for other in more])
        made.setflags(False)  # type: ignore[call-arg]  # write=False takes three times as long
        values[name] = made


def _frames(cell: Cell, given: dict[str, Array], xs: Array) -> tuple[Frame, ...]:
    """Evaluate the table once for each time step."""
    frames = []
    state: dict[str, Array] = {}
    for x in xs:
        frame = {**given, **state, "x": x}
        evaluate(cell.steps, frame)
        state = {previous: frame[name] for name, previous in cell.carry.items()}
        frames.append(MappingProxyType(frame))
    return tuple(frames)
