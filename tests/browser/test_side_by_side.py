"""Two cells side by side as a reader uses them, by keyboard: swap a row, open the cell, undo."""

import re

from playwright.sync_api import expect

from tests.browser.lesson import at_step

CHOOSE = """(select, value) => {
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def test_a_row_is_swapped_the_cell_opened_and_undone_by_keyboard(open_app, console):
    console.allow("/side_by_side/_stcore/|does not seem to exist")  # a deep link, server cold
    page = open_app("/side_by_side?x=moving&t=3")
    heads, lit = page.locator(".beside thead th"), page.locator(".beside tbody.other .task")
    expect(heads.nth(1)).to_contain_text("LSTM with tanh(Cₜ) left out")
    expect(lit).to_have_text("New hidden state")

    hard = page.get_by_role("button", name="hard σ (0.2z)")
    hard.focus()
    page.get_by_label("Swap the row").evaluate(CHOOSE, "f")
    expect(lit).to_have_text("Forget gate")
    expect(hard).to_be_focused()  # also where the buttons are others now
    page.keyboard.press("Enter")
    expect(heads.nth(1)).to_contain_text("LSTM with fₜ = hard σ(z_f)")
    expect(lit).to_have_text("Forget gate")
    expect(page).to_have_url(re.compile("swap_row=f.*swap_op=hard"))
    page.reload()
    expect(heads.nth(1)).to_contain_text("LSTM with fₜ = hard σ(z_f)")

    page.get_by_role("link", name="Open this cell").press("Enter")
    expect(page.locator(".sheet .opening")).to_contain_text("LSTM with fₜ = hard σ(z_f)")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".sheet .opening")).to_have_count(0)

    page.go_back()
    page.locator(".beside").wait_for()
    page.locator(".beside tbody", has_text="Candidate").get_by_role("button").first.click()
    at_step(page, "C_tilde")
