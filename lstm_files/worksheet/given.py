"""The given numbers of a task: what it needs, and above each column of W what it multiplies."""

from collections.abc import Iterator
from typing import NamedTuple

from lstm_core.lesson.letters import letter
from lstm_core.ops import CONCAT, Array
from lstm_core.text.numerals import numeral
from lstm_core.worksheets.task import Task
from lstm_files.markup.html import formula_html, matrix_html
from lstm_files.worksheet.parts import at_time

_LETTERS = {"x": "x", "h_prev": "h"}


class Given(NamedTuple):
    """One given array: its letter, its numbers, their decimals, and labels of its columns."""

    latex: str
    values: Array
    places: int | None
    labels: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows it has on paper: a vector stands as a column."""
        return len(self.values)

    @property
    def columns(self) -> int:
        """How many columns it has on paper."""
        return self.values.shape[1] if self.values.ndim == 2 else 1

    @property
    def widest(self) -> int:
        """How many signs its longest number has."""
        return max(len(self.text(x)) for x in self.values.ravel().tolist())

    def text(self, x: float) -> str:
        """Return a number as it is printed."""
        return numeral(x, self.places, self.places is not None)


def groups(task: Task) -> list[list[Given]]:
    """Return the arrays that stand together: x and the states first, then each W with its b."""
    exercise, given = task.exercise, task.given
    cell, places = exercise.cell, task.places_of
    firsts = [Given(f"x_{{{t}}}", x, places("xs")) for t, x in enumerate(exercise.xs, 1)]
    states = [name for name in cell.states if name in given]
    firsts += [
        Given(at_time(letter(cell, name), 1), exercise.start[name], places(name)) for name in states
    ]
    found = [firsts]
    for name in (name for name in cell.params if name in given):
        one = Given(letter(cell, name), exercise.params[name], places(name), _labels(task, name))
        if one.labels:
            found.append([one])
        else:
            found[-1].append(one)
    return found


def _labels(task: Task, name: str) -> tuple[str, ...]:
    """Return what each column of a matrix multiplies: h_1, h_2, x_1; nothing for a vector."""
    exercise = task.exercise
    if exercise.params[name].ndim < 2:
        return ()
    reader = exercise.cell.readers(name)[0]
    vector = exercise.cell.get(reader.inputs[1])
    if vector is None or vector.op is not CONCAT:
        # A product with one block of the columns; the other block is v's other part.
        whole = exercise.params[name].shape[1] == exercise.start["h_prev"].size + exercise.m
        parts: tuple[str, ...] = exercise.cell["v"].inputs if whole else ("h_prev",)
    else:
        parts = vector.inputs
    return tuple(label for part in parts for label in _of_part(task, part))


def _of_part(task: Task, part: str) -> Iterator[str]:
    size = task.exercise.m if part == "x" else task.exercise.start["h_prev"].size
    base = _LETTERS.get(part, r"(r \circ h)")
    return (f"{base}_{{{j}}}" for j in range(1, size + 1))


def given_numbers(task: Task) -> str:
    """Return the given numbers as HTML, group by group."""
    return f'<div class="given">{"".join(map(_group, groups(task)))}</div>'


def _group(arrays: list[Given]) -> str:
    return f"<div>{''.join(map(_array, arrays))}</div>"


def _array(one: Given) -> str:
    name = formula_html(f"{one.latex} =")
    if not one.labels:
        return f"<span>{name}{matrix_html(one.values, one.places, one.places is not None)}</span>"
    top = "".join(f"<th>{formula_html(label)}</th>" for label in one.labels)
    rows = "".join(
        f"<tr>{''.join(f'<td>{one.text(x)}</td>' for x in row)}</tr>" for row in one.values.tolist()
    )
    return f"<span>{name}<table><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></span>"
