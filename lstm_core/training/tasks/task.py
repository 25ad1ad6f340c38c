"""What a task is: sequences drawn at random, what is asked of them, and how a reader types one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm_core.ops import Array

# Of NumPy's sources of chance, only this one is promised to stay as it is, number for number.
Chance = np.random.RandomState


class Batch(NamedTuple):
    """Sequences side by side: inputs (T, m, B), what y shall be (T, p, B), and what is asked.

    `weights` (T, p, B) are 1 where an answer is asked and 0 where it is not.
    """

    xs: Array
    targets: Array
    weights: Array

    def part(self, chosen: NDArray[np.int_]) -> "Batch":
        """Return some of the sequences, by their numbers."""
        return Batch(*(array[..., chosen] for array in self))


class Known(NamedTuple):
    """What can be said of a sequence, by name: what a unit may keep, and what happens.

    `facts` (T,) are what is worth keeping at each time step, yes or no as 1 or 0, or a number;
    `events` (T,) are true at the time steps at which something happens. `relevant` (T,) is true
    where the facts have a meaning: before the first noun no sentence has a subject.
    """

    facts: Mapping[str, Array]
    events: Mapping[str, NDArray[np.bool_]]
    relevant: NDArray[np.bool_]


@dataclass(frozen=True)
class Task:
    """Something that a cell can learn.

    `inputs` and `outputs` name the entries of x and of y. `length` is how many time steps the
    sequences that it learns from have, `longer` how many those that it never saw. `draw(chance, T)`
    gives one sequence; `read(text)` gives the inputs (T, m) of a sequence that was typed, and
    `written(xs)` the text of such inputs, time step by time step. `answers(xs)` is what is right,
    and what is asked; `known(xs)` what there is to keep. `read` raises ValueError, in one plain
    sentence.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    length: int
    longer: int
    draw: Callable[[Chance, int], Array]
    answers: Callable[[Array], tuple[Array, Array]]
    read: Callable[[str], Array]
    written: Callable[[Array], list[str]]
    known: Callable[[Array], Known]

    def batch(self, chance: Chance, count: int, T: int) -> Batch:
        """Draw sequences of T time steps, and what is right for each."""
        return side_by_side([self.draw(chance, T) for _ in range(count)], self.answers)


def side_by_side(
    sequences: Sequence[Array], answers: Callable[[Array], tuple[Array, Array]]
) -> Batch:
    """Return sequences of inputs (T, m) as a batch; after a shorter one's end nothing is asked."""
    T = max(len(xs) for xs in sequences)
    found = [(xs, *answers(xs)) for xs in sequences]
    padded = (
        [np.pad(array, ((0, T - len(array)), (0, 0))) for array in arrays]
        for arrays in zip(*found, strict=True)
    )
    return Batch(*(np.ascontiguousarray(np.stack(arrays, axis=-1)) for arrays in padded))
