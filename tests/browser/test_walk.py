"""What somebody does who opens the app for the first time."""

import re

from playwright.sync_api import expect

from tests.browser.lesson import (
    AFTER,
    BEFORE,
    HOME,
    LSTM,
    at_step,
    cell,
    focused,
    is_open,
    matrix,
    numbers,
    paste,
    shows,
    sums_drawn,
    type_in,
    walk,
    wrap,
)

PICKS = "1\t0\t0\t0\t0\t0\n0\t1\t0\t0\t0\t0\n0\t0\t1\t0\t0\t0"  # the first three entries of v


def test_the_founding_example_opens_at_its_first_step(page, open_app):
    open_app("/")
    at_step(page, "v")
    assert numbers(page) == [*"123456", *"123456"]
    expect(page.get_by_role("combobox", name="Example")).to_have_value("The founding example")


def test_one_result_reads_alike_in_sheet_figure_and_opened_entry(page, open_app):
    open_app("/")
    walk(page, "Next step", "Wv_f")
    shows(page, "Wv_f", BEFORE)
    is_open(page, "= 1·1 + 2·2 + 3·3 + 4·4 + 5·5 + 6·6 = 91")
    sums_drawn(page, BEFORE)


def test_an_edit_shows_at_once_with_the_old_value_beside_it(page, open_app):
    open_app(HOME)
    type_in(page, "W_f:0:1", "7")
    shows(page, "Wv_f", AFTER)
    expect(wrap(page, "Wv_f:0")).to_contain_text("was 91")
    expect(wrap(page, "W_f:0:1")).to_contain_text("was 2")
    expect(page.locator(".sheet .changed")).to_have_count(2)
    assert focused(page) == "W_f:1:1"
    is_open(page, "7·2")
    sums_drawn(page, AFTER)


def test_a_pasted_matrix_carries_to_the_last_step_and_survives_a_reload(page, open_app, idle):
    open_app(HOME)
    paste(page, "W_f:1:3", PICKS)
    shows(page, "Wv_f", ["1", "2", "3"])
    expect(cell(page, "W_f:2:2")).to_have_value("1")
    for name in LSTM[2:]:
        walk(page, "Next step", name)
    expect(page.get_by_role("button", name="Next step")).to_be_disabled()
    expect(page).to_have_url(re.compile("step=h"))
    before = numbers(page)
    page.reload()
    idle()
    at_step(page, "h")
    assert numbers(page) == before
    walk(page, "Previous step", "squashed")
    expect(matrix(page, "squashed")).to_be_visible()
