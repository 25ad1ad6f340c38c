"""The way back: which row of the backward pass is on screen, for which loss. No Streamlit here.

The time step is that of the session's place; the row and its entry are options, for the place is
always a step of the forward pass.
"""

from dataclasses import replace

import numpy as np

from lstm_core.backpropagation.losses import LOSSES, loss
from lstm_core.backpropagation.rows import backprop, backward_cell
from lstm_core.cell import Cell, Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.trace import Address, Trace
from lstm_ui.session.address import read_cell
from lstm_ui.session.grids import shape_of
from lstm_ui.session.options import Choice, Number, Option
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import Desk

SHOW = Choice("part", ("walk", "memory", "compare"))
LOSS = Choice("loss", LOSSES)
AT = Number("at", 1, 128, 1, whole=True)  # the entry of the row that is open, from 1
COLUMN = Number("column", 1, 128, 1, whole=True)  # the same of a matrix
TARGETS = tuple(Number(f"target_{letter}", -10, 10, 0.5) for letter in "abcdefgh")
NOT_BEGUN = "begin"
FURTHEST = 200  # time steps from T: so far the way back leads
MOST_BEFORE = 50  # time steps: of more, it is not said what the last edit changed


def rows(cell: Cell) -> tuple[Step, ...]:
    """Return the backward rows of a cell, in the order in which they are worked out."""
    return backward_cell(cell).steps[len(cell.steps) :]


def row_choice(cell: Cell) -> Choice:
    """Return the rows to choose from; at first none, and the way back begins at the last t."""
    return Choice("row", (NOT_BEGUN, *(row.name for row in rows(cell))))


def unit_choice(n: int) -> Choice:
    """Return the units, counted from 1."""
    return Choice("unit", tuple(str(j + 1) for j in range(n)))


def walk_options(exercise: Exercise) -> tuple[Option, ...]:
    """Return what the address has to hold of the way back."""
    return LOSS, row_choice(exercise.cell), AT, COLUMN, *TARGETS[: exercise.n]


def begin(session: Session) -> None:
    """Begin where the way back begins, the first row at t = T, unless it is under way."""
    choice, T = row_choice(session.exercise.cell), session.exercise.T
    if SHOW.of(session.options) == "walk":
        fresh = choice.of(session.options) == NOT_BEGUN
        t = T - 1 if fresh else max(session.place.t, T - FURTHEST)
        session.place = replace(session.place, t=t)
        session.options = {**session.options, "row": row_of(session)}


def row_of(session: Session) -> str:
    """Return the name of the row on screen."""
    _, *names = row_choice(session.exercise.cell).words
    chosen = session.options.get("row", "")
    return chosen if chosen in names else names[0]


def go(session: Session, row: str, t: int) -> None:
    """Go to a row of the backward pass at a time step."""
    if row in row_choice(session.exercise.cell).words:
        session.go(session.place.step, max(t, session.exercise.T - FURTHEST))
        session.options = {**session.options, "row": row}


def walk(session: Session, by: int) -> None:
    """Go on by so many rows: behind the last row of a time step is the first of the one before."""
    _, *names = row_choice(session.exercise.cell).words
    T, most = session.exercise.T, last_of(session.exercise)
    at = (T - 1 - session.place.t) * len(names) + names.index(row_of(session)) + by
    back, row = divmod(max(0, min(at, most)), len(names))
    go(session, names[row], T - 1 - back)


def last_of(exercise: Exercise) -> int:
    """Return the number of the last row, counted from 0 over all time steps."""
    return min(exercise.T, FURTHEST) * len(rows(exercise.cell)) - 1


def opened(session: Session, cell: str) -> None:
    """Open an entry of the row; a click on an operand opens the entry made with its row of it."""
    _, (at, *column) = read_cell(cell)
    found = {"at": str(at + 1)} | ({"column": str(column[0] + 1)} if column else {})
    session.options = {**session.options, **found}


def index_of(session: Session, row: str) -> tuple[int, ...]:
    """Return the entry that is open: (j,) of a vector, (j, k) of a matrix."""
    shape = shape_of(session.exercise, row)
    wanted = (AT.int_of(session.options), COLUMN.int_of(session.options))
    return tuple(min(k, size) - 1 for k, size in zip(wanted, shape, strict=False))


def target(session: Session) -> Array:
    """Return the target of every unit; those beyond the eighth have the target 0."""
    found = np.zeros(session.exercise.n)
    few = TARGETS[: session.exercise.n]
    found[: len(few)] = [option.of(session.options) for option in few]
    return found


def loss_of(session: Session, h: Array) -> tuple[float, Array]:
    """Return the loss that was chosen, and its gradient with respect to h_T."""
    unit = int(unit_choice(session.exercise.n).of(session.options)) - 1
    return loss(LOSS.of(session.options), h, unit, target(session))


def back_desk(session: Session) -> Desk:
    """Return a desk over the backward pass, from the last time step to the one on screen.

    Its session is a copy, in which the place's entry is that of the row.
    """
    row, exercise, before = row_of(session), session.exercise, session.before
    index = index_of(session, row)[:1]
    seen = replace(session, place=Address(session.place.step, session.place.t, index))
    known = before is not None and before.cell == exercise.cell and before.T <= MOST_BEFORE
    old = way_back(session, before.trace()) if known and before and before.n == exercise.n else None
    return Desk(seen, way_back(session, exercise.trace()), old)


def way_back(session: Session, trace: Trace) -> Trace:
    """Return the trace with the backward rows from T to the time step on screen.

    Earlier time steps keep their forward values alone: nothing is worked out that is not shown.
    """
    start, T = min(session.place.t, len(trace) - 1), len(trace)
    later = Trace(trace.cell, trace.params, tuple(trace.frames[t] for t in range(start, T)))
    seed = loss_of(session, trace[T - 1, "h"])[1]
    back = backprop(later, {(T - 1 - start, "h"): seed})
    earlier = (trace.frames[t] for t in range(start))
    return Trace(back.cell, back.params, (*earlier, *back.frames))
