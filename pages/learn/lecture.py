"""Lecture: one step fills the screen; a clicker or the keyboard leads through all of them."""

from lstm_ui.lecture.blocks import lecture_data
from lstm_ui.lecture.choices import OPTIONS
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.diagram import cell_diagram
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the diagram and the step."""
    on_desk = desk(session)
    cell_diagram(on_desk, key="diagram")
    sheet(session, lecture_data(on_desk), OPTIONS)


page.lesson(draw)
