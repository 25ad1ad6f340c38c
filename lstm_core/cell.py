"""A cell is data: a table of steps, each one operation on values that have a name.

The tables stand in cells.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from lstm_core.ops import ADD, MATVEC, SIGMOID, Array, Op

Order = Literal["hx", "xh"]
Instruction = tuple[str, Callable[..., Array], str, str | None, tuple[str, ...]]


@dataclass(frozen=True)
class Step:
    """One row of a cell: `name` is what `op` makes of the values named in `inputs`."""

    name: str
    op: Op
    inputs: tuple[str, ...]
    symbol: str  # LaTeX
    title: str  # what the step is called, in plain words
    stage: str  # the group it is shown in

    @property
    def operands(self) -> tuple[str, ...]:
        """The inputs whose numbers count: all but one that says how long the result is."""
        return self.inputs[:-1] if self.op.sized else self.inputs

    @cached_property
    def instruction(self) -> Instruction:
        """The step as `evaluate` reads it: name, forward, the first, second and other operands."""
        second = self.inputs[1] if len(self.inputs) > 1 else None
        return self.name, self.op.forward, self.inputs[0], second, self.inputs[2:]


_READOUT = (
    Step("Wv_y", MATVEC, ("W_y", "h"), r"W_y \cdot h_t", "Weights times h_t (W_y·h_t)", "read-out"),
    Step("z_y", ADD, ("Wv_y", "b_y"), "z_y", "Add the bias (pre-activation z_y)", "read-out"),
    Step("y", SIGMOID, ("z_y",), "y_t", "Read-out", "read-out"),
)


@dataclass(frozen=True, eq=False)
class Cell:
    """A recurrent cell: `steps` in the order of reading; `carry` says what becomes what next.

    Parameters are the names that no step defines and that are neither the input `x` nor carried
    (in an LSTM: W_f, b_f, …). Raises ValueError where a step uses a name before it is defined.
    """

    name: str
    steps: tuple[Step, ...]
    carry: Mapping[str, str]

    def __post_init__(self) -> None:
        later = set(self.names)
        for step in self.steps:
            if used := [name for name in step.inputs if name in later]:
                raise ValueError(f"Step {step.name} uses {used[0]} before it is defined.")
            later.discard(step.name)

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The names of the incoming states: ("h_prev", "C_prev") in an LSTM."""
        return tuple(self.carry.values())

    @cached_property
    def params(self) -> tuple[str, ...]:
        """The names of weights and biases, in the order of first use."""
        given = {"x", *self.states, *self.names}
        names = (name for step in self.steps for name in step.inputs)
        return tuple(dict.fromkeys(name for name in names if name not in given))

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The names of all arrays that a run needs beside the inputs: parameters, then states."""
        return (*self.params, *self.states)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the steps, in the order of reading."""
        return tuple(step.name for step in self.steps)

    @cached_property
    def _by_name(self) -> Mapping[str, Step]:
        return {step.name: step for step in self.steps}

    def __getitem__(self, name: str) -> Step:
        """Return the step of this name; KeyError where there is none."""
        return self._by_name[name]

    def get(self, name: str) -> Step | None:
        """Return the step of this name; None where there is none, as for a parameter."""
        return self._by_name.get(name)

    def readers(self, name: str) -> tuple[Step, ...]:
        """Return the steps that read a value, in the order of reading."""
        return tuple(step for step in self.steps if name in step.inputs)

    @cached_property
    def order(self) -> Order:
        """Which state comes first in v, and so in the columns of every W."""
        return "xh" if self["v"].inputs[0] == "x" else "hx"

    @cached_property
    def readout(self) -> bool:
        """Whether the cell goes on to y_t = σ(W_y·h_t + b_y)."""
        return "y" in self.names

    @cached_property
    def projected(self) -> bool:
        """Whether W_p makes h of n numbers, so that h has a size r of its own."""
        return "W_p" in self.params

    def with_step(self, step: Step) -> "Cell":
        """Return the same cell with the step of that name replaced."""
        steps = tuple(step if old.name == step.name else old for old in self.steps)
        return replace(self, steps=steps)

    def with_readout(self) -> "Cell":
        """Return the same cell followed by the read-out y_t."""
        return replace(self, steps=self.steps + _READOUT)
