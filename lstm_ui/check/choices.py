"""What the check page asks for: which steps, and whether the backward pass is asked for, too."""

from lstm_core.cell import Cell, Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.backward_rows import backward_cell
from lstm_core.ops import RELU, SIGMOID, TANH
from lstm_core.shapes import letters
from lstm_ui.session.names import steps_asked
from lstm_ui.session.options import Choice, Word
from lstm_ui.session.session import Session

HELP = Choice("help", ("none", "hint1", "hint2", "hint3", "why"))
HELP_AT = Word("help_at")  # the entry that help was asked for: z_i:1
BACK = Choice("back", ("off", "on"))  # whether the backward pass is asked for, too
_ASK = ("every", "states")


def ask(exercise: Exercise) -> Choice:
    """Return the choice of steps to ask for; a worksheet's own come first."""
    return Choice("ask", ("sheet", *_ASK) if steps_asked(exercise, 0) else _ASK)


def asked_steps(session: Session) -> list[Step]:
    """Return the steps that the page asks for at the time step on screen."""
    cell, wanted = session.exercise.cell, ask(session.exercise).of(session.options)
    if wanted == "sheet":
        return [cell[name] for name in steps_asked(session.exercise, session.place.t)]
    if wanted == "every":
        return list(cell.steps)
    squashes = (SIGMOID, TANH, RELU)
    return [step for step in cell.steps if step.op in squashes or step.name in cell.carry]


def asked_rows(session: Session) -> list[Step]:
    """Return the backward rows that the page asks for: the vectors, from h back to v."""
    rows = asked_cell(session).steps[len(session.exercise.cell.steps) :]
    return [row for row in rows if len(letters(row.name)) == 1]


def asked_cell(session: Session) -> Cell:
    """Return the cell whose steps can be asked for: with its backward rows, where wanted."""
    cell = session.exercise.cell
    return backward_cell(cell) if BACK.of(session.options) == "on" else cell
