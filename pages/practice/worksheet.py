"""Worksheets: exercises to print, their keys, and one for everybody."""

from lstm_ui import page, worksheet_view
from lstm_ui.desk import desk
from lstm_ui.panels import sheet_data
from lstm_ui.session import Session
from lstm_ui.sheet import sheet
from lstm_ui.worksheet_choice import CODE


def draw(session: Session) -> None:
    """Draw the controls, the worksheet as it will be printed, and what to take away."""
    sheet(session, sheet_data(desk(session), [], worksheet_view.top_blocks(session)), [CODE], False)
    worksheet_view.code_field()
    worksheet_view.controls(session)
    worksheet_view.preview(session)
    worksheet_view.many(session)


page.lesson(draw)
