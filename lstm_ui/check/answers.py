"""The answers of the check page: what the reader does there, and how it is marked.

An answer stays in the session exactly as it was typed, also where the exercise has changed since
and no longer has such an entry: it comes back with the size. No Streamlit here.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import numpy as np

from lstm_core.backpropagation.rows import backprop, backward_cell
from lstm_core.cell import Cell, Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.marking.check import Verdict, check
from lstm_core.marking.summary import WRONG
from lstm_core.ops import RELU, SIGMOID, TANH
from lstm_core.shapes import letters
from lstm_core.text.matrix_text import cells
from lstm_core.trace import Address
from lstm_ui.check.answer_token import LONGEST
from lstm_ui.session.address import cell_id, read_cell
from lstm_ui.session.grids import shape_of
from lstm_ui.session.names import steps_asked
from lstm_ui.session.options import Choice, Word
from lstm_ui.session.session import Answers, Session
from lstm_ui.sheet.desk import Desk

Verdicts = Mapping[Address, Verdict]
HELP = Choice("help", ("none", "hint1", "hint2", "hint3", "why"))
HELP_AT = Word("help_at")  # the entry that help was asked for: z_i:1
BACK = Choice("back", ("off", "on"))  # whether the backward pass is asked for, too
_ASK = ("every", "states")
_NEXT = {"none": "hint1", "hint1": "hint2", "hint2": "hint3"}  # the ladder; then it is closed


def ask(exercise: Exercise) -> Choice:
    """Return the choice of steps to ask for; a worksheet's own come first."""
    return Choice("ask", ("sheet", *_ASK) if steps_asked(exercise, 0) else _ASK)


def asked(session: Session) -> list[Step]:
    """Return the steps that the page asks for at the time step on screen."""
    cell, wanted = session.exercise.cell, ask(session.exercise).of(session.options)
    if wanted == "sheet":
        return [cell[name] for name in steps_asked(session.exercise, session.place.t)]
    if wanted == "every":
        return list(cell.steps)
    squashes = (SIGMOID, TANH, RELU)
    return [step for step in cell.steps if step.op in squashes or step.name in cell.carry]


def asked_back(session: Session) -> list[Step]:
    """Return the backward rows that the page asks for: the vectors, from h back to v."""
    rows = table(session).steps[len(session.exercise.cell.steps) :]
    return [row for row in rows if len(letters(row.name)) == 1]


def table(session: Session) -> Cell:
    """Return what can be asked for: the cell, with its backward rows where they are wanted."""
    cell = session.exercise.cell
    return backward_cell(cell) if BACK.of(session.options) == "on" else cell


def answer_desk(session: Session) -> Desk:
    """Return the session with its trace and, where it is wanted, the backward pass of Σ h_T."""
    trace = session.exercise.trace()
    if BACK.of(session.options) == "on":
        last = len(trace) - 1
        trace = backprop(trace, {(last, "h"): np.ones_like(trace[last, "h"])})
    return Desk(session, trace, None)


def fields(session: Session) -> dict[tuple[int, str], list[str]]:
    """Return the answers that this exercise has entries for, as `check` takes them."""
    exercise, steps = session.exercise, table(session).steps
    shapes = {step.name: shape_of(exercise, step.name) for step in steps}
    sizes = {name: shape[0] for name, shape in shapes.items() if len(shape) == 1}
    rows: dict[tuple[int, str], list[str]] = {}
    for at, text in session.answers.items():
        if at.t < exercise.T and at.index[0] < sizes.get(at.step, 0):
            row = rows.setdefault((at.t, at.step), [""] * sizes[at.step])
            row[at.index[0]] = text
    return rows


def marked(session: Session) -> Verdicts:
    """Return the verdict on every entry of every step of which something was answered."""
    return check(session.exercise, fields(session))


def answer(session: Session, cell: str, text: str) -> None:
    """Put an answer in its place, as it was typed; an empty one takes it away."""
    at = _address(session, cell)
    session.problems = {}
    session.answer(_with(session.answers, {at: text[:LONGEST]}))


def paste(session: Session, cell: str, text: str) -> None:
    """Fill in a row or column of answers from this entry on; too many are refused."""
    at = _address(session, cell)
    session.problems = {}
    try:
        rows = cells(text)
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
        given = {at: text for at, text in filled.items() if text}  # a blank replaces nothing
        session.answer(_with(session.answers, given))


def clear(session: Session) -> None:
    """Take all answers away; Undo brings them back."""
    session.problems = {}
    session.options.pop(HELP.name, None)
    session.answer({}, "All answers are cleared. Undo brings them back.")


def ask_for_help(session: Session, what: str, step: str, cell: str) -> None:
    """Open the next hint or the reasons, for the entry last used in this row, or the first in need.

    Asked again, the ladder goes one rung up, and the reasons close.
    """
    place = _in_need(session, step, cell)
    level = HELP.of(session.options) if place == helped(session) else "none"
    if what == "why":
        level = "none" if level == "why" else "why"
    else:
        level = _NEXT.get("none" if level == "why" else level, "none")
    at = cell_id(place.step, place.index)
    session.options = {**session.options, HELP.name: level, HELP_AT.name: at}


def helped(session: Session) -> Address | None:
    """Return the entry that help was asked for at the time step on screen; None where none was."""
    with suppress(ValueError):
        return _address(session, HELP_AT.of(session.options))
    return None


def _in_need(session: Session, step: str, cell: str) -> Address:
    t = session.place.t
    size = shape_of(session.exercise, table(session)[step].name)[0]
    if cell:
        name, (j, *_) = read_cell(cell)
        if name == step and j < size:
            return Address(step, t, (j,))
    verdicts = marked(session)
    entries = [Address(step, t, (j,)) for j in range(size)]
    states = [verdicts[at].state if at in verdicts else "blank" for at in entries]
    wrong = [at for at, state in zip(entries, states, strict=True) if state in WRONG]
    blank = [at for at, state in zip(entries, states, strict=True) if state == "blank"]
    return (*wrong, *blank, entries[0])[0]


def _address(session: Session, cell: str) -> Address:
    name, (j, *_) = read_cell(cell)
    known = [step.name for step in table(session).steps]
    if (
        name not in known
        or len(shape_of(session.exercise, name)) > 1
        or j >= shape_of(session.exercise, name)[0]
    ):
        raise ValueError(f"There is no entry {cell} here.")
    return Address(name, session.place.t, (j,))


def _with(answers: Answers, new: Answers) -> Answers:
    every = {**answers, **new}
    return {at: text for at, text in every.items() if text.strip()}
