"""The index of questions: a click opens the answer, unfolded and in sight, on every page."""

from playwright.sync_api import expect

from lstm_core.exercise.presets import PRESETS
from lstm_ui.questions.blocks import wording
from lstm_ui.questions.table import ROWS, example

# One for each page that answers, and one that opens an example.
ROW = {row.page: row for row in ROWS if row.step(PRESETS["unsaturated"])}
ROW["another cell"] = next(row for row in ROWS if row.example == "gru_before")


def answered(page, question):
    """Wait until this question's answer is open, and can be seen."""
    details = page.locator(".questions details[open]")
    expect(details.locator("summary")).to_have_text(question)
    expect(details.locator("p")).to_be_in_viewport()
    expect(details.locator("summary")).to_be_focused()


def index(page):
    """Open the index of questions by the menu."""
    page.locator("nav.menu").get_by_role("link", name="Questions").click()
    expect(page.locator(".sheet .text").first).to_be_visible()


def test_a_question_opens_its_answer_on_each_page(open_app):
    page = open_app("/?x=unsaturated")
    for name, row in ROW.items():  # the last one opens another example
        exercise = example(row.example) if name == "another cell" else PRESETS["unsaturated"]
        question = wording(row, exercise)
        index(page)
        page.locator(".sheet").get_by_role("link", name=question).click()
        answered(page, question)
        page.locator(".questions details[open] summary").press("Enter")
        expect(page.locator(".questions details[open]")).to_have_count(0)


def test_in_a_new_tab_it_does_so_as_well(open_app, console):
    console.allow("/gate_space/_stcore/")  # Streamlit looks for its server there first
    page = open_app("/?x=unsaturated")
    index(page)
    question = wording(ROW["gate_space"], PRESETS["unsaturated"])
    link = page.locator(".sheet").get_by_role("link", name=question)
    page.goto(link.evaluate("(node) => node.href"))
    answered(page, question)
