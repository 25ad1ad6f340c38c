"""A Jupyter notebook that works out every step in plain NumPy, and fails where one differs."""

from collections.abc import Iterator
from typing import Any

import nbformat

from lstm_core.cell import Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.latex import equation, formula
from lstm_core.lesson.reasons import reason
from lstm_core.trace import Trace
from lstm_files.exports.code import NUMPY, expression, literal, terms_size
from lstm_files.exports.document import note_lines
from lstm_files.exports.markup import markdown, quoted, with_letters
from lstm_files.exports.names import title

NotebookCell = dict[str, Any]

_START = """\
import numpy as np

CHECK = True  # False: change the numbers below and work out an exercise of your own


def sigmoid(z):
    # 1 / (1 + e^-z), written so that no z overflows
    return np.exp(-np.logaddexp(0.0, -z))


def same(ours, recorded, terms=0.0):
    # Every step is compared with the recorded digits, and goes on with them, so that the last
    # bits of two machines cannot add up. A sum is rounded in proportion to its terms.
    if not CHECK:
        return ours
    recorded = np.array(recorded)
    close = abs(ours - recorded) <= 1e-12 * (abs(recorded) + terms) + 1e-300
    both_nan = np.isnan(ours) & np.isnan(recorded)
    assert np.all(close | (ours == recorded) | both_nan), f"differs: {ours}, {recorded}"
    return recorded"""

_INTRODUCTION = """\
{what}

Each cell below is one step, worked out in NumPy and compared with the recorded numbers. Set \
`CHECK = False` to try numbers of your own."""


def notebook(exercise: Exercise) -> bytes:
    """Return an .ipynb of version 4.5, the same bytes for the same exercise."""
    cells = [*_opening(exercise)]
    trace = exercise.trace()
    for t in range(exercise.T):
        cells += _time_step(exercise, trace, t)
    cells.append(_code("end", 'print("Every step agrees." if CHECK else "Nothing was compared.")'))
    content = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "cells": cells,
    }
    node = nbformat.from_dict(content)  # type: ignore[no-untyped-call]
    return f"{nbformat.writes(node)}\n".encode()  # type: ignore[no-untyped-call]


def _markdown(identity: str, text: str) -> NotebookCell:
    return {"id": identity, "cell_type": "markdown", "metadata": {}, "source": text}


def _code(identity: str, source: str) -> NotebookCell:
    return {
        "id": identity,
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


def _opening(exercise: Exercise) -> Iterator[NotebookCell]:
    lines = [f"# {markdown(title(exercise))}"]
    if exercise.source.strip():
        lines.append(f"Source: {markdown(exercise.source)}")
    r = f"$r = {exercise.r}$ entries of $h_t$, " if exercise.cell.projected else ""
    what = (
        f"{r}$m = {exercise.m}$ inputs, $n = {exercise.n}$ hidden units, "
        f"$T = {exercise.T}$ time steps."
    )
    lines.append(_INTRODUCTION.format(what=what))
    yield _markdown("title", "\n\n".join(lines))
    yield _code("start", _START)
    yield _markdown("given", "## What is given")
    yield _code("parameters", _assigned(exercise, exercise.cell.params))
    yield _code("inputs", _assigned(exercise, ("xs", *exercise.cell.states)))


def _assigned(exercise: Exercise, names: tuple[str, ...]) -> str:
    arrays = exercise.arrays
    return "\n".join(f"{name} = np.array({literal(arrays[name], 'np')})" for name in names)


def _time_step(exercise: Exercise, trace: Trace, t: int) -> Iterator[NotebookCell]:
    cell, at = exercise.cell, f"t{t + 1}"
    yield _markdown(at, f"## Time step {t + 1} of {exercise.T}")
    carried = f"{', '.join(cell.states)} = {', '.join(cell.carry)}" if t else ""
    yield _code(f"{at}-x", "\n".join(filter(None, (carried, f"x = xs[{t}]", "x"))))
    for number, step in enumerate(cell.steps, 1):
        yield _markdown(f"{at}-{step.name}-why", _words(exercise, step, number, first=t == 0))
        yield _code(f"{at}-{step.name}", _step(trace, t, step))


def _words(exercise: Exercise, step: Step, number: int, first: bool) -> str:
    """Return title and formula; the first time also what the step does, and why."""
    cell, words = exercise.cell, reason(exercise.cell, step.name)
    own, whole = formula(cell, step.name), equation(cell, step.name)
    lines = [f"### {number}. {_letters(step.title)}", f"$${own}$$"]
    if first:
        part = f"It is part of ${whole}$." if whole != own else ""
        lines.append(" ".join(filter(None, (_letters(f"{words.what} {words.why}"), part))))
        lines += filter(None, [quoted(note_lines(exercise, step.name))])
    return "\n\n".join(lines)


def _letters(sentence: str) -> str:
    return with_letters(sentence, str, "${}$".format)


def _step(trace: Trace, t: int, step: Step) -> str:
    size = terms_size(NUMPY, step)
    arguments = [literal(trace[t, step.name], "np"), *([size] if size else [])]
    return (
        f"{step.name} = {expression(NUMPY, step)}\n"
        f"{step.name} = same({step.name}, {', '.join(arguments)})\n{step.name}"
    )
