"""The page on gradients as a reader uses it: walk back, choose a loss, drag, click, reload."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.idle import wait_until_idle
from tests.browser.lesson import cell, figure, is_open, shows, type_in
from tests.browser.test_access import faults

PAGE = "/gradients?x=unsaturated"
PARTS = ("walk", "memory", "compare")


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
    is_open(page, "∂L/∂W_C[2,3] = 0.0622·(−0.2438) = −0.0152")
    expect(page).to_have_url(re.compile("row=dW_C&at=2&column=3"))
    page.reload()
    wait_until_idle(page)
    is_open(page, "∂L/∂W_C[2,3] = 0.0622·(−0.2438) = −0.0152")


def test_a_click_in_the_figure_opens_that_entry(gradients):
    page = gradients("&row=dsquashed&t=3")
    box = page.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.83, box["y"] + box["height"] * 0.5)
    is_open(page, "tanh(Cₜ)")
    is_open(page, "[3]")


def test_the_loss_is_chosen_and_its_target_typed(gradients):
    page = gradients()
    page.get_by_role("combobox", name="Loss").select_option("squared")
    expect(page.locator(".what").first).to_contain_text("½ Σ (h_T − target)²")
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
    box = page.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    point = page.locator(".js-plotly-plot .scatterlayer .point").nth(9).bounding_box()
    page.mouse.click(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    expect(page.locator(".coins th").nth(1)).to_have_text("at t = 10")
    assert box["width"] > 300
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


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_and_nothing_is_too_wide(gradients, page, width, scheme):
    page.set_viewport_size({"width": width, "height": 844 if width < 400 else 720})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {part: faults(gradients(f"&row=dW_C&t=2&part={part}")) for part in PARTS[:1]}
    for part in PARTS[1:]:
        shown = gradients(f"&part={part}")
        found[part] = faults_without_formulas(shown)
    assert "\n".join(f"{part}: {fault}" for part, all_ in found.items() for fault in all_) == ""


def faults_without_formulas(page):
    """The parts with curves have no formula to wait for: one is lent to them."""
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('i'), {className: 'katex',"
        " textContent: '·'}))"
    )
    return faults(page)


@pytest.mark.parametrize("part", ["memory", "compare"])
def test_the_first_screen_is_complete(gradients, part):
    """At 1280 × 720: the sliders, the numbers, what they mean, and the figure."""
    page = gradients(f"&part={part}")
    for block in ('[data-block="moves"]', ".coins", '[data-block="said"]', ".js-plotly-plot"):
        box = page.locator(block).first.bounding_box()
        assert box["y"] + box["height"] <= 720
