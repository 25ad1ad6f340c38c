"""What a student wrote, laid over what the cell makes: the numbers that a next step starts from."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.backpropagation.rows import is_sum
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.backward_rows import backprop
from lstm_core.marking.doubt import SINGLE, doubt
from lstm_core.marking.habits import COPIES, Rounding, RoundingToDigits
from lstm_core.marking.program import Program, Row, program_of
from lstm_core.marking.typed import (
    COARSE,
    FINEST,
    Answers,
    Field,
    Kind,
    Place,
    bounds,
    places_of,
    read_field,
    significant,
    with_corrections,
    with_typed,
)
from lstm_core.ops import Array
from lstm_core.text.parsing import Typed

_WAYS_TO_WRITE = 3
_MEMORY = 9  # time steps before the first written one through which rounding is followed
_MEMORY_OF_DIGITS = 2  # the same where it is to significant digits, which is rarer
Overlay = Callable[[Row, Array], Array]
Evaluate = Callable[[Row, list[Array]], Array]
Seeds = Mapping[Place, ArrayLike]  # how the loss depends on the values directly


def exactly(row: Row, operands: list[Array]) -> Array:
    """Return what a row makes of its operands, with all digits."""
    return np.asarray(row.step.op.forward(*operands))


class LazyValues:
    """The numbers of one way to go on from what was typed, each worked out when asked for.

    `known` is what need not be worked out; `evaluate` works a row out, and `lay` puts what was
    typed over it.
    """

    def __init__(
        self,
        program: Program,
        known: dict[Place, Array],
        lay: Overlay,
        evaluate: Evaluate = exactly,
    ):
        self.program, self.known, self.lay, self.evaluate = program, known, lay, evaluate

    def __getitem__(self, place: Place) -> Array:
        """Return the values of one row."""
        todo = [place]
        while place not in self.known:
            row = self.program.by_place[todo[-1]]
            missing = [read for read in row.reads if read not in self.known]
            todo += missing
            if not missing:
                made = self.evaluate(row, [self.known[read] for read in row.reads])
                self.known[todo.pop()] = self.lay(row, made)
        return self.known[place]

    def made(self, row: Row) -> Array:
        """Return what a row makes of these numbers, whatever was typed there."""
        return self.evaluate(row, [self[read] for read in row.reads])


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
        self._rounded: dict[int, LazyValues] = {}
        self.off: set[Place] = set()  # where an entry is wrong, or follows from one that is
        self._habits: dict[tuple[int, bool], tuple[Rounding, LazyValues]] = {}

    def _read(self, at: Place, row: Sequence[str]) -> Field:
        t, name = at
        if name not in self.table.names:
            known = ", ".join(self.cell.names)
            backward = "or of the backward pass, such as dh"
            raise ValueError(f"A step must be one of {known}, {backward}; given {name}.")
        last = 0 if is_sum(self.table[name]) else self.exercise.T - 1
        if not 0 <= t <= last:
            raise ValueError(f"A time step t of {name} must be from 0 to {last}; given {t}.")
        whole = self.truth[t].get(f"{name}_sum")
        return read_field(name, row, self.truth[t][name], bounds(self.table, name), whole)

    def number(self, at: Place, j: int) -> Typed | None:
        """Return what was typed for an entry; None where it is blank or cannot be read."""
        return self.fields[at].typed[j] if at in self.fields else None

    @cached_property
    def significant(self) -> int:
        """How many significant digits the longest number on the sheet has."""
        typed = (number for field in self.fields.values() for number in field.typed)
        return max((significant(number) for number in typed if number), default=0)

    @cached_property
    def digits_kept(self) -> int:
        """To how many significant digits a sheet is rounded; 0 where it is to decimals.

        They are those of its longest numbers, if these are as many as share a number of decimals.
        What is copied does not count: it has the digits that it had.
        """
        made = (self.fields[at] for at in self.fields if self.table[at[1]].op not in COPIES)
        typed = [number for field in made for number in field.typed if number and number.unit]
        digits = Counter(map(significant, typed))
        places = Counter(number.unit for number in typed)
        longest = max(digits, default=0)
        return longest if digits[longest] >= max(places.values(), default=0) else 0

    @cached_property
    def usual_places(self) -> tuple[int, ...]:
        """With how many decimals most of the numbers on the sheet are written: the commonest."""
        typed = (number for field in self.fields.values() for number in field.typed)
        units = Counter(number.unit for number in typed if number and FINEST < number.unit < COARSE)
        return tuple(places_of(unit) for unit, _ in units.most_common(_WAYS_TO_WRITE))

    @cached_property
    def true(self) -> dict[Place, Array]:
        """Everything that the exercise makes, and what it is given."""
        frames = enumerate(self.truth)
        return {(t, name): row for t, frame in frames for name, row in frame.items()}

    @cached_property
    def given(self) -> dict[Place, Array]:
        """What no step makes: parameters, inputs and the states before the first time step."""
        return {at: row for at, row in self.true.items() if at not in self.program.by_place}

    def _going_on(self, lay: Overlay, typed: bool = True) -> LazyValues:
        """Return what follows from the start of the sheet, or from the first row that was typed.

        Full rows need not be worked out, if they are `typed` as they stand.
        """
        full = {at: field.values for at, field in self.fields.items() if field.full and typed}
        return LazyValues(self.program, self.given | self._before | full, lay)

    @cached_property
    def _before(self) -> dict[Place, Array]:
        order = self.program.order
        first = min((order[at] for at in self.fields), default=0)
        return {row.at: self.true[row.at] for row in self.program.rows[:first]}

    @cached_property
    def carried(self) -> LazyValues:
        """The student's numbers, and what follows from them where nothing was typed."""
        return self._going_on(lambda row, made: with_typed(self.fields.get(row.at), made))

    @cached_property
    def remembered(self) -> LazyValues:
        """The same for one who writes rounded numbers and goes on with all digits."""
        return self._going_on(self._corrected, typed=False)

    def rounded(self, places: int) -> LazyValues:
        """Return the same for one who rounds at every step, also where nothing was typed."""
        if places not in self._rounded:
            self._rounded[places] = LazyValues(self.program, self._start(), self._rounds(places))
        return self._rounded[places]

    def _start(self, memory: int = _MEMORY) -> dict[Place, Array]:
        """Return what rounding starts from: what is given, and what is too long ago to show."""
        first = min((t for t, _ in self.fields), default=0) - memory
        return self.given | {at: self.true[at] for at in self.program.by_place if at[0] < first}

    def _rounds(self, places: int) -> Overlay:
        def lay(row: Row, made: Array) -> Array:
            copied = row.step.op in COPIES
            kept = made if copied else np.asarray(np.round(made * (1 + 1e-12), places))
            return with_typed(self.fields.get(row.at), kept)

        return lay

    def _corrected(self, row: Row, made: Array) -> Array:
        return with_corrections(self.fields.get(row.at), made)

    def habits(self, places: int, slips: bool = True) -> tuple[Rounding, LazyValues]:
        """Return every way to round that people use, (habits, …), for so many decimals.

        Without `slips`, for one who wrote a wrong number down, and went on with the right one.
        """
        if (places, slips) not in self._habits:
            self._habits[places, slips] = self._followed(Rounding(places), slips)
        return self._habits[places, slips]

    @cached_property
    def digit_habits(self) -> tuple[Rounding, LazyValues]:
        """Return the same for one who rounds to significant digits: as many as are kept."""
        return self._followed(RoundingToDigits(self.digits_kept), memory=_MEMORY_OF_DIGITS)

    def _followed(
        self, rounding: Rounding, slips: bool = True, memory: int = _MEMORY
    ) -> tuple[Rounding, LazyValues]:
        return rounding, LazyValues(
            self.program,
            self._start(memory),
            lambda row, made: rounding.carried(row.step, self.fields.get(row.at), made, slips),
            lambda row, xs: rounding.made(row.step, xs, self.true[row.at].shape),
        )

    @cached_property
    def literal(self) -> LazyValues:
        """The student's numbers where there are any, the truth elsewhere."""
        return self._as_typed("values")

    @cached_property
    def raw(self) -> LazyValues:
        """The same with impossible numbers in it, to see whether someone went on with them."""
        return self._as_typed("raw")

    @cached_property
    def has_digits(self) -> bool:
        """Whether any number was rounded to few significant digits, and so is too coarse itself."""
        fields = self.fields.values()
        return any(not np.array_equal(one.digits, one.values, equal_nan=True) for one in fields)

    @cached_property
    def digits(self) -> LazyValues:
        """The same as `literal` with what was rounded to few significant digits in it."""
        return self._as_typed("digits")

    def _as_typed(self, kind: Kind) -> LazyValues:
        typed = {at: with_typed(field, self.true[at], kind) for at, field in self.fields.items()}
        known = self.true | typed
        known |= {row.at: known[row.reads[0]] for row in self.program.handed_on}
        return LazyValues(self.program, known, lambda row, made: made)

    @cached_property
    def single_precision(self) -> LazyValues:
        """How far off single precision can be, at most, in every number."""
        given = {at: SINGLE * np.abs(array) for at, array in self.given.items()}

        def evaluate(row: Row, doubts: list[Array]) -> Array:
            return doubt(row.step.op, [self.true[at] for at in row.reads], doubts, SINGLE)

        return LazyValues(self.program, given, lambda row, made: made, evaluate)

    def hidden_digits(self, row: Row) -> Array:
        """Return how far a row moves with the digits that wrong numbers before it may hide.

        Whoever goes on from a wrong number may have more digits of it than were written.
        """
        doubts = [self._hidden(at) for at in row.reads]
        if not any(part.any() for part in doubts):
            return np.zeros(self.true[row.at].shape)
        return doubt(row.step.op, [self.literal[at] for at in row.reads], doubts, 0.0)

    def _hidden(self, at: Place) -> Array:
        field, true = self.fields.get(at), self.true[at]
        if field is None:
            return np.zeros(true.shape)
        off = np.abs(field.values - true) > field.units / 2  # never so where it is blank
        return np.asarray(np.where(off, field.units / 2, 0.0))
