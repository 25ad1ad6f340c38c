"""What comes before the first edit, and between edits: a first visit, other pages, and a drag.

edit_latency.py prints these beside its edits. A first visit is that of a browser that has kept
nothing, at a server that has been visited before.
"""

from dataclasses import dataclass
from time import monotonic

from playwright.sync_api import Browser, Page

from lstm_ui.shell.pages import PAGES
from tests.browser.idle import wait_until_idle
from tests.browser.server import ROOT

PROBE, SIZE = ROOT / "benchmarks" / "probe.js", {"width": 1280, "height": 720}
SHEET, HEADING = ".sheet[data-seq]", ".page-head h1"
FIGURE = ".js-plotly-plot .main-svg"
EMPTY = '[data-testid="stMain"] p'  # of an app that has nothing else
LINK = '[data-testid="stPageLink-NavLink"]'
VISITS, CHANGES = 7, 5
DRAG_SECONDS, TICK = 3.0, 6  # pixels

# Pages whose numbers stand on the sheet; the others are made of Streamlit's own widgets.
WIDGETS = {"training", "worksheet", "mark_class", "exchange"}
OTHERS = {page.name: page.title for page in PAGES[1:] if page.name not in WIDGETS}


@dataclass(frozen=True)
class Times:
    """Milliseconds, beside those of an empty app in the same minute."""

    ours: list[float]
    empty: list[float]


def visit(browser: Browser, url: str, shows: str) -> float:
    """Return the milliseconds from asking for a page until this is on the screen."""
    page = browser.new_page(viewport=SIZE)
    page.add_init_script(path=PROBE)
    page.goto(url, wait_until="commit")
    took = page.evaluate("selector => probe.seen(selector)", shows)
    wait_until_idle(page)
    page.close()
    return float(took)


def first_visits(browser: Browser, url: str, empty: str, shows: str) -> Times:
    """Visit both apps in turns; the first round, which is the servers' first, is not kept."""
    rounds = range(1 + VISITS)
    both = [(visit(browser, url, shows), visit(browser, empty, EMPTY)) for _ in rounds]
    ours, beside = zip(*both[1:], strict=True)
    return Times(list(ours), list(beside))


def changed(page: Page, link: str, *what: str) -> float:
    """Press a link; return the milliseconds until the page that it leads to has come."""
    page.bring_to_front()
    page.locator(link).wait_for(state="attached")
    took = page.evaluate("args => probe.leave(...args)", [link, *what])
    wait_until_idle(page)
    page.wait_for_timeout(300)  # what the page does when it is there has come to rest
    return float(took)


def page_changes(page: Page, empty: Page, name: str) -> Times:
    """Go to a page and back again and again, and in the empty app."""
    times = Times([], [])
    for i in range(1 + CHANGES):
        ours = changed(page, f'.menu a[data-page="{name}"]', HEADING, OTHERS[name], SHEET)
        changed(page, '.menu a[data-page=""]', HEADING, PAGES[0].title, SHEET)
        beside = changed(empty, f'{LINK}[href="two"]', EMPTY, "This is two.")
        changed(empty, f'{LINK}[href=""]', EMPTY, "This is one.")
        if i:
            times.ours.append(ours)
            times.empty.append(beside)
    return times


def answers_a_second(page: Page, at: str) -> float:
    """Drag a number to and fro; return how often a second the sheet answers."""
    box = page.locator(at).first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    count = "args => void (probe.measured = probe.answers(...args))"
    page.evaluate(count, [SHEET, DRAG_SECONDS * 1000])
    end, k = monotonic() + DRAG_SECONDS, 0
    while monotonic() < end:
        k += 1
        page.mouse.move(x + TICK * (40 - abs(k % 80 - 40)), y)
    page.mouse.up()
    return float(page.evaluate("probe.measured")) / DRAG_SECONDS
