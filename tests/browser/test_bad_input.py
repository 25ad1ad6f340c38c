"""What cannot be read as a number: one sentence beside it, nothing lost, nothing changed."""

from playwright.sync_api import expect

from tests.browser.lesson import (
    BEFORE,
    HOME,
    at_step,
    cell,
    matrix,
    paste,
    results,
    shows,
    type_in,
)

TYPED = (
    ("seven", "“seven” is not a number"),
    ("nan", "not a finite number"),
    ("1e999", "too large"),
    ("1" * 10_000, "10000 characters; expected at most 100"),
)
HOSTILE = (
    "<img src=x onerror=window.hacked=1>",
    r"$\rule{100000em}{1em}$",
    "**bold** [link](http://127.0.0.1/) :red[red]",
    "<script>window.hacked=1</script>",
)
PASTED = (
    ("1 2 3 4 5 6\n1 2 3\n1 2 3 4 5 6", "W_f:0:0", "Row 2 has 3 entries; expected 6"),
    ("1 2 3\n4 five 6\n7 8 9", "W_f:0:0", "Row 2, column 2"),
    ("1 2 3\n4 5 6\n7 8 9", "W_f:0:0", "3 × 6"),
    ("1 2 3", "W_f:0:5", "3 × 6"),
    ("1 2 3 4 5 6 7", "v:0", "6"),
)


def problem(page, name):
    return matrix(page, name).locator(".problem")


def one_sentence(page, name, words):
    """Wait for the sentence beside a matrix; there is no other."""
    expect(problem(page, name)).to_contain_text(words)
    expect(page.locator(".sheet .problem:not(:empty)")).to_have_count(1)


def is_refused(page, text, words):
    """Wait until what was typed is marked, explained and still there."""
    field = cell(page, "W_f:0:1")
    one_sentence(page, "W_f", words)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(text)
    assert results(page) == BEFORE


def is_well(page, value="2"):
    """Wait until the field holds a number again, and nothing is said."""
    field = cell(page, "W_f:0:1")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(value)
    expect(problem(page, "W_f")).to_be_empty()


def test_what_was_typed_stays_is_explained_and_is_only_text(page, open_app):
    open_app(HOME)
    for text, words in TYPED:
        type_in(page, "W_f:0:1", text)
        is_refused(page, text, words)
    for text in HOSTILE:
        type_in(page, "W_f:0:1", text)
        is_refused(page, text, text[:12])
        expect(problem(page, "W_f").locator("*")).to_have_count(0)
    assert page.evaluate("window.hacked") is None
    type_in(page, "W_f:0:1", "2")
    is_well(page)
    assert results(page) == BEFORE


def test_escape_gives_up_what_was_typed(page, open_app):
    open_app(HOME)
    type_in(page, "W_f:0:1", "seven")
    is_refused(page, "seven", "seven")
    cell(page, "W_f:0:1").click()
    page.keyboard.press("Escape")
    is_well(page)
    page.keyboard.type("77")
    page.keyboard.press("Escape")
    is_well(page)
    type_in(page, "W_f:2:5", "9")
    shows(page, "Wv_f", ["91", "175", "139"])


def test_a_block_that_does_not_fit_changes_nothing_or_is_a_part(page, open_app):
    open_app(HOME)
    at_step(page, "Wv_f")
    for text, at, words in PASTED:
        before = cell(page, at).input_value()
        paste(page, at, text)
        one_sentence(page, at.split(":")[0], words)
        expect(problem(page, at.split(":")[0])).to_contain_text("Nothing was changed.")
        expect(cell(page, at)).to_have_value(before)
        assert results(page) == BEFORE
    # A block of another shape can be meant as a part.
    paste(page, "W_f:0:0", "0 0 0\n0 0 0\n0 0 0")
    one_sentence(page, "W_f", "3 × 6")
    assert results(page) == BEFORE
    page.get_by_role("button", name="Fill in just these 3 × 3 entries").click()
    shows(page, "Wv_f", ["77", "137", "107"])
    expect(cell(page, "W_f:0:3")).to_have_value("4")
    expect(problem(page, "W_f")).to_be_empty()
