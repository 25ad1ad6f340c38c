"""How long until the answer is on the screen? A ratio to an empty Streamlit app, for every page.

Edits first; then a first visit, each change of pages, and how often a second a drag is answered.

Both apps run on this machine with the same configuration, each in its own server and its own tab,
and are edited in turns, so that a slow moment hits both alike. Times are taken inside the page,
from the reader's own event to the frame that shows the answer. Run `python
benchmarks/edit_latency.py` from the root of the repository, with the names of rows for some alone;
it exits 1 if a median ratio misses its requirement. The LSTM is measured on every page; with
`--cells` each other cell is, step by step and through time, and `"gru_after: gradients"` is a row
by name, as any cell on any page that edits the exercise.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

import numpy as np
from playwright.sync_api import Browser, Locator, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import visits
from lstm_core.cells import CELLS, lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.signals import signal
from lstm_core.ops import MATVEC
from tests.browser.chromium import launch
from tests.browser.idle import wait_until_idle
from tests.browser.server import ROOT, Server

FIGURE = ".js-plotly-plot"
ANSWERED = ".sheet[data-seq]"  # the sheet writes there which event it has answered, all numbers in
EMPTY_RESULT = '[data-testid="stMarkdownContainer"]:not(label *) p'

NUMBERS, FIGURES, STEP, LONG = 1.75, 2.0, 2.0, 2.5  # required ratios; a step changes everything
FIRST, CHANGE, RATE = 2.0, 2.5, 15.0  # of a first visit, of a change of pages; answers a second
WARM_UP, ROUNDS = 4, 25
WIDTH = 36  # of the longest name of a row
PAUSE_MS = 150  # between two measurements: what the last one set off has come to rest


@dataclass(frozen=True)
class Act:
    """What a reader does again and again: where, how (typed, slid or pressed), and with what.

    `numbers` and `figure` are the ratios within which they answer; None where no figure does.
    """

    path: str
    how: str
    at: str
    figure: float | None = None
    numbers: float = NUMBERS

    def begin(self, page: Page) -> None:
        """Go where it will be done again and again.

        A slider leaves the example's own number, so that going back and forth beside it does not
        come back to the example each time: then the list of examples is drawn anew as well.
        """
        self.place(page, 0).wait_for()
        if self.at == SLIDER:
            for _ in range(3):
                self.place(page, 0).press("ArrowUp")
            wait_until_idle(page)

    def prepare(self, page: Page, i: int) -> None:
        """Do all that comes before the event which sends it."""
        place = self.place(page, i)
        if self.how == "type":
            place.fill(f"{0.1 + i * 0.07:.2f}")  # never what was there: nothing is kept from before
        elif self.how == "slide":
            place.focus()
        else:
            place.hover()

    def send(self, page: Page, i: int) -> None:
        """Make the event whose answer is waited for."""
        if self.how == "press":
            self.place(page, i).click()
        else:
            there_and_back = ("ArrowUp", "ArrowDown")[i % 2]
            page.keyboard.press("Enter" if self.how == "type" else there_and_back)

    @property
    def event(self) -> str:
        """What the browser calls it."""
        return "click" if self.how == "press" else "keydown"

    def place(self, page: Page, i: int) -> Locator:
        """Return what is typed into, slid or pressed."""
        if self.how == "press":
            return page.get_by_role("button", name=self.at.split("|")[i % 2])
        return page.locator(self.at).first


def long_token() -> str:
    """Return an exercise with 16 units and 200 time steps, of short numbers."""
    rng = np.random.default_rng(0)
    params = {f"W_{g}": rng.choice((-0.2, 0, 0.2), (16, 17)) for g in "fiCo"}
    params |= {f"b_{g}": np.zeros(16) for g in "fiCo"}
    start = {"h_prev": np.zeros(16), "C_prev": np.zeros(16)}
    return Exercise(lstm(), params, signal("sine", 200, 1), start).token()


EMPTY = Act("/", "type", '[data-testid="stNumberInput"] input')
WEIGHT, SLIDER = 'input[data-cell="W_f:0:0"]', ".sheet input[type=range]"
INPUT, TIME = 'input[data-cell="xs:0:0"]', 'select[aria-label="Time step"]'
LIVE = "x=unsaturated&step=Wv_f&t=2"
ACTS = {
    "step": Act(f"/?{LIVE}", "type", WEIGHT, FIGURES),
    "walk": Act(f"/?{LIVE}", "press", "Next step|Previous step", numbers=STEP),
    "all steps": Act(f"/all_steps?{LIVE}", "type", WEIGHT),
    "lecture": Act(f"/lecture?{LIVE}", "type", WEIGHT),
    "activations": Act(f"/activations?{LIVE}", "slide", SLIDER, FIGURES),
    "gate space": Act(f"/gate_space?{LIVE}", "type", WEIGHT, FIGURES),
    "through time": Act(f"/through_time?{LIVE}", "type", INPUT, FIGURES),
    "long": Act(f"/through_time?x={long_token()}", "type", INPUT, LONG, LONG),
    "gradients": Act(f"/gradients?{LIVE}", "slide", TIME, FIGURES),
    "side by side": Act(f"/side_by_side?{LIVE}", "type", 'input[data-cell="x:0"]', FIGURES),
    "dependencies": Act(f"/dependencies?{LIVE}", "type", WEIGHT),
    "check": Act(f"/check_my_work?{LIVE}", "type", "input[aria-label='v[1]']"),
}
RELATIVES = [name for name in CELLS if name != "lstm"]


def of_cell(cell: str, act: Act) -> Act:
    """Return an act of the LSTM on the first example of another cell, with that cell's first W."""
    of = {one.cell.name: key for key, one in reversed(PRESETS.items()) if one.T > 1}[cell]
    product = next(step for step in PRESETS[of].cell.steps if step.op is MATVEC)
    path = act.path.replace("unsaturated", of).replace("Wv_f", product.name)
    return replace(act, path=path, at=act.at.replace("W_f", product.inputs[0]))


