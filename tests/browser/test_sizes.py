"""The sidebar: sizes, order, decimals and read-out."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from lstm_core.exercise.presets import PRESETS
from tests.browser.lesson import (
    AFTER,
    BEFORE,
    HOME,
    at_step,
    cell,
    matrix,
    said,
    shows,
    type_in,
    walk,
)

MIXED_UP = ["64", "148", "106"]
GROWN = PRESETS["founding"].resized(T=3)[0]  # with small random numbers for x_2
V = np.concatenate([GROWN.xs[1], GROWN.trace()[0, "h"]])
SECOND = [f"{x:.4f}" for x in GROWN.params["W_f"] @ V]


@pytest.fixture
def sidebar(page):
    return page.locator(".stSidebar")


def set_size(sidebar, letter, size):
    """Type a size into the sidebar."""
    field = sidebar.get_by_role("spinbutton", name=letter, exact=True)
    field.fill(str(size))
    field.press("Enter")


def h(page, open_app):
    """Open the last step; return its result."""
    open_app("/?x=unsaturated&step=h")
    at_step(page, "h")
    return matrix(page, "h").locator("button.number").all_inner_texts()


def test_more_units_keep_what_both_sizes_share_and_say_so(page, open_app, sidebar):
    open_app(HOME)
    set_size(sidebar, "n", 4)
    expect(matrix(page, "W_f")).to_contain_text("4 × 7")
    expect(cell(page, "W_f:2:5")).to_have_value("8")
    said(page, "n is now 4")
    set_size(sidebar, "n", 3)
    shows(page, "Wv_f", BEFORE)


def test_more_time_steps_bring_their_control(page, open_app, sidebar):
    open_app(HOME)
    choice = page.get_by_role("combobox", name="Time step")
    expect(choice).to_have_count(0)
    set_size(sidebar, "T", 3)
    expect(choice.locator("option")).to_have_text([f"t = {t} of 3" for t in (1, 2, 3)])
    choice.select_option("t = 2 of 3")
    expect(page).to_have_url(re.compile("t=2"))
    at_step(page, "Wv_f")
    expect(choice.locator(":checked")).to_have_text("t = 2 of 3")
    shows(page, "Wv_f", SECOND)


def test_the_same_network_in_the_other_order_has_the_same_result(page, open_app, sidebar):
    before = h(page, open_app)
    sidebar.get_by_role("button", name="same network").click()
    said(page, "the same network")
    shows(page, "h", before)
    expect(page.locator(".sheet .changed")).to_have_count(0)


def test_the_same_matrices_in_the_other_order_are_another_network(page, open_app, sidebar):
    open_app(HOME)
    sidebar.get_by_role("button", name="keep the matrices").click()
    shows(page, "Wv_f", MIXED_UP)
    said(page, "another network")
    page.get_by_role("button", name="Undo").click()
    shows(page, "Wv_f", BEFORE)


def test_decimals_change_what_is_shown_and_nothing_else(page, open_app, sidebar):
    page.set_viewport_size({"width": 1280, "height": 1280})  # a list closes when its place scrolls
    before = h(page, open_app)
    full = cell(page, "h:0").get_attribute("title")
    sidebar.get_by_role("combobox", name="Decimals shown").click()
    page.get_by_role("option", name="2", exact=True).click()
    shows(page, "h", [f"{float(text.replace('−', '-')):.2f}".replace("-", "−") for text in before])
    assert cell(page, "h:0").get_attribute("title") == full
    expect(page.get_by_role("button", name="Undo")).to_have_attribute("aria-disabled", "true")


def test_a_read_out_adds_its_steps(page, open_app, sidebar):
    open_app("/?x=founding&step=h")
    at_step(page, "h")
    readout = page.locator('.diagram-box [data-step="y"]')
    expect(readout).to_be_hidden()
    sidebar.get_by_text("Read-out", exact=False).last.click()
    expect(readout).to_be_visible()
    for name in ("Wv_y", "z_y", "y"):
        walk(page, "Next step", name)
    expect(page.get_by_role("button", name="Next step")).to_be_disabled()


def test_on_a_telephone_the_drawer_closes_when_a_page_or_an_example_was_chosen(
    page, open_app, sidebar
):
    page.set_viewport_size({"width": 390, "height": 1280})  # a list closes when its place scrolls
    open_app(HOME)
    at_step(page, "Wv_f")
    page.get_by_role("button", name="Expand sidebar").click()
    sidebar.get_by_role("combobox", name="Example").click()
    page.get_by_role("listbox", name="Example").get_by_role("option").nth(1).click()
    expect(sidebar).to_have_attribute("data-collapsed", "true")
    page.get_by_role("button", name="Expand sidebar").click()
    sidebar.get_by_role("link", name="All steps").click()
    expect(sidebar).to_have_attribute("data-collapsed", "true")
    expect(page).to_have_url(re.compile("all_steps"))


def test_a_size_that_the_browser_cannot_draw_yet_is_not_taken_for_1(page, app_server, sidebar):
    held = []
    page.route(
        "**/NumberInput.*.js", lambda route: held.append(route)
    )  # a slow network has not brought it yet
    page.goto(f"{app_server.url}{HOME}")
    shows(page, "Wv_f", BEFORE)
    type_in(page, "W_f:0:1", "7")  # no longer the example, so the sidebar is told again
    shows(page, "Wv_f", AFTER)
    expect(page).to_have_url(re.compile("from=founding"))
    while held:
        held.pop().continue_()
    expect(sidebar.get_by_role("spinbutton", name="n", exact=True)).to_have_value("3")
    type_in(page, "W_f:0:1", "2")
    shows(page, "Wv_f", BEFORE)
