"""Every page is at home with every cell: no error, no fault, and nothing said of another cell.

Each cell is opened once, as its own example, and then led through all pages by the menu.
"""

import re

import pytest
from playwright.sync_api import expect

from lstm_core.cells import CELLS
from lstm_core.exercise.presets import PRESETS
from lstm_ui.shell.pages import PAGES
from tests.browser.idle import wait_until_idle
from tests.browser.lesson import go_to
from tests.browser.test_access import TAGS, faults
from tests.ui.spoken import wrong

OVER_TIME = [(key, one) for key, one in PRESETS.items() if one.T > 1]
EXAMPLES = {one.cell.name: key for key, one in reversed(OVER_TIME)}  # the first of each cell
OTHERS = [name for name in CELLS if name != "lstm"]  # the LSTM's own pages: see test_access.py
COMPARES = {"glossary", "questions"}  # they speak of every cell, and are read in tests/ui
WALK = sorted((page for page in PAGES if page.name), key=lambda page: page.name == "lecture")
EVERY = len(OTHERS)  # axe takes longer than all else: it sees each page once, with one of the cells


@pytest.mark.parametrize("name", OTHERS)
def test_every_page_is_at_home_with_the_cell(open_app, name):
    page = open_app(f"/?x={EXAMPLES[name]}")
    found = []
    for k, other in enumerate(WALK, OTHERS.index(name)):
        go_to(page, other.name)
        expect(page).to_have_title(re.compile(f"^{re.escape(other.title)}"))
        page.locator(".sheet [data-block]").first.wait_for(state="attached")
        wait_until_idle(page)
        found += [f"{other.name}: {fault}" for fault in faults_of(page, other, name, k)]
    assert found == []


def faults_of(page, other, name, k):
    """What is wrong with the page on screen."""
    if page.locator('[data-testid="stException"]').count():
        yield "it raised"
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield "it scrolls sideways"
    if k % EVERY == 0:
        yield from faults(page, TAGS)
    if other.name not in COMPARES:
        cell = PRESETS[EXAMPLES[name]].cell
        for line in page.locator('[data-testid="stMain"]').inner_text().splitlines():
            if re.search(r"[a-z]{2}", line) and (spoken := wrong(cell, line)):
                yield f"{spoken} in: {line}"
