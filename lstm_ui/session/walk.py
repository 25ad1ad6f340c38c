"""A way through the rows of a cell, time step by time step: where it leads on, back, and ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.cell import Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.trace import Address


@dataclass(frozen=True)
class Walk:
    """A way through `rows` at each of the time steps `times`, in the order in which it goes.

    `at_end` are rows that follow behind the last time step, and count to it. Places are numbered
    from 0: with 18 rows, the first row of the second time step is 18.
    """

    rows: Sequence[Step]
    times: range
    at_end: Sequence[Step] = ()

    def __len__(self) -> int:
        """How many places there are."""
        return len(self.rows) * len(self.times) + len(self.at_end)

    @property
    def every_row(self) -> tuple[Step, ...]:
        """All rows, those of a time step and those at the end."""
        return (*self.rows, *self.at_end)

    def position(self, row: str, t: int) -> int:
        """Return the number of a row at a time step; ValueError where there is no such row."""
        at = [step.name for step in self.every_row].index(row)
        if at >= len(self.rows):
            t = self.times[-1]
        # Not times.index(t): a time step beyond the ends has a number, too, to be moved from.
        return (t - self.times.start) // self.times.step * len(self.rows) + at

    def place(self, position: int) -> Address:
        """Return the row and time step of a number; of one beyond an end, those of the end."""
        position = max(0, min(position, len(self) - 1))
        time = min(position // len(self.rows), len(self.times) - 1)
        row = self.every_row[position - time * len(self.rows)]
        return Address(row.name, self.times[time])

    def moved(self, row: str, t: int, by: int) -> Address:
        """Return the place that lies so many places further on, or back."""
        return self.place(self.position(row, t) + by)

    @property
    def first(self) -> Address:
        """Where the way begins."""
        return self.place(0)

    @property
    def last(self) -> Address:
        """Where it ends."""
        return self.place(len(self) - 1)


def walk_on(exercise: Exercise) -> Walk:
    """Return the way through an exercise: after the last step comes the next time step's first."""
    return Walk(exercise.cell.steps, range(exercise.T))
