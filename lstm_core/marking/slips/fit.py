"""Trying every mistake on one step: what it would have made of the student's own numbers."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lstm_core.cell import Step
from lstm_core.marking.slips.backward import backward_slips
from lstm_core.marking.slips.slip import Slip
from lstm_core.marking.slips.table import slips
from lstm_core.marking.typed import COARSE, EXACT, FINEST, Place, on_grid, places_of
from lstm_core.marking.work import LazyValues, Work
from lstm_core.ops import Array, Op

Flags = NDArray[np.bool_]
_FAR = 5  # time steps through which one mistake is followed
_COLUMNS = 24  # of the largest v in which a product left out is followed to later steps


@dataclass(frozen=True, eq=False)
class Trial:
    """A mistake, the rows in which it is made (here alone, or at every t), and how far away."""

    slip: Slip
    places: frozenset[Place]
    away: int


class Fitting:
    """The entries of one step, and everything that is tried on them."""

    def __init__(self, work: Work, at: Place, states: Sequence[str], wrong: Sequence[int]):
        self.work, self.at, self.states, self.wrong = work, at, states, wrong
        self.t, self.name = at
        self._columns = len(work.truth[0]["v"])
        self.field, self.step = work.fields[at], work.program.by_place[at].step
        self.typed, self.units = self.field.raw.ravel(), self.field.units.ravel()
        self.right = work.carried.made(self.t, self.step).ravel()
        self.rights = (self.right, work.true[at].ravel())

    @cached_property
    def slips(self) -> tuple[Slip, ...]:
        """The table of mistakes for this cell."""
        own = slips(self.work.cell, self._columns)
        table = self.work.table
        return own if table is self.work.cell else (*own, *backward_slips(table))

    @cached_property
    def tried(self) -> list[Trial]:
        """Everything that could explain this step, the nearest mistakes first."""
        names = {name for _, name in self._live}
        reach = [slip for slip in self.slips if not names.isdisjoint(slip.names)]
        trials = [trial for slip in reach for trial in self._trials(slip)]
        return sorted(trials, key=lambda trial: trial.away)

    @cached_property
    def predicted(self) -> Array:
        """What was tried makes of this step: ways to go on × trials × entries."""
        size = len(self.tried), len(self.typed)
        return np.stack([np.reshape(self._made(base), size) for base in self._bases])

    @cached_property
    def apart(self) -> Flags:
        """Whether the numbers can be told from what is right."""
        unit = self.units * (1 - 1e-6)
        gaps = [np.abs(self.predicted - right) for right in self.rights]
        return np.asarray(np.minimum(*gaps) >= unit)

    @cached_property
    def fit(self) -> Flags:
        """Whether they are what was typed."""
        size = np.abs(self.predicted)
        decimal = self.units * (0.5 + 1e-6) + 1e-12 * size
        within = np.where(self.units > 0, decimal, EXACT * np.maximum(1.0, size))
        return np.asarray(np.abs(self.predicted - self.typed) <= within)

    def whole(self, j: int) -> bool:
        """Whether this entry is a whole number where what is right is one, without rounding."""
        unit = float(self.units[j])
        return unit >= 1 and all(on_grid(float(right[j]), unit) for right in self.rights)

    def width(self, j: int) -> float:
        """How large a part of the likely numbers one unit of this entry is.

        A random wrong number lies anywhere from −s to s, where s is the larger of what was typed
        and what is right: at a unit u it meets one given number with the chance u/2s.
        """
        typed, unit, right = (float(row[j]) for row in (self.typed, self.units, self.right))
        return unit / max(abs(right), abs(typed), unit) / 2

    def local(self, slip: Slip) -> bool:
        """Whether the slip is one of this very step."""
        return self.name in slip.names

    def _trials(self, slip: Slip) -> Iterator[Trial]:
        if any(self._written((self.t, name)) for name in slip.names):
            return  # what was written down speaks for itself
        made = frozenset(at for at in self._live if at[1] in slip.names)
        alone = frozenset(at for at in made if at[0] == self.t)
        dropped = slip.code == "term-dropped"
        if alone and (self.local(slip) or not dropped or self._columns <= _COLUMNS):
            yield self._trial(slip, alone)
        if made != alone and not dropped:
            yield self._trial(slip, made)

    def _trial(self, slip: Slip, places: frozenset[Place]) -> Trial:
        return Trial(slip, places, min(self._live[at] for at in places))

    def _written(self, at: Place) -> bool:
        return at != self.at and at in self.work.fields and self.work.fields[at].full

    @cached_property
    def _live(self) -> dict[Place, int]:
        """The rows that reach this one past what was written, and how many rows away they are.

        In the order of calculation. Where some are from far, only those of this time step.
        """
        rows, found, todo = self.work.program.by_place, {self.at: 0}, [self.at]
        for at in todo:  # it grows: the nearest come first
            for read in rows[at].reads if abs(at[0] - self.t) < _FAR else ():
                if read in rows and read not in found and not self._written(read):
                    found[read] = found[at] + 1
                    todo.append(read)
        far = any(abs(t - self.t) >= _FAR for t, _ in found)
        near_by = [at for at in found if at[0] == self.t or not far]
        return {at: found[at] for at in sorted(near_by, key=self.work.program.order.__getitem__)}

    @cached_property
    def _bases(self) -> list[LazyValues]:
        """The ways to go on: as written, with all digits, rounding at each step; if they differ."""
        carried, remembered = self.work.carried, self.work.remembered
        rows, unit = self.work.program.by_place, float(self.units.max())
        edge = {place for at in self._live for place in rows[at].reads} & self.work.fields.keys()
        differ = any((carried[at] != remembered[at]).any() for at in edge)
        rounds = len(self._live) > 1 and FINEST < unit < COARSE
        return [
            carried,
            *([remembered] if differ else ()),
            *([self.work.rounding(places_of(unit))[0]] if rounds else ()),
        ]

    @cached_property
    def _changes(self) -> dict[Place, list[tuple[int, Step]]]:
        """The changed steps, row by row, each with the number of its trial."""
        found: dict[Place, list[tuple[int, Step]]] = defaultdict(list)
        for k, trial in enumerate(self.tried):
            for step in trial.slip.changes:
                for at in trial.places:
                    if at[1] == step.name:
                        found[at].append((k, step))
        return found

    def _made(self, base: LazyValues) -> Array:
        """Work out all trials at once, a row for each; what was typed on the way stays."""
        many: dict[Place, Array] = {}
        for at in self._live:
            row = self.work.program.by_place[at]
            right = for_many(row.step.op, [many.get(read, base[read]) for read in row.reads])
            made = np.broadcast_to(right, (len(self.tried), *base[at].shape)).copy()
            for k, step in self._changes.get(at, ()):
                operands = (self._one(many, base, (at[0], name), k) for name in step.inputs)
                made[k] = step.op.forward(*operands)
            many[at] = made if at == self.at else base.lay(at, made)
        return many[self.at]

    @staticmethod
    def _one(many: dict[Place, Array], base: LazyValues, at: Place, k: int) -> Array:
        return many[at][k] if at in many else base[at]


def _joined(axes: int) -> Callable[[Array, Array], Array]:
    """Join vectors (1 axis) or blocks of columns (2), of which either may be many."""

    def join(a: Array, b: Array) -> Array:
        many = np.broadcast_shapes(a.shape[:-axes], b.shape[:-axes])
        both = (np.broadcast_to(x, many + x.shape[-axes:]) for x in (a, b))
        return np.concatenate(tuple(both), axis=-1)

    return join


def _times(W: Array, v: Array) -> Array:
    """W·v for each v by itself: one large product starts threads, which takes longer than it."""
    return np.asarray((W @ v[..., None])[..., 0])


# Of a matrix and vectors: the vectors are many, the matrix is one.
_MANY: Mapping[str, Callable[..., Array]] = {
    "concat": _joined(1),
    "matvec": _times,
    "matvec_first": lambda W, a: _times(W[:, : a.shape[-1]], a),
    "matvec_last": lambda W, a: _times(W[:, W.shape[1] - a.shape[-1] :], a),
    "matvec_t": lambda W, a: _times(W.T, a),
    "matvec_t_first": lambda W, a, like: _times(W[:, : like.shape[-1]].T, a),
    "matvec_t_last": lambda W, a, like: _times(W[:, W.shape[1] - like.shape[-1] :].T, a),
    "part_first": lambda a, like: a[..., : like.shape[-1]],
    "part_last": lambda a, like: a[..., a.shape[-1] - like.shape[-1] :],
    "outer": lambda a, b: a[..., :, None] * b[..., None, :],
    "beside": _joined(2),
}


def for_many(op: Op, operands: Sequence[Array]) -> Array:
    """Return what an operation makes of operands some of which have a row for each mistake.

    Operations that are not in the table go entry by entry, and so by rows as well.
    """
    return np.asarray(_MANY.get(op.name, op.forward)(*operands))
