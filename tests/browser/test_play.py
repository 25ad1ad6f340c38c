"""What moves by itself when it is asked to, and numbers drawn at the press of a button."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lesson import HOME, at_step, cell, figure, matrix


@pytest.fixture
def played(page):
    """Press Play, and return the player."""

    def press():
        page.get_by_role("button", name="Play", exact=True).first.click()
        player = page.get_by_role("group", name="Player")
        player.get_by_label("Speed").select_option("2")
        return player

    return press


def is_playing(player):
    expect(player.get_by_role("button", name="Pause")).to_be_visible()


def has_stopped(player):
    expect(player.get_by_role("button", name="Play")).to_be_visible()


def test_steps_play_until_they_are_paused_and_go_on_from_there(page, open_app, played):
    open_app("/?x=unsaturated&step=v")
    player = played()
    is_playing(player)
    at_step(page, "z_f")
    page.keyboard.press("Space")  # the focus is on Pause
    has_stopped(player)
    here = page.locator(".walk").first.get_attribute("data-step")
    page.keyboard.press("Space")
    is_playing(player)
    expect(page.locator(".walk").first).not_to_have_attribute("data-step", here)
    page.keyboard.press("Escape")
    expect(player).to_have_count(0)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()


def test_at_the_end_it_stops_and_begins_again_when_asked(page, open_app, played):
    open_app("/?x=founding&step=squashed")
    player = played()
    at_step(page, "h")
    has_stopped(player)
    player.get_by_role("button", name="Play").click()
    at_step(page, "v")
    is_playing(player)


def test_another_act_of_the_reader_stops_it(page, open_app, played):
    open_app("/?x=unsaturated&step=v")
    player = played()
    is_playing(player)
    page.get_by_role("button", name="← Previous step").click()
    has_stopped(player)


def test_a_slider_plays_as_one_step_of_undo_and_time_steps_go_to_the_last(
    page, open_app, played, console
):
    console.allow("/through_time/_stcore/|does not seem to exist")  # a deep link, server cold
    open_app("/through_time?x=unsaturated&over=unit")
    figure(page)
    player = played()
    expect(page.get_by_label("Time step", exact=True)).to_have_value("2")
    has_stopped(player)
    before = page.locator("input[type=range]").first.input_value()
    label = page.locator("label", has=page.locator("input[type=range]")).first
    name = label.locator(".control-label").inner_text()
    player.locator("select").first.select_option(name)
    player.get_by_role("button", name="Play").click()
    expect(page.locator("input[type=range]").first).not_to_have_value(before)
    expect(page).to_have_url(re.compile("from=unsaturated"))
    player.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("input[type=range]").first).to_have_value(before)
    expect(page.get_by_role("button", name="Undo")).to_have_attribute("aria-disabled", "true")


def test_a_die_draws_a_matrix_anew_at_each_press(page, open_app):
    open_app(HOME)
    die = matrix(page, "W_f").get_by_role("button", name="Randomise W_f")
    die.click()
    expect(cell(page, "W_f:0:0")).not_to_have_value("1")
    first = cell(page, "W_f:0:0").input_value()
    die.click()
    expect(cell(page, "W_f:0:0")).not_to_have_value(first)
    page.get_by_role("button", name="Undo").click()
    expect(cell(page, "W_f:0:0")).to_have_value(first)