OF_CELLS = {
    f"{cell}: {name}": of_cell(cell, act)
    for cell in RELATIVES
    for name, act in ACTS.items()
    if LIVE in act.path and name != "check"
}


@contextmanager
def shown(browser: Browser, url: str) -> Iterator[Page]:
    """Return the page that a browser shows of an address, come to rest."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.add_init_script(path=ROOT / "benchmarks" / "probe.js")
    page.goto(url)
    wait_until_idle(page)
    yield page
    page.close()


def timed(page: Page, act: Act, answer: str, i: int) -> tuple[float, float | None]:
    """Do it once; return the milliseconds to the answer and, if one is watched, to the figure."""
    page.bring_to_front()
    act.prepare(page, i)
    page.evaluate("args => probe.arm(...args)", [act.event, answer, FIGURE if act.figure else None])
    act.send(page, i)
    numbers, figure = page.evaluate("probe.measured")
    page.wait_for_timeout(PAUSE_MS)
    return numbers, figure


@dataclass(frozen=True)
class Row:
    """What was measured of one act: milliseconds, beside those of the empty app."""

    empty: list[float]
    numbers: list[float]
    figure: list[float]
    survived: bool


def measured(page: Page, empty: Page, act: Act) -> Row:
    """Edit both apps in turns; what comes before the warm-up's end is not kept."""
    act.begin(page)
    if act.figure:
        page.locator(FIGURE).first.wait_for()
        page.evaluate("figure => probe.keep(figure)", FIGURE)
    row = Row([], [], [], True)
    for i in range(WARM_UP + ROUNDS):
        beside = timed(empty, EMPTY, EMPTY_RESULT, i)[0]
        numbers, figure = timed(page, act, ANSWERED, i)
        if i >= WARM_UP:
            row.empty.append(beside)
            row.numbers.append(numbers)
            row.figure.extend([] if figure is None else [figure])
    kept = act.figure is None or page.evaluate("figure => probe.survived(figure)", FIGURE)
    return Row(row.empty, row.numbers, row.figure, kept)


