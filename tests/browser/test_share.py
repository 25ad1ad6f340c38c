"""Sharing a screen: the link that is copied, and the code, lead to the same numbers and step."""

import io
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.idle import wait_until_idle
from tests.browser.lesson import AFTER, HOME, at_step, shows, type_in
from tests.core.exercises import some


def dialog(page):
    return page.get_by_role("dialog", name="Share this screen")


def link(page):
    return dialog(page).get_by_label("The link", exact=True)


def test_the_copied_link_shows_the_same_to_another_reader_even_out_of_a_mail(
    page, open_app, other_reader, console
):
    open_app(HOME)
    type_in(page, "W_f:0:1", "7")
    shows(page, "Wv_f", AFTER)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Share").click()
    dialog(page).get_by_role("button", name="Copy link").click()
    expect(dialog(page).get_by_role("status").first).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    other_reader.goto(f"{copied.replace('&', '&amp;')}).")
    wait_until_idle(other_reader)
    at_step(other_reader, "Wv_f")
    shows(other_reader, "Wv_f", AFTER)
    dialog(page).get_by_role("button", name="Copy embed code").click()
    expect(dialog(page).get_by_role("status").first).to_have_text("Copied.")
    embedded = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r'<iframe src="http[^"]+&amp;embed=true" .*></iframe>', embedded)


def test_a_code_fills_the_screen_and_the_choice_changes_it(page, open_app):
    open_app(HOME)
    at_step(page, "Wv_f")
    page.get_by_role("button", name="Share").click()
    code = dialog(page).get_by_role("button", name="QR code")
    expect(code).to_be_visible()
    first = code.locator("path").get_attribute("d")
    dialog(page).get_by_label("The link opens").select_option("Lecture")
    expect(code.locator("path")).not_to_have_attribute("d", first)
    expect(link(page)).to_have_value(re.compile(r"/lecture\?x=founding&step=Wv_f"))
    shared = link(page).input_value()
    code.focus()
    page.keyboard.press("Enter")
    filling = page.locator("dialog.code-screen svg")
    assert filling.bounding_box()["height"] > 0.9 * 720
    (seen,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    assert seen.text == shared
    page.keyboard.press("Escape")
    expect(filling).to_have_count(0)
    expect(dialog(page)).to_be_visible()
    dialog(page).get_by_role("button", name="Close").click()
    expect(dialog(page)).to_be_hidden()


def test_this_computer_alone_warns_and_an_address_for_the_room_is_kept(page, open_app):
    open_app(HOME)
    at_step(page, "Wv_f")
    page.get_by_role("button", name="Share").click()
    warning = dialog(page).locator(".warning")
    expect(warning).to_contain_text("is this computer alone")
    field = dialog(page).get_by_label("Address for the room")
    field.fill("no host")
    field.press("Tab")
    expect(dialog(page).get_by_role("alert")).to_contain_text("given “no host”")
    field.fill("https://lstm.example.org/course")
    field.press("Tab")
    expect(link(page)).to_have_value("https://lstm.example.org/course/?x=founding&step=Wv_f")
    expect(warning).to_be_hidden()
    page.reload()
    wait_until_idle(page)
    page.get_by_role("button", name="Share").click()
    expect(link(page)).to_have_value(re.compile("^https://lstm.example.org/course/"))


def test_a_lectures_link_keeps_what_was_chosen_and_leaves_notes_out_unless_wanted(
    page, open_app, console
):
    console.allow("/lecture/_stcore/|does not seem to exist")
    noted = some(n=2, m=2, T=1).with_note("f", "Ask: why σ?")
    open_app(f"/lecture?x={noted.token()}&step=f&predict=walk&spot=on")
    page.locator(".lecture-bar").wait_for()
    page.get_by_role("button", name="Share").click()
    dialog(page).get_by_label("The link opens").select_option("Lecture")
    expect(link(page)).to_have_value(re.compile("predict=walk&spot=on"))
    without = link(page).input_value()
    assert noted.token() not in without
    dialog(page).get_by_label("My notes go along").check()
    expect(link(page)).to_have_value(re.compile(re.escape(noted.token())))


def test_a_long_link_says_that_it_has_no_code(page, open_app):
    open_app(f"/?x={some(n=8, m=8, T=5).token()}&step=Wv_f")
    at_step(page, "Wv_f")
    page.get_by_role("button", name="Share").click()
    expect(dialog(page).locator(".said")).to_contain_text("more than any code can hold")
