"""Glossary: every term and symbol of the lesson."""

from lstm_ui.glossary.blocks import FIND, glossary_blocks
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the terms."""
    data = sheet_data(desk(session), glossary_blocks(session))
    sheet(session, data, options=(FIND,), walks=False)


page.lesson(draw)
