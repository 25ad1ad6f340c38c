"""What can be chosen on the page on gradients.

The row of the way back and its entry are options, for the session's place is always a step of the
forward pass. The trial numbers, a scale and a bias, are no edits: they change the curves, not the
exercise.
"""

from lstm_core.backpropagation.losses import LOSSES
from lstm_core.backpropagation.rows import is_sum, without_sums
from lstm_core.cell import Cell, Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.backward_rows import backward_cell
from lstm_core.looks.reach import LONGEST
from lstm_ui.session.options import Choice, Number, Option
from lstm_ui.sheet.choices import unit_choice

SHOW = Choice("part", ("walk", "memory", "compare"))

LOSS = Choice("loss", LOSSES)
AT = Number("at", 1, 128, 1, whole=True)  # the entry of the row that is open, from 1
COLUMN = Number("column", 1, 128, 1, whole=True)  # the same of a matrix
TARGETS = tuple(Number(f"target_{letter}", -10, 10, 0.5) for letter in "abcdefgh")
NOT_BEGUN = "begin"
FURTHEST = 200  # time steps from T: so far the way back leads

STEPS = Number("steps", 5, LONGEST, 20, whole=True)
RECURRENT = Number("recurrent", 0.0, 3.0, 1.0)
FORGET = Number("forget", -8.0, 8.0, 0.0)
AXIS = Choice("axis", ("log", "linear"))
EXAMPLES = ("gradient-survives", "gradient-vanishes", "gradient-explodes")


def table(exercise: Exercise) -> Cell:
    """Return the cell with its backward rows; of several time steps, with their sums at the end."""
    return backward_cell(exercise.cell, summed=exercise.T > 1)


def rows(exercise: Exercise) -> tuple[Step, ...]:
    """Return the backward rows of one time step, in the order in which they are worked out."""
    return without_sums(table(exercise)).steps[len(exercise.cell.steps) :]


def sums(exercise: Exercise) -> tuple[Step, ...]:
    """Return the rows that add up over time: none where not all time steps are walked through."""
    return tuple(filter(is_sum, table(exercise).steps)) if exercise.T <= FURTHEST else ()


def row_choice(exercise: Exercise) -> Choice:
    """Return the rows to choose from; at first none, and the way back begins at the last t."""
    names = (row.name for row in (*rows(exercise), *sums(exercise)))
    return Choice("row", (NOT_BEGUN, *names))


def since_choice(T: int) -> Number:
    """Return the choice of the time step that a gradient is followed back to, from 1."""
    return Number("since", 1, T, 1, whole=True)


def options(exercise: Exercise) -> tuple[Option, ...]:
    """Return everything that can be chosen on the page, for the address."""
    of_walk: tuple[Option, ...] = (
        LOSS,
        row_choice(exercise),
        AT,
        COLUMN,
        *TARGETS[: exercise.r],
    )
    of_paths = (STEPS, RECURRENT, FORGET, AXIS, since_choice(LONGEST), unit_choice(exercise.n))
    return SHOW, *of_walk, *of_paths
