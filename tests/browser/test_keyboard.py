"""Everything without a mouse."""

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
    shows,
    type_in,
)

MOVES = {
    "ArrowRight": ("W_f:1:1", "W_f:1:2"),
    "ArrowLeft": ("W_f:1:1", "W_f:1:0"),
    "ArrowDown": ("W_f:1:1", "W_f:2:1"),
    "ArrowUp": ("W_f:1:1", "W_f:0:1"),
    "Enter": ("W_f:1:1", "W_f:2:1"),
    "Shift+Enter": ("W_f:1:1", "W_f:0:1"),
    "Tab": ("W_f:0:5", "W_f:1:0"),
    "Shift+Tab": ("W_f:1:0", "W_f:0:5"),
}


def test_keys_move_from_cell_to_cell_and_tab_on_to_results_that_enter_opens(page, open_app):
    open_app(HOME)
    for key, (start, end) in MOVES.items():
        cell(page, start).focus()
        page.keyboard.press(key)
        assert focused(page) == end, key
    # From the weights over v to the results, which Enter opens.
    cell(page, "W_f:2:5").focus()
    visited = []
    for _ in range(9):
        page.keyboard.press("Tab")
        visited.append(focused(page))
    assert visited == [*(f"v:{k}" for k in range(6)), *(f"Wv_f:{j}" for j in range(3))]
    page.keyboard.press("Enter")
    is_open(page, "[3] = 3·1 + 4·2")
    expect(cell(page, "Wv_f:2")).to_have_attribute("aria-pressed", "true")
    assert focused(page) == "Wv_f:2"


def test_an_arrow_moves_the_caret_inside_a_number_first(page, open_app):
    open_app(HOME)
    cell(page, "W_f:1:1").focus()
    page.keyboard.type("25")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "W_f:1:1"
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(cell(page, "W_f:1:1")).to_have_value("215")


def test_on_a_page_of_many_matrices_each_is_one_stop_with_arrows_inside(page, open_app, console):
    console.allow("/all_steps/_stcore/|does not seem to exist")  # a deep link, server cold
    open_app("/all_steps?x=founding")
    weights = page.locator('.sheet [data-cell="W_f:0:0"]').first
    weights.focus()
    for key, at in (("ArrowDown", "W_f:1:0"), ("Tab", "v:0"), ("ArrowDown", "v:1")):
        page.keyboard.press(key)
        assert focused(page) == at
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "W_f:1:0", "the way back leads to where one was"


def test_alt_and_arrows_scrub_one_undo_takes_it_back_and_redo_has_two_keys(page, open_app):
    open_app(HOME)
    cell(page, "W_f:0:1").focus()
    for _ in range(3):
        page.keyboard.press("Alt+ArrowUp")
    shows(page, "Wv_f", ["91.6", "175", "133"])
    page.keyboard.press("Alt+ArrowDown")
    shows(page, "Wv_f", ["91.4", "175", "133"])
    expect(cell(page, "W_f:0:1")).to_have_value("2.2")
    page.keyboard.press("Control+z")
    shows(page, "Wv_f", BEFORE)
    # The keys of undo and redo.
    type_in(page, "W_f:0:1", "7")
    shows(page, "Wv_f", AFTER)
    page.keyboard.press("Control+z")
    shows(page, "Wv_f", BEFORE)
    page.keyboard.press("Control+y")
    shows(page, "Wv_f", AFTER)
    page.keyboard.press("Control+z")
    shows(page, "Wv_f", BEFORE)
    page.keyboard.press("Control+Shift+z")
    shows(page, "Wv_f", AFTER)


def test_enter_on_a_part_of_the_diagram_goes_there(page, open_app):
    open_app(HOME)
    node = page.locator('.diagram-box [data-step="C"]')
    node.focus()
    page.keyboard.press("Enter")
    at_step(page, "C")
    expect(node).to_be_focused()


def test_the_diagram_is_one_stop_of_the_tab_key_and_arrows_lead_through_it(page, open_app):
    open_app(HOME)
    at_step(page, "Wv_f")
    page.locator('.diagram-box [data-step="Wv_f"]').focus()
    page.keyboard.press("ArrowRight")
    node = page.get_by_role("button", name="z_f[1] = 92")
    expect(node).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Previous step")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    expect(page.locator('.diagram-box [data-step="h"]')).to_be_focused()
    page.keyboard.press("Enter")
    at_step(page, "h")


def test_a_walk_over_all_steps_and_back_by_keys_alone(page, open_app):
    open_app("/")
    at_step(page, "v")
    for name in LSTM[1:]:
        page.keyboard.press("Alt+n")
        at_step(page, name)
    for name in LSTM[-2:-5:-1]:
        page.keyboard.press("Alt+p")
        at_step(page, name)
    page.get_by_role("combobox", name="Step", exact=True).focus()
    for key in ["ArrowUp"] * 10 + ["ArrowDown"] * 3:
        page.keyboard.press(key, delay=30)  # faster than they are answered
    at_step(page, LSTM[-4 - 10 + 3])


def test_the_step_keys_work_from_inside_a_cell_and_say_where_they_lead(page, open_app):
    open_app(HOME)
    spoken = page.locator(".sheet > .spoken")
    expect(spoken).to_have_text("")
    cell(page, "W_f:0:1").focus()
    page.keyboard.press("Alt+n")
    at_step(page, "z_f")
    expect(spoken).to_contain_text("3 of 18")
    assert focused(page) == "z_f:0", "W_f is gone: the focus is on the result that is open"
    cell(page, "Wv_f:1").focus()
    page.keyboard.press("Alt+p")
    at_step(page, "Wv_f")
    assert focused(page) == "Wv_f:1"
    expect(spoken).to_contain_text("2 of 18")
