"""JSON: the exercise alone, or with every value of its trace."""

import json
import math

from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.latex import formula
from lstm_core.ops import Array
from lstm_core.trace import Trace
from lstm_files.exports.names import frame_names

VERSION = 1


def exercise_json(exercise: Exercise) -> bytes:
    """Return the exercise as the app reads it back."""
    return exercise.to_json().encode()


def trace_json(exercise: Exercise) -> bytes:
    """Return the exercise, the steps with their shapes, and all values, one name on a line.

    `frames` holds the time steps in order. JSON knows no infinity: a number too large for double
    precision is the text "inf", "-inf" or "nan".
    """
    cell, trace = exercise.cell, exercise.trace()
    frames = (
        ",\n".join(f'"{name}": {_values(frame[name])}' for name in frame_names(cell))
        for frame in trace.frames
    )
    return (
        f'{{"version": {VERSION},\n"exercise": {exercise.to_json()},\n'
        f'"steps": [\n{_steps(trace)}\n],\n"frames": [\n{{{"},{".join(frames)}}}\n]}}\n'
    ).encode()


def _steps(trace: Trace) -> str:
    steps = (
        {
            "name": step.name,
            "operation": step.op.name,
            "inputs": step.inputs,
            "shape": trace[0, step.name].shape,
            "title": step.title,
            "latex": formula(trace.cell, step.name),
        }
        for step in trace.cell.steps
    )
    return ",\n".join(json.dumps(step, ensure_ascii=False) for step in steps)


def _values(array: Array) -> str:
    return json.dumps([x if math.isfinite(x) else repr(x) for x in array.tolist()])
