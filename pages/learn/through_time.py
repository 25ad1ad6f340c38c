"""Through time: every gate and state over all time steps, one unit's memory, and its cobweb."""

from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk_now
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page
from lstm_ui.through_time.blocks import through_time_blocks
from lstm_ui.through_time.choices import span
from lstm_ui.through_time.events import clicked
from lstm_ui.through_time.figure import figure


def draw(session: Session) -> None:
    """Draw the choices, the figure, and the inputs to edit."""
    here = span(desk_now(session))
    data = sheet_data(here.desk, through_time_blocks(here))
    sheet(session, data, here.options, walks=False)
    live_figure(figure(here), key="time-figure", on_click=clicked)


page.lesson(draw)
