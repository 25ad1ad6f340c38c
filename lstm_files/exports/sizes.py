"""How many numbers a calculation has, and how many a document may hold."""

from collections.abc import Callable

from lstm_core.exercise.exercise import Exercise
from lstm_core.shapes import letters, numbers, parameter_count

Write = Callable[[Exercise], bytes]


def count(exercise: Exercise) -> int:
    """Return how many numbers there are: given and worked out, at every time step."""
    names = ("x", *(step.name for step in exercise.cell.steps))
    per_time_step = sum(numbers(letters(name), exercise.sizes)[0] for name in names)
    states = sum(array.size for array in exercise.start.values())
    return parameter_count(exercise.params) + states + exercise.T * per_time_step


def check_size(exercise: Exercise, most: int | None) -> None:
    """Raise ValueError, in one plain sentence, for an exercise with more than `most` numbers."""
    if most is not None and (given := count(exercise)) > most:
        raise ValueError(
            f"This calculation has {given:,} numbers and this format is made for at most "
            f"{most:,}; CSV, NumPy and JSON hold them all."
        )
