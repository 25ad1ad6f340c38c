"""A lecture: one step fills the screen, and a clicker leads from the first to the last and back."""

import re

import pytest
from playwright.sync_api import expect

from lstm_core.cells import gru
from tests.browser.idle import wait_until_idle
from tests.browser.lesson import LSTM, matrix, shows
from tests.core.exercises import some

FOUNDING = "/lecture?x=founding"
LARGE = f"/lecture?x={some(n=4, m=4, T=1, decimals=4).token()}"
EIGHT = f"/lecture?x={some(n=8, m=8, T=1, decimals=4).token()}"
GRU = f"/lecture?x={some(gru(), n=3, m=2, T=1, decimals=4).token()}"
CELL = '[data-cell="W_f:0:1"]'


@pytest.fixture
def lecture(page, open_app, console):
    """Return what opens the lecture by its link, at the size of a projector."""
    console.allow("/lecture/_stcore/|does not seem to exist")  # a deep link, server cold
    page.set_viewport_size({"width": 1280, "height": 720})

    def opened(address):
        open_app(address)
        page.locator(".lecture-bar").wait_for()
        return page

    return opened


def count(page, words):
    expect(page.locator(".lecture-bar .count")).to_have_text(words)


def press(page, key, times=1):
    for _ in range(times):
        page.keyboard.press(key)


def test_from_the_first_step_to_the_last_and_back_by_keyboard_alone(lecture):
    page = lecture(f"{FOUNDING}&step=v")
    for k, key in enumerate(["PageDown", "ArrowRight", " "] * 6, 1):
        count(page, f"Step {k} of 18")
        press(page, key)
    count(page, "Step 18 of 18")
    press(page, "PageUp", times=10)  # ten fast presses are ten steps
    count(page, "Step 8 of 18")
    press(page, "End")
    count(page, "Step 18 of 18")
    press(page, "Home")
    count(page, "Step 1 of 18")


def type_into_a_cell(page):
    page.locator(CELL).click()
    press(page, "Control+a")
    page.keyboard.type("7")


def type_what_is_no_number(page):
    page.locator(CELL).click()
    press(page, "Control+a")
    page.keyboard.type("seven")


def open_the_list_of_steps(page):
    page.locator('[data-choice="step"]').click()
    expect(page.locator("dialog.list-dialog")).to_be_visible()


def open_share(page):
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog", name="Share this screen")).to_be_visible()


def ask_for_the_keys(page):
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys of the lecture")).to_be_visible()


WHERE = {
    "a cell": type_into_a_cell,
    "a cell with no number": type_what_is_no_number,
    "the step menu": lambda page: page.locator('[data-choice="step"]').focus(),
    "the open step menu": open_the_list_of_steps,
    "a button": lambda page: page.get_by_role("button", name="Spotlight").focus(),
    "the figure": lambda page: page.locator(".figure-scroller").focus(),
    "the diagram": lambda page: page.locator(".diagram-box [data-step='f']").focus(),
    "Share": open_share,
    "the keys": ask_for_the_keys,
}


