"""What the blocks and figures of a page are made from: the session, its trace, the trace before.

Every number of the exercise is printed here, and nowhere else, so that a matrix, a figure and a
sentence print it alike.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain
from lstm_core.lesson.printing import rounded_names
from lstm_core.ops import SIGMOID, Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Trace
from lstm_ui.session.address import entry_name
from lstm_ui.session.session import Session
from lstm_ui.sheet.letters import with_subscripts

_PRODUCTS = ("matvec", "hadamard", "outer")  # of all other operations, the largest operand counts

SHORT, MOST_DECIMALS = 2, 10


@dataclass(frozen=True, eq=False)
class Desk:
    """A session with its trace, and the trace of what it is compared with.

    That is the exercise that is pinned or, without one, the exercise before the last edit.

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
        step = self.trace.cell.get(name)
        # A computed number that differs in its last bit is the same: the sum has another order.
        hair = 1e-12 if step else 0.0
        # A gate near 0 is exact, however large its z: it has no rounding but its own.
        size = self._sizes[name] if step and step.op is not SIGMOID else 0.0
        return ~np.isclose(old, new, rtol=hair, atol=hair * size, equal_nan=True)

    @cached_property
    def _sizes(self) -> dict[str, float]:
        """How large the numbers are that each step was worked out from; 0 where they are too large.

        Where they cancel, what is left is the rounding of these: 2e−16 instead of 0.
        """
        sizes: dict[str, float] = {}
        for step in self.trace.cell.steps:
            parts = [sizes.get(part) or self._largest(part) for part in step.inputs]
            parts = [self._largest(step.name)] if step.op is SIGMOID else parts
            size = math.prod(parts) if step.op.name.startswith(_PRODUCTS) else max(parts)
            sizes[step.name] = size if np.isfinite(size) else 0.0
        return sizes

    def _largest(self, name: str) -> float:
        return float(np.abs(self.values(name)).max(initial=0.0))

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

    def short(self, name: str, x: float, unlike: float | None = None) -> str:
        """Return a number where there is little room: with two decimals, if the page has as many.

        It has as many more, up to the page's, as make it print otherwise than the number `unlike`.
        """
        rounded, most = name in self._rounded, self.exercise.decimals or MOST_DECIMALS
        for places in range(SHORT, most):
            text = numeral(x, places, rounded)
            if unlike is None or text != numeral(unlike, places, rounded):
                return text
        return self.text(name, x)

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

    def gap(self, name: str, old: float, new: float) -> str:
        """Return how far a number of an array has moved, with its sign: +0.5, −3."""
        by = abs(float(new) - float(old))
        text = self.text(name, by)
        if by and not any(digit in text for digit in "123456789"):
            text = numeral(float(f"{by:.1g}"), None)  # less than the decimals show
        return f"{'+' if new > old else '−'}{text}" if by > 0 else ""

    def pinned(self, name: str) -> Array | None:
        """Return the array as it is in the pinned setting, where it has the same shape."""
        return self.old(name) if self.session.pinned else None

    def beside(self, name: str, index: tuple[int, ...]) -> str:
        """Return how far an entry has moved from what is pinned; "" where nothing is."""
        old = self.pinned(name)
        return "" if old is None else self.gap(name, old[index], self.values(name)[index])

    def was(self, name: str, index: tuple[int, ...]) -> str:
        """Return the value that an entry had; "" where it prints as it does now."""
        values = self.old(name)
        if values is None:
            return ""
        old, new = (self.text(name, of[index]) for of in (values, self.values(name)))
        return old if old != new else ""


def desk(session: Session) -> Desk:
    """Run the exercise, and the one that it is compared with."""
    before = session.against.trace() if session.against else None
    return Desk(session, session.exercise.trace(), before)


def desk_now(session: Session) -> Desk:
    """Run the exercise and what is pinned: for a page that does not show what an edit changed."""
    pinned = session.pinned.trace() if session.pinned else None
    return Desk(session, session.exercise.trace(), pinned)
