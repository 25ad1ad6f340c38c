"""The guide to the app: the tour of a first visit, and the dialog behind "?"."""

import json

import pytest
from playwright.sync_api import expect

from lstm_ui.shell.guide import STOPS, as_json
from tests.browser.idle import wait_until_idle
from tests.browser.lesson import at_step, type_in
from tests.browser.test_access import TAGS, faults

TITLES = [stop["title"] for stop in json.loads(as_json())["tour"]["stops"]]
OVERLAPS = """(at) => {
  const nodes = [".tour-ring", ".tour-card", at].map((part) => document.querySelector(part));
  if (!nodes.every(Boolean)) return false;  // between two renders
  const [ring, card, thing] = nodes.map((node) => node.getBoundingClientRect());
  const around = ring.left < thing.left && ring.right > thing.right && ring.width > 20;
  const beside = card.left > thing.right || card.right < thing.left
    || card.top > thing.bottom || card.bottom < thing.top;
  return around && beside;
}"""


@pytest.fixture
def newcomer(other_reader, app_server):
    """A reader whose browser has never been here: it has read nothing, and remembers nothing."""
    other_reader.goto(f"{app_server.url}/")
    wait_until_idle(other_reader)
    return other_reader


def card(page):
    return page.get_by_role("dialog", name="Tour")


def test_a_first_visit_is_led_to_the_real_things_and_the_second_is_not(newcomer, app_server):
    expect(card(newcomer)).to_contain_text("1 of 8")
    assert newcomer.evaluate("document.activeElement === document.body")
    for title, at in zip(TITLES, STOPS.values(), strict=True):
        expect(card(newcomer).get_by_role("heading")).to_have_text(title)
        newcomer.wait_for_function(OVERLAPS, arg=at)
        card(newcomer).get_by_role("button", name="Next").or_(
            card(newcomer).get_by_role("button", name="Done")
        ).click()
    expect(card(newcomer)).to_have_count(0)
    expect(newcomer.locator(".tour-ring")).to_have_count(0)
    assert "tour" not in newcomer.url
    newcomer.goto(f"{app_server.url}/")
    wait_until_idle(newcomer)
    newcomer.locator("[data-guide=tour]").wait_for(state="attached")
    expect(card(newcomer)).to_have_count(0)


def test_a_newcomer_changes_a_weight_and_sees_h_answer_in_three_acts(newcomer):
    """To the candidate's weights by the diagram, another number: h_t stands in the strip."""
    h = newcomer.locator(".strip-part").last.locator(".strip-number").first
    before = h.inner_text()
    newcomer.locator('.cell-diagram [aria-label*="W_C·v"]').first.click()
    newcomer.locator('input[data-cell="W_C:0:0"]').fill("0.5")
    newcomer.keyboard.press("Enter")
    expect(newcomer.locator(".travel")).to_contain_text("h")
    expect(h.locator(".strip-was")).to_have_text(f"{before} →")


def test_the_tour_lets_one_work_and_goes_by_escape(open_app):
    page = open_app("/?x=unsaturated&step=z_f")
    at_step(page, "z_f")
    expect(card(page)).to_have_count(0)
    tour = page.get_by_role("navigation").get_by_role("button", name="Tour")
    tour.click()
    expect(card(page).get_by_role("button", name="Next")).to_be_focused()
    assert faults(page, TAGS) == []
    type_in(page, "b_f:0", "0.5")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_visible()
    card(page).get_by_role("button", name="Next").click()
    card(page).get_by_role("button", name="Back").click()
    expect(card(page)).to_contain_text("1 of 8")
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(page.locator('.sheet [data-cell="b_f:0"]')).to_have_value("0.5")


def test_a_question_mark_opens_keys_and_gestures_on_any_page_and_the_tour_from_there(open_app):
    page = open_app("/?x=unsaturated")
    page.locator("nav.menu").get_by_role("link", name="Gate space").click()
    expect(page).to_have_title("Gate space · LSTM, step by step")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="How to use a page")
    expect(dialog).to_contain_text("Drag it sideways")
    expect(dialog.get_by_role("heading")).to_be_focused()
    assert faults(page, TAGS) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.locator(".page-head button").click()
    dialog.get_by_role("button", name="Take the tour").click()
    expect(page).to_have_title("Step by step · LSTM, step by step")
    expect(card(page)).to_contain_text("Type here")
    page.wait_for_function(OVERLAPS, arg=STOPS["type"])
    page.keyboard.press("Escape")


def test_a_question_mark_that_is_typed_is_text(open_app):
    page = open_app("/?x=unsaturated&step=z_f")
    at_step(page, "z_f")
    page.locator('.sheet [data-cell="b_f:0"]').click()
    page.keyboard.type("?")
    expect(page.get_by_role("dialog", name="How to use a page")).to_have_count(0)
