"""Learning: batches of a task, the gradient, a move; and what is noted on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.training.network import Network
from lstm_core.training.optimisers import OPTIMISERS, clipped
from lstm_core.training.start import started
from lstm_core.training.tasks.table import TASKS
from lstm_core.training.tasks.task import Batch, Chance, Task

TRAINING, HELD_OUT, BATCH = 512, 256, 16  # sequences: to learn from, to test with, at a time
HELD_OUT_SEED = 1_000_003  # added to the seed: other sequences than those that it learns from


@dataclass(frozen=True)
class Settings:
    """Everything that a run of training depends on: the same settings give the same run.

    `clip` is the longest gradient (0: any length is taken as it is); `forget_bias` is None where
    the bias of the gate that keeps is drawn as the others are.
    """

    task: str
    cell: str = "lstm"
    n: int = 4
    T: int = 20
    optimiser: str = "adam"
    rate: float = 0.01
    clip: float = 1.0
    forget_bias: float | None = 1.0
    seed: int = 1
    steps: int = 1000


class Learner:
    """A cell that learns. Each `step` is one batch: its loss and the length of its gradient."""

    def __init__(self, settings: Settings, own: Batch | None = None):
        """Draw what is to be learned from, or take the reader's `own`; and start."""
        self.settings, self.task = settings, TASKS[settings.task]
        s = settings
        chance = Chance(s.seed)
        self.training = own or self.task.batch(chance, TRAINING, s.T)
        self.held_out = self.task.batch(Chance(s.seed + HELD_OUT_SEED), HELD_OUT, s.T)
        self.start = started(self.task, s.cell, s.n, s.seed, s.forget_bias)
        T, self.count = len(self.training.xs), self.training.xs.shape[-1]
        self.size = min(BATCH, self.count)
        self.network = Network(self.start, T, self.size)
        self.tester = Network(self.start, s.T, self.held_out.xs.shape[-1])
        self.move = OPTIMISERS[s.optimiser](s.rate, self.network.values.size)
        self.order = self._shuffled(chance)
        self.done = 0

    def _shuffled(self, chance: Chance) -> Iterator[NDArray[np.int_]]:
        """Give batch after batch; when all sequences had their turn, in another order again."""
        while True:
            order = chance.permutation(self.count)
            for k in range(0, self.count - self.size + 1, self.size):
                yield order[k : k + self.size]

    def step(self) -> tuple[float, float]:
        """Learn from one batch; return its loss, and the length of the gradient before clipping."""
        loss = self.network.loss(self.training.part(next(self.order)))
        length = clipped(self.network.gradient, self.settings.clip or np.inf)
        self.move(self.network.values, self.network.gradient)
        self.done += 1
        return loss, length

    def accuracy(self) -> float:
        """Return the share of right answers on sequences that it did not learn from."""
        self.tester.values[...] = self.network.values
        return accuracy(self.tester.run(self.held_out.xs), self.held_out)

    def exercise(self, decimals: int | None = None) -> Exercise:
        """Return the cell as it is now, its parameters rounded where `decimals` are given."""
        params = {
            name: array.copy() if decimals is None else np.round(array, decimals) + 0.0
            for name, array in self.network.params.items()
        }
        return replace(self.start, params=params)


def accuracy(z: Array, batch: Batch) -> float:
    """Return the share of right answers among those asked; an answer is yes from y = ½ on."""
    right = (z > 0.0) == (batch.targets > 0.5)
    return float((right * batch.weights).sum() / batch.weights.sum())


def accuracy_on(exercise: Exercise, task: Task, T: int, count: int, seed: int) -> float:
    """Return the share of right answers of a cell on `count` sequences of T time steps."""
    batch = task.batch(Chance(seed), count, T)
    return accuracy(Network(exercise, T, count).run(batch.xs), batch)
