"""How far a gradient reaches: dC_t/dC_s and dh_t/dh_s, along every path and along the direct one.

One step back is a linear map from what arrives at time t to what is handed to t − 1. Its matrix is
what the backward rows make of the identity: each gradient is a matrix then, a column for each entry
that arrives and for each time step, so that all time steps are worked out at once. The rest is the
product of these matrices.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

import numpy as np

from lstm_core.backpropagation.rows import backward_steps
from lstm_core.cell import Cell, Step
from lstm_core.cells import facts
from lstm_core.looks.connected import leading_to
from lstm_core.ops import Array
from lstm_core.trace import Trace, evaluate

NUMBERS = 20_000  # in one gradient of many time steps at once: more would not fit the cache


def cell_jacobian(trace: Trace, t: int, s: int) -> Array:
    """Return dC_t/dC_s (n, n) through every path: C, h and all gates. Row i is for C_t[i].

    s ≤ t; at s = t it is the identity. Raises ValueError for a cell without C, or times that the
    trace does not have.
    """
    _check_state(trace.cell, "C")
    return _jacobian(trace, "C", t, s)


def hidden_jacobian(trace: Trace, t: int, s: int) -> Array:
    """Return dh_t/dh_s (n, n) through every path that leaves h_s. Row i is for h_t[i].

    s ≤ t; at s = t it is the identity. In an LSTM C_s is held still: what h_s does, it does through
    the gates of the next time step. Raises ValueError for times that the trace does not have.
    """
    return _jacobian(trace, "h", t, s)


def direct_path(trace: Trace, t: int, s: int) -> Array:
    """Return the direct factor of dC_t/dC_s (n,): the product of f_{s+1} … f_t, entry by entry.

    It is all ones for a cell without a forget gate. Of a GRU, whose memory is h, it is the product
    of the z. Raises ValueError for a cell in which no state is carried on directly.
    """
    _check(trace, t, s)
    memory, gate = (known := facts(trace.cell)).memory, known.keeps
    if not known.carried:
        name = trace.cell.name
        raise ValueError(f"The cell {name} has no direct path: all of {memory} is made anew.")
    factors = [trace[k, gate] for k in range(s + 1, t + 1)] if gate else []
    product: Array = np.prod([np.ones_like(trace[t, memory]), *factors], axis=0)
    return product


def decay(trace: Trace, of: str = "h") -> Array:
    """Return, for each time step s, how much of a push on h_s arrives at the last h (T,).

    It is the spectral norm of dh_T/dh_s, the most that any small push is stretched: 1 at the last
    time step, then towards 0 or infinity the further back one looks. `of="C"` pushes C_s instead,
    and raises ValueError for a cell without C.
    """
    _check_state(trace.cell, of)
    stack = np.array([*_gradients(trace, len(trace) - 1, "h", of)][::-1])
    finite = np.array([np.isfinite(gradient).all() for gradient in stack])
    norms = np.linalg.norm(np.where(finite[:, None, None], stack, 0.0), 2, axis=(1, 2))
    return np.where(finite, norms, np.inf)


def _jacobian(trace: Trace, name: str, t: int, s: int) -> Array:
    _check(trace, t, s)
    return next(islice(_gradients(trace, t, name, name), t - s, None)).T


def _check_state(cell: Cell, name: str) -> None:
    if name not in cell.carry:
        raise ValueError(f"The cell {cell.name} has no state {name}, only {', '.join(cell.carry)}.")


def _check(trace: Trace, t: int, s: int) -> None:
    if not 0 <= s <= t < len(trace):
        raise ValueError(f"s and t must be 0 ≤ s ≤ t ≤ {len(trace) - 1}, given s = {s}, t = {t}.")


def _gradients(trace: Trace, t: int, name: str, of: str) -> Iterator[Array]:
    """Give (d name_t / d of_s)ᵀ for s = t, t − 1, …, 0: a column for each entry at t."""
    n, sizes = len(trace[t, name]), {state: len(trace[t, state]) for state in trace.cell.carry}
    arriving = np.vstack(
        [np.eye(n) if state == name else np.zeros((k, n)) for state, k in sizes.items()]
    )
    at_once = max(1, NUMBERS // len(arriving) ** 2)
    for last in range(t, -1, -at_once):
        own, back = _steps_back(trace, range(last, max(last - at_once, -1), -1), of)
        for here, step in zip(own, back, strict=True):
            with np.errstate(all="ignore"):  # as in run: an overflow is a value to show
                found, arriving = here @ arriving, step @ arriving
            yield found


def _steps_back(trace: Trace, times: range, of: str) -> tuple[Array, Array]:
    """Return two matrices for each of the times: what becomes of the gradients that arrive there.

    What arrives are those of all states, one below the other: `size` numbers. `own` (times, n,
    size) makes of them the gradient of the state `of`, and `back` (times, size, size) what is
    handed on to the time step before.
    """
    cell = trace.cell
    rows, carry = _rows(cell, of), [*cell.carry]
    *ends, size = np.cumsum([len(trace[0, state]) for state in carry]).tolist()
    # The rows are worked out for all times, and all columns of an identity matrix, at once.
    blocks = np.split(np.repeat(np.eye(size), len(times), axis=1), ends)
    grads = {f"d{state}_next": block for state, block in zip(carry, blocks, strict=True)}
    for name in {part for row in rows for part in row.inputs} - {row.name for row in rows}:
        if name.startswith("seed_"):  # of a state that nothing reads, as a variant may have one
            unread = trace[0, name.removeprefix("seed_")]
            grads[name] = np.zeros((len(unread), size * len(times)))
        elif name not in grads:
            values = [trace[t, name] for t in times]
            grads[name] = values[0] if values[0].ndim == 2 else np.tile(np.transpose(values), size)
    with np.errstate(all="ignore"):
        evaluate(rows, grads)
    handed = np.vstack([grads[f"d{cell.carry[state]}"] for state in carry])
    own, back = (
        array.reshape(-1, size, len(times)).transpose(2, 0, 1)
        for array in (grads[f"d{of}"], handed)
    )
    return own, back


@lru_cache(maxsize=256)
def _rows(cell: Cell, of: str) -> tuple[Step, ...]:
    """The backward rows that what is handed back depends on: none for parameters or for x."""
    forward = leading_to(cell.steps, cell.carry)  # a read-out is no way back to a state
    rows = backward_steps(replace(cell, steps=forward), ())
    return leading_to(rows, [f"d{of}", *(f"d{previous}" for previous in cell.states)])
