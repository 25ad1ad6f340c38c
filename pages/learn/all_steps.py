"""All steps: the whole calculation of one time step on one page, to read, edit and print."""

from lstm_ui.all_steps.blocks import all_blocks
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw every step, one under the other."""
    on_desk = desk(session)
    sheet(session, sheet_data(on_desk, all_blocks(on_desk), session.exercise.cell.steps))


page.lesson(draw)
