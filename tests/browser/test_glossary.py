"""Terms explain themselves wherever they stand, to the pointer, the keyboard and the finger."""

import pytest
from playwright.sync_api import expect

from lstm_ui.shell.pages import PAGES
from tests.browser.idle import wait_until_idle
from tests.browser.lesson import at_step, go_to, type_in
from tests.ui.glossary.test_terms import standing_in

TEXTS = """() => [...document.querySelectorAll(
  ".sheet .what, .sheet .why, .sheet .intro, .sheet p.legend, .sheet .gloss, " +
  ".sheet .rule, .sheet .note, .sheet .questions p, .sheet .text p > span"
)].map((node) => [
  node.textContent,
  [...node.querySelectorAll("[data-term]")].map((term) => term.dataset.term),
  [...node.querySelectorAll('[tabindex="0"]')].length,
])"""


def term(page, key):
    return page.locator(f'.sheet .explained[data-term="{key}"]').first


def tip(page):
    return page.get_by_role("tooltip")


@pytest.fixture
def step(open_app):
    page = open_app("/?x=unsaturated&step=f")
    at_step(page, "f")
    term(page, "forget gate").wait_for()
    return page


def test_pointer_and_keys_can_go_to_an_explanation_and_it_is_put_away(step):
    term(step, "forget gate").hover()
    expect(tip(step)).to_contain_text("How much of each entry of the old cell state is kept.")
    expect(term(step, "forget gate")).to_have_attribute("aria-describedby", "term-tip")
    tip(step).hover()
    step.wait_for_timeout(400)
    expect(tip(step)).to_be_visible()
    step.keyboard.press("Escape")
    expect(tip(step)).to_be_hidden()
    term(step, "unit").hover()
    expect(tip(step)).to_contain_text("not n copies of the cell")
    step.mouse.move(2, 2)
    expect(tip(step)).to_be_hidden()
    # By keyboard a paragraph is one stop, and the arrows go through its terms.
    squash, unit = term(step, "squash"), term(step, "unit")
    squash.focus()
    expect(tip(step)).to_contain_text("σ into (0, 1)")
    step.keyboard.press("ArrowRight")
    expect(tip(step)).to_contain_text("before it is squashed")
    step.keyboard.press("ArrowLeft")
    expect(squash).to_be_focused()
    expect(unit).to_have_attribute("tabindex", "-1")
    step.keyboard.press("Tab")
    expect(tip(step)).to_be_hidden()


def test_an_edit_leaves_the_marks_of_a_text_that_stays(step):
    before = term(step, "forget gate").element_handle()
    step.goto(step.url.replace("step=f", "step=z_f"))
    at_step(step, "z_f")
    mark = term(step, "pre-activation").element_handle()
    assert before is not None
    assert mark is not None
    type_in(step, "b_f:0", "0.5")
    expect(step.locator('.sheet [data-cell="b_f:0"]')).to_have_value("0.5")
    assert mark.evaluate("(node) => node.isConnected")


def test_every_term_is_marked_in_every_text_of_every_page(open_app):
    page = open_app("/?x=unsaturated&step=f")
    for other in PAGES:
        if other.name == "lecture":
            continue  # it has no menu to go on from; its text is that of the step
        go_to(page, other.name)
        expect(page).to_have_title(f"{other.title} · LSTM, step by step")
        wait_until_idle(page)
        page.locator(".sheet .intro, .sheet .what").first.wait_for(state="attached")
        for text, marked, stops in page.evaluate(TEXTS):
            assert standing_in(text) == {*marked}, (other.name, text)
            assert stops == bool(marked)


def test_the_page_has_what_is_looked_for_and_the_address_keeps_it(open_app):
    page = open_app("/?x=unsaturated")
    page.locator("nav.menu").get_by_role("link", name="Glossary").click()
    page.get_by_role("searchbox", name="Find a term").fill("hadamard pro")
    shown = page.locator(".glossary dt:visible")
    expect(shown).to_have_text(["Hadamard product ∘ "])
    page.wait_for_url("**find=hadamard%2Bpro*")
    page.get_by_role("searchbox", name="Find a term").fill("no such word")
    expect(page.get_by_text("No term has these letters.")).to_be_visible()
