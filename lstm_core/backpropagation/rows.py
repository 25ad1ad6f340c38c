"""Backpropagation through time as data: a table of steps, walked exactly like the forward pass.

    trace = run(cell, params, xs, start)
    back = run_back(trace, {(T - 1, "h"): np.ones(n)})  # L = Σ h_T
    back[t, "dz_f"]  # ∂L/∂z_f at time step t; forward values stand beside it, under their own names
    back.cell["dz_f"]  # its row: df ∘ slope_f

Names: `dz_f` is ∂L/∂z_f, for every value, parameter, state and x of the cell. `slope_f` is the
derivative σ′(z_f) of the squash that made f. Where several steps read a value, `dv_via_f` is what
comes back through one of them (W_fᵀ·dz_f), and `dv` their sum; of a GRU's W_h, `dW_hh` and `dW_hx`
are the blocks. From outside come `seed_h`, how L depends on h_t directly, and `dh_next`, what time
step t + 1 handed back: its `dh_prev`.

A parameter is the same at every time step, so its gradient is a sum. `dW_f` is the share of time
step t in it, and `dW_f_sum`, a row of the stage "sum over time", is ∂L/∂W_f: the shares of all time
steps added up. Like W_f itself it is the same at every t.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.backpropagation.derivation import Derivation
from lstm_core.backpropagation.ops import OVER_TIME
from lstm_core.cell import Cell, Step
from lstm_core.gradients import Seeds, checked
from lstm_core.ops import Array
from lstm_core.trace import Frame, Trace, evaluate

SUMMED = "sum over time"  # the stage of the rows that belong to no time step alone


def with_backward_rows(cell: Cell, seeded: Iterable[str] = ("h",), summed: bool = False) -> Cell:
    """Return the cell with its backward rows after its own: one table, forward and back.

    `seeded` are the values that the loss depends on directly; a value that nothing reads, as the
    read-out y, is one of them in any case. `carry` runs both ways: h becomes h_prev at t + 1, and
    dh_prev becomes dh_next at t − 1. The stages are those of the forward pass, from the last to
    the first, then "handed back". With `summed`, the rows that add up over time come last: of a
    single time step, they would say its share again.
    """
    return _derived(cell, frozenset(seeded), summed)


@lru_cache(maxsize=256)
def _derived(cell: Cell, seeded: frozenset[str], summed: bool) -> Cell:
    rows = tuple(Derivation(cell, seeded).rows())
    rows += tuple(_sums(cell, rows)) if summed else ()
    back = {f"d{previous}": f"d{name}_next" for name, previous in cell.carry.items()}
    return replace(cell, steps=cell.steps + rows, carry={**cell.carry, **back})


def _sums(cell: Cell, rows: Iterable[Step]) -> Iterator[Step]:
    """Give the sum over time of every parameter's shares, in the order in which these are made."""
    shares = {f"d{name}" for name in cell.params}
    for row in rows:
        if row.name in shares:
            yield Step(f"{row.name}_sum", OVER_TIME, (row.name,), "", "", SUMMED)


def is_sum(step: Step) -> bool:
    """Return whether a row adds up the shares of all time steps."""
    return step.stage == SUMMED


def without_sums(table: Cell) -> Cell:
    """Return the table without the rows that add up over time."""
    return replace(table, steps=tuple(step for step in table.steps if not is_sum(step)))


def operand_places(step: Step, t: int, T: int) -> tuple[tuple[int, str], ...]:
    """Return where the row of time step t finds its operands: at t or, of a sum, at every t."""
    times = range(T) if is_sum(step) else (t,)
    return tuple((s, name) for s in times for name in step.inputs)


def backward_steps(cell: Cell, seeded: Iterable[str] = ("h",)) -> tuple[Step, ...]:
    """Return the backward rows alone, in the order in which they are worked out."""
    return with_backward_rows(cell, seeded).steps[len(cell.steps) :]


def run_back(
    trace: Trace, seeds: Mapping[tuple[int, str], ArrayLike], table: Cell | None = None
) -> Trace:
    """Return the trace with all rows of the backward pass: frames[t] holds values and gradients.

    `seeds` says how L depends on the trace directly, as in `backward`, which gives the same
    gradients: {(T-1, "h"): dL/dh}. The values named there are the seeded ones of the table; where a
    time step has no seed, its seed is zero, as is what arrives at the last from behind. `table`
    puts another table in the place of `with_backward_rows(trace.cell, …)`, one with a changed row.
    Raises ValueError for a seed that names no value of the trace, or has another shape.
    """
    given = checked(trace, seeds)
    table = table or with_backward_rows(trace.cell, (name for _, name in given))
    rows = without_sums(table).steps[len(trace.cell.steps) :]
    handed: Frame = {}
    frames: list[dict[str, Array]] = []
    with np.errstate(all="ignore"):  # as in run: an overflow is a value to show
        for t in reversed(range(len(trace))):
            frame = _arriving(trace, t, table, given, handed)
            evaluate(rows, frame)
            handed = frame
            frames.append(frame)
        frames.reverse()
        _add_up(filter(is_sum, table.steps), frames)
    return Trace(table, trace.params, tuple(MappingProxyType(frame) for frame in frames))


def _add_up(sums: Iterable[Step], frames: list[dict[str, Array]]) -> None:
    """Put the rows that add up over time into the frames: the same arrays at every time step."""
    for step in sums:
        places = operand_places(step, 0, len(frames))
        total = _kept(step.op.forward(*(frames[t][name] for t, name in places)))
        for frame in frames:
            frame[step.name] = total


def _arriving(trace: Trace, t: int, table: Cell, seeds: Seeds, handed: Frame) -> dict[str, Array]:
    """The values of time step t, and what reaches it from L and from t + 1."""
    frame = dict(trace.frames[t])
    for name in table.params:
        if name.startswith("seed_"):
            value = frame[name.removeprefix("seed_")]
            frame[name] = seeds.get((t, name.removeprefix("seed_")), _kept(np.zeros_like(value)))
    for name, previous in trace.cell.carry.items():
        zero = _kept(np.zeros_like(frame[name]))
        frame[f"d{name}_next"] = handed.get(f"d{previous}", zero)
    return frame


def _kept(array: Array) -> Array:
    array.setflags(write=False)
    return array


def totals(back: Trace) -> Mapping[str, Array]:
    """Return the gradient of every parameter, its shares added up over time: {"W_f": dL/dW_f}."""
    sums = {
        name: OVER_TIME.forward(*(frame[f"d{name}"] for frame in back.frames))
        for name in back.params
    }
    return MappingProxyType({name: _kept(total) for name, total in sums.items()})
