"""The dependency graph as a reader uses it: point, tab, open; and the stacked product."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import at_step, cell, type_in
from tests.browser.test_access import TAGS, faults

PAGE = "/dependencies?x=unsaturated"


@pytest.fixture
def dependencies(open_app, console):
    """Return a function that opens the page with some options."""
    console.allow("/dependencies/_stcore/|does not seem to exist")  # a deep link, server cold

    def open_at(options=""):
        page = open_app(PAGE + options)
        page.locator(".graph .node").first.wait_for()
        return page

    return open_at


def node(page, name):
    return page.locator(f'.graph a[data-node="{name}"]')


def marked(page, mark):
    return set(
        page.locator(f".graph .node.{mark}").evaluate_all("all => all.map((a) => a.dataset.node)")
    )


def test_pointing_at_a_step_lights_what_it_needs_and_what_needs_it(dependencies):
    page = dependencies()
    node(page, "f").hover()
    expect(page.locator(".graph-told")).to_contain_text("Forget gate: fₜ = [0.63")
    assert marked(page, "needs") == {"z_f", "Wv_f", "v", "h_prev", "x"}
    on = {"next C_prev", "next h_prev"}  # the way to the next time step
    assert marked(page, "needed") == {"kept", "C", "squashed", "h"} | on
    page.mouse.move(5, 5)
    expect(page.locator(".graph-told")).to_contain_text("18 steps, but only 8 in a row")
    assert marked(page, "needs") == set()


def test_the_keyboard_reaches_every_step_and_opens_it(dependencies):
    page = dependencies("&t=2")
    node(page, "z_i").focus()
    expect(page.locator(".graph-told")).to_contain_text("Needs W_i·v.")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.node") not in (None, "z_i")
    page.keyboard.press("ArrowLeft")
    expect(page.locator('.graph-box [tabindex="0"]')).to_have_count(1)
    page.keyboard.press("Enter")
    at_step(page, "z_i")
    expect(page).to_have_url(re.compile("step=z_i&t=2"))


def test_a_click_opens_the_step(dependencies):
    page = dependencies()
    node(page, "C").click()
    at_step(page, "C")


def test_numbers_stand_in_the_nodes_on_demand_and_follow_an_edit(dependencies):
    page = dependencies()
    page.get_by_role("button", name="numbers too").click()
    expect(node(page, "f")).to_contain_text("0.63, 0.61 …")
    expect(page).to_have_url(re.compile("nodes=numbers"))
    type_in(page, "b_f:0", "3")
    expect(node(page, "f")).not_to_contain_text("0.63, 0.61 …")
    expect(cell(page, "z_f:0").first).to_have_text("2.94")
    expect(page.locator('[data-block="same"]')).to_contain_text("the largest difference is")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_axe_finds_nothing_and_nothing_is_too_wide(dependencies, page, width, scheme):
    page.set_viewport_size({"width": width, "height": 844 if width < 400 else 720})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    assert "\n".join(faults(dependencies("&nodes=numbers"), TAGS)) == ""
