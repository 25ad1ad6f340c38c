"""A way through the rows of a cell, time step by time step: where it leads on, back, and ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.cell import Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.trace import Address


@dataclass(frozen=True)
class Walk:
    """A way through `rows` at each of the time steps `times`, in the order in which it goes.

    Its places are numbered from 0: with 18 rows, the first row of the second time step is 18.
    """

    rows: Sequence[Step]
    times: range

    def __len__(self) -> int:
        """How many places there are."""
        return len(self.rows) * len(self.times)

    def position(self, row: str, t: int) -> int:
        """Return the number of a row at a time step; ValueError where there is no such row."""
        names = [step.name for step in self.rows]
        # Not times.index(t): a time step beyond the ends has a number, too, to be moved from.
        return (t - self.times.start) // self.times.step * len(names) + names.index(row)

    def place(self, position: int) -> Address:
        """Return the row and time step of a number; of one beyond an end, those of the end."""
        time, row = divmod(max(0, min(position, len(self) - 1)), len(self.rows))
        return Address(self.rows[row].name, self.times[time])

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
