"""Sharing a screen: the link that is copied, and the code, lead to the same numbers and step."""

from playwright.sync_api import expect

from tests.browser.idle import wait_until_idle
from tests.browser.lesson import AFTER, HOME, at_step, shows, type_in
from tests.core.exercises import some


def dialog(page):
    return page.get_by_role("dialog", name="Share this screen")


def test_the_copied_link_shows_the_same_to_another_reader(page, open_app, browser, console):
    open_app(HOME)
    type_in(page, "W_f:0:1", "7")
    shows(page, "Wv_f", AFTER)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Share").click()
    dialog(page).get_by_role("button", name="Copy link").click()
    expect(dialog(page).get_by_role("status")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    other = browser.new_context().new_page()
    console.listen(other)
    other.goto(copied)
    wait_until_idle(other)
    at_step(other, "Wv_f")
    shows(other, "Wv_f", AFTER)
    other.context.close()


def test_an_example_has_a_code_for_the_room_and_the_choice_changes_it(page, open_app):
    open_app(HOME)
    at_step(page, "Wv_f")
    page.get_by_role("button", name="Share").click()
    code = dialog(page).get_by_role("img", name="QR code")
    expect(code).to_be_visible()
    first = code.locator("path").get_attribute("d")
    dialog(page).get_by_label("The link opens").select_option("Lecture")
    expect(code.locator("path")).not_to_have_attribute("d", first)
    assert (
        "/lecture?x=founding&step=Wv_f"
        in dialog(page).get_by_label("The link", exact=True).input_value()
    )
    dialog(page).get_by_role("button", name="Close").click()
    expect(dialog(page)).to_be_hidden()


def test_a_long_link_says_that_it_has_no_code(page, open_app):
    open_app(f"/?x={some(n=6, m=6).token()}&step=Wv_f")
    at_step(page, "Wv_f")
    page.get_by_role("button", name="Share").click()
    expect(dialog(page).locator(".said")).to_contain_text("characters, too many for a code")
