"""What is on screen is in the address: for a reload, another reader, a new server, and Back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.console import SERVER_AWAY
from tests.browser.idle import wait_until_idle
from tests.browser.lesson import (
    AFTER,
    BEFORE,
    HOME,
    at_step,
    cell,
    is_open,
    matrix,
    numbers,
    shows,
    type_in,
    walk,
)


@pytest.fixture
def edited(page, open_app):
    """Return the page with an edited weight and the second entry open, and its numbers."""
    open_app(HOME)
    type_in(page, "W_f:0:1", "7")
    shows(page, "Wv_f", AFTER)
    cell(page, "Wv_f:1").click()
    is_open(page, "[2]")
    expect(page).to_have_url(re.compile("entry=2"))
    return numbers(page)


def same_screen(page, before):
    at_step(page, "Wv_f")
    shows(page, "Wv_f", AFTER)
    is_open(page, "[2]")
    assert numbers(page) == before


def test_a_reload_shows_the_same(page, edited, idle):
    page.reload()
    idle()
    same_screen(page, edited)


def test_another_reader_who_gets_the_link_sees_the_same(page, edited, other_reader):
    other_reader.goto(page.url)
    wait_until_idle(other_reader)
    same_screen(other_reader, edited)


def test_after_a_restart_the_open_page_works_on_and_the_link_shows_the_same(
    page, edited, app_server, console, idle
):
    console.allow(SERVER_AWAY)
    app_server.restart()
    idle()
    type_in(page, "W_f:1:0", "0")
    shows(page, "Wv_f", ["101", "170", "133"])
    is_open(page, "[2]")
    page.get_by_role("button", name="Undo").click()
    shows(page, "Wv_f", AFTER)
    app_server.restart()
    page.reload()
    idle()
    same_screen(page, edited)


def test_after_a_reload_and_a_restart_the_open_page_works_on(
    page, edited, app_server, console, idle
):
    """Nothing was done since the reload, so the new server has never heard of this page."""
    console.allow(SERVER_AWAY)
    page.reload()
    shows(page, "Wv_f", AFTER)  # its scripts are there: they cannot come from a server that is away
    app_server.restart()
    idle()
    type_in(page, "W_f:1:0", "0")
    expect(matrix(page, "Wv_f").locator("button.number").nth(1)).to_have_text("170")
    shows(page, "Wv_f", ["101", "170", "133"])


def test_back_goes_to_the_step_before_and_keeps_the_edits(page, open_app):
    open_app("/?x=founding&step=v")
    at_step(page, "v")
    walk(page, "Next step", "Wv_f")
    type_in(page, "W_f:0:1", "7")
    shows(page, "Wv_f", AFTER)
    walk(page, "Next step", "z_f")
    page.go_back()
    at_step(page, "Wv_f")
    shows(page, "Wv_f", AFTER)
    page.go_back()
    at_step(page, "v")
    page.go_forward()
    at_step(page, "Wv_f")
    shows(page, "Wv_f", AFTER)
    page.go_forward()
    at_step(page, "z_f")
    shows(page, "z_f", ["102", "177", "136"])


def test_edits_between_two_steps_are_no_places_to_go_back_to(page, open_app):
    open_app("/?x=founding&step=v")
    at_step(page, "v")
    walk(page, "Next step", "Wv_f")
    expect(page).to_have_url(re.compile("step=Wv_f"))
    entries = page.evaluate("history.length")
    for at, text in (("W_f:0:1", "0"), ("W_f:0:2", "0"), ("W_f:0:3", "0")):
        type_in(page, at, text)
    shows(page, "Wv_f", ["62", "175", "133"])
    walk(page, "Next step", "z_f")
    expect(page).to_have_url(re.compile("step=z_f"))
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    at_step(page, "Wv_f")
    page.go_back()
    at_step(page, "v")


def test_an_undone_edit_is_undone_in_the_address_too(page, edited, idle):
    page.get_by_role("button", name="Undo").click()
    shows(page, "Wv_f", BEFORE)
    expect(page).to_have_url(re.compile("x=founding"))
    page.reload()
    idle()
    shows(page, "Wv_f", BEFORE)


def test_back_from_the_other_page_returns_to_the_step(page, edited):
    page.get_by_role("link", name="All steps on one page").click()
    block = page.locator('[data-block="Wv_f"]')
    expect(block.locator("button.number")).to_have_text(AFTER)
    page.go_back()
    at_step(page, "Wv_f")
    shows(page, "Wv_f", AFTER)
    is_open(page, "[2]")
