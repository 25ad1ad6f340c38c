"""What numbers are called on the board, for every format."""

from lstm_core.cell import Cell
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain


def board(cell: Cell, name: str) -> str:
    """Return a name that an entry such as [2] can follow: z_f, but (W_f·v)."""
    text = plain(cell, name)
    return f"({text})" if any(sign in text for sign in "·∘ ") else text


def title(exercise: Exercise) -> str:
    """Return the title, or words in its place where there is none to see."""
    return exercise.title.strip() or "The whole calculation"


def frame_names(cell: Cell) -> tuple[str, ...]:
    """Return the names that every time step has: the input, the states before, the steps."""
    return ("x", *cell.states, *cell.names)
