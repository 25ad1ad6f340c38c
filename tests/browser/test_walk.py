"""What somebody does who opens the app for the first time."""

import re

from playwright.sync_api import expect

from tests.browser.lesson import (
    AFTER,
    BEFORE,
    HOME,
    LSTM,
    at_step,
    cell,
    focused,
    is_open,
    matrix,
    numbers,
    paste,
    shows,
    sums_drawn,
    type_in,
    walk,
    wrap,
)
from tests.core.exercises import some

FOUR = f"/?x={some(n=4, m=4, T=1, decimals=4).token()}"
FITS = """() => [...document.querySelectorAll(".step-numbers, .figure-scroller")].every(
  (part) => part.getBoundingClientRect().bottom <= innerHeight)"""
PICKS = "1\t0\t0\t0\t0\t0\n0\t1\t0\t0\t0\t0\n0\t0\t1\t0\t0\t0"  # the first three entries of v


def test_numbers_and_figure_of_every_step_of_four_units_and_inputs_fit_on_a_screen(page, open_app):
    page.set_viewport_size({"width": 1280, "height": 720})
    open_app(f"{FOUR}&step=v")
    for name in LSTM:
        at_step(page, name)
        page.wait_for_function(FITS)
        page.keyboard.press("Alt+n")


def test_the_founding_example_opens_at_its_first_step(page, open_app):
    open_app("/")
    at_step(page, "v")
    assert numbers(page) == [*"123456", *"123456"]
    expect(page.get_by_role("combobox", name="Example")).to_have_value("The Stack Exchange example")


def test_one_result_reads_alike_in_sheet_figure_and_opened_entry(page, open_app):
    open_app("/")
    walk(page, "Next step", "Wv_f")
    shows(page, "Wv_f", BEFORE)
    is_open(page, "= 1·1 + 2·2 + 3·3 + 4·4 + 5·5 + 6·6 = 91")
    sums_drawn(page, BEFORE)


def test_an_edit_shows_at_once_with_the_old_value_beside_it(page, open_app):
    open_app(HOME)
    type_in(page, "W_f:0:1", "7")
    shows(page, "Wv_f", AFTER)
    expect(wrap(page, "Wv_f:0")).to_contain_text("was 91")
    expect(wrap(page, "W_f:0:1")).to_contain_text("was 2")
    expect(page.locator(".sheet .changed")).to_have_count(2)
    assert focused(page) == "W_f:1:1"
    is_open(page, "7·2")
    sums_drawn(page, AFTER)


def test_a_pasted_matrix_carries_to_the_last_step_and_survives_a_reload(page, open_app, idle):
    open_app(HOME)
    paste(page, "W_f:1:3", PICKS)
    shows(page, "Wv_f", ["1", "2", "3"])
    expect(cell(page, "W_f:2:2")).to_have_value("1")
    for name in LSTM[2:]:
        walk(page, "Next step", name)
    expect(page.get_by_role("button", name="Next step")).to_be_disabled()
    expect(page).to_have_url(re.compile("step=h"))
    before = numbers(page)
    page.reload()
    idle()
    at_step(page, "h")
    assert numbers(page) == before
    walk(page, "Previous step", "squashed")
    expect(matrix(page, "squashed")).to_be_visible()


def test_the_ripple_says_how_far_an_edit_travels_and_leads_there(page, open_app):
    open_app("/?x=founding&step=z_f")
    type_in(page, "b_f:1", "5")
    said = page.get_by_role("status").filter(has_text="b_f[2] 2 → 5")
    expect(said).to_contain_text("stays 1.0000: saturated, σ′ ≈ 6.7e−79. Nothing after it moved.")
    is_open(page, "175 + 5")
    said.get_by_role("button", name="stays 1.0000").click()
    at_step(page, "f")
    expect(page).to_have_url(re.compile("step=f&entry=2"))
    strip = page.get_by_role("group", name="Gates and states")
    strip.locator("[aria-current]").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    at_step(page, "i")
    expect(page).to_have_url(re.compile("step=i&entry=2"))
    expect(strip.locator('[tabindex="0"]')).to_be_focused()
