"""Which number of the exercise stands behind a cell on the screen.

Behind W_f:0:1 it is an entry of W_f; behind v:4, in the order [x, h], the entry of h_{t-1} that was
copied there. A computed number has none.
"""

from collections.abc import Mapping

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import CONCAT, Array
from lstm_core.shapes import expect, shape_in
from lstm_ui.session.address import Index, read_cell

Entry = tuple[str, tuple[int, ...]]  # an array of the exercise, and the place in it


def entries(exercise: Exercise, name: str, t: int) -> dict[Index, Entry]:
    """Return what stands behind each cell of an array at time step t, where it can be set."""
    if name in exercise.params:
        return {index: (name, index) for index in np.ndindex(exercise.params[name].shape)}
    if name == "xs":
        return {index: ("xs", index) for index in np.ndindex(exercise.xs.shape)}
    if name == "x":
        return {(k,): ("xs", (t, k)) for k in range(exercise.m)}
    if name in exercise.cell.states:
        return {(j,): (name, (j,)) for j in range(exercise.start[name].size)} if t == 0 else {}
    return _copied(exercise, name, t)


def _copied(exercise: Exercise, name: str, t: int) -> dict[Index, Entry]:
    """A concatenation copies its parts: to edit it is to edit them."""
    step = exercise.cell.get(name)
    found: dict[Index, Entry] = {}
    start = 0
    for part in step.inputs if step and step.op is CONCAT else ():
        for index, entry in entries(exercise, part, t).items():
            found[(start + index[0],)] = entry
        start += exercise.m if part == "x" else exercise.r
    return found


def number_behind(exercise: Exercise, entry: Entry) -> float:
    """Return the number behind a cell."""
    name, index = entry
    return float(exercise.arrays[name][index])


def with_numbers(exercise: Exercise, values: Mapping[Entry, float]) -> Exercise:
    """Return the exercise with these numbers put in."""
    changed: dict[str, Array] = {}
    for (name, index), number in values.items():
        changed.setdefault(name, exercise.arrays[name].copy())[index] = number
    for name, array in changed.items():
        exercise = exercise.with_array(name, array)
    return exercise


def with_block(exercise: Exercise, cell: str, t: int, block: Array, part: bool = False) -> Exercise:
    """Return the exercise with a block (rows, columns) put in at a cell.

    A block of the array's whole shape replaces it, whichever cell it was pasted into; a smaller one
    is filled in from that cell on. But a matrix (not a row, not a column) of another shape put at
    the first cell is refused unless `part` says that it is meant so: somebody who pastes 3 × 3
    over a 3 × 6 W_f has most likely forgotten a part of v. Raises ShapeError or ValueError.
    """
    name, index = read_cell(cell)
    behind = entries(exercise, name, t)
    if index not in behind:
        raise ValueError(f"This entry of {name} is computed, so it cannot be typed in.")
    if name == "xs" and not any(index) and block.ndim == 2 and block.shape[1] == exercise.m:
        return exercise.with_array("xs", block)  # a table of inputs brings its own T
    placed = _placed(exercise, name, index, block, part)
    if not placed.keys() <= behind.keys():
        raise ValueError(f"Some of these entries of {name} are computed: they cannot be typed in.")
    return with_numbers(exercise, {behind[place]: x for place, x in placed.items()})


def _placed(
    exercise: Exercise, name: str, index: Index, block: Array, part: bool
) -> dict[Index, float]:
    """Where each number of a block comes to stand; ShapeError where it has no room there."""
    shape = shape_of(exercise, name)
    if len(shape) == 1 and 1 in block.shape:
        block = block.reshape(-1)  # a vector takes a row as well as a column
    is_matrix = block.ndim == 2 and min(block.shape) > 1
    if block.shape == shape:
        index = (0,) * len(shape)
    elif block.ndim != len(shape) or (is_matrix and not any(index) and not part):
        expect(name, block.shape, exercise.sizes)
    placed = {tuple(np.add(index, at)): float(block[at]) for at in np.ndindex(block.shape)}
    if any(max(np.subtract(place, shape)) >= 0 for place in placed):
        expect(name, block.shape, exercise.sizes)
    return placed


def shape_of(exercise: Exercise, name: str) -> tuple[int, ...]:
    """Return the shape that the array `name` has in this exercise."""
    return shape_in(name, exercise.sizes)
