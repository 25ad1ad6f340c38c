"""Trying every mistake of method on one step: what it makes of the student's own numbers.

All are worked out at once, a batch with a row for each trial. It runs through the rows that were
not written, as far as they reach, and through the operands that were: what stands written, and
right, need not have been used.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.cell import Step
from lstm_core.marking.batch import for_many
from lstm_core.marking.program import Row
from lstm_core.marking.slips.backward import backward_slips
from lstm_core.marking.slips.earlier import Base
from lstm_core.marking.slips.family import operand_slips, stale_inputs
from lstm_core.marking.slips.slip import Slip
from lstm_core.marking.slips.variants import slips_of
from lstm_core.marking.typed import COARSE, FINEST, Place, places_of
from lstm_core.marking.work import LazyValues, Work
from lstm_core.ops import CONCAT, Array, Op

_CLOSE = 1  # rows away, within which any operand may have been taken for another
_FAR = 5  # time steps through which one mistake is followed
_COLUMNS = 24  # of the largest v in which a product left out is followed to later steps


@dataclass(frozen=True, eq=False)
class Trial:
    """A mistake, and the rows in which it is made: here alone, or at every time step.

    `away` is how many rows lie between it and the step that is looked at; `unused` says that it
    is made in an operand which was written, and right, and then not used.
    """

    slip: Slip
    places: frozenset[Place]
    away: int
    unused: bool


class Trials:
    """All mistakes of method tried on one step.

    `bases` are the ways to go on from what was typed: as it stands, with all digits, rounding at
    each step. `predicted` (bases, trials, n) is what each trial makes of the step in each of them.
    """

    def __init__(self, work: Work, at: Place, unit: float):
        self.work, self.at, self.unit = work, at, unit
        self.t, self.name = at
        self.row = work.program.by_place[at]
        self._columns = len(work.truth[0]["v"])

    @cached_property
    def slips(self) -> tuple[Slip, ...]:
        """The table of mistakes for this cell."""
        cell, table = self.work.cell, self.work.table
        own = slips_of(cell, self._columns)
        return own if table is cell else (*own, *backward_slips(table))

    @cached_property
    def tried(self) -> list[Trial]:
        """Everything that could explain this step, the nearest mistakes first."""
        live = self._live
        names = {name for _, name in live}
        reach = [slip for slip in self.slips if not names.isdisjoint(slip.names)]
        trials = [trial for slip in reach for trial in self._trials(slip)]
        for at, away in live.items():
            if away <= _CLOSE and at[0] == self.t and at not in self._unused:
                row, here = self.work.program.by_place[at], frozenset((at,))
                trials += [Trial(one, here, away, False) for one in operand_slips(self.work, row)]
        trials += self._stale()
        return sorted(trials, key=lambda trial: (trial.away, trial.unused))

    @cached_property
    def predicted(self) -> Array:
        """What was tried makes of this step: bases × trials × entries."""
        size = len(self.tried), self.work.true[self.at].size
        return np.stack([np.reshape(self._made(base), size) for base in self.bases])

    def _trials(self, slip: Slip) -> Iterator[Trial]:
        live = self._live
        if any(self._written((self.t, name)) and (self.t, name) not in live for name in slip.names):
            return  # what was written down, further back, speaks for itself
        made = frozenset(at for at in live if at[1] in slip.names)
        alone = frozenset(at for at in made if at[0] == self.t)
        local, dropped = self.name in slip.names, slip.code == "term-dropped"
        if alone and (local or not dropped or self._columns <= _COLUMNS):
            yield self._trial(slip, alone)
        if made != alone and not dropped:
            yield self._trial(slip, made)

    def _trial(self, slip: Slip, places: frozenset[Place]) -> Trial:
        away = min(self._live[at] for at in places)
        return Trial(slip, places, away, not self._unused.isdisjoint(places))

    def _stale(self) -> Iterator[Trial]:
        """The joined vectors on the way, with x or a state of another time step."""
        for at, away in self._live.items():
            row = self.work.program.by_place[at]
            if row.step.op is CONCAT and at[0] == self.t and at not in self._unused:
                for one in stale_inputs(self.work, row):
                    yield Trial(one, frozenset((at,)), away, False)

    def _written(self, at: Place) -> bool:
        return at != self.at and at in self.work.fields and self.work.fields[at].full

    @cached_property
    def _unused(self) -> frozenset[Place]:
        """The operands of this step that were written, and may yet not have been used."""
        rows = self.work.program.by_place
        return frozenset(at for at in self.row.reads if at in rows and self._written(at))

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
        near_by += [at for at in self._unused if at not in found]
        order = self.work.program.order
        return {at: found.get(at, 1) for at in sorted(near_by, key=order.__getitem__)}

    @cached_property
    def ways(self) -> list[Base]:
        """The ways to go on: as written, with all digits, rounding at each step; if they differ."""
        carried, remembered = self.work.carried, self.work.remembered
        rows, unit = self.work.program.by_place, self.unit
        edge = {place for at in self._live for place in rows[at].reads} & self.work.fields.keys()
        differ = any((carried[at] != remembered[at]).any() for at in edge)
        rounds, places = len(self._live) > 1 and FINEST < unit < COARSE, places_of(unit or 1.0)
        return [
            Base(carried),
            *([Base(remembered)] if differ else ()),
            *([Base(self.work.rounded(places), places)] if rounds else ()),
        ]

    @cached_property
    def bases(self) -> list[LazyValues]:
        """The numbers of these ways."""
        return [way.values for way in self.ways]

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
            if at in self._unused:
                many[at] = self._unused_operand(base, row)
                continue
            right = for_many(row.step.op, [many.get(read, base[read]) for read in row.reads])
            made = np.broadcast_to(right, (len(self.tried), *base[at].shape)).copy()
            for k, step in self._changes.get(at, ()):
                same = step.inputs == row.step.inputs  # of a sum, at every time step
                reads = row.reads if same else tuple((at[0], name) for name in step.inputs)
                operands = [self._one(many, base, read, k) for read in reads]
                made[k] = fitting(step.op, operands, made[k])
            many[at] = made if at == self.at else base.lay(row, made)
        return many[self.at]

    def _unused_operand(self, base: LazyValues, row: Row) -> Array:
        """Return an operand that was written, but for the trials that make another one instead."""
        made = np.broadcast_to(base[row.at], (len(self.tried), *base[row.at].shape)).copy()
        for k, step in self._changes.get(row.at, ()):
            operands = [base[row.reads[0][0], name] for name in step.inputs]
            made[k] = fitting(step.op, operands, made[k])
        return made

    @staticmethod
    def _one(many: dict[Place, Array], base: LazyValues, at: Place, k: int) -> Array:
        return many[at][k] if at in many else base[at]


def fitting(op: Op, operands: Sequence[Array], right: Array) -> Array:
    """What a trial makes; nothing where sizes do not fit: a state of another size cannot slip in.

    Only a projection brings it about: h has fewer entries than C.
    """
    try:
        wrong = op.forward(*operands)
    except ValueError:
        return np.full_like(right, np.nan)
    return wrong if wrong.shape == right.shape else np.full_like(right, np.nan)
