"""Dragging a number, by mouse and by finger, and typing while something else happens."""

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import (
    AFTER,
    BEFORE,
    HOME,
    at_step,
    cell,
    focused,
    middle_of,
    shows,
    type_in,
    wrap,
)

TICK = 6  # pixels


@pytest.fixture
def drag(page, open_app):
    """Return a function that drags W_f[1,2] so many ticks from where it was grabbed."""
    open_app(HOME)
    at_step(page, "Wv_f")
    grabbed = cell(page, "W_f:0:1")
    grabbed.hover()
    x, y = middle_of(grabbed)
    page.mouse.move(x, y)
    page.mouse.down()
    return lambda ticks: page.mouse.move(x + ticks * TICK, y, steps=10)


def test_the_results_follow_a_drag_and_one_undo_takes_it_back(page, drag):
    drag(5)
    expect(cell(page, "W_f:0:1")).to_have_value("2.5")
    shows(page, "Wv_f", ["92", "175", "133"])
    drag(-10)
    shows(page, "Wv_f", ["89", "175", "133"])
    drag(20)
    page.mouse.up()
    expect(cell(page, "W_f:0:1")).to_have_value("4")
    shows(page, "Wv_f", ["95", "175", "133"])
    expect(wrap(page, "Wv_f:0")).to_contain_text("was 91")
    page.get_by_role("button", name="Undo").click()
    shows(page, "Wv_f", BEFORE)
    expect(cell(page, "W_f:0:1")).to_have_value("2")


def test_the_last_value_of_a_fast_drag_wins(page, drag):
    for ticks in range(1, 51, 7):  # slowly at first, as a hand does
        drag(ticks)
    page.mouse.up()
    expect(cell(page, "W_f:0:1")).to_have_value("7")
    shows(page, "Wv_f", AFTER)


def test_half_typed_text_survives_the_answer_to_an_earlier_edit(page, open_app):
    open_app(HOME)
    type_in(page, "W_f:0:1", "7")
    page.keyboard.type("42")
    shows(page, "Wv_f", AFTER)
    assert focused(page) == "W_f:1:1"
    expect(cell(page, "W_f:1:1")).to_have_value("42")
    page.evaluate("document.querySelector('[data-act=undo]').click()")
    shows(page, "Wv_f", BEFORE)
    expect(cell(page, "W_f:1:1")).to_have_value("42")
    page.keyboard.press("Enter")
    shows(page, "Wv_f", ["91", "247", "133"])


def test_edits_faster_than_the_answers_all_arrive(page, open_app):
    open_app(HOME)
    cell(page, "W_f:0:0").click()
    for _ in range(2):
        for text in "000":
            page.keyboard.type(text)
            page.keyboard.press("Enter")
        cell(page, "W_f:0:1").focus()
    shows(page, "Wv_f", ["86", "158", "122"])


def test_what_is_half_typed_at_a_step_key_is_an_edit(page, open_app):
    open_app(HOME)
    cell(page, "W_f:0:1").click()
    page.keyboard.type("7")
    page.keyboard.press("Alt+n")
    at_step(page, "z_f")
    shows(page, "z_f", ["102", "177", "136"])


@pytest.fixture
def finger(page, open_app):
    """Return a function that moves a finger over a telephone: so far right and down, held first."""
    page.set_viewport_size({"width": 390, "height": 700})
    open_app(HOME)
    at_step(page, "Wv_f")
    devtools = page.context.new_cdp_session(page)

    def send(kind, *points):
        points = [{"x": x, "y": y} for x, y in points]
        devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    def move(locator, right=0, down=0, held_ms=0):
        locator.scroll_into_view_if_needed()
        box = locator.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        send("Start", (x, y))
        page.wait_for_timeout(held_ms)
        for k in range(1, 11):
            send("Move", (x + right * k / 10, y + down * k / 10))
        send("End")

    yield move
    devtools.detach()


def test_a_finger_that_moves_at_once_scrolls_and_one_that_rests_first_drags(page, finger):
    number, sheet = cell(page, "W_f:0:1"), page.locator(".stMain")
    finger(number, down=-150)
    page.wait_for_function("() => document.querySelector('.stMain').scrollTop > 50")
    expect(number).to_have_value("2")
    finger(number, right=5 * TICK + 1)
    assert focused(page) == ""
    before = sheet.evaluate("node => node.scrollTop")
    finger(number, right=5 * TICK + 1, down=60, held_ms=450)
    expect(number).to_have_value("2.5")
    shows(page, "Wv_f", ["92", "175", "133"])
    assert sheet.evaluate("node => node.scrollTop") == before
    assert focused(page) == "", "no keyboard came up at the end of the drag"


def test_a_tapped_number_has_a_handle_its_sign_and_letters(page, finger):
    number, tools = cell(page, "W_f:0:1"), page.locator(".touch-tools")
    finger(number)
    assert focused(page) == "W_f:0:1"
    expect(number).to_have_attribute("inputmode", "decimal")
    finger(tools.get_by_role("button", name="Change the sign"))
    expect(number).to_have_value("−2")
    finger(tools.get_by_role("button", name="All letters"))
    expect(number).to_have_attribute("inputmode", "text")
    expect(number).to_have_value("−2")
    page.keyboard.press("Enter")
    shows(page, "Wv_f", ["83", "175", "133"])
    finger(number)
    finger(tools.locator(".handle"), right=10 * TICK + 1)
    expect(number).to_have_value("−1")
    expect(tools).to_have_count(0)
