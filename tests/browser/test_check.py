"""The check page as a student uses it: type, leave the box, read the mark, ask why."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.console import SERVER_AWAY
from tests.browser.idle import wait_until_idle
from tests.browser.lesson import PASTE, at_step, is_open

CHECK = "/check_my_work?x=founding&step=v"


@pytest.fixture
def check(page, open_app, console):
    """Return the check page, open on the founding example."""
    console.allow("/check_my_work/_stcore/|does not seem to exist")  # a deep link, server cold
    open_app(CHECK)
    box(page, "v:0").wait_for()
    return page


def box(page, at):
    return page.locator(f'[data-answer="{at}"]')


def row(page, step):
    return page.locator(f'.answer-row[data-row="{step}"]')


def mark(page, at, words):
    found = page.locator(".box", has=box(page, at)).locator(".mark")
    expect(found).to_have_text(words)


def write(page, at, *texts):
    """Type into a box and the ones after it, going on with Tab."""
    box(page, at).click()
    for text in texts:
        page.keyboard.insert_text(text)
        page.keyboard.press("Tab")


def same_answers(page):
    mark(page, "z_i:0", "✓ right")
    mark(page, "z_i:2", "✗ wrong")
    assert [box(page, f"z_i:{j}").input_value() for j in range(3)] == ["22", "42", "62"]


def test_each_entry_is_marked_as_soon_as_it_is_left(check):
    write(check, "z_i:0", "22")
    mark(check, "z_i:0", "✓ right")
    mark(check, "z_i:1", "")
    write(check, "z_i:1", "42", "62")
    mark(check, "z_i:1", "✗ wrong")
    expect(row(check, "z_i").locator(".line")).to_contain_text("Entry 3 is wrong: the bias was sub")
    expect(box(check, "z_i:2")).to_have_attribute("aria-invalid", "true")


def test_enter_and_tab_follow_the_calculation_arrows_the_grid_and_help_has_keys(check):
    box(check, "Wv_f:2").focus()
    check.keyboard.press("Enter")
    expect(box(check, "z_f:0")).to_be_focused()
    check.keyboard.press("ArrowDown")
    expect(box(check, "f:0")).to_be_focused()
    check.keyboard.press("ArrowRight")
    expect(box(check, "f:1")).to_be_focused()
    check.keyboard.press("Shift+Enter")
    expect(box(check, "f:0")).to_be_focused()
    # Tab never leads away from the boxes, and help has keys.
    box(check, "z_f:2").focus()
    check.keyboard.insert_text("136")
    check.keyboard.press("Tab")
    expect(box(check, "f:0")).to_be_focused()
    check.keyboard.press("Shift+Tab")
    expect(box(check, "z_f:2")).to_be_focused()
    check.keyboard.press("Alt+h")
    expect(row(check, "z_f").locator(".told")).to_contain_text("Hint 1: which operation")
    expect(box(check, "z_f:2")).to_be_focused()
    mark(check, "z_f:2", "✓ right")


def test_enter_goes_on_to_the_next_time_step(check, open_app):
    open_app("/check_my_work?x=unsaturated&step=h")
    box(check, "h:2").focus()
    check.keyboard.insert_text("0.1234")
    check.keyboard.press("Enter")
    expect(box(check, "v:0")).to_be_focused()
    expect(check.locator("[data-choice=t]")).to_have_value("1")
    expect(box(check, "h:2")).to_have_value("")


def test_one_s_own_numbers_come_in_one_act_and_old_answers_are_kept_aside(check):
    write(check, "z_i:0", "22")
    mark(check, "z_i:0", "✓ right")
    check.locator("summary", has_text="My own numbers").click()
    text = "\n".join(f"W_{gate} = [[1, 2, 3], [4, 5, 6]]" for gate in "fiCo")
    check.get_by_label("Name of the exercise").fill("Sheet 3")
    check.get_by_label("All matrices").fill(text)
    check.get_by_role("button", name="Make this the exercise").click()
    expect(check.locator("summary", has_text="Sheet 3 (m = 1, n = 2, T = 1)")).to_be_visible()
    expect(box(check, "z_i:0")).to_have_value("")
    expect(check.get_by_text("is kept aside")).to_be_visible()
    check.get_by_role("button", name="Mark it against these").click()
    mark(check, "z_i:0", "✗ wrong")


def test_a_whole_vector_is_pasted(check):
    box(check, "z_i:0").focus()
    assert not box(check, "z_i:0").evaluate(PASTE, "22\t42\t62")
    same_answers(check)


def test_too_many_pasted_numbers_are_refused_beside_the_row(check):
    write(check, "z_i:0", "22", "42", "62")
    box(check, "z_i:1").focus()
    box(check, "z_i:1").evaluate(PASTE, "1 2 3")
    expect(row(check, "z_i").locator(".line")).to_contain_text("Nothing was changed.")
    same_answers(check)


def test_why_leads_to_the_entry_on_the_step_page_and_back_is_back(check):
    write(check, "z_i:0", "22", "42", "62")
    mark(check, "z_i:2", "✗ wrong")
    row(check, "z_i").get_by_role("button", name="Why?").click()
    told = row(check, "z_i").locator(".told")
    expect(told).to_contain_text("42 is W_i·v before the bias; 42 + 1 = 43.")
    expect(told).to_contain_text("from 63.5 to 64.5")
    told.get_by_role("link", name="z_i[3]").click()
    at_step(check, "z_i")
    is_open(check, "z_i[3]")
    check.get_by_role("link", name="Check my work").click()
    same_answers(check)


def test_the_ladder_of_hints(check):
    box(check, "z_i:1").focus()
    told, hint = row(check, "z_i").locator(".told"), row(check, "z_i").locator("[data-help=hint]")
    for words in ("Hint 1: which operation", "Hint 2: which numbers", "z_i[2] = 42 + 1 = 43"):
        hint.click()
        expect(told).to_contain_text(words)
    hint.click()
    expect(told).to_be_empty()


def test_a_reload_another_reader_and_a_restart_show_the_same(
    check, other_reader, console, app_server, idle
):
    write(check, "z_i:0", "22", "42", "62")
    mark(check, "z_i:2", "✗ wrong")
    expect(check).to_have_url(re.compile("answers="))
    check.reload()
    idle()
    same_answers(check)
    other_reader.goto(check.url)
    wait_until_idle(other_reader)
    same_answers(other_reader)
    console.allow(SERVER_AWAY)
    app_server.restart()
    idle()
    write(check, "i:0", "1.00")
    mark(check, "i:0", "✓ right")
    same_answers(check)


def test_what_is_no_number_stays_and_says_so(check):
    write(check, "f:0", "1.2.3")
    mark(check, "f:0", "✗ no number")
    assert box(check, "f:0").input_value() == "1.2.3"
    expect(row(check, "f").locator(".line")).to_contain_text("“1.2.3” is not a number")


def test_undo_takes_the_last_answer_back(check):
    write(check, "z_i:0", "22", "42")
    mark(check, "z_i:1", "✗ wrong")
    check.get_by_role("button", name="Undo").click()
    mark(check, "z_i:1", "")
    expect(box(check, "z_i:1")).to_have_value("")
    mark(check, "z_i:0", "✓ right")
