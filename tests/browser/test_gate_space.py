"""The page on gate space as a reader uses it: drag, click, choose, and see what follows."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.idle import wait_until_idle
from tests.browser.lesson import (
    STANDS_STILL,
    at_step,
    cell,
    figure,
    is_open,
    place_in,
    plot_area,
    said,
    type_in,
)
from tests.browser.test_access import TAGS, faults, in_the_dark, resize

PAGE = "/gate_space?x=unsaturated"
LOOKS = ("map", "toggle", "space", "coin")


@pytest.fixture
def gate_space(open_app, console):
    """Return a function that opens the page with some options."""
    console.allow("/gate_space/_stcore/|page that you have requested does not seem to exist")

    def open_at(options=""):
        page = open_app(PAGE + options)
        figure(page)
        page.evaluate("document.querySelector('.js-plotly-plot').mark = 'the same'")
        return page

    return open_at


def still_mounted(page):
    assert page.evaluate("document.querySelector('.js-plotly-plot').mark") == "the same"


def row(page, kind):
    return page.locator(f".fall-{kind}")


def shows(page, kind, *texts):
    expect(row(page, kind).locator(".fall-text")).to_have_text(list(texts))


def choose(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def drawn(page, says):
    expect(page.get_by_role("img", name=says)).to_be_visible()


def test_a_slider_moves_everything_while_it_is_dragged(gate_space):
    page = gate_space()
    shows(page, "z", "0.54")
    page.get_by_role("slider", name="x₁").fill("2")
    shows(page, "column", "0.45", "0.21", "0.18", "1.8", "0.18")
    shows(page, "z", "3.42")
    shows(page, "gate", "0.9683")
    expect(cell(page, "v:3")).to_have_value("2")
    drawn(page, re.compile("h₁ = −0.9 and x₁ = 2, it is 0.9683"))
    still_mounted(page)
    choose(page, "Undo")
    said(page, "Undone.")
    shows(page, "z", "0.54")


def test_one_drag_is_one_step_of_undo(gate_space):
    page = gate_space()
    slider = page.get_by_role("slider", name="h₂")
    slider.hover()
    page.mouse.down()
    for k in range(8):
        before = cell(page, "v:1").input_value()
        page.mouse.move(*place_in(slider, 0.5 + k / 20, 0.5))
        expect(cell(page, "v:1")).not_to_have_value(before)
    page.mouse.up()
    wait_until_idle(page)
    choose(page, "Undo")
    expect(cell(page, "v:1")).to_have_value("0.3")


def test_entries_and_weights_are_typed_in_place(gate_space):
    page = gate_space()
    type_in(page, "v:0", "1/2")
    expect(row(page, "column").first.locator(".fall-text")).to_have_text("−0.25")
    type_in(page, "W_f:0:0", "2")
    expect(row(page, "column").first.locator(".fall-text")).to_have_text("1")
    type_in(page, "b_f:0", "abc")
    expect(page.locator(".waterfall .problem")).to_contain_text("“abc” is not a number")


def test_a_click_on_the_map_puts_the_point_there(gate_space):
    page = gate_space("&across=x1&up=h2")
    page.evaluate(STANDS_STILL)
    map_ = plot_area(page)
    box = map_.bounding_box()
    map_.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.25})
    expect(cell(page, "v:3")).to_have_value("1")
    expect(cell(page, "v:1")).to_have_value("1")
    shows(page, "z", "3.01")
    still_mounted(page)


def test_the_address_holds_what_was_chosen_and_a_reload_shows_the_same(gate_space):
    page = gate_space()
    page.locator(".controls").get_by_role("button", name="oₜ").click()
    choose(page, "2")
    choose(page, "Gate space")
    drawn(page, re.compile(r"space of oₜ: oₜ\[2\] = 0.1885"))
    still_mounted(page)
    expect(page).to_have_url(re.compile("gate=o&unit=2&look=space"))
    page.reload()
    wait_until_idle(page)
    drawn(page, re.compile(r"space of oₜ: oₜ\[2\] = 0.1885"))
    expect(page.get_by_role("button", name="Gate space", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_column_is_shown_off_and_on_and_the_address_holds_which(gate_space):
    page = gate_space()
    choose(page, "One column")
    drawn(page, re.compile(r"without h₁ .* moves z_f from \[0.09, .*\] to \[0.54, "))
    page.locator("[data-option=column]").select_option("x₁")
    drawn(page, re.compile("without x₁ "))
    still_mounted(page)
    expect(page).to_have_url(re.compile("look=toggle&column=x1"))
    page.get_by_role("slider", name="x₁").fill("0")
    drawn(page, re.compile("x₁ is 0: its column is switched off"))


def test_more_draws_come_nearer_to_the_gate(gate_space):
    page = gate_space("&look=coin&log_draws=0")
    drawn(page, re.compile("The mean of 1 draws? is [01];"))
    page.get_by_role("slider", name="Draws").fill("4")
    drawn(page, re.compile(r"The mean of 10,000 draws is 0.6303; fₜ\[1\] = 0.6318"))
    expect(page.locator(".coins tr.here")).to_contain_text("0.6303")
    choose(page, "Draw anew")
    expect(page).to_have_url(re.compile("seed=2"))
    expect(page.locator(".sheet")).to_contain_text("An LSTM does not sample")
    still_mounted(page)


def test_the_link_opens_the_gate_on_the_step_by_step_page(gate_space):
    page = gate_space("&unit=3")
    page.get_by_role("link", name="on the step-by-step page").click()
    at_step(page, "f")
    is_open(page, "fₜ[3]")


@pytest.mark.parametrize("look", LOOKS)
def test_the_first_screen_is_complete_and_axe_finds_nothing_in_any_figure(gate_space, look):
    page = gate_space(f"&look={look}&t=2")
    if look != "coin":  # whose figure takes two screens
        is_complete(page)
    in_the_light = faults(page, TAGS)
    in_the_dark(page)
    resize(page, 390, 844)
    assert "\n".join(in_the_light + faults(page, TAGS)) == ""


def is_complete(page):
    """At 1280 × 720: the choices, the whole sum, the figure and what it shows."""
    for part in (".fall-gate", ".js-plotly-plot", '[data-block="told"] p'):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 720
