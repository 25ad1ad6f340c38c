"""The answers of the check page: what the reader does there, and how it is marked.

An answer stays in the session exactly as it was typed, also where the exercise has changed since
and no longer has such an entry: it comes back with the size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod

import numpy as np

from lstm_core.backpropagation.rows import is_sum
from lstm_core.lesson.backward_rows import backprop
from lstm_core.marking.check import Verdict, check
from lstm_core.shapes import written
from lstm_core.text.parsing import typed_entries
from lstm_core.trace import Address
from lstm_ui.check.answer_token import LONGEST
from lstm_ui.check.choices import HELP, asked_cell, goes_back
from lstm_ui.session.address import read_cell
from lstm_ui.session.grids import shape_of
from lstm_ui.session.session import Session, TypedAnswers
from lstm_ui.sheet.desk import Desk

Verdicts = Mapping[Address, Verdict]


def answer_desk(session: Session) -> Desk:
    """Return the session with its trace and, where it is wanted, the backward pass of Σ h_T."""
    trace = session.exercise.trace()
    if goes_back(session):
        last = len(trace) - 1
        trace = backprop(trace, {(last, "h"): np.ones_like(trace[last, "h"])})
    return Desk(session, trace, None)


def fields(session: Session) -> dict[tuple[int, str], list[str]]:
    """Return the answers that this exercise has entries for, as `check` takes them."""
    exercise, steps = session.exercise, asked_cell(session).steps
    shapes = {step.name: shape_of(exercise, step.name) for step in steps}
    times = {step.name: 1 if is_sum(step) else exercise.T for step in steps}
    rows: dict[tuple[int, str], list[str]] = {}
    for at, text in session.answers.items():
        if at.t < times.get(at.step, 0) and within(at.index, shapes[at.step]):
            row = rows.setdefault((at.t, at.step), [""] * prod(shapes[at.step]))
            row[int(np.ravel_multi_index(at.index, shapes[at.step]))] = text
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
    """Fill in answers from this entry on, a matrix as a block; too many are refused."""
    at = address_of(session, cell)
    session.problems = {}
    try:
        filled = _block(at, shape_of(session.exercise, at.step), typed_entries(text))
    except ValueError as error:
        session.problems = {at.step: f"{error} Nothing was changed."}
    else:
        texts = {place: text.strip()[:LONGEST] for place, text in filled.items()}
        new = {place: text for place, text in texts.items() if text}  # a blank replaces nothing
        session.answer(_with(session.answers, new))


def _block(
    at: Address, shape: tuple[int, ...], rows: Sequence[Sequence[str]]
) -> dict[Address, str]:
    """Return where each of the pasted texts goes; ValueError where there is no room for them."""
    if len(shape) == 1 and min(len(rows), len(rows[0])) > 1:
        raise ValueError("A row or a column of numbers is expected here, not a matrix.")
    if len(shape) == 1:
        rows = [[text] for row in rows for text in row]
    texts = {(i, j): text for i, row in enumerate(rows) for j, text in enumerate(row)}
    places = {index: tuple(map(sum, zip(at.index, index, strict=False))) for index in texts}
    if not all(within(place, shape) for place in places.values()):
        room = [size - first for size, first in zip(shape, at.index, strict=True)]
        raise ValueError(_no_room(rows, room))
    return {replace(at, index=places[index]): text for index, text in texts.items()}


def _no_room(rows: Sequence[Sequence[str]], room: Sequence[int]) -> str:
    if len(room) == 1:
        return f"{len(rows)} numbers were given, and from here on there are {room[0]}."
    given, free = written((len(rows), max(map(len, rows)))), written(tuple(room))
    return f"A block of {given} numbers was given, and from here on there is room for {free}."


def within(index: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    """Return whether an array of this shape has this entry."""
    return len(index) == len(shape) and all(k < size for k, size in zip(index, shape, strict=True))


def clear(session: Session) -> None:
    """Take all answers away; Undo brings them back."""
    session.problems = {}
    session.options.pop(HELP.name, None)
    session.answer({}, "All answers are cleared. Undo brings them back.")


def bring_along(session: Session) -> None:
    """Mark the answers that were set aside against the exercise on screen, too."""
    session.answer({**session.aside, **session.answers})


def put_away(session: Session) -> None:
    """Leave the answers that were set aside where they are: with the exercise before this one."""
    session.aside = {}


def go_on(session: Session) -> None:
    """Go from the last box of a time step to the first of the next, if there is one."""
    if session.place.t + 1 < session.exercise.T:
        session.go(session.place.step, session.place.t + 1)


def address_of(session: Session, cell: str) -> Address:
    """Return the entry at the time step on screen; ValueError where it cannot be answered."""
    name, index = read_cell(cell)
    step = asked_cell(session).get(name)
    here = step is not None and not (session.place.t and is_sum(step))
    if here and within(index, shape_of(session.exercise, name)):
        return Address(name, session.place.t, index)
    raise ValueError(f"There is no entry {cell} here.")


def _with(answers: TypedAnswers, new: TypedAnswers) -> TypedAnswers:
    every = {**answers, **new}
    return {at: text for at, text in every.items() if text.strip()}