def test_a_clicker_takes_one_step_wherever_the_focus_is_and_nothing_typed_is_lost(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f")
    page.locator(".figure-scroller").wait_for()
    for where, go_there in WHERE.items():
        go_there(page)
        press(page, "PageDown")
        count(page, "Step 3 of 18")
        expect(page.locator("dialog[open]")).to_have_count(0)
        press(page, "PageUp")
        count(page, "Step 2 of 18")
        if where == "a cell":
            shows(page, "Wv_f", ["101", "175", "133"])
        if where == "a cell with no number":
            expect(page.locator(CELL)).to_have_value("seven")
            expect(matrix(page, "W_f").get_by_role("alert")).to_contain_text("number")
        go_there(page)
        press(page, "Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    shows(page, "Wv_f", ["101", "175", "133"])
    press(page, "Control+z")  # the edit is undone from anywhere
    shows(page, "Wv_f", ["91", "175", "133"])


def test_no_other_key_is_taken_while_someone_types(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f")
    page.locator(CELL).click()
    press(page, "End")
    page.keyboard.type("5")
    press(page, "ArrowLeft")
    page.keyboard.type("b ")
    assert page.locator(CELL).input_value() == "2b 5"
    count(page, "Step 2 of 18")
    expect(page.locator(".dark-screen")).to_have_count(0)


# In sight, and none smaller than so much of the height of the screen: 0.03 is 22 pixels of 720.
FILLED = """(least) => {
  const numbers = [...document.querySelectorAll('.slide-operation .number')];
  if (!numbers.length) return false;
  const sizes = numbers.map((c) => parseFloat(getComputedStyle(c).fontSize));
  const bar = document.querySelector('.sheet .bar').getBoundingClientRect();
  const last = (node) => node.getBoundingClientRect().bottom;
  const box = document.querySelector('.slide-numbers');
  return Math.min(...sizes) >= least * innerHeight && Math.max(...numbers.map(last)) <= bar.top
    && box.scrollWidth <= box.clientWidth + 1
    && document.documentElement.scrollWidth <= innerWidth;
}"""


def test_each_step_of_four_units_and_inputs_fills_the_screen_without_scrolling(lecture):
    page = lecture(f"{LARGE}&step={LSTM[0]}&spot=on")
    for step in LSTM:
        expect(matrix(page, step)).to_be_visible()
        page.locator(f'.diagram-box .current[data-step="{step}"]').wait_for()
        page.wait_for_function(FILLED, arg=0.027)
        assert page.locator(".diagram-box svg").bounding_box()["y"] >= 0, step
        press(page, "PageDown")


def test_on_every_screen_and_with_many_numbers_a_slide_is_filled(lecture):
    for address, sizes in {
        f"{FOUNDING}&step=Wv_f": {(1280, 720): 0.04, (1920, 1080): 0.04, (3840, 2160): 0.04},
        f"{EIGHT}&step=Wv_f": {(1280, 720): 0.02, (1920, 1080): 0.02},
        f"{GRU}&step=Wv_z": {(1920, 1080): 0.03},
    }.items():
        page = lecture(address)
        for (width, height), least in sizes.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_function(FILLED, arg=least)


def test_a_figure_has_its_place_and_comes_with_the_result(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f&predict=walk")
    figure = page.locator(".slide-figure .js-plotly-plot")
    expect(figure).to_have_attribute("aria-label", "The figure comes with the result.")
    node = figure.element_handle()
    press(page, "PageDown")
    expect(figure).to_have_attribute("aria-label", re.compile("W_f"))
    assert node.evaluate("(node) => node.isConnected")  # it stayed mounted
    bar = page.locator(".sheet .bar").bounding_box()
    box = page.locator(".slide-figure").bounding_box()
    assert box["y"] + box["height"] <= bar["y"]


def test_predict_first_hides_until_it_is_called(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f")
    page.get_by_role("button", name="all", exact=True).click()
    shows(page, "Wv_f", ["?", "?", "?"])
    press(page, "PageDown")
    shows(page, "Wv_f", ["91", "175", "133"])
    press(page, "PageDown")
    shows(page, "z_f", ["?", "?", "?"])
    press(page, "PageUp")
    shows(page, "Wv_f", ["91", "175", "133"])
    expect(page).to_have_url(re.compile("seen="))
    page.reload()
    shows(page, "Wv_f", ["91", "175", "133"])


def test_the_teachers_window_follows_and_leads_and_either_can_be_loaded_anew(lecture, console):
    page = lecture(f"{FOUNDING}&step=Wv_f")
    with page.context.expect_page() as opened:
        press(page, "w")
    teacher = opened.value
    console.listen(teacher)
    wait_until_idle(teacher)
    now, note = teacher.locator(".now .count"), teacher.locator("textarea")
    expect(now).to_have_text("Step 2 of 18")
    note.fill("Ask for the shape first.")
    press(teacher, "PageDown")
    count(page, "Step 3 of 18")
    expect(now).to_have_text("Step 3 of 18")
    expect(note).to_have_value("")
    expect(page.locator("[data-note]")).to_have_count(0)  # the projector shows no box
    teacher.reload()
    expect(now).to_have_text("Step 3 of 18")
    page.reload()
    count(page, "Step 3 of 18")
    press(page, "PageUp")
    expect(note).to_have_value("Ask for the shape first.")
    expect(teacher.locator(".next .count")).to_have_text("Step 3 of 18")
    expect(teacher.locator(".elapsed strong")).to_have_text(re.compile(r"00:0\d:\d\d"))
    press(page, "n")
    expect(page.locator("[data-note]")).to_have_value("Ask for the shape first.")
    page.get_by_role("link", name="Leave").click()
    expect(teacher.locator(".alone")).to_be_visible()
    teacher.close()


def test_the_spotlight_follows_the_arrows_and_the_dark_screen_is_no_step(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f")
    press(page, "s")
    expect(page.locator(".sheet .arithmetic")).to_contain_text("(W_f·v)[1] = 1·1 + 2·2")
    press(page, "ArrowDown")
    expect(page.locator(".sheet .arithmetic")).to_contain_text("(W_f·v)[2]")
    assert page.locator(".spot .cell.lit").count() == 12
    # The dark screen comes and goes without a step.
    press(page, "b")
    expect(page.locator(".dark-screen")).to_be_visible()
    press(page, "PageDown")
    expect(page.locator(".dark-screen")).to_have_count(0)
    count(page, "Step 2 of 18")


def test_a_digit_jumps_to_a_stage_and_letters_can_be_turned_off(lecture):
    page = lecture(f"{FOUNDING}&step=v")
    press(page, "5")
    count(page, "Step 11 of 18")
    page.get_by_role("button", name="Keys").click()
    letters = page.get_by_role("button", name="Single letters are keys")
    letters.click()
    expect(letters).to_have_attribute("aria-pressed", "false")
    press(page, "Escape")
    expect(page).to_have_url(re.compile("letters=off"))
    press(page, "b")
    expect(page.locator(".dark-screen")).to_have_count(0)


def test_leaving_leads_to_the_same_step_with_undo_and_brings_the_sidebar_back(lecture):
    page = lecture(f"{FOUNDING}&step=Wv_f&entry=2")
    expect(page.locator(".stSidebar")).to_be_hidden()
    # An edit opens the row that it is in: here the first one.
    type_into_a_cell(page)
    press(page, "Enter")
    shows(page, "Wv_f", ["101", "175", "133"])
    page.get_by_role("link", name="Leave").click()
    expect(page.locator(".stSidebar")).to_be_visible()
    shows(page, "Wv_f", ["101", "175", "133"])
    expect(page).to_have_url(re.compile(r"/\?.*step=Wv_f(?!&entry)"))
    page.get_by_role("button", name="Undo").click()
    shows(page, "Wv_f", ["91", "175", "133"])


def test_on_a_telephone_and_at_four_times_the_size_next_is_in_sight(lecture, page):
    page.set_viewport_size({"width": 320, "height": 180})  # what 1280 × 720 is at 400 %
    lecture(f"{FOUNDING}&step=Wv_f")
    onward = page.get_by_role("button", name="Next step")
    expect(onward).to_be_in_viewport(ratio=1)
    onward.click()
    count(page, "Step 3 of 18")
    page.set_viewport_size({"width": 320, "height": 568})
    expect(onward).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
