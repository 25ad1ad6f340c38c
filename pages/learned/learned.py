"""What a cell has learned: its answers as they form, its units, and what is left without a part."""

from lstm_ui.learned.blocks import learned_blocks, none_blocks
from lstm_ui.learned.choices import lens
from lstm_ui.learned.figure import clicked, figure
from lstm_ui.learned.view import fields
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk_now
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the fields, the answers and the figure, and what is said of each unit."""
    here = lens(on_desk := desk_now(session))
    fields(session, here)
    shown = learned_blocks(here) if here else none_blocks(session)
    sheet(session, sheet_data(on_desk, shown), here.options if here else (), walks=False)
    if here:
        live_figure(figure(here), key="learned-figure", on_click=clicked)


page.lesson(draw)
