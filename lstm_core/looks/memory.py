"""How long a cell remembers one of its inputs, and a plain RNN on the same inputs.

Beside a plain RNN itself stands an LSTM that has its weights for the candidate.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.cell import Cell, Order
from lstm_core.cells import facts, lstm, rnn
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.trace import Trace, run

HELD = 3.0  # b_f of the LSTM beside a plain RNN: f = σ(3) ≈ 0.95
FORGOTTEN = 0.01  # of what it was when it came


@dataclass(frozen=True, eq=False)
class Memory:
    """What is left of one input in the memory over time (T,), as a part of its first effect.

    The memory is C, and h in a cell without C. `since` is when the input comes, counted from 0:
    before, nothing is left of it.
    """

    left: Array
    since: int

    @property
    def until(self) -> int:
        """The last time step, counted from 1, at which 1 % or more is left; 0 where none is."""
        there = np.flatnonzero(self.left >= FORGOTTEN)
        return int(there[-1]) + 1 if there.size else 0


def first_input(exercise: Exercise) -> int | None:
    """Return the first time step, from 0, whose input is not all 0; None where there is none.

    To leave an input of zeros out changes nothing: there is no trace of it to follow.
    """
    there = np.flatnonzero(exercise.xs.any(axis=1))
    return int(there[0]) if there.size else None


def memory(exercise: Exercise, since: int) -> Memory:
    """Return what is left of the input at time s: |C_t − C_t without it| / |C_s − C_s without it|.

    Of C and not of h, for tanh(C) can hide what C still holds; of h in a cell without C.
    """
    return _memory(exercise.trace(), _without(exercise, since).trace(), since)


def companion(exercise: Exercise) -> Trace:
    """Return what stands beside a cell: a plain tanh RNN, and beside a plain RNN an LSTM."""
    if facts(exercise.cell).carried:
        return plain_rnn(exercise)
    params = held_params(exercise.params)
    zeros = np.zeros_like(exercise.start["h_prev"])
    start = {"h_prev": exercise.start["h_prev"], "C_prev": zeros}
    return run(lstm(exercise.order), params, exercise.xs, start)


def held_params(params: Mapping[str, Array], more: float = 0.0) -> dict[str, Array]:
    """Return the parameters of an LSTM with a plain RNN's weights for its candidate.

    Its gates see nothing and are held by their biases: f at σ(HELD + more), i and o at σ(0).
    """
    W, b = params["W_h"], params["b_h"]
    still = {f"W_{gate}": np.zeros_like(W) for gate in "fio"}
    biases = {"b_f": np.full_like(b, HELD + more), "b_i": np.zeros_like(b), "b_o": np.zeros_like(b)}
    return {"W_C": W, "b_C": b, **still, **biases}


def plain_rnn(exercise: Exercise) -> Trace:
    """Return a plain tanh RNN on the same inputs, with the weights and bias of the candidate."""
    cell, params = rnn(exercise.order), candidate_params(exercise.cell, exercise.params)
    return run(cell, params, exercise.xs, rnn_start(exercise))


def rnn_start(exercise: Exercise) -> dict[str, Array]:
    """Return where that RNN starts: at h_{t-1}; with a projection, at what is projected on it."""
    h = exercise.start["h_prev"]
    if exercise.cell.projected:
        h = np.linalg.pinv(exercise.params["W_p"]) @ h
    return {"h_prev": h}


def memory_beside(exercise: Exercise, since: int) -> Memory:
    """Return what is left of the same input in the cell that stands beside this one."""
    return _memory(companion(exercise), companion(_without(exercise, since)), since)


def candidate_params(cell: Cell, params: Mapping[str, Array]) -> dict[str, Array]:
    """Return the candidate's weights and bias as those of a plain RNN: of an LSTM, W_C and b_C.

    A variant's candidate may have none of its own, or no bias: then those of its first gate, or 0.
    With a projection the columns for h, (n, r), meet what W_p makes of n numbers: together (n, n).
    """
    own = f"W_{facts(cell).letter}"
    name = own if own in params else next(name for name in params if name.startswith("W_"))
    bias = params.get(name.replace("W_", "b_"), np.zeros(len(params[name])))
    W = _unprojected(params[name], params["W_p"], cell.order) if cell.projected else params[name]
    return {"W_h": W, "b_h": bias}


def _unprojected(W: Array, W_p: Array, order: Order) -> Array:
    """The weights (n, r+m) on W_p·m and x as weights (n, n+m) on m and x."""
    r = len(W_p)
    if order == "hx":
        return np.concatenate([W[:, :r] @ W_p, W[:, r:]], axis=1)
    return np.concatenate([W[:, :-r], W[:, -r:] @ W_p], axis=1)


def _without(exercise: Exercise, since: int) -> Exercise:
    """The exercise with 0 for the inputs of one time step."""
    xs = exercise.xs.copy()
    xs[since] = 0.0
    return exercise.with_array("xs", xs)


def _memory(with_it: Trace, without: Trace, since: int) -> Memory:
    state = facts(with_it.cell).memory
    apart = [
        float(np.linalg.norm(a[state] - b[state]))
        for a, b in zip(with_it.frames, without.frames, strict=True)
    ]
    first = apart[since]
    left = np.array(apart) / first if first else np.zeros(len(apart))
    return Memory(left, since)
