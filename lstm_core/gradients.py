"""Backpropagation through time: the same table, read from the last row up, last time step first."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.cell import Cell
from lstm_core.ops import Array
from lstm_core.shapes import written
from lstm_core.trace import Frame, Trace, frozen

Seeds = Mapping[tuple[int, str], Array]


def backward(trace: Trace, seeds: Mapping[tuple[int, str], ArrayLike]) -> Trace:
    """Return dL/d(every value of `trace`), at the same addresses as the values.

    `seeds` says how L depends on the trace directly, {(T-1, "h"): dL/dh}: any step, state or x may
    be seeded, with an array of its own shape; the rest is worked out. grads[t, "f"] is the whole
    derivative dL/df_t, along every path. grads[t, "W_f"] is what time step t contributes, and
    grads.params["W_f"] the sum over t. What nothing reads has the gradient zero. Raises ValueError
    for a seed that names no value of the trace, or has another shape; and for a step that has no
    derivative, as those of a backward pass.
    """
    given = checked(trace, seeds)
    frames: list[Frame] = []
    later: Frame = {}
    with np.errstate(all="ignore"):  # as in run: an overflow is a value to show
        for t in reversed(range(len(trace))):
            later = _frame(trace.cell, trace.frames[t], _arriving(trace, t, given, later))
            frames.append(later)
        sums = {name: frozen(sum(frame[name] for frame in frames)) for name in trace.params}
    return Trace(trace.cell, MappingProxyType(sums), tuple(reversed(frames)))


def checked(trace: Trace, seeds: Mapping[tuple[int, str], ArrayLike]) -> Seeds:
    """Return the seeds as read-only arrays; ValueError unless each fits the value it is for."""
    given = {at: frozen(seed) for at, seed in seeds.items()}
    for (t, name), seed in given.items():
        who = f"Seed for {name}"
        if t not in range(len(trace)):
            raise ValueError(f"{who}: t must be 0 to {len(trace) - 1}, given {t}.")
        if name not in trace.frames[t] or name in trace.params:
            raise ValueError(f"{who}: this cell has no step, state or input of that name.")
        if seed.shape != (shape := trace[t, name].shape):
            sizes = f"must be {written(shape)}; given {written(seed.shape) or 'a single number'}"
            raise ValueError(f"{who} at t = {t} {sizes}.")
    return given


def _arriving(trace: Trace, t: int, seeds: Seeds, later: Frame) -> dict[str, Array]:
    """What reaches time step t from outside: its own seeds, and what t + 1 hands back."""
    grad = {name: seeds[t, name] for name in trace.frames[t] if (t, name) in seeds}
    for name, previous in trace.cell.carry.items() if later else ():
        _add(grad, name, later[previous])
    return grad


def _frame(cell: Cell, frame: Frame, grad: dict[str, Array]) -> Frame:
    """The chain rule: every step hands its gradient on to what it was made of."""
    values = dict(frame)
    for step in reversed(cell.steps):
        if step.name in grad:
            if step.op.vjp is None:
                raise ValueError(f"Step {step.name} has no derivative: {step.op.name} gives none.")
            operands = (values[name] for name in step.inputs)
            parts = step.op.vjp(grad[step.name], values[step.name], *operands)
            for name, part in zip(step.inputs, parts, strict=True):
                _add(grad, name, part)
    whole = {name: grad[name] if name in grad else np.zeros_like(values[name]) for name in values}
    for total in whole.values():
        total.setflags(write=False)
    return MappingProxyType(whole)


def _add(grad: dict[str, Array], name: str, part: Array) -> None:
    """Add a part to a gradient; arrays are shared and never changed in place."""
    grad[name] = grad[name] + part if name in grad else part