def report(name: str, times: list[float], empty: list[float], limit: float) -> bool:
    """Print one row; return whether its median ratio keeps to the limit."""
    ratio, p95 = median(times) / median(empty), quantiles(times, n=20)[-1]
    verdict = "ok" if ratio <= limit else "MISSED"
    print(
        f"{name:>{WIDTH}} {median(times):8.1f} {p95:8.1f} {median(empty):8.1f} {ratio:7.2f}"
        f"   ≤ {limit:.2f}  {verdict}",
        flush=True,
    )
    return ratio <= limit


def reported(name: str, act: Act, row: Row) -> bool:
    """Print what an act took; return whether it keeps to all that is required."""
    kept = [report(name, row.numbers, row.empty, act.numbers)]
    if act.figure:
        kept.append(report(f"{name}, figure", row.figure, row.empty, act.figure))
    if not row.survived:
        print(f"{name:>{WIDTH}} its figure is another element: MISSED")
    return all(kept) and row.survived


@dataclass(frozen=True)
class Apps:
    """What is measured and what it is measured beside, each served by a process of its own."""

    browser: Browser
    ours: str
    bare: str
    two_pages: str

    def edits(self, name: str) -> bool:
        """Measure one act; return whether it keeps to all that is required."""
        act = (ACTS | OF_CELLS)[name]
        with (
            shown(self.browser, self.bare) as empty,
            shown(self.browser, self.ours + act.path) as page,
        ):
            return reported(name, act, measured(page, empty, act))

    def first_visit(self, name: str) -> bool:
        """Measure what somebody waits who has never been here, for the numbers and the figure."""
        kept = []
        for what, shows in ((name, ANSWERED), (f"{name}, figure", visits.FIGURE)):
            times = visits.first_visits(self.browser, self.ours + "/", self.bare, shows)
            kept.append(report(what, times.ours, times.empty, FIRST))
        return all(kept)

    def change(self, name: str) -> bool:
        """Measure the way to a page from the menu of another."""
        with (
            shown(self.browser, self.two_pages) as empty,
            shown(self.browser, f"{self.ours}/?{LIVE}") as page,
        ):
            times = visits.page_changes(page, empty, name.removeprefix(TO))
        return report(name, times.ours, times.empty, CHANGE)

    def drag(self, name: str) -> bool:
        """Measure how often a second the sheet answers while a number is dragged."""
        with shown(self.browser, f"{self.ours}/?{LIVE}") as page:
            rate = visits.answers_a_second(page, WEIGHT)
        verdict = "ok" if rate >= RATE else "MISSED"
        print(f"{name:>{WIDTH}} {rate:8.1f} answers a second   ≥ {RATE:.2f}  {verdict}", flush=True)
        return rate >= RATE


TO = "to "
ROWS: dict[str, Callable[[Apps, str], bool]] = {
    **dict.fromkeys(ACTS, Apps.edits),
    "drag": Apps.drag,
    "first visit": Apps.first_visit,
    **{TO + name: Apps.change for name in visits.OTHERS},
}
EVERY_CELL = [f"{cell}: {name}" for cell in RELATIVES for name in ("step", "through time")]


def chosen(names: list[str]) -> list[str]:
    """Return the rows to measure: those named, of every cell, or all of the LSTM."""
    return EVERY_CELL if names == ["--cells"] else names or [*ROWS]


def main(names: list[str]) -> int:
    """Print every row; return 1 if a requirement is missed, as an exit code."""
    print(f"{'':>{WIDTH}} {'median':>8} {'p95':>8} {'empty':>8} {'ratio':>7}   required   (ms)")
    with (
        sync_playwright() as playwright,
        launch(playwright) as browser,
        Server(ROOT / "benchmarks" / "empty_app.py") as bare,
        Server(ROOT / "benchmarks" / "empty_pages.py") as two,
        Server(ROOT / "app.py") as served,
    ):
        apps = Apps(browser, served.url, bare.url, two.url)
        kept = [ROWS.get(name, Apps.edits)(apps, name) for name in chosen(names)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
