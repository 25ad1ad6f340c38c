"""A lecture: one step fills the screen, and a clicker leads from the first to the last and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import LSTM, matrix, shows
from tests.core.exercises import some

FOUNDING = "/lecture?x=founding"
LARGE = f"/lecture?x={some(n=4, m=4, T=1, decimals=4).token()}"


@pytest.fixture
def lecture(page, open_app, console):
    """Return what opens the lecture by its link, at the size of a projector."""
    console.allow("/lecture/_stcore/|does not seem to exist")  # a deep link, server cold
    page.set_viewport_size({"width": 1280, "height": 720})

    def opened(address):
        open_app(address)
        page.locator(".lecture-bar").wait_for()
        return page

    return opened


def count(page, words):
    expect(page.locator(".lecture-bar .count")).to_have_text(words)


def press(page, key, times=1):
    for _ in range(times):
        page.keyboard.press(key)


def test_from_the_first_step_to_the_last_and_back_by_keyboard_alone(lecture):
    page = lecture(f"{FOUNDING}&step=v")
    for k, key in enumerate(["PageDown", "ArrowRight", " "] * 6, 1):
        count(page, f"Step {k} of 18")
        press(page, key)
    count(page, "Step 18 of 18")
    for k, key in enumerate(["PageUp", "ArrowLeft", "Shift+ "] * 6):
        count(page, f"Step {18 - k} of 18")
        press(page, key)
    count(page, "Step 1 of 18")
    press(page, "End")
    count(page, "Step 18 of 18")
    press(page, "Home")
    count(page, "Step 1 of 18")


def test_ten_fast_presses_are_ten_steps(lecture):
    page = lecture(f"{FOUNDING}&step=v")
    press(page, "PageDown", times=10)
    count(page, "Step 11 of 18")


@pytest.mark.parametrize("step", LSTM)
def test_a_step_of_four_units_and_inputs_fills_the_screen_without_scrolling(lecture, step):
    page = lecture(f"{LARGE}&step={step}&spot=on")
    expect(matrix(page, step)).to_be_visible()
    page.locator(".diagram-box .current").wait_for()
    smallest = "all => Math.min(...all.map((c) => parseFloat(getComputedStyle(c).fontSize)))"
    assert page.locator(".sheet .number").evaluate_all(smallest) >= 24
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bar = page.locator(".sheet .bar").bounding_box()
    blocks = page.locator(".sheet > :not(.bar):not(:empty)").all()
    ends = [box["y"] + box["height"] for box in (b.bounding_box() for b in blocks) if box]
    assert max(ends) <= bar["y"]
    assert page.locator(".diagram-box svg").bounding_box()["y"] >= 0


def test_predict_first_hides_until_it_is_called(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f")
    page.get_by_role("button", name="all", exact=True).click()
    shows(page, "Wv_f", ["?", "?", "?"])
    press(page, "PageDown")
    shows(page, "Wv_f", ["91", "175", "133"])
    press(page, "PageDown")
    shows(page, "z_f", ["?", "?", "?"])
    press(page, "PageUp")
    shows(page, "Wv_f", ["91", "175", "133"])
    expect(page).to_have_url(re.compile("seen="))
    page.reload()
    shows(page, "Wv_f", ["91", "175", "133"])


def test_no_key_is_taken_while_someone_types(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f")
    page.locator('[data-cell="W_f:0:1"]').click()
    press(page, "End")
    page.keyboard.type("5")
    press(page, "ArrowLeft")
    page.keyboard.type("b ")
    assert page.locator('[data-cell="W_f:0:1"]').input_value() in ("b 5", "2b 5", "b 5")
    count(page, "Step 2 of 18")
    page.locator("[data-note]").click()
    page.keyboard.type("say: b s 7 ")
    expect(page.locator("[data-note]")).to_have_value("say: b s 7 ")
    expect(page.locator(".dark-screen")).to_have_count(0)


def test_a_note_stays_with_its_step_and_in_the_link(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f")
    page.locator("[data-note]").fill("Ask for the shape first.")
    page.locator("[data-note]").blur()
    expect(page).to_have_url(re.compile(r"x=2\."))
    press(page, "PageDown")
    count(page, "Step 3 of 18")
    expect(page.locator("[data-note]")).to_have_value("")
    page.reload()
    count(page, "Step 3 of 18")
    press(page, "PageUp")
    expect(page.locator("[data-note]")).to_have_value("Ask for the shape first.")


def test_the_spotlight_follows_the_arrows(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f")
    press(page, "s")
    expect(page.locator(".sheet .arithmetic")).to_contain_text("(W_f·v)[1] = 1·1 + 2·2")
    press(page, "ArrowDown")
    expect(page.locator(".sheet .arithmetic")).to_contain_text("(W_f·v)[2]")
    assert page.locator(".spot .cell.lit").count() == 12


def test_the_dark_screen_comes_and_goes_without_a_step(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f")
    press(page, "b")
    expect(page.locator(".dark-screen")).to_be_visible()
    press(page, "PageDown")
    expect(page.locator(".dark-screen")).to_have_count(0)
    count(page, "Step 2 of 18")


def test_a_digit_jumps_to_a_stage_and_letters_can_be_turned_off(lecture):
    page = lecture(f"{FOUNDING}&step=v")
    press(page, "5")
    count(page, "Step 11 of 18")
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("button", name="Keys")).to_have_attribute("aria-pressed", "false")
    press(page, "b")
    expect(page.locator(".dark-screen")).to_have_count(0)


def test_leaving_leads_to_the_same_step_and_brings_the_sidebar_back(lecture):
    page = lecture(f"{FOUNDING}&step=C&entry=2")
    expect(page.locator(".stSidebar")).to_be_hidden()
    page.get_by_role("link", name="Leave").click()
    expect(matrix(page, "C")).to_be_visible()
    expect(page.locator(".stSidebar")).to_be_visible()
    expect(page).to_have_url(re.compile("step=C&entry=2"))
