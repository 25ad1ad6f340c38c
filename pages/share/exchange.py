"""Exchange: the calculation and its weights as files, out and in."""

from lstm_ui import page
from lstm_ui.desk import desk
from lstm_ui.exchange_in import bring_in
from lstm_ui.exchange_out import take_out, weights_out
from lstm_ui.exchange_view import top_blocks
from lstm_ui.panels import sheet_data
from lstm_ui.session import Session
from lstm_ui.sheet import sheet


def draw(session: Session) -> None:
    """Draw what can be taken out, and what can be brought in."""
    sheet(session, sheet_data(desk(session), [], top_blocks(session)), walks=False)
    take_out(session)
    weights_out(session)
    bring_in(session)


page.lesson(draw)
