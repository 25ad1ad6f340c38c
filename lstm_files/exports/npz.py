"""NumPy: every array under its name, every step stacked over time."""

import io

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_files.exports.archive import archive


def npz(exercise: Exercise) -> bytes:
    """Return an .npz: parameters, xs (T, m), starting states (n,), and each step as (T, …)."""
    trace = exercise.trace()
    steps = {
        step.name: np.stack([frame[step.name] for frame in trace.frames])
        for step in exercise.cell.steps
    }
    arrays = {**exercise.arrays, **steps}
    return archive({f"{name}.npy": _npy(array) for name, array in arrays.items()})


def _npy(array: Array) -> bytes:
    written = io.BytesIO()
    # A transposed array would be the same numbers, and other bytes.
    np.lib.format.write_array(written, np.ascontiguousarray(array), (1, 0), allow_pickle=False)
    return written.getvalue()
