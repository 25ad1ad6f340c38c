"""The whole calculation as a document: elements, which each format sets in its own way."""

from collections.abc import Iterator
from dataclasses import dataclass

from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.explain import explain
from lstm_core.lesson.letters import entry as entry_letter
from lstm_core.lesson.letters import letter
from lstm_core.lesson.reasons import reason
from lstm_core.trace import Address, Trace
from lstm_files.exports.displays import Display, given_displays, step_displays
from lstm_files.exports.names import board, title


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (the title, which someone typed) to 3 (a step, with its stage)."""

    level: int
    text: str
    stage: str = ""


@dataclass(frozen=True)
class Sentence:
    """Words of the lesson, in which letters such as h_{t-1} are mathematics."""

    text: str


@dataclass(frozen=True)
class Words:
    """Words that someone typed: never taken for anything else than text."""

    text: str


@dataclass(frozen=True)
class Note:
    """What the teacher says on a step, in lines; text as in Words."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One number: how it came about, as on screen, and every digit."""

    name: str  # plain: (W_f·v)[2]
    latex: str  # (W_f \cdot v)_2
    terms: tuple[str, ...]
    result: str
    digits: str
    note: str  # one sentence where something can mislead, else ""


@dataclass(frozen=True)
class Entries:
    """The entries of one step, each worked out."""

    entries: tuple[Entry, ...]


Element = Heading | Sentence | Words | Note | Display | Entries


def document(exercise: Exercise) -> Iterator[Element]:
    """Give the calculation from its title to the last entry of the last time step."""
    trace = exercise.trace()
    yield Heading(1, title(exercise))
    if exercise.source.strip():
        yield Words(f"Source: {exercise.source}")
    yield Sentence(_what(exercise))
    yield Heading(2, "What is given")
    yield from given_displays(
        [(letter(exercise.cell, name), exercise.params[name]) for name in exercise.params]
    )
    for t in range(exercise.T):
        yield from _time_step(exercise, trace, t)


def _what(exercise: Exercise) -> str:
    parts = " and ".join(letter(exercise.cell, name) for name in exercise.cell["v"].inputs)
    digits = "every digit" if exercise.decimals is None else f"{exercise.decimals} decimals"
    r = f"h has r = {exercise.r} entries; " if exercise.cell.projected else ""
    return (
        f"m = {exercise.m}, n = {exercise.n}, T = {exercise.T}: inputs, hidden units, time steps; "
        f"{r}"
        f"v joins {parts} in this order. Matrices show {digits}; "
        "after each step stands every digit."
    )


def _time_step(exercise: Exercise, trace: Trace, t: int) -> Iterator[Element]:
    cell = exercise.cell
    yield Heading(2, f"Time step {t + 1} of {exercise.T}")
    yield from given_displays(
        [(letter(cell, name), trace[t, name]) for name in ("x", *cell.states)]
    )
    for number, step in enumerate(cell.steps, 1):
        yield Heading(3, f"{number}. {step.title}", step.stage)
        if t == 0:
            yield Sentence(reason(cell, step.name).what)
            yield from _note(exercise, step.name)
        yield from step_displays(trace, t, step.name, exercise.decimals)
        yield _entries(exercise, trace, t, step.name)


def _note(exercise: Exercise, name: str) -> Iterator[Note]:
    if lines := note_lines(exercise, name):
        yield Note(lines)


def note_lines(exercise: Exercise, name: str) -> tuple[str, ...]:
    """Return the lines of the teacher's note on a step, without the empty ones."""
    lines = (line.strip() for line in exercise.notes.get(name, "").split("\n"))
    return tuple(line for line in lines if line)


def _entries(exercise: Exercise, trace: Trace, t: int, name: str) -> Entries:
    cell, values = exercise.cell, trace[t, name]
    on_board, latex = board(cell, name), letter(cell, name)
    return Entries(
        tuple(
            Entry(
                f"{on_board}[{j}]",
                entry_letter(latex, str(j)),
                worked.terms,
                worked.result,
                repr(x),
                worked.note,
            )
            for j, x in enumerate(values.tolist(), 1)
            for worked in [explain(trace, Address(name, t, (j - 1,)), exercise.decimals)]
        )
    )
