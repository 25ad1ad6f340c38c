"""How long from an edit to its answer on the screen? A ratio to an empty Streamlit app.

Both apps run on this machine with the same configuration, each in its own server and its own tab,
and are edited in turns, so that a slow moment hits both alike. Times are taken inside the page,
from the key press to the frame that shows the answer. Run `python benchmarks/edit_latency.py` from
the root of the repository; it exits 1 if a median ratio misses its requirement.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lstm_core.cells import lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.looks.signals import signal
from tests.browser.chromium import launch
from tests.browser.idle import wait_until_idle
from tests.browser.server import ROOT, Server

# What is edited, and where its answer shows.
PATH = "/?x=founding&step=Wv_f"
CELL, RESULT = 'input[data-cell="W_f:0:0"]', '[data-cell="Wv_f:0"]'
FIGURE = ".js-plotly-plot"
STEP_SHOWN = ".sheet h2"
PREVIOUS, NEXT = "Previous step", "Next step"
EMPTY_CELL = '[data-testid="stNumberInput"] input'
EMPTY_RESULT = '[data-testid="stMarkdownContainer"]:not(label *) p'

# The page through time, at its largest: 200 time steps of 16 units, drawn as one figure.
LONG_CELL = 'input[data-cell="xs:0:0"]'

LIMITS = {"numbers": 2.0, "figure": 2.5, "step": 2.0, "long": 2.5}
WARM_UP, ROUNDS = 5, 40
PAUSE_MS = 150  # between two measurements: what the last one set off has come to rest

Times = dict[str, list[float]]


@contextmanager
def opened(browser: Browser, script: Path, path: str) -> Iterator[Page]:
    """Serve a script, and return the page that a browser shows of it."""
    with Server(script) as server:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.add_init_script(path=ROOT / "benchmarks" / "probe.js")
        page.goto(server.url + path)
        wait_until_idle(page)
        try:
            yield page
        except Exception:
            print(server.log(), file=sys.stderr)
            raise


def measured(page: Page) -> tuple[float, float | None]:
    """Return what was armed, in milliseconds: the text, and the figure if one was watched."""
    text, figure = page.evaluate("probe.measured")
    page.wait_for_timeout(PAUSE_MS)
    return text, figure


def edit(
    page: Page, cell: str, result: str, value: float, figure: str | None = None
) -> tuple[float, float | None]:
    """Type a value and press Enter; return the milliseconds from that key to the answer."""
    page.bring_to_front()
    page.locator(cell).first.fill(f"{value:.4f}")
    page.evaluate("args => probe.arm('keydown', ...args)", [result, figure])
    page.keyboard.press("Enter")
    return measured(page)


def step(page: Page, name: str) -> float:
    """Press a button that moves to another step; return the milliseconds until that step shows."""
    page.bring_to_front()
    page.get_by_role("button", name=name).hover()
    page.evaluate("shown => probe.arm('click', shown)", STEP_SHOWN)
    page.get_by_role("button", name=name).click()
    return measured(page)[0]


def one_round(ours: Page, empty: Page, i: int, times: Times) -> None:
    """Edit the empty app and ours, then walk one step forth or back."""
    value = 0.1 + i * 0.07  # never a number that was there before: nothing may come from a cache
    times["empty"].append(edit(empty, EMPTY_CELL, EMPTY_RESULT, value)[0])
    numbers, figure = edit(ours, CELL, RESULT, value, FIGURE)
    times["numbers"].append(numbers)
    times["figure"].append(figure or float("inf"))


def walk(ours: Page, empty: Page, i: int, times: Times) -> None:
    """Edit the empty app, and step back or forth in ours."""
    times["empty"].append(edit(empty, EMPTY_CELL, EMPTY_RESULT, 50 + i * 0.07)[0])
    times["step"].append(step(ours, (NEXT, PREVIOUS)[i % 2]))


def long_round(ours: Page, empty: Page, i: int, times: Times) -> None:
    """Edit the empty app, and one input of a long exercise."""
    value = 0.1 + i * 0.07
    times["empty"].append(edit(empty, EMPTY_CELL, EMPTY_RESULT, 90 + value)[0])
    figure = edit(ours, LONG_CELL, LONG_CELL, value, FIGURE)[1]
    times["long"].append(figure or float("inf"))


def long_path() -> str:
    """Return the address of an exercise with 16 units and 200 time steps, of short numbers."""
    rng = np.random.default_rng(0)
    params = {f"W_{g}": rng.choice((-0.2, 0, 0.2), (16, 17)) for g in "fiCo"}
    params |= {f"b_{g}": np.zeros(16) for g in "fiCo"}
    start = {"h_prev": np.zeros(16), "C_prev": np.zeros(16)}
    exercise = Exercise(lstm(), params, signal("sine", 200, 1), start)
    return f"/through_time?x={exercise.token()}"


def rounds(work: Callable[..., None], ours: Page, empty: Page, times: Times) -> None:
    """Take all times of one kind of work; those of the warm-up are not kept."""
    for i in range(WARM_UP + ROUNDS):
        work(ours, empty, i, times if i >= WARM_UP else {name: [] for name in times})


def report(name: str, times: Times) -> bool:
    """Print one row; return whether its median ratio keeps to the limit."""
    ratio, limit = median(times[name]) / median(times["empty"]), LIMITS.get(name, 1.0)
    p95, kept = quantiles(times[name], n=20)[-1], ratio <= limit
    verdict = f"≤ {limit:.1f}  {'ok' if kept else 'MISSED'}" if name in LIMITS else ""
    print(f"{name:>8} {median(times[name]):10.1f} {p95:8.1f} {ratio:8.2f}   {verdict}")
    return kept


def main() -> int:
    """Print every row; return 1 if a requirement is missed, as an exit code."""
    with (
        sync_playwright() as playwright,
        launch(playwright) as browser,
        opened(browser, ROOT / "benchmarks" / "empty_app.py", "/") as empty,
        opened(browser, ROOT / "app.py", PATH) as ours,
        opened(browser, ROOT / "app.py", long_path()) as long,
    ):
        times: Times = {name: [] for name in ("empty", *LIMITS)}
        for page in (ours, long):
            page.locator(FIGURE).first.wait_for()
            page.evaluate("figure => probe.keep(figure)", FIGURE)
        for work, page in ((one_round, ours), (walk, ours), (long_round, long)):
            rounds(work, page, empty, times)
        survived = all(
            page.evaluate("figure => probe.survived(figure)", FIGURE) for page in (ours, long)
        )
    print(f"{'':>8} {'median ms':>10} {'p95 ms':>8} {'ratio':>8}   required")
    kept = [report(name, times) for name in times]
    print(
        f"the figure is {'still the same element: ok' if survived else 'another element: MISSED'}"
    )
    return 0 if all(kept) and survived else 1


if __name__ == "__main__":
    sys.exit(main())
