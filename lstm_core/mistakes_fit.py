"""Trying every mistake on one step: what it would have made of the student's own numbers."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from lstm_core.checking_work import Frame, Work, apply, near, on_grid
from lstm_core.mistakes_affine import Slip
from lstm_core.mistakes_table import slips
from lstm_core.ops import Array

_FAR = 5  # time steps through which one mistake is followed
_COLUMNS = 24  # the largest v in which every single product is tried
Fits = dict[int, list[Slip]]


class Fitting:
    """The wrong entries of one step, and everything that is tried on them."""

    def __init__(self, work: Work, t: int, name: str, wrong: list[int]):
        self.work, self.t, self.name, self.wrong = work, t, name, wrong
        self.step = work.cell[name]
        self.right = apply(self.step, work.carried[t])
        numbers = {j: work.number(t, name, j) for j in wrong}
        self.typed = {j: number for j, number in numbers.items() if number is not None}
        columns = min(len(work.truth[t]["v"]), _COLUMNS)
        self.slips = slips(work.cell, columns)
        self.ways = self._ways()
        self.needed = work.above(name) | {name}
        self.tried = {True: 0, False: 0}  # local ones, others

    def _ways(self) -> tuple[bool, ...]:
        """Whether digits were kept in mind: both ways, unless they make no difference."""
        pairs = zip(self.work.carried, self.work.remembered, strict=True)
        same = all((a[name] == b[name]).all() for a, b in pairs for name in a)
        return (False,) if same else (False, True)

    def fits(self) -> Fits:
        """Return the slips that give the typed number, entry by entry."""
        found: Fits = defaultdict(list)
        exactly: Fits = defaultdict(list)
        for slip in sorted(self.slips, key=lambda slip: not self.local(slip)):
            predictions = list(self.predictions(slip))
            self.tried[self.local(slip)] += bool(predictions)
            for j in self.typed:
                values = [float(row[j]) for row in predictions]
                if any(self.is_it(j, value) for value in values):
                    exact = any(near(self.typed[j].value, value, 0.0) for value in values)
                    (exactly if exact and self.on_grid(j) else found)[j].append(slip)
        return found | exactly  # whole numbers are worked out exactly: 42 is not 42.01 rounded

    def local(self, slip: Slip) -> bool:
        """Whether the slip is one of this very step."""
        return any(step.name == self.name for step in slip.changes)

    def is_it(self, j: int, value: float) -> bool:
        """Whether `value` is what was typed, and can be told from what is right."""
        typed = self.typed[j]
        rights = (float(self.work.truth[self.t][self.name][j]), float(self.right[j]))
        apart = all(abs(value - right) >= typed.unit * (1 - 1e-6) for right in rights)
        return apart and near(typed.value, value, typed.unit)

    def predictions(self, slip: Slip) -> Iterator[Array]:
        """What the slip makes of this step: done here alone, or at every time step until here."""
        above = self.work.above(self.name)
        if any(self._written(step.name) for step in slip.changes):
            return  # what was written down speaks for itself
        here = any(step.name == self.name or step.name in above for step in slip.changes)
        starts = [self.t] * here + [0] * (0 < self.t < _FAR and slip.code != "term-dropped")
        for start in starts:
            for keep in self.ways:
                values = self._predicted(slip, start, keep)
                if values is not None:
                    yield values

    def _written(self, name: str) -> bool:
        values = self.work.all_values.get((self.t, name))
        return name != self.name and values is not None and not np.isnan(values).any()

    def _predicted(self, slip: Slip, start: int, keep: bool) -> Array | None:
        base = self.work.remembered if keep else self.work.carried
        state: Frame = {}
        for t in range(start, self.t + 1):
            changed = self._frame(slip, t, {**base[t], **state}, set(state), keep)
            if t == self.t:
                return changed.get(self.name)
            carry = self.work.cell.carry.items()
            state = {old: changed[new] for new, old in carry if new in changed}
        raise AssertionError  # pragma: no cover

    def _frame(self, slip: Slip, t: int, frame: Frame, dirty: set[str], keep: bool) -> Frame:
        """One time step with the slip in it: the values that it changes."""
        new, changed = {step.name: step for step in slip.changes}, {}
        for old in self.work.cell.steps:
            step = new.get(old.name, old)
            idle = old.name not in new and dirty.isdisjoint(step.inputs)
            if idle or (t == self.t and old.name not in self.needed):
                continue
            value = apply(step, frame)
            if t < self.t or old.name != self.name:
                value = self.work.put(t, old.name, value, keep)
                typed = (t, old.name) in self.work.fields
                if typed and (value == frame[old.name]).all():
                    continue  # it was written down: nothing of the slip goes on from here
            frame[old.name] = changed[old.name] = value
            dirty.add(old.name)
        return changed

    def on_grid(self, j: int) -> bool:
        """Whether the right number can be written exactly with as many decimals as were typed."""
        return on_grid(float(self.right[j]), self.typed[j].unit)
