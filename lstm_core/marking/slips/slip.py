"""What a mistake of method is: the cell with some of its steps changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.ops import Array, Op

Forward = Callable[..., Array]
Change = tuple[str, Op, tuple[str, ...]]  # a step, its wrong operation, its wrong operands


@dataclass(frozen=True, eq=False)
class Slip:
    """One way to go wrong: the changed steps, the first of them named by `where`."""

    code: str
    where: str
    changes: tuple[Step, ...]
    phrase: str  # what the wrong number is

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the changed steps."""
        return frozenset(step.name for step in self.changes)

    def changed(self, cell: Cell) -> Cell:
        """Return the cell in which this is done."""
        new = {step.name: step for step in self.changes}
        return replace(cell, steps=_sorted([new.get(step.name, step) for step in cell.steps]))


Slips = Iterator[Slip]


def _sorted(steps: list[Step]) -> tuple[Step, ...]:
    """Move a step up where one before it uses it: nothing is used before it is defined."""
    done: list[Step] = []
    while steps:
        later = {step.name for step in steps}
        ready = next(step for step in steps if not later.intersection(step.inputs))
        done.append(ready)
        steps = [step for step in steps if step is not ready]
    return tuple(done)


def wrong_op(name: str, forward: Forward) -> Op:
    """Return a wrong operation; nobody differentiates it."""
    return Op(name, forward)


MINUS = wrong_op("minus", np.subtract)


def slip(cell: Cell, code: str, phrase: str, *changes: Change) -> Slip:
    """Return a mistake: the named steps with another operation and other operands."""
    steps = [replace(cell[name], op=op, inputs=inputs) for name, op, inputs in changes]
    return Slip(code, changes[0][0], tuple(steps), phrase)
