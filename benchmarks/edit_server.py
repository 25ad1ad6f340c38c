"""How long does Python work on an edit of the largest exercise? Part by part, in milliseconds.

It is what the server does between a key press and its answer on the page Step by step, without
Streamlit and without the way to the browser and back: see edit_latency.py for the whole. It is
processor time, so that others on a busy machine count for little. Run `python
benchmarks/edit_server.py` from the root of the repository; it exits 1 if a median misses the limit.
"""

import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import TypeVar

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lstm_core.cells import lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.parts import LIMITS
from lstm_core.trace import Address
from lstm_ui.figures.step import figure
from lstm_ui.figures.view import View
from lstm_ui.session.events import handle
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import link
from lstm_ui.shell.events import EVENTS
from lstm_ui.step_by_step.blocks import step_blocks

LIMIT = 90.0  # ms at n = m = 64, all parts together
STEPS = ("Wv_f", "f", "h")  # the largest figure and equation, and two of vectors
DECIMALS = (17, 2)  # every digit; and short numbers, which pack better and so take longer to pack
WARM_UP, ROUNDS = 3, 15

T = TypeVar("T")
Times = dict[str, list[float]]


def largest(decimals: int) -> Exercise:
    """Return an exercise of 64 inputs and 64 units: 33,000 numbers, five time steps."""
    rng, n, m = np.random.default_rng(0), LIMITS["n"], LIMITS["m"]
    params = {f"W_{g}": rng.normal(0, 0.3, (n, n + m)).round(decimals) for g in "fiCo"}
    params |= {f"b_{g}": rng.normal(0, 0.3, n).round(decimals) for g in "fiCo"}
    start = {"h_prev": np.zeros(n), "C_prev": np.zeros(n)}
    return Exercise(lstm(), params, rng.normal(0, 1, (5, m)).round(decimals), start)


def edit(session: Session, k: int, times: Times) -> None:
    """Change one weight, and make all that the page shows then."""

    def timed(part: str, work: Callable[[], T]) -> T:
        started = process_time()
        made = work()
        times[part].append((process_time() - started) * 1e3)
        return made

    started = process_time()
    event = {"kind": "edit", "seq": k, "cell": "W_f:0:0", "text": f"{0.1 + k * 0.01:.2f}"}
    timed("event", lambda: handle(session, [event], EVENTS))
    on_desk, step = timed("desk", lambda: desk(session)), session.exercise.cell[session.place.step]
    inner = timed("blocks", lambda: step_blocks(on_desk, step))
    timed("sheet", lambda: sheet_data(on_desk, inner, [step]))
    timed("address", lambda: link.query(session))
    view = View(on_desk, step.name, session.place.index)
    timed("figure", lambda: figure(view))
    times["together"].append((process_time() - started) * 1e3)


def measured(step: str, decimals: int) -> Times:
    """Return the times of every part over some edits."""
    exercise = largest(decimals)
    session, times = Session(exercise, exercise, Address(step, 0, (0,))), defaultdict(list)
    for k in range(1, WARM_UP + ROUNDS + 1):
        edit(session, k, times if k > WARM_UP else defaultdict(list))
    return times


def main() -> int:
    """Print a row for each step; return 1 if one takes longer than the limit, as an exit code."""
    slow = False
    for decimals in DECIMALS:
        for step in STEPS:
            found = {part: median(times) for part, times in measured(step, decimals).items()}
            parts = "  ".join(f"{part} {time:6.1f}" for part, time in found.items())
            kept = found["together"] <= LIMIT
            print(f"{step:>5} {decimals:>3}  {parts}   ≤ {LIMIT:.0f}  {'ok' if kept else 'MISSED'}")
            slow = slow or not kept
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
