"""What the page through time looks at: the view that was chosen, the unit, the time steps drawn."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.cell import Cell
from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.looks.dynamics import Cobweb, cobweb
from lstm_core.looks.memory import Memory, memory, rnn_memory
from lstm_core.ops import RELU, SIGMOID, TANH, Array
from lstm_core.trace import Trace
from lstm_ui.session.options import Choice, Number, Option
from lstm_ui.sheet.choices import chosen_unit, unit_choice
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.window import window

LOOK = Choice("over", ("maps", "unit", "cobweb", "memory"))
LENGTH = Number("length", 2, 200, 24, whole=True)
MOST_STEPS, MOST_UNITS = 200, 16  # drawn at once


@dataclass(frozen=True, eq=False)
class Span:
    """The page's view: which unit, counted from 0, and the time steps that are drawn."""

    desk: Desk
    unit: int
    look: str
    steps: range

    @property
    def exercise(self) -> Exercise:
        """The exercise on screen."""
        return self.desk.exercise

    @property
    def trace(self) -> Trace:
        """Its trace."""
        return self.desk.trace

    @property
    def units(self) -> int:
        """How many units are drawn at once: the first ones."""
        return min(self.exercise.n, MOST_UNITS)

    @property
    def times(self) -> list[int]:
        """The time steps that are drawn, as people count them."""
        return [t + 1 for t in self.steps]

    def over(self, name: str) -> Array:
        """Return a vector of every time step that is drawn, (steps, entries)."""
        return np.stack([self.trace[t, name] for t in self.steps])

    @cached_property
    def web(self) -> Cobweb:
        """The cobweb of the unit at the time step on screen."""
        return cobweb(self.trace, self.desk.t, self.unit)

    @cached_property
    def memories(self) -> tuple[Memory, Memory]:
        """What this cell, and a plain RNN, remember of the first input that is not 0."""
        return memory(self.exercise), rnn_memory(self.exercise)

    @property
    def options(self) -> tuple[Option, ...]:
        """Everything that can be chosen, for the address."""
        return LOOK, LENGTH, unit_choice(self.exercise.n)


def span(desk: Desk) -> Span:
    """Return what the page looks at; of many time steps, those around the one on screen."""
    session, exercise = desk.session, desk.exercise
    unit, look = chosen_unit(session, exercise.n), LOOK.of(session.options)
    return Span(desk, unit, look, window(desk.t, exercise.T, MOST_STEPS))


def rows(cell: Cell) -> list[str]:
    """Return what the heatmaps show: gates and candidate, then the states, C last."""
    squashes = [s.name for s in cell.steps if s.op in (SIGMOID, TANH, RELU)]
    skipped = {"squashed", "y", *cell.carry}
    return [*(name for name in squashes if name not in skipped), *cell.carry]


def lines(cell: Cell) -> list[str]:
    """Return what is drawn for one unit: its memory, what is kept and written, and h."""
    memory = facts(cell).memory
    return [name for name in dict.fromkeys((memory, "kept", "written", "h")) if name in cell.names]
