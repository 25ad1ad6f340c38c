"""The menu: to another page and back, with the exercise and its undo."""

import re

from playwright.sync_api import expect

from tests.browser.lesson import at_step, cell, numbers, type_in


def entry(page, title):
    return page.get_by_role("navigation", name="Pages").get_by_role("link", name=title)


def test_a_page_is_changed_with_the_exercise_its_undo_and_the_way_back(open_app):
    page = open_app("/?x=unsaturated&step=z_f&t=2")
    at_step(page, "z_f")
    type_in(page, "b_f:0", "7")
    expect(page).to_have_url(re.compile("from=unsaturated"))
    entry(page, "All steps").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_title("All steps on one page · LSTM, step by step")
    expect(entry(page, "All steps")).to_have_attribute("aria-current", "page")
    expect(cell(page, "b_f:0")).to_have_value("7")
    page.keyboard.press("Control+z")  # nothing on the new page has the focus yet
    expect(cell(page, "b_f:0")).not_to_have_value("7")
    page.go_back()
    expect(page).to_have_title("Step by step · LSTM, step by step")
    at_step(page, "z_f")
    expect(entry(page, "Step by step")).to_have_attribute("aria-current", "page")
    # A server that is another by then finds the place in the address, before it has said anything.
    at_once = entry(page, "Glossary").evaluate("link => { link.click(); return location.search }")
    assert "step=z_f&t=2" in at_once


def test_a_link_of_the_menu_opens_the_same_numbers_in_a_new_tab(open_app, console):
    console.allow("/all_steps/_stcore/")  # Streamlit looks for its server there first
    page = open_app("/?x=unsaturated&step=h&t=3")
    at_step(page, "h")
    entry(page, "All steps").hover()
    href = entry(page, "All steps").get_attribute("href")
    on_screen = numbers(page)
    page.goto(href)
    expect(page).to_have_title("All steps on one page · LSTM, step by step")
    at_step_h = page.locator('.sheet [data-matrix="h"]')
    expect(at_step_h).to_be_visible()
    assert set(on_screen) <= set(numbers(page))
