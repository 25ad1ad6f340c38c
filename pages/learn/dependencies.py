"""Dependency graph: which step needs which, and the affine maps as one stacked product."""

from lstm_ui.dependencies.blocks import dependency_blocks
from lstm_ui.dependencies.graph import NUMBERS
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the graph and, below it, the stacked product."""
    on_desk = desk(session)
    data = sheet_data(on_desk, dependency_blocks(on_desk))
    sheet(session, data, options=(NUMBERS,), walks=False)


page.lesson(draw)
