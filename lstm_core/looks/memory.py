"""How long a cell remembers its first input that is not 0, and a plain RNN on the same inputs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.cell import Cell
from lstm_core.cells import facts, rnn
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.trace import Trace, run

FORGOTTEN = 0.01  # of what it was when it came


@dataclass(frozen=True, eq=False)
class Memory:
    """What is left of one input in the memory over time (T,), as a part of its first effect.

    The memory is C, and h in a cell without C. `since` is when the input comes, counted from 0:
    before, nothing is left of it. None where every input is 0.
    """

    left: Array
    since: int | None

    @property
    def until(self) -> int:
        """The last time step, counted from 1, at which 1 % or more is left; 0 where none is."""
        there = np.flatnonzero(self.left >= FORGOTTEN)
        return int(there[-1]) + 1 if there.size else 0


def first_input(exercise: Exercise) -> int | None:
    """Return the first time step, from 0, whose input is not all 0; None where there is none.

    An input of zeros cannot be left out: a signal that begins later would seem to be forgotten.
    """
    there = np.flatnonzero(exercise.xs.any(axis=1))
    return int(there[0]) if there.size else None


def memory(exercise: Exercise) -> Memory:
    """Return what is left of the input at time s: |C_t − C_t without it| / |C_s − C_s without it|.

    Of C and not of h, for tanh(C) can hide what C still holds; of h in a cell without C.
    """
    return _memory(exercise.trace(), _without(exercise).trace(), first_input(exercise))


def plain_rnn(exercise: Exercise) -> Trace:
    """Return a plain tanh RNN on the same inputs, with the weights and bias of the candidate."""
    cell, params = rnn(exercise.order), candidate_params(exercise.cell, exercise.params)
    return run(cell, params, exercise.xs, {"h_prev": exercise.start["h_prev"]})


def rnn_memory(exercise: Exercise) -> Memory:
    """Return what is left of the same input in that RNN."""
    without = plain_rnn(_without(exercise))
    return _memory(plain_rnn(exercise), without, first_input(exercise))


def candidate_params(cell: Cell, params: Mapping[str, Array]) -> dict[str, Array]:
    """Return the candidate's weights and bias as those of a plain RNN: of an LSTM, W_C and b_C."""
    letter = facts(cell).letter
    return {"W_h": params[f"W_{letter}"], "b_h": params[f"b_{letter}"]}


def _without(exercise: Exercise) -> Exercise:
    """The exercise with its first input that is not 0 left out."""
    if (since := first_input(exercise)) is None:
        return exercise
    xs = exercise.xs.copy()
    xs[since] = 0.0
    return exercise.with_array("xs", xs)


def _memory(with_it: Trace, without: Trace, since: int | None) -> Memory:
    state = facts(with_it.cell).memory
    apart = [
        float(np.linalg.norm(a[state] - b[state]))
        for a, b in zip(with_it.frames, without.frames, strict=True)
    ]
    first = apart[since or 0]
    left = np.array(apart) / first if first else np.zeros(len(apart))
    return Memory(left, since)
