"""What each unit of a trained cell keeps: found from its numbers, on sequences it has not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.training.tasks.task import Chance, Task

SEQUENCES, SEED = 64, 20_011  # looked at; from a seed that nothing learned from
FOLLOWS = 0.6  # a memory that goes along with a fact less than this keeps nothing that we can name


@dataclass(frozen=True, eq=False)
class Seen:
    """What a cell did on many sequences, one after the other: a row for each time step.

    `memory` (rows, n), `keeps` (rows, n) and `written` (rows, n) are the state that lasts, the gate
    that keeps it, and what was added to it; the latter two are None where the cell has none.
    """

    memory: Array
    keeps: Array | None
    written: Array | None
    facts: Mapping[str, Array]
    events: Mapping[str, NDArray[np.bool_]]
    relevant: NDArray[np.bool_]


@dataclass(frozen=True)
class Unit:
    """What one unit keeps: the fact that its memory follows best, and how closely.

    `follows` is the correlation, from −1 to 1. Of a yes-or-no fact, `no` and `yes` are the mean
    memory for each; of a number, `per_one` is by how much the memory grows for each one more.
    `opens` and `drops` are the events at which it writes most and keeps least, with |written| and
    the gate there on the mean; None where the cell has no such step.
    """

    fact: str
    follows: float
    binary: bool
    no: float
    yes: float
    per_one: float
    opens: tuple[str, float] | None
    drops: tuple[str, float] | None

    @property
    def named(self) -> bool:
        """Whether the memory follows a fact closely enough to say that it keeps it."""
        return abs(self.follows) >= FOLLOWS


def seen(exercise: Exercise, task: Task, T: int, count: int = SEQUENCES, seed: int = SEED) -> Seen:
    """Run the cell on `count` sequences of T time steps, and note what happened at each."""
    chance, of = Chance(seed), facts(exercise.cell)
    runs = [task.draw(chance, T) for _ in range(count)]
    traces = [exercise.with_array("xs", xs).trace() for xs in runs]
    known = [task.known(xs) for xs in runs]

    def over(name: str | None) -> Array | None:
        if name is None or name not in exercise.cell.names:
            return None
        return np.stack([trace[t, name] for trace in traces for t in range(T)])

    memory = over(of.memory)
    assert memory is not None  # a state is a step
    return Seen(
        memory,
        over(of.keeps),
        over("written"),
        {name: np.concatenate([one.facts[name] for one in known]) for name in known[0].facts},
        {name: np.concatenate([one.events[name] for one in known]) for name in known[0].events},
        np.concatenate([one.relevant for one in known]),
    )


def units(run: Seen) -> tuple[Unit, ...]:
    """Return what each unit keeps."""
    return tuple(_unit(run, k) for k in range(run.memory.shape[1]))


def _unit(run: Seen, k: int) -> Unit:
    memory = run.memory[run.relevant, k]
    every = {name: fact[run.relevant] for name, fact in run.facts.items()}
    follows = {name: _correlation(memory, fact) for name, fact in every.items()}
    best = max(follows, key=lambda name: abs(follows[name]))
    fact = every[best]
    binary = set(np.unique(fact)) <= {0.0, 1.0}
    no, yes = (float(memory[fact == value].mean()) if binary else 0.0 for value in (0.0, 1.0))
    slope = 0.0 if binary else float(np.polyfit(fact, memory, 1)[0])
    writes = _means(run, None if run.written is None else np.abs(run.written[:, k]))
    keeps = _means(run, None if run.keeps is None else run.keeps[:, k])
    opens = max(writes.items(), key=itemgetter(1), default=None)
    drops = min(keeps.items(), key=itemgetter(1), default=None)
    return Unit(best, follows[best], binary, no, yes, slope, opens, drops)


def _correlation(a: Array, b: Array) -> float:
    if np.ptp(a) < 1e-9 or np.ptp(b) < 1e-9:
        return 0.0  # what never changes follows nothing
    return float(np.corrcoef(a, b)[0, 1])


def _means(run: Seen, values: Array | None) -> dict[str, float]:
    """The mean of a unit's values (rows,) at each event; nothing where the cell has none."""
    if values is None:
        return {}
    return {name: float(values[at].mean()) for name, at in run.events.items() if at.any()}
