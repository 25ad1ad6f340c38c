"""What numbers are called on the board, for every format."""

from lstm_core.cell import Cell
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain
from lstm_core.lesson.words import words


def board(cell: Cell, name: str) -> str:
    """Return a name that an entry such as [2] can follow: z_f, but (W_f·v)."""
    text = plain(cell, name)
    return f"({text})" if any(sign in text for sign in "·∘ ") else text


def title(exercise: Exercise) -> str:
    """Return the title; numbers without one are somebody's own."""
    return exercise.title.strip() or words("titles").text("own numbers", "title")


def frame_names(cell: Cell) -> tuple[str, ...]:
    """Return the names that every time step has: the input, the states before, the steps."""
    return ("x", *cell.states, *cell.names)
