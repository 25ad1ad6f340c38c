"""How fast is training, beside PyTorch on the same tiny cell?

Run `python benchmarks/training.py` from the root of the repository. Both learn the same task from
the same batches, one thread each: PyTorch with its own layer of the cell, its own optimiser and its
own clipping. Each row is measured in turns and in one run; the fastest of a few tries counts, since
other work on the machine can only slow a try down. It exits 1 if we are slower anywhere.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from lstm_core.training.learning import Learner, Settings
from tests.core.training.torch_learner import MOVES, Torch

TRIES, STEPS = 5, 60
ROWS = (
    Settings("agreement", "lstm", n=2, T=14),
    Settings("outbreak", "lstm", n=4, T=20),
    Settings("areas", "lstm", n=8, T=50),
    Settings("brackets", "gru_after", n=4, T=20),
    Settings("first_bit", "rnn_tanh", n=4, T=50),
)


def main() -> int:
    """Print steps a second of both, and their ratio; return 1 where we are slower."""
    torch.set_num_threads(1)
    print(f"{'':34}  {'ours':>8}  {'PyTorch':>8}  ratio   (steps a second)")
    ratios = [row(settings) for settings in ROWS]
    return int(min(ratios) < 1.0)


def row(settings: Settings) -> float:
    """Print one row; return how many times as fast as PyTorch we are."""
    ours, same = Learner(settings), Learner(settings)
    theirs = Torch(ours)
    move = MOVES[settings.optimiser](theirs.learned(), settings.rate)
    batches = (same.training.part(chosen) for chosen in same.order)

    def their_step() -> None:
        theirs.learn(next(batches), move, settings.clip)

    best = fastest(ours.step, their_step)
    mine, other = (STEPS / seconds for seconds in best)
    name = f"{settings.task}, {settings.cell}, n = {settings.n}, T = {settings.T}"
    print(f"{name:34}  {mine:8.0f}  {other:8.0f}  {mine / other:5.2f}")
    return mine / other


def fastest(*works: Callable[[], object]) -> list[float]:
    """Return the shortest time of STEPS calls of each work, tried in turns."""
    tries = [[timed(work) for work in works] for _ in range(TRIES)]
    return [min(each) for each in zip(*tries, strict=True)]


def timed(work: Callable[[], object]) -> float:
    """Return how long STEPS calls take, in seconds."""
    began = time.perf_counter()
    for _ in range(STEPS):
        work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
