"""Names for places where LaTeX is not drawn: labels, figures, sentences. All come from LaTeX."""

import re

from lstm_core.cell import Cell
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain
from lstm_core.shapes import shape_in, value_of

_SUBSCRIPT = re.compile(r"_(?:\{([^}]*)\}|(\w))")
_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def with_subscripts(cell: Cell, name: str) -> str:
    """Return a name as a figure shows it: W<sub>f</sub>·v."""
    return _SUBSCRIPT.sub(lambda m: f"<sub>{m[1] or m[2]}</sub>", plain(cell, name))


def readable(sentence: str) -> str:
    """Return a sentence with its time indices set low: h_{t-1} becomes hₜ₋₁."""
    return re.sub(r"_t\b", "ₜ", sentence.replace("_{t-1}", "ₜ₋₁"))


def subscripted(text: str, number: int) -> str:
    """Return a short label with a number set low: x₁."""
    return text + str(number).translate(_DIGITS)


def entry_labels(exercise: Exercise, name: str) -> list[str]:
    """Return a label for each entry of a vector: x₁ x₂ h₁ h₂ for v, 1 2 3 for a vector of units.

    A gradient has the labels of the value that it belongs to: dv those of v.
    """
    name = value_of(name)
    step = exercise.cell.get(name)
    if step and step.op.name == "concat":
        return [label for part in step.inputs for label in _part_labels(exercise, part)]
    if name == "x":
        return _part_labels(exercise, name)
    return [str(j + 1) for j in range(shape_in(name, exercise.sizes)[0])]


def _part_labels(exercise: Exercise, part: str) -> list[str]:
    size = exercise.m if part == "x" else exercise.r
    return [subscripted(part[0] if part != "reset_h" else "h", k + 1) for k in range(size)]


def column_labels(exercise: Exercise, weights: str) -> list[str]:
    """Return a label for each column of a weight matrix: the entry of v that it multiplies."""
    if value_of(weights) == "W_y":
        return _part_labels(exercise, "h")
    if value_of(weights) == "W_p":
        return entry_labels(exercise, "cell_output")
    return entry_labels(exercise, "v")
