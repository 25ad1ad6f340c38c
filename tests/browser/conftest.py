"""The app in a real browser. A test fails on any error in the console that it did not announce.

Fixtures of our own instead of the pytest-playwright plugin: they are few, the browser is the one
that the machine has, and no plugin's options or warnings come along.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.console import Console
from tests.browser.idle import WAIT_MS, wait_until_idle
from tests.browser.server import ROOT, Server

expect.set_options(timeout=WAIT_MS)  # a busy machine is slow, and that is no fault of a page
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium. Where there is none, this fails: it never skips."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def console() -> Console:
    """Return the errors of this test's page; `allow(pattern)` announces one."""
    return Console()


@pytest.fixture
def page(browser: Browser, console: Console, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a page of its own, 1280 × 720, that fails the test if its console has errors."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    console.listen(page)
    yield page
    if failed(request.node) or console.unexpected():
        picture(page, request.node)
    context.close()
    assert not console.unexpected(), "\n".join(console.unexpected())


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
