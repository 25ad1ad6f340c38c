"""The answers of the check page: what the reader does there, and how it is marked.

An answer stays in the session exactly as it was typed, also where the exercise has changed since
and no longer has such an entry: it comes back with the size.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lstm_core.lesson.backward_rows import backprop
from lstm_core.marking.check import Verdict, check
from lstm_core.text.parsing import typed_entries
from lstm_core.trace import Address
from lstm_ui.check.answer_token import LONGEST
from lstm_ui.check.choices import BACK, HELP, asked_cell
from lstm_ui.session.address import read_cell
from lstm_ui.session.grids import shape_of
from lstm_ui.session.session import Session, TypedAnswers
from lstm_ui.sheet.desk import Desk

Verdicts = Mapping[Address, Verdict]


def answer_desk(session: Session) -> Desk:
    """Return the session with its trace and, where it is wanted, the backward pass of Σ h_T."""
    trace = session.exercise.trace()
    if BACK.of(session.options) == "on":
        last = len(trace) - 1
        trace = backprop(trace, {(last, "h"): np.ones_like(trace[last, "h"])})
    return Desk(session, trace, None)


def fields(session: Session) -> dict[tuple[int, str], list[str]]:
    """Return the answers that this exercise has entries for, as `check` takes them."""
    exercise, steps = session.exercise, asked_cell(session).steps
    shapes = {step.name: shape_of(exercise, step.name) for step in steps}
    sizes = {name: shape[0] for name, shape in shapes.items() if len(shape) == 1}
    rows: dict[tuple[int, str], list[str]] = {}
    for at, text in session.answers.items():
        if at.t < exercise.T and at.index[0] < sizes.get(at.step, 0):
            row = rows.setdefault((at.t, at.step), [""] * sizes[at.step])
            row[at.index[0]] = text
    return rows


def verdicts_on(session: Session) -> Verdicts:
    """Return the verdict on every entry of every step of which something was answered."""
    return check(session.exercise, fields(session))


def answer(session: Session, cell: str, text: str) -> None:
    """Put an answer in its place, as it was typed; an empty one takes it away."""
    at = address_of(session, cell)
    session.problems = {}
    session.answer(_with(session.answers, {at: text[:LONGEST]}))


def paste(session: Session, cell: str, text: str) -> None:
    """Fill in a row or column of answers from this entry on; too many are refused."""
    at = address_of(session, cell)
    session.problems = {}
    try:
        rows = typed_entries(text)
        if min(len(rows), len(rows[0])) > 1:
            raise ValueError("A row or a column of numbers is expected here, not a matrix.")
        texts = [text.strip()[:LONGEST] for row in rows for text in row]
        room = shape_of(session.exercise, at.step)[0] - at.index[0]
        if len(texts) > room:
            raise ValueError(f"{len(texts)} numbers were given, and from here on there are {room}.")
    except ValueError as error:
        session.problems = {at.step: f"{error} Nothing was changed."}
    else:
        filled = {replace(at, index=(at.index[0] + k,)): text for k, text in enumerate(texts)}
        new = {at: text for at, text in filled.items() if text}  # a blank replaces nothing
        session.answer(_with(session.answers, new))


def clear(session: Session) -> None:
    """Take all answers away; Undo brings them back."""
    session.problems = {}
    session.options.pop(HELP.name, None)
    session.answer({}, "All answers are cleared. Undo brings them back.")


def address_of(session: Session, cell: str) -> Address:
    """Return the entry at the time step on screen; ValueError where it cannot be answered."""
    name, (j, *_) = read_cell(cell)
    if name in asked_cell(session).names:
        size, *more = shape_of(session.exercise, name)
        if j < size and not more:
            return Address(name, session.place.t, (j,))
    raise ValueError(f"There is no entry {cell} here.")


def _with(answers: TypedAnswers, new: TypedAnswers) -> TypedAnswers:
    every = {**answers, **new}
    return {at: text for at, text in every.items() if text.strip()}
