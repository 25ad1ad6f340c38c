"""The page of layers as a reader uses it: point, open a layer, come back, edit, add one."""

import re

from playwright.sync_api import expect

from lstm_core.layers.examples import EXAMPLES
from lstm_core.layers.stack import Place
from tests.browser.lesson import at_step, type_in

READ = f"{EXAMPLES['two_layers'].h(Place(0))[3, 0]:.4f}"


def node(page, name):
    return page.locator(f'[data-node="{name}"]')


def number(page, name):
    return node(page, name).locator("text").first


def test_a_stack_is_walked_by_pointer_and_by_keys_and_each_layer_opens(open_app, console, idle):
    console.allow("/layers/_stcore/|does not seem to exist")  # a deep link, server cold
    page = open_app("/layers")
    node(page, "2f:3").hover()
    expect(node(page, "1f:3")).to_have_class(re.compile("read"))
    expect(page.locator(".layers-told")).to_contain_text("which is h of layer 1 at t = 3")
    node(page, "2f:3").focus()
    page.keyboard.press("ArrowDown")
    expect(node(page, "1f:3")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".layers-told")).to_contain_text("Layer 1 at t = 4")
    expect(page.locator('.layers-box [tabindex="0"]')).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")  # layer 2 at t = 4

    at_step(page, "v")
    expect(page.locator('[data-block="stack"]')).to_contain_text("its x is h of layer 1")
    expect(page).to_have_url(re.compile(r"t=4&stack=2f~1f1\."))
    x = page.locator('[data-cell="x:0"]')
    expect(x).to_have_text(READ)
    assert x.evaluate("node => node.tagName") == "BUTTON"  # it is worked out, and not set

    page.get_by_role("link", name="Back to the layers").click()
    before = number(page, "2f:7").text_content()
    type_in(page, "xs:1:0", "-1")
    expect(number(page, "1f:2")).not_to_have_text("0.42")
    expect(number(page, "2f:7")).not_to_have_text(str(before))
    page.get_by_role("button", name="Add a layer").click()
    expect(node(page, "3f:1")).to_be_visible()
    page.locator(".layer-rows select").nth(2).select_option(label="both ways")
    expect(node(page, "3b:1")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    idle()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
