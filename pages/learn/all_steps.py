"""All steps: the whole calculation of one time step on one page, to read, edit and print."""

from lstm_ui import page, steps
from lstm_ui.panels import all_blocks, desk, sheet_data
from lstm_ui.session import Session
from lstm_ui.sheet import sheet


def draw(session: Session) -> None:
    """Draw every step, one under the other."""
    on_desk = desk(session)
    here = session.exercise.cell[session.place.step]
    steps.time_choice(session)
    data = sheet_data(on_desk, here, page.address(session), all_blocks(on_desk))
    sheet({**data, "size": "print"}, key="all")


page.lesson(draw)
