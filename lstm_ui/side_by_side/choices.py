"""What the page side by side looks at: which two cells, which row is swapped, what is drawn."""

from dataclasses import dataclass, replace
from functools import cached_property

from lstm_core.cell import Cell, Step
from lstm_core.cells import CELLS, cell_named, facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.looks.memory import Memory, first_input, memory
from lstm_core.looks.side_by_side import Pair, gradient_sizes, in_cell, pairs
from lstm_core.ops import Array
from lstm_core.trace import Trace
from lstm_core.variants.changes import (
    Change,
    base_of,
    changeable,
    operands,
    operations,
    varied,
)
from lstm_core.variants.ops import LEFT_OUT, NONE
from lstm_ui.session.options import Choice, Option
from lstm_ui.sheet.choices import chosen_unit, unit_choice
from lstm_ui.sheet.desk import Desk

ON_SCREEN, SWAPPED = "screen", "swapped"
LEFT = Choice("left", (ON_SCREEN, SWAPPED, *CELLS))
RIGHT = Choice("right", (SWAPPED, ON_SCREEN, *CELLS))
ROWS = Choice("lines", ("equations", "steps"))
EDITED = Choice("edited", ("inputs", "weights"))  # matrices cost time at every edit
CURVES = Choice("curves", ("states", "memory", "gradient"))
_FIRST = ("squashed", "h_tilde", "h")  # what is swapped at first: the first of these that there is
_LEFT_OUT = (NONE.name, LEFT_OUT.name)


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two cells: its exercise and run, on a desk of its own."""

    key: str
    desk: Desk

    @property
    def exercise(self) -> Exercise:
        """The exercise of this side."""
        return self.desk.exercise

    @property
    def cell(self) -> Cell:
        """Its cell."""
        return self.exercise.cell

    @property
    def trace(self) -> Trace:
        """Its run."""
        return self.desk.trace

    @property
    def title(self) -> str:
        """What its cell is called."""
        return facts(self.cell).title

    @property
    def is_open(self) -> bool:
        """Whether it is the exercise on screen."""
        return self.key == ON_SCREEN


@dataclass(frozen=True, eq=False)
class Beside:
    """Both sides; `problem` says why the row that was chosen cannot be swapped so."""

    desk: Desk
    left: Side
    right: Side
    swap: "Swap"
    problem: str = ""

    @property
    def unit(self) -> int:
        """The unit that the states are drawn of, from 0."""
        return chosen_unit(self.desk.session, self.desk.exercise.n)

    @property
    def curves(self) -> str:
        """What is drawn over time."""
        return CURVES.of(self.desk.session.options)

    @property
    def shows_every_step(self) -> bool:
        """Whether every step has a row, and not only those with an equation on the board."""
        return ROWS.of(self.desk.session.options) == "steps"

    @property
    def is_swapped(self) -> bool:
        """Whether a row is swapped on either side."""
        return SWAPPED in (self.left.key, self.right.key)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The steps of both, beside each other."""
        every = self.shows_every_step
        sides = self.left.cell, self.right.cell
        names = [[step.name for step in cell.steps if every or is_lettered(step)] for cell in sides]
        return pairs(*sides, names)

    @cached_property
    def memories(self) -> tuple[Memory, Memory] | None:
        """What is left of the first input in both cells; None where no input differs from 0."""
        since = first_input(self.desk.exercise)
        if since is None:
            return None
        return memory(self.left.exercise, since), memory(self.right.exercise, since)

    @cached_property
    def gradients(self) -> tuple[Array, Array]:
        """How large ∂L/∂h_t is at each time step in both cells, (T,) each."""
        return gradient_sizes(self.left.trace), gradient_sizes(self.right.trace)

    @property
    def options(self) -> tuple[Option, ...]:
        """Everything that can be chosen, for the address."""
        swap = (self.swap.row_choice, self.swap.op_choice, self.swap.inputs_choice)
        chosen = swap if self.is_swapped else ()
        return LEFT, RIGHT, ROWS, CURVES, EDITED, unit_choice(self.desk.exercise.n), *chosen


