"""Layers and directions: a stack drawn over time, changed, and opened layer by layer."""

from lstm_ui.layers.blocks import layer_blocks
from lstm_ui.layers.choices import begin, view
from lstm_ui.layers.events import clicked
from lstm_ui.layers.figure import figure
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the stack with what can be changed in it, one unit over time, and the inputs."""
    here = view(session)
    sheet(session, sheet_data(here.desk, layer_blocks(here)), here.options, walks=False)
    live_figure(figure(here), key="layers-figure", on_click=clicked)


page.lesson(draw, begin)
