"""Mark a class: a table of everyone's answers to the exercise on screen, and what became of it."""

from lstm_ui.check.choices import ask
from lstm_ui.classes import hand_in
from lstm_ui.classes.choices import POINTS, STUDENT
from lstm_ui.classes.outcome import outcome
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the table to hand out, the fields for the one that comes back, and the results."""
    blocks = hand_in.top_blocks(session)
    options = (ask(session.exercise), POINTS, STUDENT)
    sheet(session, sheet_data(desk(session), blocks), options, walks=False)
    hand_in.empty_table(session)
    table = hand_in.uploaded_table(session.exercise)
    if table and (result := hand_in.result_of(session.exercise, table)):
        outcome(session, result)


page.lesson(draw)
