"""The way back: which row of the backward pass is on screen, for which loss.

The time step is that of the session's place.
"""

from dataclasses import replace

import numpy as np

from lstm_core.backpropagation.losses import loss
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.backward_rows import backprop
from lstm_core.ops import Array
from lstm_core.trace import Address, Trace
from lstm_ui.gradients.choices import AT, COLUMN, LOSS, NOT_BEGUN, SHOW, TARGETS, row_choice, rows
from lstm_ui.session.address import read_cell
from lstm_ui.session.grids import shape_of
from lstm_ui.session.session import Session
from lstm_ui.session.walk import Walk
from lstm_ui.sheet.choices import chosen_unit
from lstm_ui.sheet.desk import Desk

FURTHEST = 200  # time steps from T: so far the way back leads
MOST_BEFORE = 50  # time steps: of more, it is not said what the last edit changed


# ---- where it is ---------------------------------------------------------------------------------


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


def walk_back(exercise: Exercise) -> Walk:
    """Return the way back: behind the last row of a time step is the first of the one before."""
    T = exercise.T
    return Walk(rows(exercise.cell), range(T - 1, max(T - FURTHEST, 0) - 1, -1))


def index_of(session: Session, row: str) -> tuple[int, ...]:
    """Return the entry that is open: (j,) of a vector, (j, k) of a matrix."""
    shape = shape_of(session.exercise, row)
    wanted = (AT.int_of(session.options), COLUMN.int_of(session.options))
    return tuple(min(k, size) - 1 for k, size in zip(wanted, shape, strict=False))


# ---- where it goes -------------------------------------------------------------------------------


def go(session: Session, row: str, t: int) -> None:
    """Go to a row of the backward pass at a time step."""
    if row in row_choice(session.exercise.cell).words:
        session.go(session.place.step, max(t, session.exercise.T - FURTHEST))
        session.options = {**session.options, "row": row}


def walk(session: Session, by: int) -> None:
    """Go on by so many rows of the way back."""
    place = walk_back(session.exercise).moved(row_of(session), session.place.t, by)
    go(session, place.step, place.t)


def open_entry(session: Session, cell: str) -> None:
    """Open an entry of the row; a click on an operand opens the entry made with its row of it."""
    _, (at, *column) = read_cell(cell)
    found = {"at": str(at + 1)} | ({"column": str(column[0] + 1)} if column else {})
    session.options = {**session.options, **found}


# ---- what it shows -------------------------------------------------------------------------------


def target(session: Session) -> Array:
    """Return the target of every unit (n,); those beyond the eighth have the target 0."""
    found = np.zeros(session.exercise.n)
    few = TARGETS[: session.exercise.n]
    found[: len(few)] = [option.of(session.options) for option in few]
    return found


def loss_of(session: Session, h: Array) -> tuple[float, Array]:
    """Return the loss that was chosen of the last h (n,), and its gradient (n,)."""
    unit = chosen_unit(session, session.exercise.n)
    return loss(LOSS.of(session.options), h, unit, target(session))


def back_desk(session: Session) -> Desk:
    """Return a desk over the backward pass, from the last time step to the one on screen.

    Its session is a copy, in which the place's entry is that of the row.
    """
    index = index_of(session, row_of(session))[:1]
    copied = replace(session, place=Address(session.place.step, session.place.t, index))
    return Desk(copied, way_back(session, session.exercise.trace()), _before(session))


def _before(session: Session) -> Trace | None:
    """The way back through the exercise before the last edit, where its rows are the same."""
    old, now = session.before, session.exercise
    if old is None or old.cell != now.cell or old.n != now.n or old.T > MOST_BEFORE:
        return None
    return way_back(session, old.trace())


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
