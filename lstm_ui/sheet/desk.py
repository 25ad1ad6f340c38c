"""What the blocks and figures of a page are made from: the session, its trace, the trace before.

Every number of the exercise is printed here, and nowhere else, so that a matrix, a figure and a
sentence print it alike.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain
from lstm_core.lesson.printing import rounded_names
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Trace
from lstm_ui.session.address import entry_name
from lstm_ui.session.session import Session
from lstm_ui.sheet.letters import with_subscripts


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
        # The place's entry is that of the step on screen; its operands may be shorter.
        return min(self.session.place.index[0], len(self.values(name)) - 1)

    def changed(self, name: str) -> NDArray[np.bool_] | None:
        """Return which entries the last edit changed; None where the array was of another size."""
        old, new = self.old(name), self.values(name)
        if old is None:
            return None
        # A computed number that differs in its last bit is the same: the sum has another order.
        hair = 1e-12 if name in self.trace.cell.names else 0.0
        return ~np.isclose(old, new, rtol=hair, atol=hair * np.abs(old).max(), equal_nan=True)

    def old(self, name: str) -> Array | None:
        """Return the array as it was before the last edit, where it had the same shape."""
        if self.before is None or self.t >= len(self.before):
            return None
        values = self.before.frames[self.t].get(name)
        return values if values is not None and values.shape == self.values(name).shape else None

    def text(self, name: str, x: float) -> str:
        """Return a number as the page prints it: of the array `name`, at the exercise's decimals.

        The name says whether a squash has made the number, which is irrational then, however short
        it looks: it keeps its zeros. The name "" is that of no array, and of no squash.
        """
        return numeral(float(x), self.exercise.decimals, name in self._rounded)

    def texts(self, name: str) -> list[str]:
        """Return each entry of a vector as the page prints it."""
        return self.printed(name, self.values(name))

    def printed(self, name: str, values: Array) -> list[str]:
        """Return numbers of the array `name`, (k,), as the page prints them."""
        decimals, rounded = self.exercise.decimals, name in self._rounded
        return [numeral(x, decimals, rounded) for x in values.tolist()]

    def slope(self, x: float) -> str:
        """Return a derivative as the page prints it: 1.0000 is not quite 1."""
        return numeral(float(x), self.exercise.decimals, rounded=True)

    @cached_property
    def _rounded(self) -> frozenset[str]:
        return rounded_names(self.trace.cell, self.t)

    def plain(self, name: str) -> str:
        """Return an array's name as sentences write it: W_f·v."""
        return plain(self.trace.cell, name)

    def mark(self, name: str) -> str:
        """Return an array's name as figures write it: W<sub>f</sub>·v."""
        return with_subscripts(self.trace.cell, name)

    def entry(self, name: str, *index: int) -> str:
        """Return an entry's name, counted from 1: (W_f·v)[2]."""
        return entry_name(self.trace.cell, name, index)

    def equals(self, name: str, *index: int) -> str:
        """Return an entry with its number: z_f[2] = 0.5."""
        return f"{self.entry(name, *index)} = {self.text(name, self.values(name)[index])}"

    def was(self, name: str, index: tuple[int, ...]) -> str:
        """Return the value that a changed entry had, with as many digits as it takes to differ."""
        values = self.old(name)
        if values is None:
            return ""
        old, new = (self.text(name, of[index]) for of in (values, self.values(name)))
        return old if old != new else numeral(float(values[index]), None)


def desk(session: Session) -> Desk:
    """Run the exercise, and the one before the last edit."""
    before = session.before.trace() if session.before else None
    return Desk(session, session.exercise.trace(), before)


def desk_now(session: Session) -> Desk:
    """Run the exercise alone: for a page that does not show what changed."""
    return Desk(session, session.exercise.trace(), None)
