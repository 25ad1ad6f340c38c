"""Lecture: one step fills the screen; a clicker or the keyboard leads through all of them."""

from lstm_ui.lecture.blocks import lecture_data, slide_figure
from lstm_ui.lecture.choices import OPTIONS, PREDICT, WINDOW
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.diagram import cell_diagram
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.shell import page
from lstm_ui.teacher.window import window_data


def draw(session: Session) -> None:
    """Draw the step or, in the teacher's window, what is told there of it."""
    if line := WINDOW.of(session.options):
        sheet(session, window_data(session, line), [WINDOW])
    else:
        _slide(session)


def _slide(session: Session) -> None:
    """The diagram, its numbers only while none is to be predicted; the step and its figure."""
    on_desk, told = desk(session), PREDICT.of(session.options) == "off"
    cell_diagram(on_desk, key="diagram", with_numbers=told, arrows=False)
    sheet(session, lecture_data(on_desk), OPTIONS)
    live_figure(slide_figure(on_desk), key="figure")


page.lesson(draw)
