"""Side by side: any two cells on the same numbers, or one cell and itself with a row swapped."""

from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk_now
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page
from lstm_ui.side_by_side.blocks import side_by_side_blocks
from lstm_ui.side_by_side.choices import beside
from lstm_ui.side_by_side.events import clicked
from lstm_ui.side_by_side.figure import figure


def draw(session: Session) -> None:
    """Draw the choices, the steps of both cells, and both over time."""
    here = beside(desk_now(session))
    data = sheet_data(here.desk, side_by_side_blocks(here))
    sheet(session, data, here.options, walks=False)
    live_figure(figure(here), key="beside-figure", on_click=clicked)


page.lesson(draw)
