"""The page on gradients as a reader uses it: walk back, choose a loss, drag, click, reload."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.idle import wait_until_idle
from tests.browser.lesson import (
    cell,
    click_in_figure,
    figure,
    is_open,
    middle_of,
    place_in,
    plot_area,
    shows,
    type_in,
)
from tests.browser.test_access import seen_by_all

PAGE = "/gradients?x=unsaturated"
PARTS = ("memory", "compare")  # for axe: test_access.py looks at the walk


@pytest.fixture
def gradients(open_app, console):
    """Return a function that opens the page with some options."""
    console.allow("/gradients/_stcore/|does not seem to exist")  # a deep link, server cold

    def open_at(options=""):
        page = open_app(PAGE + options)
        figure(page)
        page.evaluate("document.querySelector('.js-plotly-plot').mark = 'the same'")
        return page

    return open_at


def still_mounted(page):
    assert page.evaluate("document.querySelector('.js-plotly-plot').mark") == "the same"


def at_row(page, title):
    expect(page.locator(".backward h2")).to_have_text(title)


def test_the_way_back_is_walked_from_the_last_time_step_on(gradients):
    page = gradients()
    at_row(page, "Gradient of the new hidden state")
    shows(page, "dh", ["1.0000", "1.0000", "1.0000"])
    page.get_by_role("button", name="Next step").click()
    at_row(page, "Gradient of the squashed cell state")
    page.keyboard.press("Alt+KeyN")
    at_row(page, "Gradient of the output gate")
    page.get_by_role("combobox", name="Step", exact=True).select_option("dx")
    at_row(page, "Gradient of xₜ")
    page.get_by_role("button", name="Next step").click()
    at_row(page, "Gradient of the new hidden state")
    expect(page).to_have_url(re.compile("t=2.*row=dh"))
    still_mounted(page)


def test_an_entry_opens_by_a_click_and_the_address_holds_it(gradients):
    page = gradients("&row=dW_C&t=2")
    cell(page, "dW_C:1:2").click()
    is_open(page, "∂L/∂W_C|t[2,3] = 0.0622·(−0.2438) = −0.0152")
    expect(page).to_have_url(re.compile("row=dW_C&at=2&column=3"))
    page.reload()
    wait_until_idle(page)
    is_open(page, "∂L/∂W_C|t[2,3] = 0.0622·(−0.2438) = −0.0152")


def test_a_click_in_the_figure_opens_that_entry(gradients):
    page = gradients("&row=dsquashed&t=3")
    click_in_figure(page, lambda: place_in(plot_area(page), 0.83, 0.5), "[3]")
    is_open(page, "tanh(Cₜ)[3]")


def test_the_loss_is_chosen_and_its_target_typed(gradients):
    page = gradients()
    page.get_by_role("combobox", name="Loss").select_option("squared")
    expect(page.locator(".intro")).to_contain_text("½ Σ (h_T − target)²")
    before = page.locator('[data-matrix="dh"] button.number').all_inner_texts()
    page.get_by_label("target[1]").fill("-1")
    page.get_by_label("target[1]").press("Enter")
    expect(cell(page, "dh:0")).not_to_have_text(before[0])
    expect(page).to_have_url(re.compile("loss=squared.*target_a=-1"))


def test_a_number_that_is_given_can_be_edited_on_the_way_back(gradients):
    page = gradients("&row=dv_via_f&t=3")
    before = cell(page, "dv_via_f:0").inner_text()
    type_in(page, "W_f:0:0", "2")
    expect(cell(page, "dv_via_f:0")).not_to_have_text(before)


def test_a_slider_moves_the_answer_while_it_is_dragged(gradients):
    page = gradients("&part=memory")
    whole = page.locator(".coins tr", has_text="whole derivative").locator("td").last
    expect(whole).to_have_text("0.0024")
    page.get_by_role("slider", name="h columns of every W").fill("0")
    expect(page.locator('[data-block="said"]')).to_contain_text("They agree: 0.0024.")
    page.get_by_role("slider", name="b_f, all units").fill("2")
    expect(whole).not_to_have_text("0.0024")
    expect(page).to_have_url(re.compile("recurrent=0&forget=2"))
    still_mounted(page)


def test_a_click_on_a_curve_looks_back_to_that_time_step(gradients):
    page = gradients("&part=compare")
    point = page.locator(".js-plotly-plot .scatterlayer .point").nth(9)
    click_in_figure(page, lambda: middle_of(point), "t = 10")
    expect(page.locator(".coins th").nth(1)).to_have_text("at t = 10")
    assert plot_area(page).bounding_box()["width"] > 300
    still_mounted(page)


def test_recurrent_weights_make_gradients_vanish_and_explode(gradients):
    page = gradients("&part=compare&steps=40")
    slider = page.get_by_role("slider", name="h columns of every W")
    tanh = page.locator(".coins tr", has_text="tanh RNN")
    slider.fill("0.2")
    expect(tanh).to_contain_text("vanishes")
    expect(page).to_have_url(re.compile("recurrent=0.2"))
    page.reload()
    wait_until_idle(page)
    expect(tanh).to_contain_text("vanishes")


@pytest.mark.parametrize("part", PARTS)
def test_the_first_screen_is_complete_and_axe_finds_nothing(gradients, part):
    page = gradients(f"&row=db_f_sum&t=1&part={part}")
    is_complete(page)
    assert seen_by_all(page) == ""


def is_complete(page):
    """At 1280 × 720: the sliders, the numbers, what they mean, and the figure."""
    for block in ('[data-block="moves"]', ".coins", '[data-block="said"]', ".js-plotly-plot"):
        box = page.locator(block).first.bounding_box()
        assert box["y"] + box["height"] <= 720


def test_a_sum_over_time_lights_its_shares_and_leads_to_them(gradients):
    page = gradients("&row=db_f_sum&t=1")
    is_open(page, "∂L/∂b_f[1] = 0.0057 + 0.0130 + 0.0198 = 0.0385")
    page.locator(".entry .term").nth(1).hover()
    lit = page.locator(".cell.lit")
    expect(lit).to_have_count(1)
    expect(lit).to_have_text("0.0130")
    bar = page.locator(".js-plotly-plot .barlayer .point").nth(2)
    click_in_figure(page, lambda: middle_of(bar), "t = 3")
    at_row(page, "Gradient of b_f, share of time step t")
    is_open(page, "∂L/∂b_f|t[1] = 0.0198 = 0.0198")
    expect(page).to_have_url(re.compile("t=3.*row=db_f(&|$)"))
    still_mounted(page)
