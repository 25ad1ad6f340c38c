"""What a figure of one step shows: the step, and the entry of its result that is open."""

from dataclasses import dataclass

from lstm_core.cell import Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.sheet.desk import Desk


@dataclass(frozen=True, eq=False)
class View:
    """A step of the desk's trace, at the time step on screen, and the `index` that is open.

    The trace may be that of a backward pass: the step is one of its rows then.
    """

    desk: Desk
    name: str
    index: tuple[int, ...]

    @property
    def step(self) -> Step:
        """The step on screen."""
        return self.desk.trace.cell[self.name]

    @property
    def exercise(self) -> Exercise:
        """The exercise on screen."""
        return self.desk.exercise

    @property
    def result(self) -> Array:
        """What the step makes: (n,), or (n, k) of a row of the backward pass that is a matrix."""
        return self.desk.values(self.name)

    @property
    def entry(self) -> int:
        """The entry of the result that is open."""
        return min(self.index[0], len(self.result) - 1)

    @property
    def column(self) -> int:
        """The column that is open, where the result is a matrix."""
        return min(self.index[-1], int(self.result.shape[-1]) - 1)

    def hover(self, name: str, index: tuple[int, ...], value: float) -> str:
        """Return an entry's name and all its digits."""
        return f"{self.desk.entry(name, *index)} = {numeral(float(value), None)}"
