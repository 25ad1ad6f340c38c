"""Check my work: what was worked out by hand, marked entry by entry."""

from lstm_ui import page
from lstm_ui.answers import marked
from lstm_ui.check_view import OPTIONS, check_blocks
from lstm_ui.desk import desk
from lstm_ui.panels import sheet_data
from lstm_ui.session import Session
from lstm_ui.sheet import sheet


def draw(session: Session) -> None:
    """Draw the exercise, a row of boxes for each step, and what became of the answers."""
    blocks = check_blocks(desk(session), marked(session))
    sheet(session, sheet_data(desk(session), [], blocks), OPTIONS, walks=False)


page.lesson(draw)
