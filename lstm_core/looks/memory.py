"""How long a cell remembers its first input, beside a plain RNN on the same inputs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.cells import rnn
from lstm_core.exercise.exercise import Exercise
from lstm_core.looks.dynamics import memory_of
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
    cell = rnn(exercise.order)
    return run(cell, _params(exercise), exercise.xs, {"h_prev": exercise.start["h_prev"]})


def rnn_memory(exercise: Exercise) -> Memory:
    """Return what is left of the first input in that RNN."""
    other = exercise.with_array("xs", _without_first(exercise))
    return _memory(plain_rnn(exercise), plain_rnn(other))


def _params(exercise: Exercise) -> Mapping[str, Array]:
    """The candidate's own: W_C of an LSTM, W_h of a GRU or an RNN."""
    name = "C" if "W_C" in exercise.params else "h"
    return {"W_h": exercise.params[f"W_{name}"], "b_h": exercise.params[f"b_{name}"]}


def _without_first(exercise: Exercise) -> Array:
    xs = exercise.xs.copy()
    xs[0] = 0.0
    return xs


def _memory(with_it: Trace, without: Trace) -> Memory:
    state = memory_of(with_it)
    apart = [
        float(np.linalg.norm(a[state] - b[state]))
        for a, b in zip(with_it.frames, without.frames, strict=True)
    ]
    left = np.array(apart) / apart[0] if apart[0] else np.zeros(len(apart))
    return Memory(left)
