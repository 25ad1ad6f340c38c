"""Many time steps, fast: the interpreter of trace.py, doing at once what can be done at once.

The values of a time step lie in one row, and what one operation makes from neighbours is made by
one call. So W_f·v, W_i·v, W_C·v and W_o·v are one product of stacked weights, and σ of all gates is
one σ. Columns of W that meet x do so for all time steps in advance. All of this follows from the
cell's table; the numbers are those of the plain interpreter, but for the last bit of a sum.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.ops import (
    ADD,
    CONCAT,
    HADAMARD,
    MATVEC,
    ONE_MINUS,
    RELU,
    SIGMOID,
    TANH,
    Array,
    Op,
)

Group = tuple[Step, ...]  # steps that one call works out
Call = tuple[Callable[..., object], tuple[Array, ...]]  # the last array is where the result goes
Rows = Mapping[str, Array]  # every name's values, one row for each time step

_TOGETHER = (MATVEC, ADD, HADAMARD, ONE_MINUS, SIGMOID, TANH, RELU)


class Frame(Mapping[str, Array]):
    """One time step of the rows: a name's array is a view of its row."""

    __slots__ = ("rows", "t")

    def __init__(self, rows: Rows, t: int):
        self.rows, self.t = rows, t

    def __getitem__(self, name: str) -> Array:
        """Return the array of that name at this time step."""
        row: Array = self.rows[name][self.t]
        return row

    def __iter__(self) -> Iterator[str]:
        """Go through the names, in the order of a frame of the plain interpreter."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self.rows)


def frames(cell: Cell, xs: Array, first: Mapping[str, Array]) -> tuple[Frame, ...]:
    """Run `cell` over xs (T, m); `first` is its first time step, which holds what is given as well.

    All values of a time step lie in one row of a block (1 + T, numbers), in the order of groups.
    """
    order = [step.name for group in groups(cell) for step in group]
    ends = [0, *accumulate(first[name].size for name in order)]
    place = {name: slice(*ends[k : k + 2]) for k, name in enumerate(order)}
    block = np.empty((1 + len(xs), ends[-1]))  # row 0 holds the states before the first time step
    for name, previous in cell.carry.items():
        block[0, place[name]] = first[previous]
    _fill(cell, xs, first, block, place)
    block.setflags(write=False)
    rows = {
        name: np.broadcast_to(first[name], (len(xs), *first[name].shape)) for name in cell.params
    }
    rows |= {previous: block[:-1, place[name]] for name, previous in cell.carry.items()}
    rows |= {"x": xs, **{step.name: block[1:, place[step.name]] for step in cell.steps}}
    return tuple(Frame(rows, t) for t in range(len(xs)))


def _fill(
    cell: Cell, xs: Array, first: Mapping[str, Array], block: Array, place: Mapping[str, slice]
) -> None:
    """Work out one row after the other, always in the same place, and keep a copy of each.

    In the same place, so that the views that the calls work on are made once, and not T times.
    """
    now = _Now(cell, xs, first, place)
    calls = [call for group in groups(cell) for call in now.calls(group)]
    carried = [(now.arrays[previous], now.arrays[name]) for name, previous in cell.carry.items()]
    for t, kept in enumerate(block[1:]):
        for array, rows in now.ahead:
            array[...] = rows[t]
        for work, arrays in calls:
            work(*arrays)
        for previous, state in carried:
            previous[...] = state
        kept[...] = now.row


class _Now:
    """The time step that is being worked out: its row, and the names of what lies in it."""

    def __init__(
        self, cell: Cell, xs: Array, first: Mapping[str, Array], place: Mapping[str, slice]
    ):
        self.cell, self.xs, self.place = cell, xs, place
        self.row = np.empty(max(where.stop for where in place.values()))
        self.arrays = {name: first[name].copy() for name in (*cell.states, "x")}
        self.arrays |= {name: first[name] for name in cell.params}
        self.arrays |= {name: self.row[where] for name, where in place.items()}
        self.ahead = [(self.arrays["x"], xs)]  # what is known before, to be put in its place

    def calls(self, group: Group) -> list[Call]:
        """Return the calls that work a group out."""
        op, out = group[0].op, self.together(tuple(step.name for step in group))
        operands = [self.together(names) for names in zip(*(s.inputs for s in group), strict=True)]
        vector = self.cell.get(group[0].inputs[-1])
        if op is MATVEC and vector and vector.op is CONCAT and "x" in vector.inputs:
            return self.product(operands[0], vector, out)
        return [(_into(op), (*operands, out))]

    def product(self, W: Array, vector: Step, out: Array) -> list[Call]:
        """Return the calls for W·[h, x]: the share of x, (T, rows of W), is worked out here."""
        split = len(self.arrays[vector.inputs[0]])
        blocks = dict(zip(vector.inputs, np.split(W, [split], axis=1), strict=True))
        self.ahead.append((out, self.xs @ blocks.pop("x").T))
        ((other, columns),) = blocks.items()
        share = np.empty_like(out)
        return [
            (np.ndarray.dot, (np.ascontiguousarray(columns), self.arrays[other], share)),
            (np.add, (out, share, out)),
        ]

    def together(self, names: tuple[str, ...]) -> Array:
        """Return the arrays of several steps as one: neighbours in the row, or stacked weights."""
        if names[0] in self.cell.params:
            return np.concatenate([self.arrays[name] for name in names])
        if names[0] == names[-1]:
            return self.arrays[names[0]]
        return self.row[self.place[names[0]].start : self.place[names[-1]].stop]


def _into(op: Op) -> Callable[..., object]:
    """Return the operation as a function whose last argument is where the result goes."""
    if isinstance(op.forward, np.ufunc) or op in (CONCAT, MATVEC, SIGMOID):
        return op.forward

    def into(*arrays: Array) -> None:
        arrays[-1][...] = op.forward(*arrays[:-1])

    return into


@lru_cache(maxsize=256)
def levels(cell: Cell) -> tuple[tuple[str, ...], ...]:
    """Return the steps by level: those of one level can be worked out side by side.

    Level 0 needs no step, level k a step of level k − 1. In an LSTM: v, then the four products,
    the four sums, the four gates, and so on.
    """
    level: dict[str, int] = {}
    for step in cell.steps:
        needed = (level[name] for name in step.operands if name in level)
        level[step.name] = 1 + max(needed, default=-1)
    found = range(1 + max(level.values()))
    return tuple(tuple(name for name in level if level[name] == k) for k in found)


@lru_cache(maxsize=256)
def groups(cell: Cell) -> tuple[Group, ...]:
    """Return the steps, sorted so that they can be worked out, and grouped by calls.

    Within a level, steps of one operation follow each other, ordered by what will be made of them:
    so the gates that σ makes are neighbours from W·v on.
    """
    level = {name: k for k, names in enumerate(levels(cell)) for name in names}
    order = sorted(cell.steps, key=lambda s: (level[s.name], s.op.name, _future(cell, s)))
    at = {step.name: k for k, step in enumerate(order)}
    found: list[Group] = []
    for step in order:
        last = found[-1][-1] if found else step
        if found and level[last.name] == level[step.name] and _joins(cell, at, last, step):
            found[-1] += (step,)
        else:
            found.append((step,))
    return tuple(found)


def _future(cell: Cell, step: Step) -> tuple[str, ...]:
    """The operations that a step goes through, from its first reader on."""
    readers = cell.readers(step.name)
    return (readers[0].op.name, *_future(cell, readers[0])) if readers else ()


def _joins(cell: Cell, at: Mapping[str, int], last: Step, step: Step) -> bool:
    """Whether one call can do both: one operation, on neighbours or on what can be stacked."""
    if last.op is not step.op or step.op not in _TOGETHER:
        return False
    pairs = [*zip(last.inputs, step.inputs, strict=True)]
    if step.op is MATVEC:
        return pairs[1][0] == pairs[1][1]
    return all({a, b} <= {*cell.params} or (a in at and at[a] + 1 == at.get(b)) for a, b in pairs)
