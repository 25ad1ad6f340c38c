"""What the tests of the page on gradients share: sessions on it, and what it shows."""

from lstm_ui.gradients.blocks import gradients_page
from lstm_ui.gradients.walk import begin
from tests.ui.blocks import of_kind
from tests.ui.sessions import UNSATURATED, session_at


def on_page(exercise=UNSATURATED, t=0, **options):
    """A session on the page; options as they stand in an address."""
    session = session_at(exercise.cell.steps[0].name, exercise, t=t)
    session.options = {name: str(value) for name, value in options.items()}
    begin(session)
    return session


def blocks(session):
    return gradients_page(session)[0]["blocks"]


def figure_of(session):
    return gradients_page(session)[1]


def numbers(session):
    """The table of numbers, by the name of the row."""
    (table,) = of_kind(blocks(session), "coins")
    return {name: texts for name, *texts in table["rows"]}


def said(session, block="said"):
    return [
        line["text"]
        for text in of_kind(blocks(session), "text")
        for line in text["lines"]
        if text["id"] == block
    ]


def answers(session):
    (asked,) = of_kind(blocks(session), "questions")
    return {item["question"]: item["answer"] for item in asked["items"]}
