"""Two cells on the same numbers: which of their steps answer each other, and where they part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lstm_core.cell import Cell
from lstm_core.cells import facts
from lstm_core.exercise.draws import drawn
from lstm_core.exercise.exercise import Exercise
from lstm_core.gradients import backward
from lstm_core.ops import HADAMARD, Array
from lstm_core.trace import Trace
from lstm_core.variants.changes import base_name

SAME = 1e-12  # of the numbers' size: no further apart than this is rounding


@dataclass(frozen=True)
class Pair:
    """Two steps that do the same task, one of each cell; None where the other has no such step."""

    left: str | None
    right: str | None


@dataclass(frozen=True)
class Parting:
    """Where two runs differ: time step and entry from 0, and the steps that answer each other."""

    t: int
    pair: Pair
    entry: int
    apart: float


def in_cell(exercise: Exercise, cell: Cell) -> Exercise:
    """Return the exercise in another cell, for a look: what both have is the same.

    What only the other cell has is small random numbers, which stay as they are while numbers of
    the exercise change: they follow from the sizes alone.
    """
    found, change = exercise.in_cell(cell.name)
    fresh = drawn(change.new, {}, found.sizes, found.order) if change.new else {}
    arrays = {**found.arrays, **fresh}
    return Exercise(found.cell, arrays, found.xs, arrays, found.decimals)


# ---- which steps answer each other ---------------------------------------------------------------


def pairs(left: Cell, right: Cell, names: Sequence[Sequence[str]]) -> tuple[Pair, ...]:
    """Return the steps of both cells beside each other: `names` are those that are shown of each.

    Steps answer each other that do the same task: what keeps the memory, what is written, the
    candidate, and what these are made of. A cell and its variant go by the names alone. They stand
    in the order of the left cell; what only the right one has follows on what comes before it.
    """
    tasks = [_tasks(cell) for cell in (left, right)]
    if base_name(left) == base_name(right):
        tasks = [{name: name for name in cell.names} for cell in (left, right)]
    there = {tasks[1][name]: name for name in names[1]}
    found = [Pair(name, there.get(tasks[0][name])) for name in names[0]]
    at = 0  # behind the last one of the right cell
    for name in names[1]:
        there_already = [k for k, pair in enumerate(found) if pair.right == name]
        if not there_already:
            found.insert(at, Pair(None, name))
        at = there_already[0] + 1 if there_already else at + 1
    return tuple(found)


@lru_cache(maxsize=256)
def _tasks(cell: Cell) -> dict[str, str]:
    """What each step is for: "keeps" for f in an LSTM and z in a GRU; else its own name."""
    known, roles = facts(cell), dict[str, str]()
    if known.candidate not in cell.carry:
        roles[known.candidate] = "candidate"
        roles |= dict.fromkeys(_written_with(cell, known.candidate), "writes")
    if known.keeps in cell.names:
        roles[str(known.keeps)] = "keeps"
    found = {name: roles.get(name, name) for name in cell.names}
    for gate, role in roles.items():
        letter = cell[gate].inputs[0].removeprefix("z_")
        found |= {name: f"{name[: -len(letter)]}{role}" for name in _made_for(cell, letter)}
    return found


def _written_with(cell: Cell, candidate: str) -> Iterator[str]:
    """The gate that the candidate is multiplied by."""
    for step in cell.readers(candidate):
        if step.op is HADAMARD:
            yield from (name for name in step.inputs if name != candidate and name in cell.names)


def _made_for(cell: Cell, letter: str) -> list[str]:
    """The steps on the way to a gate: Wv_f, z_f."""
    made = [name for name in cell.names if name.startswith(("W", "z_", "a_", "p"))]
    return [name for name in made if name.endswith(f"_{letter}")]


# ---- where they part -----------------------------------------------------------------------------


def first_parting(left: Trace, right: Trace, found: Sequence[Pair]) -> Parting | None:
    """Return the first time step and, in the left cell's order, the first steps that differ.

    Only steps of one size are compared. None where all are the same, as far as numbers can tell.
    """
    both = [pair for pair in found if _parting(left, right, 0, pair)]
    times = ((t, pair) for t in range(len(left)) for pair in both)
    return next((_parting(left, right, *one) for one in times if differs(left, right, *one)), None)


def differs(left: Trace, right: Trace, t: int, pair: Pair) -> bool:
    """Return whether two steps have other numbers at time step t, by more than rounding."""
    parting = _parting(left, right, t, pair)
    return parting is None or parting.apart > SAME * _size(left, right, t, pair)


def largest_parting(left: Trace, right: Trace, pair: Pair) -> Parting | None:
    """Return where two steps are furthest apart over all time steps; None of other sizes."""
    found = [_parting(left, right, t, pair) for t in range(len(left))]
    there = [one for one in found if one is not None]
    return max(there, key=lambda one: one.apart) if there else None


def _parting(left: Trace, right: Trace, t: int, pair: Pair) -> Parting | None:
    if not (pair.left and pair.right):
        return None
    a, b = left[t, pair.left], right[t, pair.right]
    if a.shape != b.shape:
        return None
    with np.errstate(all="ignore"):  # an overflow is a value to show
        apart = np.nan_to_num(np.abs(b - a), nan=0.0)
    j = int(apart.argmax())
    return Parting(t, pair, j, float(apart[j]))


def _size(left: Trace, right: Trace, t: int, pair: Pair) -> float:
    both = np.concatenate((left[t, str(pair.left)], right[t, str(pair.right)]))
    return max(1.0, float(np.nan_to_num(np.abs(both)).max()))


# ---- gradients -----------------------------------------------------------------------------------


def gradient_sizes(trace: Trace) -> Array:
    """Return how large ∂L/∂h_t is at each time step (T,), for L = the sum of the last h."""
    last = len(trace) - 1
    grads = backward(trace, {(last, "h"): np.ones_like(trace[last, "h"])})
    with np.errstate(all="ignore"):
        return np.array([float(np.linalg.norm(frame["h"])) for frame in grads.frames])
