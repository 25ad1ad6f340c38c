"""How fast is a trace that keeps every intermediate value? A ratio to PyTorch, in one run.

The two sides take turns on the same machine, in double precision and with the threads that each
library chooses for itself. On a busy machine PyTorch's threads wait for each other, so the long run
is shown once more with one thread for PyTorch; NumPy's stay as they are. The required ratio is that
of the libraries as they come. Run `python benchmarks/core.py` from the root of the repository; it
exits 1 if the median misses a requirement.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lstm_core.cells import lstm
from lstm_core.ops import Array
from lstm_core.trace import frozen, run

SIZES = (2, 4, 8, 16, 32, 64, 128, 256)
ROUNDS, CALLS = 400, 5  # calls in one turn: enough for the clock, few enough to stay interleaved
LONG_ROUNDS = 15

Work = Callable[[], object]


def random_params(n: int, m: int) -> dict[str, Array]:
    """Return weights and biases of an LSTM, read-only already, as an exercise holds them."""
    rng = np.random.default_rng(n)
    weights = {f"W_{gate}": frozen(rng.normal(0, 0.3, (n, n + m))) for gate in "fiCo"}
    return weights | {f"b_{gate}": frozen(rng.normal(0, 0.3, n)) for gate in "fiCo"}


def ours(n: int, T: int) -> Work:
    """Return the work of a whole trace over T time steps, m = n."""
    cell, params, zero = lstm(), random_params(n, n), frozen(np.zeros(n))
    xs = frozen(np.random.default_rng(1).normal(0, 1, (T, n)))
    return lambda: run(cell, params, xs, {"h_prev": zero, "C_prev": zero})


def torch_cell(n: int) -> Work:
    """Return the work of one time step of torch.nn.LSTMCell on vectors, as ours, unbatched."""
    cell = torch.nn.LSTMCell(n, n).double()
    x, h, c = (torch.randn(n).double() for _ in range(3))
    return lambda: cell(x, (h, c))


def torch_lstm(n: int, T: int) -> Work:
    """Return the work of T time steps of torch.nn.LSTM, batch 1."""
    layer, xs = torch.nn.LSTM(n, n).double(), torch.randn(T, 1, n).double()
    return lambda: layer(xs)


def seconds(work: Work, calls: int) -> float:
    """Return the time of one call, averaged over a few in a row."""
    started = perf_counter()
    for _ in range(calls):
        work()
    return (perf_counter() - started) / calls


def compare(a: Work, b: Work, rounds: int, calls: int) -> tuple[list[float], list[float]]:
    """Return the times of both, taken in turns so that a slow moment hits both alike."""
    seconds(a, calls), seconds(b, calls)  # the first call of anything is slow
    pairs = [(seconds(a, calls), seconds(b, calls)) for _ in range(rounds)]
    mine, theirs = zip(*pairs, strict=True)
    return list(mine), list(theirs)


def report(label: str, times: tuple[list[float], list[float]], limit: float | None) -> bool:
    """Print one row; return whether its median ratio keeps to the limit."""
    mine, theirs = times
    ratio = median(a / b for a, b in zip(mine, theirs, strict=True))
    kept = limit is None or ratio <= limit
    wanted = "" if limit is None else f"≤ {limit:.1f}  {'ok' if kept else 'MISSED'}"
    print(
        f"{label:>18} {median(mine) * 1e6:10.1f} {median(theirs) * 1e6:10.1f}"
        f" {ratio:8.2f} {min(mine) / min(theirs):8.2f}   {wanted}"
    )
    return kept


def main() -> int:
    """Print every row; return 1 if a requirement is missed, as an exit code."""
    print(f"{'':>18} {'trace µs':>10} {'torch µs':>10} {'median':>8} {'min':>8}   required")
    kept = []
    with torch.no_grad():
        for n in SIZES:
            times = compare(ours(n, 1), torch_cell(n), ROUNDS, CALLS)
            kept.append(report(f"n = {n}", times, 1.0))
        times = compare(ours(128, 1000), torch_lstm(128, 1000), LONG_ROUNDS, 1)
        kept.append(report("n = 128, T = 1000", times, 1.0))
        torch.set_num_threads(1)
        times = compare(ours(128, 1000), torch_lstm(128, 1000), LONG_ROUNDS, 1)
        report("with one thread", times, None)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
