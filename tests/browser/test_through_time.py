"""The page through time: signals, views, sliders, and the way to the step behind a number."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import at_step, click_in_figure, figure, place_in, plot_area

PAGE = "/through_time?x=unsaturated"


@pytest.fixture
def time(page, open_app, console):
    """Return the page through time, drawn."""
    console.allow("/through_time/_stcore/|does not seem to exist")  # a deep link, server cold
    open_app(PAGE)
    figure(page)
    return page


def chosen(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def described(page, words):
    expect(page.locator(".js-plotly-plot")).to_have_attribute("aria-label", re.compile(words))


def test_a_signal_replaces_the_inputs_the_figure_stays_and_the_address_holds_it(time):
    time.locator(".js-plotly-plot").evaluate("node => (node.mine = true)")
    time.get_by_role("button", name="pulse", exact=True).click()
    described(time, r"t = 1 to 24")
    assert time.locator(".js-plotly-plot").evaluate("node => node.mine")
    expect(time.locator('[data-cell="xs:0:0"]')).to_have_value("1")
    expect(time).to_have_url(re.compile("from=unsaturated"))
    time.reload()
    described(time, r"t = 1 to 24")


def test_a_click_on_a_number_opens_it_step_by_step(time):
    click_in_figure(time, lambda: place_in(plot_area(time), 0.5, 0.02), "t = 2")
    at_step(time, "v")  # the first row is an input, which v is joined from
    expect(time).to_have_url(re.compile("step=v&t=2&entry=4"))


def test_the_arrow_keys_say_number_by_number_and_enter_opens_one(time):
    frame = time.get_by_role("application", name="The figure’s numbers")
    time.get_by_role("button", name="One input left out").focus()
    time.keyboard.press("Tab")
    expect(frame).to_be_focused()
    told = frame.locator("[aria-live]")
    expect(told).to_have_text("x₁ at t = 1: -1.2000")
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        time.keyboard.press(key)
    expect(told).to_have_text("fₜ[1] at t = 2: 0.7944")
    time.keyboard.press("End")
    expect(told).to_have_text("fₜ[1] at t = 3: 0.7106")
    time.keyboard.press("Enter")
    at_step(time, "f")
    expect(time).to_have_url(re.compile("step=f&t=3"))


def test_a_slider_moves_where_the_memory_comes_to_rest(time):
    chosen(time, "Same input repeated")
    described(time, "to 0.6144 and rests there")
    before = time.locator(".js-plotly-plot").get_attribute("aria-label")
    slider = time.get_by_role("slider", name="b_f[1]")
    slider.focus()
    for _ in range(5):
        time.keyboard.press("ArrowRight")
    expect(time.locator(".js-plotly-plot")).not_to_have_attribute("aria-label", before)
    expect(time).to_have_url(re.compile("over=cobweb"))


def test_the_other_views_are_drawn(time):
    chosen(time, "One unit")
    described(time, "Lines over time for unit 1")
    chosen(time, "2")
    described(time, "Lines over time for unit 2")
    chosen(time, "One input left out")
    described(time, r"in this cell until t = 3 \(the end\), in a plain RNN")
