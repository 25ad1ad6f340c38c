"""The figure: one plot that stays, whose cells open entries, and that can be read aloud."""

from playwright.sync_api import expect

from tests.browser.lesson import (
    AFTER,
    BEFORE,
    HOME,
    click_in_figure,
    drawn,
    figure,
    is_open,
    shows,
    sums_drawn,
    type_in,
    walk,
)

PRODUCTS = 1  # the layer of a product's figure that holds the terms and, at the right, the sums
CELL = """(gd, [trace, row, column]) => {
  const axis = (letter) => gd._fullLayout[gd._fullData[trace][letter + "axis"].replace(
    letter, letter + "axis")];
  const place = (letter, k) => axis(letter)._offset + axis(letter).l2p(k);
  const { left, top } = gd.getBoundingClientRect();
  return [left + place("x", column), top + place("y", row)];
}"""
FRAMED = "row => document.querySelector('.js-plotly-plot').layout.shapes[0].y0 === row - 0.5"


def click_cell(page, trace, row, column, says):
    """Click with the mouse on a cell of one of the figure's heatmaps."""
    gd = figure(page)
    gd.scroll_into_view_if_needed()
    click_in_figure(page, lambda: gd.evaluate(CELL, [trace, row, column]), says)


def test_the_plot_stays_the_same_element(page, open_app):
    open_app(HOME)
    figure(page).evaluate("gd => { gd.mine = true }")
    type_in(page, "W_f:0:1", "7")
    sums_drawn(page, AFTER)
    walk(page, "Next step", "z_f")
    drawn(page, 0, [AFTER, [*"123"], ["102", "177", "136"]])
    expect(figure(page)).to_have_count(1)
    assert figure(page).evaluate("gd => gd.mine") is True


def test_a_click_on_a_cell_opens_its_entry(page, open_app):
    open_app(HOME)
    is_open(page, "= 91")
    sums_drawn(page, BEFORE)
    click_cell(page, PRODUCTS, 3, 7, "(W_f·v)[2] = 175")
    is_open(page, "= 175")
    page.wait_for_function(FRAMED, arg=3)  # a click into a figure that is being redrawn is lost
    click_cell(page, PRODUCTS, 4, 3, "W_f[3,4] · v[4]")
    is_open(page, "= 133")
    shows(page, "Wv_f", BEFORE)


def test_the_figure_says_what_it_shows(page, open_app):
    open_app(HOME)
    figure(page)
    image = page.get_by_role("img", name="W_f·v = 91, 175, 133")
    expect(image).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    type_in(page, "W_f:0:1", "7")
    expect(page.get_by_role("img", name="W_f·v = 101, 175, 133")).to_be_visible()
    walk(page, "Next step", "z_f")
    expect(page.get_by_role("img", name="102, 177, 136")).to_be_visible()
    walk(page, "Next step", "f")
    expect(page.get_by_role("img", name="unit 1: z = 102")).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
