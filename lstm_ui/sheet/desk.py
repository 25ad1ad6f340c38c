"""What the blocks of a page are made from: the session, its trace, and the trace before."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Trace
from lstm_ui.session.session import Session


@dataclass(frozen=True, eq=False)
class Desk:
    """A session with its trace, and the trace of the exercise before the last edit.

    The traces may be those of a backward pass, with its rows behind the steps of the cell.
    """

    session: Session
    trace: Trace
    before: Trace | None

    @property
    def exercise(self) -> Exercise:
        """The exercise on screen."""
        return self.session.exercise

    @property
    def t(self) -> int:
        """The time step on screen."""
        return self.session.place.t

    def values(self, name: str) -> Array:
        """Return an array of the time step on screen."""
        return self.trace[self.t, name]

    def row(self, name: str) -> int:
        """Return which entry, or row, of an array is open."""
        return min(self.session.place.index[0], len(self.values(name)) - 1)

    def changed(self, name: str) -> NDArray[np.bool_] | None:
        """Return which entries the last edit changed; None where the array was of another size.

        A computed number that differs in its last bit is the same: the sum has another order.
        """
        old = self.old(name)
        if old is None:
            return None
        new, computed = self.values(name), name in [s.name for s in self.trace.cell.steps]
        hair = 1e-12 if computed else 0.0
        return ~np.isclose(old, new, rtol=hair, atol=hair * np.abs(old).max(), equal_nan=True)

    def old(self, name: str) -> Array | None:
        """Return the array as it was before the last edit, where it had the same shape."""
        if self.before is None or self.t >= len(self.before):
            return None
        values = self.before.frames[self.t].get(name)
        return values if values is not None and values.shape == self.values(name).shape else None

    def show(self, name: str, value: float) -> str:
        """Return a number as the page prints it, at the exercise's decimals."""
        return numeral(value, self.exercise.decimals, name in self.trace.cell.rounded(self.t))

    def was(self, name: str, index: tuple[int, ...]) -> str:
        """Return the value that a changed entry had, with as many digits as it takes to differ."""
        values = self.old(name)
        if values is None:
            return ""
        old, new = float(values[index]), float(self.values(name)[index])
        shown = self.show(name, old)
        return shown if shown != self.show(name, new) else numeral(old, None)


def desk(session: Session) -> Desk:
    """Run the exercise, and the one before the last edit."""
    before = session.before.trace() if session.before else None
    return Desk(session, session.exercise.trace(), before)


def desk_now(session: Session) -> Desk:
    """Run the exercise alone: for a page that does not show what changed."""
    return Desk(session, session.exercise.trace(), None)
