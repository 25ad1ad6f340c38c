"""CSV of the backward pass of L = Σ h_T: one row for each gradient, and for each sum over time."""

from collections.abc import Iterator

import numpy as np

from lstm_core.backpropagation.rows import without_sums
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.backward_rows import backprop
from lstm_files.exports.csv_rows import entries, in_csv
from lstm_files.exports.names import board


def gradients_csv(exercise: Exercise) -> bytes:
    """Return CSV in UTF-8 with the columns of `csv_rows`, the last time step first.

    A weight or bias has its share at each time step; its gradient, the sum of all shares, has none.
    """
    return in_csv(_rows(exercise))


def _rows(exercise: Exercise) -> Iterator[tuple[str, ...]]:
    last = exercise.T - 1
    back = backprop(exercise.trace(), {(last, "h"): np.ones(exercise.r)})
    forward = len(exercise.cell.steps)
    each = without_sums(back.cell).steps[forward:]
    called = {row.name: board(back.cell, row.name) for row in back.cell.steps[forward:]}
    for t in range(last, -1, -1):
        for row in each:
            yield from entries(str(t + 1), row.name, called[row.name], back[t, row.name])
    for row in back.cell.steps[forward + len(each) :]:
        yield from entries("", row.name, called[row.name], back[0, row.name])
