"""Worksheets: exercises to print, their keys, and one for everybody."""

from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page
from lstm_ui.shell.room_field import room_field
from lstm_ui.worksheets import view as worksheet_view
from lstm_ui.worksheets.choice import OPTIONS
from lstm_ui.worksheets.many import many


def draw(session: Session) -> None:
    """Draw the controls, the worksheet as it will be printed, and what to take away."""
    sheet(session, sheet_data(desk(session), worksheet_view.top_blocks(session)), OPTIONS, False)
    worksheet_view.code_field()
    worksheet_view.controls(session)
    room_field(session)
    worksheet_view.preview(session)
    many(session)


page.lesson(draw)
