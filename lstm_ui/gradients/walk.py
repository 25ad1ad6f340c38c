"""The way back: which row of the backward pass is on screen, for which loss.

The time step is that of the session's place.
"""

from dataclasses import replace

import numpy as np

from lstm_core.backpropagation.losses import loss
from lstm_core.backpropagation.rows import without_sums
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.backward_rows import backprop
from lstm_core.ops import Array
from lstm_core.trace import Address, Trace
from lstm_ui.gradients.choices import (
    AT,
    COLUMN,
    FURTHEST,
    LOSS,
    NOT_BEGUN,
    SHOW,
    TARGETS,
    row_choice,
    rows,
    sums,
    table,
)
from lstm_ui.session.address import read_cell
from lstm_ui.session.grids import shape_of
from lstm_ui.session.session import Session
from lstm_ui.session.walk import Walk
from lstm_ui.sheet.choices import chosen_unit
from lstm_ui.sheet.desk import Desk

MOST_BEFORE = 50  # time steps: of more, it is not said what the last edit changed


# ---- where it is ---------------------------------------------------------------------------------


def begin(session: Session) -> None:
    """Begin where the way back begins, the first row at t = T, unless it is under way."""
    choice, T = row_choice(session.exercise), session.exercise.T
    if SHOW.of(session.options) == "walk":
        fresh = choice.of(session.options) == NOT_BEGUN
        t = T - 1 if fresh else max(session.place.t, T - FURTHEST)
        session.place = replace(session.place, t=t)
        session.options = {**session.options, "row": row_of(session)}


def row_of(session: Session) -> str:
    """Return the name of the row on screen; a sum over time stands at t = 1, else it is a share."""
    _, *names = row_choice(session.exercise).words
    chosen = session.options.get("row", "")
    wanted = (*(() if session.place.t else (chosen,)), _share_of(chosen))
    return next((name for name in wanted if name in names), names[0])


def _share_of(row: str) -> str:
    """Return the row that a sum over time adds up; any other row is itself."""
    return row.removesuffix("_sum")


def walk_back(exercise: Exercise) -> Walk:
    """Return the way back: behind the last row of a time step is the first of the one before.

    At its end the shares of all time steps are added up.
    """
    T = exercise.T
    return Walk(rows(exercise), range(T - 1, max(T - FURTHEST, 0) - 1, -1), sums(exercise))


def index_of(session: Session, row: str) -> tuple[int, ...]:
    """Return the entry that is open: (j,) of a vector, (j, k) of a matrix."""
    shape = shape_of(session.exercise, row)
    wanted = (AT.int_of(session.options), COLUMN.int_of(session.options))
    return tuple(min(k, size) - 1 for k, size in zip(wanted, shape, strict=False))


# ---- where it goes -------------------------------------------------------------------------------


def go(session: Session, row: str, t: int) -> None:
    """Go to a row of the backward pass at a time step; from a sum over time, to a share of it."""
    if row in row_choice(session.exercise).words:
        if row == row_of(session) and t != session.place.t:
            row = _share_of(row)
        if row != _share_of(row):
            t = 0
        session.go(session.place.step, max(t, session.exercise.T - FURTHEST))
        session.options = {**session.options, "row": row}


def walk(session: Session, by: int) -> None:
    """Go on by so many rows of the way back."""
    place = walk_back(session.exercise).moved(row_of(session), session.place.t, by)
    go(session, place.step, place.t)


def open_entry(session: Session, cell: str) -> None:
    """Open an entry of the row; a click on an operand opens the entry made with its row of it.

    A click on what a sum over time adds up, "db_f@2:0", goes to that share.
    """
    name, (at, *column) = read_cell(cell)
    share, _, when = name.partition("@")
    if when.isdecimal():
        go(session, share, int(when) - 1)
    found = {"at": str(at + 1)} | ({"column": str(column[0] + 1)} if column else {})
    session.options = {**session.options, **found}


# ---- what it shows -------------------------------------------------------------------------------


def target(session: Session) -> Array:
    """Return the target of every unit (n,); those beyond the eighth have the target 0."""
    found = np.zeros(session.exercise.r)
    few = TARGETS[: session.exercise.r]
    found[: len(few)] = [option.of(session.options) for option in few]
    return found


def loss_of(session: Session, h: Array) -> tuple[float, Array]:
    """Return the loss that was chosen of the last h (n,), and its gradient (n,)."""
    unit = chosen_unit(session, session.exercise.r)
    return loss(LOSS.of(session.options), h, unit, target(session))


def back_desk(session: Session) -> Desk:
    """Return a desk over the backward pass, from the last time step to the one on screen.

    Its session is a copy, in which the place's entry is that of the row.
    """
    index = index_of(session, row_of(session))[:1]
    copied = replace(session, place=Address(session.place.step, session.place.t, index))
    return Desk(copied, way_back(session, session.exercise.trace()), _before(session))


def _before(session: Session) -> Trace | None:
    """The way back through what the exercise is compared with, where its rows are the same."""
    old, now = session.against, session.exercise
    if old is None or old.cell != now.cell or old.sizes != now.sizes or old.T > MOST_BEFORE:
        return None
    return way_back(session, old.trace())


def way_back(session: Session, trace: Trace) -> Trace:
    """Return the trace with the backward rows from T to the time step on screen.

    Earlier time steps keep their forward values alone: nothing is worked out that is not shown.
    """
    start, T = min(session.place.t, len(trace) - 1), len(trace)
    later = Trace(trace.cell, trace.params, tuple(trace.frames[t] for t in range(start, T)))
    seed = loss_of(session, trace[T - 1, "h"])[1]
    whole = table(session.exercise)
    back = backprop(later, {(T - 1 - start, "h"): seed}, without_sums(whole) if start else whole)
    earlier = (trace.frames[t] for t in range(start))
    return Trace(whole, back.params, (*earlier, *back.frames))
