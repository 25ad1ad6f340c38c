"""The page on activations as a reader uses it: move a z, choose a gate, swap an activation."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.idle import wait_until_idle
from tests.browser.lesson import at_step, click_in_figure, figure, is_open, place_in

HERE = "/activations?x=unsaturated"
MARKER = """(gd, [trace, unit]) => {
  const { _offset: left, l2p: x } = gd._fullLayout.xaxis;
  const y = gd._fullLayout[{ y: "yaxis", y2: "yaxis2" }[gd.data[trace].yaxis]];
  const box = gd.getBoundingClientRect();
  const point = (axis) => gd.data[trace][axis][unit];
  return [box.left + left + x(point("x")), box.top + y._offset + y.l2p(point("y"))];
}"""
ON_CURVE, ON_SLOPE = 8, 9
Z, F, SLOPE, H = 0, 1, 2, 5  # rows of the forget gate's table


@pytest.fixture
def at(page, open_app, console):
    """Return a function that opens the page at an address, its figure drawn."""
    console.allow("/activations/_stcore/|does not seem to exist")  # a deep link, server cold

    def open_at(address=HERE):
        open_app(address)
        figure(page)
        return page

    return open_at


def number(page, row, unit, part="now"):
    return page.locator(".units tbody tr").nth(row).locator("td").nth(unit - 1).locator(f".{part}")


def slider(page):
    return page.locator(".numbers input[type=range]")


def control(page, name, label="Gate"):
    return page.get_by_role("group", name=label).first.get_by_role("button", name=name, exact=True)


def marked(page, unit, z):
    """Wait until the unit's marker stands at this z, on the curve and on the derivative."""
    check = """([unit, z]) => document.querySelector(".js-plotly-plot")?.data?.slice(-2)
      .every(({ x }) => Math.abs(x[unit] - z) < 1e-6)"""
    page.wait_for_function(check, arg=[unit - 1, z])


def test_a_z_moves_by_the_keyboard_and_everything_follows(at):
    page = at()
    figure(page).evaluate("gd => { gd.mine = true }")
    expect(number(page, Z, 1)).to_have_text("0.54")
    slider(page).focus()
    for key in ["ArrowRight"] * 12 + ["ArrowLeft"] * 8:  # faster than they are answered
        page.keyboard.press(key, delay=15)
    expect(number(page, Z, 1)).to_have_text("0.74")
    expect(number(page, F, 1)).to_have_text("0.6770")
    expect(number(page, SLOPE, 1)).to_have_text("0.2187")
    expect(number(page, F, 2)).to_have_text("0.6130")
    expect(slider(page)).to_have_attribute("aria-valuetext", "0.74, by b_f[1] = 0.8")
    marked(page, 1, 0.74)
    assert figure(page).evaluate("gd => gd.mine") is True
    address = page.url
    assert "from=unsaturated" in address
    page.reload()
    expect(number(page, F, 1)).to_have_text("0.6770")
    marked(page, 1, 0.74)
    assert page.url == address


def test_a_drag_says_what_was_and_is_one_step_of_undo(at):
    page = at()
    slider(page).hover()
    page.mouse.down()
    page.mouse.move(*place_in(slider(page), 0.01, 0.5), steps=12)
    expect(number(page, SLOPE, 1, "flat")).to_have_text("saturated")
    expect(number(page, Z, 1, "was")).to_have_text("was 0.54")
    expect(number(page, H, 1, "was")).to_have_text("was 0.7153")
    page.mouse.up()
    expect(page.locator("[data-block=said]")).to_contain_text("saturated: it will hardly learn")
    page.get_by_role("button", name="Undo").click()
    expect(number(page, Z, 1)).to_have_text("0.54")
    expect(number(page, H, 1)).to_have_text("0.7153")
    expect(page.get_by_role("button", name="Undo")).to_have_attribute("aria-disabled", "true")


