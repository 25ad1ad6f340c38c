"""Everything that an exercise works out, as one list of rows in the order of dependency.

A row is one step at one time step. Handing on h and C is a row like any other: h_prev at t reads
h at t − 1, and dh_next at t reads dh_prev at t + 1. A sum over time is a row of t = 0, the last of
the way back, and reads every time step. So whoever follows a number through the sheet has no time
steps to think of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lstm_core.backpropagation.ops import COPY
from lstm_core.backpropagation.rows import is_sum, operand_places
from lstm_core.cell import Cell, Step
from lstm_core.marking.typed import Place


@dataclass(frozen=True)
class Row:
    """One step at time step t, and where it reads its operands."""

    t: int
    step: Step
    reads: tuple[Place, ...]

    @cached_property
    def at(self) -> Place:
        """Where the result is written."""
        return self.t, self.step.name


@dataclass(frozen=True, eq=False)
class Program:
    """The rows of a cell over its time steps, in the order in which they are worked out."""

    rows: tuple[Row, ...]

    @cached_property
    def by_place(self) -> dict[Place, Row]:
        """The rows by what they write."""
        return {row.at: row for row in self.rows}

    @cached_property
    def order(self) -> dict[Place, int]:
        """The place of each row in the order of dependency."""
        return {row.at: k for k, row in enumerate(self.rows)}

    @cached_property
    def handed_on(self) -> tuple[Row, ...]:
        """The rows that take a state over from another time step."""
        return tuple(row for row in self.rows if all(t != row.t for t, _ in row.reads))


@lru_cache(maxsize=16)
def program_of(cell: Cell, T: int, forward: int) -> Program:
    """Return the rows over T time steps: the first `forward` steps of the cell run from t = 0 on.

    The steps after them, those of the backward pass, then run from the last time step to the first,
    and at the end the shares of all time steps are added up.
    """
    back = tuple(step for step in cell.steps[forward:] if not is_sum(step))
    sums = (Row(0, step, operand_places(step, 0, T)) for step in cell.steps if is_sum(step))
    there, here = _pass(cell, cell.steps[:forward], range(T)), range(T)[::-1]
    return Program((*there, *_pass(cell, back, here), *sums))


def _pass(cell: Cell, steps: tuple[Step, ...], times: range) -> Iterator[Row]:
    made = {step.name for step in steps}
    for t in times:
        for new, old in cell.carry.items():
            if new in made and t != times[0]:
                handed_on = Step(old, COPY, (new,), old, "Handed on", "")
                yield Row(t, handed_on, ((t - times.step, new),))
        yield from (Row(t, step, operand_places(step, t, len(times))) for step in steps)


@lru_cache(maxsize=1024)
def rests_on(program: Program, at: Place) -> frozenset[Place]:
    """Return every place whose number a row rests on, at any time step."""
    found = {at}
    for row in reversed(program.rows[: program.order[at] + 1]):
        if row.at in found:
            found.update(row.reads)
    return frozenset(found - {at})
