"""How long a cell remembers its first input, beside a plain RNN on the same inputs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.cell import Cell
from lstm_core.cells import facts, rnn
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.trace import Trace, run

FORGOTTEN = 0.01  # of what it was at the first time step


@dataclass(frozen=True, eq=False)
class Memory:
    """What is left of the first input in the memory over time (T,), as a part of its first effect.

    The memory is C, and h in a cell without C.

    `until` is the last time step, counted from 1, at which 1 % of it or more is left.
    """

    left: Array

    @property
    def until(self) -> int:
        """The last time step that still remembers; 0 where the first input did nothing."""
        there = np.flatnonzero(self.left >= FORGOTTEN)
        return int(there[-1]) + 1 if there.size else 0


def memory(exercise: Exercise) -> Memory:
    """Return what is left of the first input: |C_t − C_t without it| / |C_1 − C_1 without it|.

    Of C and not of h, for tanh(C) can hide what C still holds; of h in a cell without C.
    """
    return _memory(exercise.trace(), exercise.with_array("xs", _without_first(exercise)).trace())


def plain_rnn(exercise: Exercise) -> Trace:
    """Return a plain tanh RNN on the same inputs, with the weights and bias of the candidate."""
    cell, params = rnn(exercise.order), candidate_params(exercise.cell, exercise.params)
    return run(cell, params, exercise.xs, {"h_prev": exercise.start["h_prev"]})


def rnn_memory(exercise: Exercise) -> Memory:
    """Return what is left of the first input in that RNN."""
    other = exercise.with_array("xs", _without_first(exercise))
    return _memory(plain_rnn(exercise), plain_rnn(other))


def candidate_params(cell: Cell, params: Mapping[str, Array]) -> dict[str, Array]:
    """Return the candidate's weights and bias as those of a plain RNN: of an LSTM, W_C and b_C."""
    letter = facts(cell).letter
    return {"W_h": params[f"W_{letter}"], "b_h": params[f"b_{letter}"]}


def _without_first(exercise: Exercise) -> Array:
    xs = exercise.xs.copy()
    xs[0] = 0.0
    return xs


def _memory(with_it: Trace, without: Trace) -> Memory:
    state = facts(with_it.cell).memory
    apart = [
        float(np.linalg.norm(a[state] - b[state]))
        for a, b in zip(with_it.frames, without.frames, strict=True)
    ]
    left = np.array(apart) / apart[0] if apart[0] else np.zeros(len(apart))
    return Memory(left)
