"""A pinned setting is in sight on every page, and survives a reload."""

from playwright.sync_api import expect

from tests.browser.lesson import at_step, type_in, wrap


def test_a_pin_is_compared_with_on_every_page_and_after_a_reload(page, open_app, console):
    console.allow("/activations/_stcore/")  # Streamlit looks for its server there first
    open_app("/?x=unsaturated&step=z_f")
    at_step(page, "z_f")
    page.get_by_role("button", name="Pin to compare").click()
    line = page.locator(".sheet .compared")
    expect(line).to_contain_text("Nothing differs yet")
    type_in(page, "b_f:0", "1.6")
    expect(wrap(page, "z_f:0")).to_contain_text("pinned 0.54")
    expect(wrap(page, "z_f:0")).to_contain_text("+1")
    page.locator(".stSidebar").get_by_role("link", name="Activations").click()
    expect(page.locator(".units")).to_contain_text("pinned 0.54 · +1")
    page.reload()
    expect(page.locator(".units")).to_contain_text("pinned 0.54 · +1")
    page.get_by_role("button", name="Swap sides").click()
    expect(page.locator(".units")).to_contain_text("pinned 1.54 · −1")
    page.get_by_role("button", name="Unpin").click()
    expect(line).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(line).to_contain_text("1 number changed")
