"""The app in a real browser. A test fails on any error in the console that it did not announce.

Fixtures of our own instead of the pytest-playwright plugin: they are few, the browser is the one
that the machine has, and no plugin's options or warnings come along.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser.console import Console
from tests.browser.idle import WAIT_MS, wait_until_idle
from tests.browser.server import ROOT, Server

# A page that a test wrote itself has no storage, and says so.
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear() } catch { /* none */ } }"
# The tour begins by itself once: here everybody has seen it.
RETURNING = "try { localStorage.setItem('lstm tour seen', 'yes') } catch { /* none */ }"
# What the headers forbid is not always an error in the console: here it is.
FORBIDDEN = """addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  console.error(`Content Security Policy: ${effectiveDirective} forbids ${blockedURI}`);
});"""
REPORTS = pytest.StashKey[dict[str, pytest.TestReport]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Keep each report for `page`; a browser test that is skipped has failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: browser tests may not be skipped: {report.longrepr}"
    item.stash.setdefault(REPORTS, {})[report.when] = report
    return report


@pytest.fixture(scope="session")
def app_server() -> Iterator[Server]:
    """Return the running app; `restart()` forgets its sessions, `log()` is what it wrote."""
    with Server(ROOT / "app.py") as server:
        yield server


@pytest.fixture
def console() -> Console:
    """Return the errors of this test's page; `allow(pattern)` announces one."""
    return Console()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """Return the one window of all tests, so that what it compiled once serves them all."""
    with new_window(browser) as window:
        window.add_init_script(RETURNING)
        yield window


@pytest.fixture(scope="session")
def other_window(browser: Browser) -> Iterator[BrowserContext]:
    """Return the window of other readers, who have been nowhere."""
    with new_window(browser) as window:
        yield window


@contextmanager
def new_window(browser: Browser) -> Iterator[BrowserContext]:
    """Open a window in which what the page's policy forbids is an error in the console."""
    window = browser.new_context(reduced_motion="reduce")
    window.set_default_timeout(WAIT_MS)
    window.add_init_script(FORBIDDEN)
    yield window
    window.close()


@pytest.fixture
def page(
    window: BrowserContext, console: Console, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Return a page as new, 1280 × 720, that fails the test if its console has errors."""
    with lent(window, console, request.node) as page:
        yield page


@pytest.fixture
def other_reader(
    other_window: BrowserContext, console: Console, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Return such a page of another reader, who was never here, but has Streamlit's files."""
    with lent(other_window, console, request.node) as page:
        yield page


@contextmanager
def lent(window: BrowserContext, console: Console, item: pytest.Item) -> Iterator[Page]:
    """Lend a test the page of the test before, emptied.

    A new one would compile Streamlit anew, seconds of work before each test.
    """
    page = window.pages[0] if window.pages else window.new_page()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(media="null", color_scheme="light", reduced_motion="reduce")
    console.listen(page)
    yield page
    if failed(item) or console.unexpected():
        picture(page, item)
        close_pages(window)
    else:
        forget(page)
    console.leave(page)
    assert not console.unexpected(), "\n".join(console.unexpected())


def forget(page: Page) -> None:
    """Leave nothing of a test behind but the files and the code that its browser has cached."""
    page.unroute_all(behavior="ignoreErrors")
    page.evaluate(FORGET)
    for _ in range(9):
        with suppress(Error):  # the page was just going somewhere else
            page.goto("about:blank")
            break
    page.mouse.move(0, 0)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.resetNavigationHistory")
    devtools.detach()
    page.context.clear_permissions()
    page.context.clear_cookies()


def close_pages(window: BrowserContext) -> None:
    """After a failure nobody knows what state a page is in: the next test begins with a new one."""
    for page in window.pages:
        page.close()


def failed(item: pytest.Item) -> bool:
    """Return whether the test's own part has failed."""
    report = item.stash.get(REPORTS, {}).get("call")
    return report is not None and report.failed


def picture(page: Page, item: pytest.Item) -> None:
    """Leave a picture of the page for whoever looks into the failure."""
    name = re.sub(r"[^\w.-]+", "-", item.nodeid.removeprefix("tests/browser/"))[:150]
    folder = item.config.rootpath / "test-results"
    page.screenshot(path=folder / f"{name}.png", full_page=True)


@pytest.fixture
def idle(page: Page) -> Callable[[], None]:
    """Return a function that waits until the page is idle."""
    return lambda: wait_until_idle(page)


@pytest.fixture
def open_app(page: Page, console: Console, app_server: Server) -> Iterator[Callable[[str], Page]]:
    """Return a function that opens a path and query of the app, and waits until it is idle.

    What Python raises meanwhile counts like an error in the console: it too can be announced.
    """

    def open_at(path_and_query: str = "/") -> Page:
        page.goto(f"{app_server.url}/{path_and_query.lstrip('/')}")
        wait_until_idle(page)
        return page

    before = len(app_server.log())
    yield open_at
    if "Traceback" in (log := app_server.log()[before:]):
        console.errors.append(f"the server raised:\n{log}")