def test_the_first_screen_is_complete_and_does_not_jump_when_a_number_changes(at):
    page = at()
    for part in (slider(page), page.locator(".units"), figure(page)):
        box = part.bounding_box()
        assert box["y"] + box["height"] <= 720
    before = page.locator(".units").bounding_box()
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    expect(number(page, Z, 1, "was")).to_have_text("was 0.54")
    after = page.locator(".units").bounding_box()
    assert after["height"] == pytest.approx(before["height"], abs=1)


def test_gate_and_unit_are_kept_in_the_address(at):
    page = at()
    control(page, "C̃ₜ").click()
    page.get_by_role("button", name="unit 2", exact=True).click()
    expect(number(page, Z, 2)).to_have_text("1.18")
    expect(page).to_have_url(re.compile("gate=C&unit=2"))
    marked(page, 2, 1.18)
    page.reload()
    expect(number(page, Z, 2)).to_have_text("1.18")
    expect(page.get_by_text("Move z_C[2]")).to_be_visible()
    expect(control(page, "C̃ₜ")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("trace", [ON_CURVE, ON_SLOPE])
def test_a_click_on_a_marker_chooses_its_unit(at, trace):
    page = at("/activations?x=unsaturated&t=2")
    figure(page).scroll_into_view_if_needed()
    click_in_figure(page, lambda: figure(page).evaluate(MARKER, [trace, 2]), "unit 3")
    expect(page.get_by_text("Move z_f[3]")).to_be_visible()
    expect(page).to_have_url(re.compile("unit=3"))


def test_the_link_leads_to_the_entry_and_back(at):
    page = at("/activations?x=unsaturated&t=2&gate=i&unit=3")
    page.get_by_role("link", name="iₜ[3] step by step").click()
    at_step(page, "i")
    is_open(page, "iₜ[3] = σ(2.0209) = 0.8830")
    page.locator(".stSidebar").get_by_role("link", name="Activations").click()
    expect(page.get_by_text("Move z_i[3]")).to_be_visible()


def test_a_swap_says_and_draws_what_breaks(at):
    page = at("/activations?x=founding")
    expect(page.locator("[data-block=found]")).to_contain_text("Cₜ[1] is 8.826e64")
    before = page.locator(".spark path.changed").evaluate_all("all => all.map((p) => p.outerHTML)")
    control(page, "hard σ (0.2z)", "In place of σ").click()
    expect(page.locator("[data-block=found]")).to_contain_text("Not the same")
    after = page.locator(".spark path.changed").evaluate_all("all => all.map((p) => p.outerHTML)")
    assert all(a != b for a, b in zip(before, after, strict=True))
    expect(page).to_have_url(re.compile("swap=hard"))
    names = "() => document.querySelector('.js-plotly-plot').data[5].text"
    assert "hard σ" in page.evaluate(names)


def test_the_figure_stands_where_each_page_puts_it_and_a_page_without_one_keeps_none(at):
    page = at()
    expect(page.locator(".look .figure-place .js-plotly-plot")).to_have_count(1)
    for name, place in (("Step by step", ".step-operation"), ("Activations", ".look")):
        page.locator(".stSidebar").get_by_role("link", name=name).click()
        expect(page.locator(f"{place} .figure-place .js-plotly-plot")).to_have_count(1)
        wait_until_idle(page)
        expect(page.locator(".js-plotly-plot")).to_have_count(1)

    page.locator(".stSidebar").get_by_role("link", name="All steps on one page").click()
    expect(page).to_have_url(re.compile("all_steps"))
    wait_until_idle(page)
    expect(page.locator(".js-plotly-plot")).to_have_count(0)


def test_nothing_is_cut_off_on_a_phone(at, page):
    page.set_viewport_size({"width": 390, "height": 844})
    at("/activations?x=founding")
    for part in (".units", ".spark", ".numbers .control"):
        for box in page.locator(part).all():
            edges = box.bounding_box()
            assert edges["x"] >= 0
            assert edges["x"] + edges["width"] <= 390
