"""What the page looks at: the cell and its task, and what is taken out of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.trace import Trace
from lstm_core.training.knockout import gates, with_gate, without_unit
from lstm_core.training.tasks.task import Task
from lstm_ui.learned.models import LENGTH, SOURCE, TASK, task_of
from lstm_ui.session.address import read_cell
from lstm_ui.session.options import Choice, Chosen, Option
from lstm_ui.sheet.desk import Desk

LONGEST = 100  # time steps of a drawn sequence
NOTHING, WEIGHT, MEAN = "nothing", "weight", "mean"


@dataclass(frozen=True, eq=False)
class Lens:
    """The page's view of a cell that has learned a task."""

    desk: Desk
    task: Task

    @property
    def exercise(self) -> Exercise:
        """The cell on screen, with the sequence on screen."""
        return self.desk.exercise

    @property
    def memory(self) -> str:
        """Its state that lasts: C or h."""
        return facts(self.exercise.cell).memory

    @property
    def keeps(self) -> str | None:
        """The gate that keeps it."""
        return facts(self.exercise.cell).keeps

    @property
    def is_own(self) -> bool:
        """Whether it learned from sequences that somebody typed."""
        return SOURCE.of(self._said) == "own"

    @property
    def learned_from(self) -> int:
        """How many time steps the sequences had that it learned from, typed ones at most."""
        return LENGTH.int_of(self._said) or self.task.length

    @property
    def _said(self) -> Chosen:
        """What the address says; of a cell that comes with the app, nothing."""
        options = self.desk.session.options
        return options if options.get(TASK.name) == self.task.name else {}

    @property
    def length(self) -> int:
        """How long the sequences are that it is tried on."""
        is_drawn = not self.is_own and self.learned_from <= LONGEST
        return self.learned_from if is_drawn else self.task.length

    @cached_property
    def words(self) -> list[str]:
        """The sequence as it would be typed, time step by time step."""
        return self.task.written(self.exercise.xs)

    @cached_property
    def right(self) -> tuple[Array, Array]:
        """What is right (T, p), and what is asked (T, p)."""
        return self.task.answers(self.exercise.xs)

    @property
    def out(self) -> str:
        """What is taken out."""
        return out_choice(self.exercise).of(self.desk.session.options)

    @property
    def weight(self) -> str:
        """The weight that is taken out, if one is."""
        return weight_choice(self.exercise).of(self.desk.session.options)

    @cached_property
    def cut(self) -> Exercise | None:
        """The cell without what is taken out; None while nothing is."""
        return without(self.exercise, self.desk.trace, self.out, self.weight)

    @cached_property
    def cut_trace(self) -> Trace | None:
        """What it does with the sequence on screen."""
        return self.cut.trace() if self.cut else None

    @property
    def options(self) -> tuple[Option, ...]:
        """Everything that can be chosen, for the address."""
        return TASK, LENGTH, SOURCE, out_choice(self.exercise), weight_choice(self.exercise)


def lens(desk: Desk) -> Lens | None:
    """Return the page's view; None of a cell that has learned no task of ours."""
    task = task_of(desk.exercise, desk.session.options)
    return Lens(desk, task) if task else None


def out_choice(exercise: Exercise) -> Choice:
    """Return the choice of what is taken out: a unit, a gate at 0, 1 or its mean, a weight."""
    units = (f"unit-{k + 1}" for k in range(exercise.n))
    held = (f"{gate}-{how}" for gate in gates(exercise) for how in ("0", "1", MEAN))
    return Choice("out", (NOTHING, *units, *held, WEIGHT))


def weight_choice(exercise: Exercise) -> Choice:
    """Return the choice of a weight or bias, W_f:0:1."""
    return Choice(
        "weight", tuple(cell for name in exercise.params for cell in _cells(exercise, name))
    )


def _cells(exercise: Exercise, name: str) -> list[str]:
    return [":".join(map(str, (name, *at))) for at in np.ndindex(exercise.params[name].shape)]


def without(exercise: Exercise, trace: Trace, out: str, weight: str) -> Exercise | None:
    """Return the cell without a part; None for nothing. A gate's mean is that of this sequence."""
    if out == NOTHING:
        return None
    if out == WEIGHT:
        name, index = read_cell(weight)
        return exercise.with_entry(name, index, 0.0)
    part, how = out.rsplit("-", 1)
    if part == "unit":
        return without_unit(exercise, int(how) - 1)
    over = np.stack([trace[t, part] for t in range(len(trace))])
    return with_gate(exercise, part, over.mean(axis=0) if how == MEAN else float(how))
