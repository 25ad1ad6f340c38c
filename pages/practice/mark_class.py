"""Mark a class: a table of everyone's answers to the exercise on screen, and what became of it."""

from lstm_ui import class_view, page
from lstm_ui.answers import ask
from lstm_ui.class_outcome import outcome
from lstm_ui.desk import desk
from lstm_ui.panels import sheet_data
from lstm_ui.session import Session
from lstm_ui.sheet import sheet


def draw(session: Session) -> None:
    """Draw the table to hand out, the fields for the one that comes back, and the results."""
    blocks = class_view.top_blocks(session)
    options = (ask(session.exercise),)
    sheet(session, sheet_data(desk(session), [], blocks), options, walks=False)
    class_view.empty_table(session)
    table = class_view.given()
    if table and (result := class_view.marked(session.exercise, *table)):
        outcome(result)


page.lesson(draw)