def is_lettered(step: Step) -> bool:
    """Return whether a step has an equation on the board: f_t, C_t, but not z_f or f∘C."""
    return step.name == "v" or (step.symbol.endswith("_t") and " " not in step.symbol)


@dataclass(frozen=True, eq=False)
class Swap:
    """The row of the cell on screen that is swapped, and for what: three choices."""

    cell: Cell
    base: Cell
    chosen: dict[str, str]

    @cached_property
    def row_choice(self) -> Choice:
        """Which row: at first one that shows much."""
        names = [step.name for step in changeable(self.base) if step.name in self.cell.names]
        first = next((name for name in _FIRST if name in names), names[0])
        return Choice("swap_row", tuple(dict.fromkeys((first, *names))))

    @cached_property
    def step(self) -> Step:
        """The row as it is now in the cell on screen."""
        return self.cell[self.row_choice.of(self.chosen)]

    @cached_property
    def op_choice(self) -> Choice:
        """Which operation makes it: something left out comes first, its own operation last."""
        found = [op for op in operations(self.base[self.step.name]) if self._inputs(op)]
        return Choice("swap_op", tuple(sorted(found, key=self._rank)))

    def _rank(self, op: str) -> int:
        return 0 if op in _LEFT_OUT else 2 if op == self.step.op.name else 1

    @cached_property
    def op(self) -> str:
        """The operation that was chosen, by its name."""
        return self.op_choice.of(self.chosen)

    def _inputs(self, op: str) -> list[tuple[str, ...]]:
        """What it may be made of with an operation; never what it is made of now."""
        found = operands(self.base, self.base[self.step.name], op)
        there = {*self.cell.given, "x", *self.cell.names}
        now = (self.step.op.name, self.step.inputs)
        return [inputs for inputs in found if {*inputs} <= there and (op, inputs) != now]

    @cached_property
    def inputs_choice(self) -> Choice:
        """Of which values, as an address writes them: f,C_prev."""
        return Choice("swap_of", tuple(",".join(inputs) for inputs in self._inputs(self.op)))

    @cached_property
    def change(self) -> Change:
        """What was chosen."""
        inputs = self.inputs_choice.of(self.chosen).split(",")
        return Change(self.step.name, self.op, tuple(inputs))


def beside(desk: Desk) -> Beside:
    """Return both sides, as they were chosen."""
    chosen, cell = desk.session.options, desk.exercise.cell
    base = base_of(cell)
    assert base is not None  # every exercise has a cell of CELLS, or a variant of one
    swap = Swap(cell, base, chosen)
    problem = ""
    found: dict[str, Side] = {}
    for side, key in (("left", LEFT.of(chosen)), ("right", RIGHT.of(chosen))):
        try:
            exercise = _exercise(desk.exercise, key, swap)
        except ValueError as error:
            key, exercise, problem = ON_SCREEN, desk.exercise, str(error)
        found[side] = _side(desk, key, exercise)
    return Beside(desk, found["left"], found["right"], swap, problem)


def _exercise(exercise: Exercise, key: str, swap: Swap) -> Exercise:
    if key == SWAPPED:
        return exercise.in_variant(varied(exercise.cell, swap.change))
    if key == ON_SCREEN or key == exercise.cell.name:
        return exercise
    return in_cell(exercise, cell_named(key, exercise.order, exercise.cell.readout))


def _side(desk: Desk, key: str, exercise: Exercise) -> Side:
    if exercise is desk.exercise:
        return Side(ON_SCREEN, desk)
    # A session of its own, so that each number is printed as its exercise says.
    session = replace(desk.session, exercise=exercise, pinned=None)
    return Side(key, Desk(session, exercise.trace(), None))
