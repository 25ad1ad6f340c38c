"""What the page through time looks at: the view that was chosen, the unit, the time steps drawn."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import composite
from lstm_core.looks.activations import activated, is_gate
from lstm_core.looks.dynamics import Cobweb, cobweb
from lstm_core.looks.memory import Memory, first_input, memory, memory_beside
from lstm_core.ops import ONE_MINUS, Array
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
    def most(self) -> int:
        """How many rows of a vector are drawn at once: the first ones."""
        return MOST_UNITS

    @property
    def times(self) -> list[int]:
        """The time steps that are drawn, as people count them."""
        return [t + 1 for t in self.steps]

    def over(self, name: str) -> Array:
        """Return a vector of every time step that is drawn, (steps, entries)."""
        return np.stack([self.trace[t, name] for t in self.steps])

    def pinned_over(self, name: str) -> Array | None:
        """Return the same of the pinned setting, as far as it goes; None where it has no such."""
        run, here = self.desk.before, self.trace[0, name].shape
        if run is None or getattr(run.frames[0].get(name), "shape", None) != here:
            return None
        shown = [run[t, name] for t in self.steps if t < len(run)]
        return np.stack(shown) if shown else None

    @cached_property
    def web(self) -> Cobweb:
        """The cobweb of the unit at the time step on screen."""
        return cobweb(self.trace, self.desk.t, self.unit)

    @property
    def without(self) -> Number:
        """The choice of the input that is left out, counted from 1: at first, one that is not 0."""
        first = first_input(self.exercise) or 0
        return Number("without", 1, self.exercise.T, first + 1, whole=True)

    @property
    def left_out(self) -> int:
        """The time step of that input, counted from 0."""
        return self.without.int_of(self.desk.session.options) - 1

    @cached_property
    def memories(self) -> tuple[Memory, Memory]:
        """What this cell, and the one beside it, remember of the input that is left out."""
        return memory(self.exercise, self.left_out), memory_beside(self.exercise, self.left_out)

    @property
    def options(self) -> tuple[Option, ...]:
        """Everything that can be chosen, for the address."""
        return LOOK, LENGTH, unit_choice(self.exercise.n), self.without


def span(desk: Desk) -> Span:
    """Return what the page looks at; of many time steps, those around the one on screen."""
    session, exercise = desk.session, desk.exercise
    unit, look = chosen_unit(session, exercise.n), LOOK.of(session.options)
    return Span(desk, unit, look, window(desk.t, exercise.T, MOST_STEPS))


def rows(cell: Cell) -> list[str]:
    """Return what the heatmaps show below the inputs: gates, candidate, the memory last."""
    own = activated(cell)
    squashes = [step.name for step in cell.steps if step in own or _is_coupled(step)]
    skipped, memory = {"squashed", "y", *cell.carry}, facts(cell).memory
    states = [name for name in cell.carry if name != memory]
    return [*(name for name in squashes if name not in skipped), *states, memory]


def is_share(cell: Cell, name: str) -> bool:
    """Return whether a step gives a share, from 0 to 1: whether it is a gate."""
    step = cell.get(name)
    return step is not None and (is_gate(step) or _is_coupled(step))


def _is_coupled(step: Step) -> bool:
    """Return whether a step is a gate that is what another one leaves: i = 1 − f."""
    return step.op is ONE_MINUS and not composite(step.symbol)


def lines(cell: Cell) -> list[str]:
    """Return what is drawn for one unit: its memory, what is kept and written, and what it shows.

    That is h; where h is a projection of all units, what of each is projected.
    """
    shown = cell["h"].inputs[-1] if cell.projected else "h"
    drawn = dict.fromkeys((facts(cell).memory, "kept", "written", shown))
    return [name for name in drawn if name in cell.names]
