"""Exchange: the calculation and its weights as files, out and in."""

from lstm_ui.exchange.blocks import top_blocks
from lstm_ui.exchange.bring_in import bring_in
from lstm_ui.exchange.layers_out import layers_out
from lstm_ui.exchange.take_out import take_out, weights_out
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw what can be taken out, and what can be brought in."""
    sheet(session, sheet_data(desk(session), top_blocks(session)), walks=False)
    take_out(session)
    weights_out(session)
    layers_out(session)
    bring_in(session)


page.lesson(draw)
