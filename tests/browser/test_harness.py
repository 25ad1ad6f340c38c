"""The guards of the browser tests are tested themselves: each must catch what is planted."""

import time

from tests.browser.chromium import executable
from tests.browser.console import Console
from tests.browser.idle import WAIT_MS
from tests.browser.server import ROOT

pytest_plugins = ("pytester",)

PLANTED = {  # what is heard of it, and what is done
    "only said": "console.error('only said')",
    "thrown late": "setTimeout(() => { throw new Error('thrown late') })",
    "static/planted": "fetch('/app/static/planted')",
    "planted.invalid": "fetch('http://planted.invalid/').catch(() => {})",
}


def listened(page, console, words):
    """Return what the console has heard, as soon as these words are in it."""
    deadline = time.monotonic() + WAIT_MS / 1000
    while words not in (heard := "\n".join(console.unexpected())) and time.monotonic() < deadline:
        page.wait_for_timeout(20)  # hands over what the browser has to tell
    return heard


def test_an_error_in_the_page_is_heard_and_can_be_announced(open_app, console):
    page = open_app("/")
    for words, planted in PLANTED.items():
        assert console.unexpected() == []
        page.evaluate(planted)
        assert words in listened(page, console, words)
        console.allow(words)
    assert console.unexpected() == []


def test_only_what_was_announced_is_allowed():
    console = Console()
    console.errors = ["socket closed", "other"]
    console.allow("^socket")
    assert console.unexpected() == ["other"]


def test_errors_and_skips_fail_the_run_and_leave_a_picture(browser, pytester, monkeypatch):
    # pytester gives the inner run a home of its own, where no downloaded browser would be found.
    monkeypatch.setenv("CHROMIUM_PATH", executable(browser.browser_type))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile("""
        import pytest

        def test_clean(page):
            page.evaluate("console.log('just saying'); console.warn('careful')")

        def test_noisy(page):
            page.evaluate("console.error('planted')")

        def test_wrong(page):
            assert page.title() == "planted"

        def test_absent(page):
            pytest.skip("no browser here")
    """)
    ours = ("-p", "tests.conftest", "-p", "tests.browser.conftest")
    run = pytester.runpytest_subprocess("-p", "no:playwright", *ours)
    run.assert_outcomes(passed=2, errors=1, failed=2)
    pictures = sorted(path.name for path in (pytester.path / "test-results").iterdir())
    assert [name.split("-test_")[-1] for name in pictures] == [
        "absent.png",
        "noisy.png",
        "wrong.png",
    ]


def test_a_restarted_server_is_another_process_at_the_same_address(open_app, app_server):
    before, address = app_server.pid, app_server.url
    app_server.restart()
    assert app_server.alive
    assert app_server.pid != before
    assert app_server.url == address
    open_app("/")
