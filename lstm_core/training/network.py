"""A cell at work on many sequences at once: its loss, and the gradient of every parameter.

Training runs the same small table thousands of times, so here everything that can be settled once
is: which steps one call works out together (`groups` of fast.py), where each value lies, and the
whole list of calls, for all time steps. A value of B sequences is (entries, B): then neighbouring
steps are neighbouring rows, whatever B is, and W·v of four gates is one product of matrices. All
parameters lie in one vector, in such an order that the weights of such a product are neighbours
too, and so do their gradients; an optimiser sees nothing but these two vectors.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from lstm_core.cell import Cell
from lstm_core.exercise.exercise import Exercise
from lstm_core.fast import Group, groups
from lstm_core.looks.connected import leading_to
from lstm_core.ops import Array, sigmoid
from lstm_core.training.many import BACKWARD, FORWARD, PARAMETERS
from lstm_core.training.tasks.task import Batch

Call = tuple[Callable[..., object], tuple[Any, ...]]


@dataclass(frozen=True, eq=False)
class Part:
    """Some of the parameters as one block: neighbours in the vector, stacked by rows."""

    names: tuple[str, ...]
    values: Array
    gradient: Array


class Network:
    """A cell with a read-out, for batches of B sequences of T time steps.

    `values` holds all parameters in one vector, `gradient` what the last `loss` left of
    ∂L/∂(each of them); `params` and `gradients` are views of both, by name.
    """

    def __init__(self, exercise: Exercise, T: int, B: int):
        """Settle everything that does not depend on the numbers. ValueError without a read-out."""
        if not exercise.cell.readout:
            raise ValueError("Training needs a read-out: its y is what the targets are for.")
        self.cell, self.T, self.B = exercise.cell, T, B
        first = exercise.trace().frames[0]
        self.groups = tuple(_settled(exercise.cell))
        order = [step.name for group in self.groups for step in group]
        ends = [0, *accumulate(first[name].size for name in order)]
        self.place = {name: slice(*ends[k : k + 2]) for k, name in enumerate(order)}
        self._lay_out_parameters(exercise.params)
        self.block = np.zeros((1 + T, ends[-1], B))  # row 0 holds the states before t = 1
        for name, previous in exercise.cell.carry.items():
            self.block[0, self.place[name]] = exercise.start[previous][:, None]
        self.upstream = np.zeros_like(self.block)  # ∂L/∂ the same values
        self.xs = np.zeros((T, exercise.m, B))
        self._plan()

    def _lay_out_parameters(self, given: Mapping[str, Array]) -> None:
        order = dict.fromkeys(name for group in self.groups for name in _read_by(self.cell, group))
        names = tuple(dict.fromkeys([*order, *self.cell.params]))
        ends = [0, *accumulate(given[name].size for name in names)]
        self.values, self.gradient = np.zeros(ends[-1]), np.zeros(ends[-1])
        self.where = {name: slice(*ends[k : k + 2]) for k, name in enumerate(names)}
        shapes = {name: given[name].shape for name in names}
        self.params = {k: self.values[at].reshape(shapes[k]) for k, at in self.where.items()}
        self.gradients = {k: self.gradient[at].reshape(shapes[k]) for k, at in self.where.items()}
        for name, array in self.params.items():
            array[...] = given[name]

    def _plan(self) -> None:
        self.forward = [call for t in range(1, self.T + 1) for call in self._ahead(t)]
        self.backward = [call for t in range(self.T, 0, -1) for call in self._back(t)]
        self.sums = [call for group in self.groups for call in self._sums(group)]

    def _ahead(self, t: int) -> Iterator[Call]:
        for group in self.groups:
            out = self._rows(self.block, t, [step.name for step in group])
            operands = [self._operand(names, t) for names in _operands(group)]
            yield FORWARD[group[0].op.name], (*operands, out)

    def _back(self, t: int) -> Iterator[Call]:
        """What time step t hands back, each gradient added to what is there."""
        for group in reversed(self.groups):
            steps = [step.name for step in group]
            dy, y = (self._rows(block, t, steps) for block in (self.upstream, self.block))
            names = _operands(group)
            operands = [self._operand(each, t) for each in names]
            into = [self._into(each, t) for each in names]
            yield BACKWARD[group[0].op.name], (dy, y, *operands, *into)

    def _sums(self, group: Group) -> Iterator[Call]:
        """What all time steps and sequences together give the parameters that a group reads."""
        steps = [step.name for step in group]
        dy = self.upstream[1:, self._span(steps)]
        for k, names in enumerate(_operands(group)):
            if names[0] in self.cell.params:
                others = [self._through_time(each) for each in _operands(group) if each != names]
                yield (
                    PARAMETERS[group[0].op.name, k],
                    (dy, *others, self._block_of(names, self.gradient)),
                )

    def _span(self, names: Sequence[str]) -> slice:
        return slice(self.place[names[0]].start, self.place[names[-1]].stop)

    def _rows(self, block: Array, t: int, names: Sequence[str]) -> Array:
        return block[t, self._span(names)]

    def _operand(self, names: tuple[str, ...], t: int) -> Array:
        """The values that a group reads: parameters, x, a state of the step before, or steps."""
        if names[0] in self.cell.params:
            return self._block_of(names, self.values)
        if names[0] == "x":
            x: Array = self.xs[t - 1]
            return x
        return self._rows(self.block, *self._source(names, t))

    def _source(self, names: tuple[str, ...], t: int) -> tuple[int, tuple[str, ...]]:
        made = {previous: name for name, previous in self.cell.carry.items()}
        if names[0] in made:
            return t - 1, tuple(made[name] for name in names)
        return t, names

    def _into(self, names: tuple[str, ...], t: int) -> Array | None:
        """Where the gradient of an operand goes; None for what has none here."""
        if names[0] == "x" or names[0] in self.cell.params:
            return None
        return self._rows(self.upstream, *self._source(names, t))

    def _through_time(self, names: tuple[str, ...]) -> Array:
        if names[0] == "x":
            return self.xs
        t, steps = self._source(names, 1)
        return self.block[t : t + self.T, self._span(steps)]

    def _block_of(self, names: tuple[str, ...], vector: Array) -> Array:
        """Several parameters as one: weights (rows, columns), others (entries, 1) for B columns."""
        flat = vector[self.where[names[0]].start : self.where[names[-1]].stop]
        shape = self.params[names[0]].shape
        return flat.reshape(-1, *shape[1:]) if len(shape) == 2 else flat[:, None]

    def run(self, xs: Array) -> Array:
        """Return the pre-activation of the read-out, z_y (T, p, B), of inputs xs (T, m, B)."""
        self.xs[...] = xs
        for work, arrays in self.forward:
            work(*arrays)
        z: Array = np.matmul(self.params["W_y"], self._hidden) + self.params["b_y"][:, None]
        return z

    @property
    def _hidden(self) -> Array:
        return self.block[1:, self.place["h"]]

    def loss(self, batch: Batch) -> float:
        """Return the mean cross-entropy of what is asked, and leave its gradient in `gradient`.

        L = Σ w·(log(1 + e^z) − target·z) / Σ w, which is −log of the probability that y = σ(z)
        gives to the target.
        """
        z, (_, targets, weights) = self.run(batch.xs), batch
        share = weights / weights.sum()
        dz = (sigmoid(z) - targets) * share
        self.gradient[...] = 0.0
        self.upstream[...] = 0.0
        np.matmul(self.params["W_y"].T, dz, out=self.upstream[1:, self.place["h"]])
        for work, arrays in (*self.backward, *self.sums):
            work(*arrays)
        self.gradients["W_y"][...] = np.einsum("tpb,tnb->pn", dz, self._hidden)
        self.gradients["b_y"][...] = dz.sum((0, 2))
        return float((share * (np.logaddexp(0.0, z) - targets * z)).sum())

    def norms(self, state: str) -> Array:
        """Return ‖∂L/∂(state at t)‖ (T,) of the last loss, over all units and sequences."""
        rows = self.upstream[1:, self.place[state]]
        return np.asarray(np.sqrt(np.einsum("tnb,tnb->t", rows, rows)))


def _settled(cell: Cell) -> Iterator[Group]:
    """The steps that lead to the next time step, in groups whose parameters can be neighbours."""
    steps = leading_to(cell.steps, cell.carry)
    placed: set[str] = set()
    for group in groups(Cell(cell.name, steps, cell.carry)):
        names = _read_by(cell, group)
        if placed.intersection(names) or len(set(names)) < len(names):
            yield from ((step,) for step in group)
        else:
            yield group
        placed.update(names)


def _operands(group: Group) -> list[tuple[str, ...]]:
    """The names that a group reads, operand by operand; one that all share counts once."""
    each = zip(*(step.inputs for step in group), strict=True)
    return [names[:1] if len(set(names)) == 1 else names for names in each]


def _read_by(cell: Cell, group: Group) -> list[str]:
    return [name for names in _operands(group) for name in names if name in cell.params]
