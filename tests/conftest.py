"""What holds for all tests: their parts, and the time of each."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
# As scripts/test tells of them.
PARTS = ("core", "files", "ui", "pages", "deploy", "security", "browser")
SECONDS: Counter[str] = Counter()
TESTS: Counter[str] = Counter()

# Several workers share the machine: threads of NumPy and PyTorch would only wait for each other.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# How long one example takes says more about who else uses the machine than about our code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def part_of(path: str) -> str:
    """Return the part that a test's file belongs to: its folder, or the rules of the house."""
    return next((part for part in PARTS if path.startswith(f"tests/{part}/")), "house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser last."""
    items.sort(key=lambda item: HERE / "browser" in item.path.parents)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up a part's tests and seconds."""
    part = part_of(report.nodeid)
    SECONDS[part] += report.duration
    if report.when == "call":
        TESTS[part] += 1


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> Iterator[None]:
    """Say how long each part took, in the seconds of all workers together."""
    yield
    if not TESTS:
        return
    workers = config.getoption("numprocesses", None) or 1
    terminalreporter.section(f"time by part, of {workers} at work")
    for part in (*PARTS, "house"):
        if TESTS[part]:
            line = f"{part:8} {TESTS[part]:6,} tests {SECONDS[part] / workers:7.1f} s"
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Return a headless Chromium. Where there is none, this fails: it never skips.

    Playwright runs once in a process, so all tests that need a browser share this one; those that
    need none do without the import.
    """
    from playwright.sync_api import expect, sync_playwright

    from tests.browser.chromium import launch
    from tests.browser.idle import WAIT_MS

    expect.set_options(timeout=WAIT_MS)  # a busy machine is slow, and that is no fault of a page
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
