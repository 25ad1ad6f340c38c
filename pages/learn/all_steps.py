"""All steps: the whole calculation of one time step on one page, to read, edit and print."""

from lstm_ui import page
from lstm_ui.desk import desk
from lstm_ui.panels import sheet_data
from lstm_ui.session import Session
from lstm_ui.sheet import sheet
from lstm_ui.whole import all_blocks


def draw(session: Session) -> None:
    """Draw every step, one under the other."""
    on_desk = desk(session)
    steps = session.exercise.cell.steps
    sheet(session, sheet_data(on_desk, steps, all_blocks(on_desk)))


page.lesson(draw)
