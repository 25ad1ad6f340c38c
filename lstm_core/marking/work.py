"""What a student wrote, laid over what the cell makes: the numbers that a next step starts from."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.cell import Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.backward_rows import backprop
from lstm_core.marking.program import Program, program_of
from lstm_core.marking.typed import (
    Answers,
    Field,
    Place,
    bounds,
    read_field,
    with_corrections,
    with_typed,
)
from lstm_core.ops import Array
from lstm_core.text.parsing import Typed

Overlay = Callable[[Place, Array], Array]
Seeds = Mapping[Place, ArrayLike]  # how the loss depends on the values directly


class LazyValues:
    """The numbers of one way to go on from what was typed, each worked out when asked for."""

    def __init__(self, program: Program, known: dict[Place, Array], lay: Overlay):
        self.program, self.known, self.lay = program, known, lay

    def __getitem__(self, at: Place) -> Array:
        """Return the values of one step."""
        todo = [at]
        while at not in self.known:
            row = self.program.by_place[todo[-1]]
            missing = [place for place in row.reads if place not in self.known]
            todo += missing
            if not missing:
                made = row.step.op.forward(*[self.known[place] for place in row.reads])
                self.known[todo.pop()] = self.lay(row.at, made)
        return self.known[at]

    def made(self, t: int, step: Step) -> Array:
        """Return what a step makes of these numbers."""
        return np.asarray(step.op.forward(*[self[t, name] for name in step.inputs]))


class Work:
    """One sheet of answers: what was typed, and the numbers that follow from it."""

    def __init__(self, exercise: Exercise, answers: Answers, seeds: Seeds | None = None):
        """Read every field; ValueError where a field stands for nothing in the exercise."""
        self.exercise, self.cell = exercise, exercise.cell
        trace = exercise.trace()
        if any(name not in self.cell.names for _, name in answers):
            last = exercise.T - 1, "h"
            trace = backprop(trace, seeds or {last: np.ones_like(trace[last])})
        self.table, self.truth = trace.cell, trace.frames
        self.program = program_of(self.table, exercise.T, len(self.cell.steps))
        self.fields = {at: self._read(at, row) for at, row in answers.items()}
        self._rounded: dict[int, tuple[LazyValues, LazyValues]] = {}

    def _read(self, at: Place, row: Sequence[str]) -> Field:
        t, name = at
        if name not in self.table.names:
            known = ", ".join(self.cell.names)
            backward = "or of the backward pass, such as dh"
            raise ValueError(f"A step must be one of {known}, {backward}; given {name}.")
        if not 0 <= t < self.exercise.T:
            last = self.exercise.T - 1
            raise ValueError(f"A time step t must be from 0 to {last}; given {t}.")
        return read_field(name, row, self.truth[t][name], bounds(self.table, name))

    def number(self, at: Place, j: int) -> Typed | None:
        """Return what was typed for an entry; None where it is blank or cannot be read."""
        return self.fields[at].typed[j] if at in self.fields else None

    @cached_property
    def true(self) -> dict[Place, Array]:
        """Everything that the exercise makes, and what it is given."""
        frames = enumerate(self.truth)
        return {(t, name): row for t, frame in frames for name, row in frame.items()}

    @cached_property
    def given(self) -> dict[Place, Array]:
        """What no step makes: parameters, inputs and the states before the first time step."""
        return {at: row for at, row in self.true.items() if at not in self.program.by_place}

    def _frames(self, lay: Overlay, typed: bool = True, from_truth: bool = True) -> LazyValues:
        """LazyValues in which full rows need not be worked out, if they are `typed` as they stand.

        Nor what comes before everything typed: that is the truth, unless it is to be rounded.
        """
        full = {at: field.values for at, field in self.fields.items() if field.full and typed}
        before = self._before if from_truth else {}
        return LazyValues(self.program, self.given | before | full, lay)

    @cached_property
    def _before(self) -> dict[Place, Array]:
        order = self.program.order
        first = min((order[at] for at in self.fields), default=0)
        return {row.at: self.true[row.at] for row in self.program.rows[:first]}

    @cached_property
    def carried(self) -> LazyValues:
        """The student's numbers, and what follows from them where nothing was typed."""
        return self._frames(self.put)

    @cached_property
    def remembered(self) -> LazyValues:
        """The same for one who writes rounded numbers and goes on with all digits."""
        return self._frames(partial(self.put, keep=True), typed=False)

    def rounding(self, places: int) -> tuple[LazyValues, LazyValues]:
        """Return the same for one who rounds at every step, also where nothing was typed.

        Twice: a number that lies halfway goes up by hand, and either way in a program.
        """
        if places not in self._rounded:
            ways = (
                lambda at, y: self.put(at, _by_hand(y, places)),
                lambda at, y: self.put(at, _printed(y, places)),
            )
            by_hand, printed = (self._frames(way, from_truth=False) for way in ways)
            self._rounded[places] = by_hand, printed
        return self._rounded[places]

    def put(self, at: Place, made: Array, keep: bool = False) -> Array:
        """Put the typed entries over `made`; with `keep` not those that are its rounding."""
        return (with_corrections if keep else with_typed)(self.fields.get(at), made)

    @cached_property
    def literal(self) -> LazyValues:
        """The student's numbers where there are any, the truth elsewhere."""
        return self._as_typed(raw=False)

    @cached_property
    def raw(self) -> LazyValues:
        """The same with impossible numbers in it, to see whether someone went on with them."""
        return self._as_typed(raw=True)

    def _as_typed(self, raw: bool) -> LazyValues:
        typed = {at: with_typed(field, self.true[at], raw) for at, field in self.fields.items()}
        known = self.true | typed
        known |= {row.at: known[row.reads[0]] for row in self.program.handed_on}
        return LazyValues(self.program, known, lambda at, made: made)


def _by_hand(y: Array, places: int) -> Array:
    return np.asarray(np.round(y * (1 + 1e-12), places))


def _printed(y: Array, places: int) -> Array:
    return np.reshape([round(float(x), places) for x in y.flat], y.shape)
