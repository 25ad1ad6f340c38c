"""No edit is lost, and none is done twice, while another is still on its way."""

import pytest
from playwright.sync_api import expect

from tests.browser.idle import wait_until_idle
from tests.browser.lesson import HOME, type_in
from tests.browser.line import Line


@pytest.fixture
def line(app_server):
    with Line(app_server.port) as line:
        yield line


def test_edits_that_wait_behind_another_come_along_to_the_next_page(line, page):
    page.goto(f"{line.url}{HOME}")
    wait_until_idle(page)
    page.evaluate("() => { window.isStillTheSame = true }")
    line.hold_answers()
    for k in range(3):
        type_in(page, f"W_f:0:{k}", "0")
    page.locator('nav.menu a[data-page="all_steps"]').click()
    type_in(page, "W_f:0:3", "5")
    line.release_answers()
    result = page.locator('[data-block="Wv_f"] button.number')
    expect(result).to_have_text(["81", "175", "133"])  # 4·5 + 5·5 + 6·6
    assert page.evaluate("() => window.isStillTheSame")  # it was not loaded anew
    result.first.focus()
    for before in ("77", "86", "90", "91"):
        page.keyboard.press("Control+z")  # one at a time: each edit was done once
        expect(result.first).to_have_text(before)
