"""What the check page asks for: which steps, and whether the backward pass is asked for, too."""

from math import prod

from lstm_core.backpropagation.rows import is_sum
from lstm_core.cell import Cell, Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.backward_rows import backward_cell
from lstm_core.lesson.words import words
from lstm_core.looks.activations import activated, gates_of
from lstm_core.shapes import letters, shape_in
from lstm_ui.session.names import steps_asked
from lstm_ui.session.options import Choice, Word
from lstm_ui.session.session import Session

HELP = Choice("help", ("none", "hint1", "hint2", "hint3", "why"))
HELP_AT = Word("help_at")  # the entry that help was asked for: z_i:1
# Whether the backward pass is asked for, too: not, its vectors, or ∂L/∂W as well.
BACK = Choice("back", ("off", "on", "weights"))
MOST_WEIGHTS = 60  # entries of a matrix that are asked for one by one
_ASK = ("every", "states")
WORDS = words("check")


def ask(exercise: Exercise) -> Choice:
    """Return the choice of steps to ask for; a worksheet's own come first."""
    return Choice("ask", ("sheet", *_ASK) if steps_asked(exercise, 0) else _ASK)


def asked_names(exercise: Exercise) -> dict[str, str]:
    """Return what each of these choices is called: of a cell without gates, the states alone."""
    states = "states" if gates_of(exercise.cell) else "states alone"
    named = {word: WORDS.text("asked", word) for word in ("sheet", "every")}
    return named | {"states": WORDS.text("asked", states)}


def asked_steps(session: Session) -> list[Step]:
    """Return the steps that the page asks for at the time step on screen."""
    cell, wanted = session.exercise.cell, ask(session.exercise).of(session.options)
    if wanted == "sheet":
        return [cell[name] for name in steps_asked(session.exercise, session.place.t)]
    if wanted == "every":
        return list(cell.steps)
    squashes = activated(cell)
    return [step for step in cell.steps if step in squashes or step.name in cell.carry]


def asked_rows(session: Session) -> list[Step]:
    """Return the backward rows that the page asks for: from h back to v, and ∂L/∂W where wished.

    At t = 1, where the way back ends, their sums over time come last.
    """
    rows = asked_cell(session).steps[len(session.exercise.cell.steps) :]
    here = (row for row in rows if not (session.place.t and is_sum(row)))
    return [row for row in here if _is_asked(session, row.name)]


def _is_asked(session: Session, name: str) -> bool:
    wished = BACK.of(session.options) == "weights" and not too_many_weights(session)
    return len(letters(name)) == 1 or wished


def too_many_weights(session: Session) -> bool:
    """Return whether ∂L/∂W has more entries than anyone types in."""
    cell, sizes = session.exercise.cell, session.exercise.sizes
    shapes = (shape_in(name, sizes) for name in cell.params)
    return max(map(prod, shapes)) > MOST_WEIGHTS


def goes_back(session: Session) -> bool:
    """Return whether anything of the backward pass is asked for."""
    return BACK.of(session.options) != "off"


def asked_cell(session: Session) -> Cell:
    """Return the cell whose steps can be asked for: with its backward rows, where wanted."""
    exercise = session.exercise
    if goes_back(session):
        return backward_cell(exercise.cell, summed=exercise.T > 1)
    return exercise.cell
