"""CSV: one row for each number."""

import csv
import io
from collections.abc import Iterable, Iterator

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_files.exports.names import board, frame_names

HEADER = ("t", "step", "entry", "name", "value")


def csv_rows(exercise: Exercise) -> bytes:
    """Return CSV in UTF-8: time step, name, entry, name on the board, and every digit.

    Time steps and entries count from 1, as on the page. Parameters have no time step.
    """
    return in_csv(_rows(exercise))


def in_csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return rows under the header, in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return text.getvalue().encode()


def _rows(exercise: Exercise) -> Iterator[tuple[str, ...]]:
    trace, cell = exercise.trace(), exercise.cell
    for name, array in exercise.params.items():
        yield from entries("", name, board(cell, name), array)
    called = {name: board(cell, name) for name in frame_names(cell)}
    for t, frame in enumerate(trace.frames, 1):
        for name, on_board in called.items():
            yield from entries(str(t), name, on_board, frame[name])


def entries(t: str, name: str, on_board: str, array: Array) -> Iterator[tuple[str, ...]]:
    """Give a row for each number of an array, with every digit."""
    for index, value in zip(np.ndindex(array.shape), array.ravel().tolist(), strict=True):
        entry = ",".join(str(i + 1) for i in index)
        yield t, name, entry, f"{on_board}[{entry}]", repr(value)
