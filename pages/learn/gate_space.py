"""Gate space: what each entry of v adds to a gate, and the gate as a map of v."""

from lstm_ui.gate_space.blocks import gate_space_blocks
from lstm_ui.gate_space.choices import scene
from lstm_ui.gate_space.events import clicked
from lstm_ui.gate_space.figure import figure
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the waterfall of one unit of a gate, and the figure that was chosen beside it."""
    here = scene(desk(session))
    data = sheet_data(here.desk, gate_space_blocks(here))
    sheet(session, data, here.options, walks=False)
    live_figure(figure(here), key="gate-figure", on_click=clicked)


page.lesson(draw)
