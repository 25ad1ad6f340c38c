"""A reader in Chromium whose every number is known: what they typed, and what that must come to.

faults.py drives it. What must be on screen is worked out here, by `lstm_core` alone, from the edits
that were typed; nothing is taken over from what the server says.
"""

from collections.abc import Mapping
from time import monotonic
from urllib.parse import parse_qs, urlparse

import numpy as np
from playwright.sync_api import Page

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.printing import rounded_names
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from tests.browser.idle import wait_until_idle
from tests.browser.lesson import go_to, type_in

PRESET, T = "unsaturated", 1  # the address counts time steps from 1
START = f"x={PRESET}&step=Wv_f&t={T + 1}"
LONGEST = 90.0  # seconds to wait for an answer
LOOK_MS = 100

ON_SHEET = """all => all.filter((one) => one.textContent !== "?").map(
  (one) => [one.dataset.cell, one.matches("input"), one.value || one.textContent])"""
NUMBER, CELLS = ".sheet .number[data-cell]", "all => all.map((one) => one.dataset.cell)"
WANTED = ("W_f:0:1", "xs:2:0", "x:0")
SCREEN = """() => JSON.stringify([
  document.querySelector('[data-testid="stMain"]').innerText,
  [...document.querySelectorAll(".sheet input, .sheet select")].map((one) => one.value),
])"""
ANSWERED = ".sheet[data-seq]"
GIVEN, COMPUTED = True, False  # a number that can be typed over, and one that cannot
Numbers = dict[tuple[str, bool], str]
Edit = tuple[str, tuple[int, ...], float]


class Reader:
    """One tab, the edits typed into it, and the exercise that they make."""

    def __init__(self, page: Page, url: str, name: str = "") -> None:
        self.page, self.edits = page, list[Edit]()
        self.exercise: Exercise = PRESETS[PRESET]
        page.goto(f"{url}/{name}?{START}")
        wait_until_idle(page)
        page.locator(ANSWERED).wait_for()
        page.wait_for_timeout(LOOK_MS)

    def edit(self, cell: str, value: float) -> None:
        """Type a number into a cell, whether or not anybody answers."""
        type_in(self.page, cell, f"{value}")
        name, *index = cell.split(":")
        at = tuple(map(int, index))
        name, at = ("xs", (T, *at)) if name == "x" else (name, at)
        self.edits.append((name, at, value))
        self.exercise = self.exercise.with_entry(name, at, value)

    def lost(self) -> int:
        """Return how many of the edits the address does not hold."""
        found = self.addressed().arrays
        last = {(name, at): value for name, at, value in self.edits}
        return sum(found[name][at] != value for (name, at), value in last.items())

    def addressed(self) -> Exercise:
        """Return the exercise that the address holds."""
        token = parse_qs(urlparse(self.page.url).query)["x"][0]
        return PRESETS[token] if token in PRESETS else Exercise.from_token(token)

    def answered_after(self, since: float) -> float:
        """Wait until address and screen hold every edit; return the seconds since then."""
        while self.lost() or self.wrong():
            if monotonic() - since > LONGEST:
                break
            self.page.wait_for_timeout(LOOK_MS)
        return monotonic() - since

    def wrong(self) -> list[str]:
        """Return each number on the sheet that is not, to the digit, what it must be."""
        return wrong_on(self.page, self.numbers())

    def numbers(self) -> Numbers:
        """Return every number that the sheet of this time step may show, by its cell."""
        trace = self.exercise.trace()
        return printed(self.exercise, self.exercise.arrays | {"x": self.exercise.xs[T]}, GIVEN) | (
            printed(self.exercise, trace.frames[T], COMPUTED)
        )

    def free_cell(self) -> str | None:
        """Return a cell of the sheet that can be typed into; None where the page has none."""
        there = self.page.locator(".sheet input[data-cell]").evaluate_all(CELLS)
        return next((cell for cell in (*WANTED, *there) if cell in there), None)

    def screen(self) -> str:
        """Return all that is on screen, and what stands in the fields, and the address."""
        return str(self.page.evaluate(SCREEN)) + self.page.url

    def wrong_in_a_new_tab(self) -> list[str]:
        """Return what is wrong where another tab opens All steps at this address."""
        url = urlparse(self.page.url)
        tab = self.page.context.new_page()
        tab.goto(url._replace(path="/all_steps").geturl())
        wait_until_idle(tab)
        found = wrong_on(tab, self.numbers())
        tab.close()
        return found

    def go_to(self, name: str) -> None:
        """Change the page by the menu."""
        go_to(self.page, name)
        wait_until_idle(self.page)


def printed(exercise: Exercise, arrays: Mapping[str, Array], given: bool) -> Numbers:
    """Return each entry of these arrays as the sheet must print it."""
    rounded = frozenset() if given else rounded_names(exercise.cell, T)
    return {
        (":".join(map(str, (name, *index))), given): numeral(
            float(value), exercise.decimals, name in rounded
        )
        for name, array in arrays.items()
        for index, value in np.ndenumerate(array)
    }


def wrong_on(page: Page, must: Numbers) -> list[str]:
    """Return each number on a page's sheet that is not, to the digit, what it must be."""
    return [
        f"{cell} is {shown}, not {must[cell, given]}"
        for cell, given, shown in page.locator(NUMBER).evaluate_all(ON_SHEET)
        if (cell, given) in must and shown != must[cell, given]
    ]
