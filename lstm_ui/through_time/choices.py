"""What the page through time looks at: the view chosen, the unit, and inputs made by a rule.

No Streamlit here.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.cell import Cell
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.parts import LIMITS
from lstm_core.looks.dynamics import Cobweb, cobweb
from lstm_core.looks.memory import Memory, memory, rnn_memory
from lstm_core.looks.signals import SIGNALS, signal
from lstm_core.ops import RELU, SIGMOID, TANH, Array
from lstm_core.trace import Address, Trace
from lstm_ui.session.address import read_point
from lstm_ui.session.options import Choice, Number, Option
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import Desk, desk_now

LOOK = Choice("over", ("maps", "unit", "cobweb", "memory"))
LENGTH = Number("length", 2, 200, 24, whole=True)
MOST_STEPS, MOST_UNITS = 200, 16  # drawn at once


@dataclass(frozen=True, eq=False)
class Span:
    """The page's view: which unit, and the time steps that are drawn."""

    desk: Desk
    unit: int
    look: str
    start: int
    stop: int

    @property
    def exercise(self) -> Exercise:
        """The exercise on screen."""
        return self.desk.exercise

    @property
    def trace(self) -> Trace:
        """Its trace."""
        return self.desk.trace

    def over(self, name: str) -> Array:
        """Return a vector of every time step that is drawn, (steps, entries)."""
        return np.stack([self.trace[t, name] for t in range(self.start, self.stop)])

    @cached_property
    def web(self) -> Cobweb:
        """The cobweb of the unit at the time step on screen."""
        return cobweb(self.trace, self.desk.t, self.unit)

    @cached_property
    def memories(self) -> tuple[Memory, Memory]:
        """What this cell, and a plain RNN, remember of the first input."""
        return memory(self.exercise), rnn_memory(self.exercise)

    @property
    def options(self) -> tuple[Option, ...]:
        """Everything that can be chosen, for the address."""
        return LOOK, LENGTH, unit_choice(self.exercise)


def unit_choice(exercise: Exercise) -> Choice:
    """Return the choice of a unit, counted from 1."""
    return Choice("unit", tuple(str(j + 1) for j in range(exercise.n)))


def span(desk: Desk) -> Span:
    """Return what the page looks at; of many time steps, those around the one on screen."""
    exercise, chosen = desk.exercise, desk.session.options
    start = max(0, min(desk.t - MOST_STEPS // 2, exercise.T - MOST_STEPS))
    unit = int(unit_choice(exercise).of(chosen)) - 1
    return Span(desk, unit, LOOK.of(chosen), start, min(exercise.T, start + MOST_STEPS))


def rows(cell: Cell) -> list[str]:
    """Return what the heatmaps show: gates and candidate, then the states, C last."""
    squashes = [s.name for s in cell.steps if s.op in (SIGMOID, TANH, RELU)]
    skipped = {"squashed", "y", *cell.carry}
    return [*(name for name in squashes if name not in skipped), *cell.carry]


def lines(cell: Cell) -> list[str]:
    """Return what is drawn for one unit: its memory, what is kept and written, and h."""
    names = {step.name for step in cell.steps}
    memory = "C" if "C" in cell.carry else "h"
    return [name for name in dict.fromkeys((memory, "kept", "written", "h")) if name in names]


def make(session: Session, kind: str) -> None:
    """Replace the inputs by a signal, of the length that was chosen: an edit, to be undone."""
    if kind in SIGNALS:
        T = min(LENGTH.int_of(session.options), LIMITS["T"])
        xs = signal(kind, T, session.exercise.m)
        notice = f"Inputs: {kind}, {T} time steps. Undo brings your own back."
        session.change(session.exercise.with_array("xs", xs), notice)


def place_of(span: Span, clicked: str) -> Address | None:
    """Return the number behind a click on the heatmaps: time step, and row counted from the top."""
    t, row = map(round, read_point(clicked))
    names, units = rows(span.exercise.cell), min(span.exercise.n, MOST_UNITS)
    group, unit = divmod(row, units + 1)
    if not (span.start < t <= span.stop and 0 <= group < len(names) and unit < units):
        return None
    return Address(names[group], t - 1, (unit,))


def clicked(session: Session, place: str) -> None:
    """Open the number that was clicked on the step-by-step page; of a line, its time step here."""
    here = span(desk_now(session))
    if here.look != "maps":
        t = round(read_point(place)[0]) - 1
        session.go(session.place.step, t)
    elif at := place_of(here, place):
        session.visit("", at)
