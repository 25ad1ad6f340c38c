"""Lecture: one step fills the screen; a clicker or the keyboard leads through all of them."""

from lstm_ui import page
from lstm_ui.cell_diagram import cell_diagram
from lstm_ui.desk import desk
from lstm_ui.lecture import OPTIONS
from lstm_ui.lecture_view import lecture_data
from lstm_ui.session import Session
from lstm_ui.sheet import sheet


def draw(session: Session) -> None:
    """Draw the diagram and the step."""
    on_desk = desk(session)
    cell_diagram(on_desk, key="diagram")
    sheet(session, lecture_data(on_desk), OPTIONS)


page.lesson(draw)
