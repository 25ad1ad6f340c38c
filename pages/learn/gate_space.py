"""Gate space: what each entry of v adds to a gate, and the gate as a map of v."""

from lstm_ui import page
from lstm_ui.desk import desk
from lstm_ui.figures_gate_space import figure
from lstm_ui.gate_space_scene import scene
from lstm_ui.gate_space_view import clicked, gate_space_blocks
from lstm_ui.live_figure import live_figure
from lstm_ui.panels import sheet_data
from lstm_ui.session import Session
from lstm_ui.sheet import sheet


def draw(session: Session) -> None:
    """Draw the waterfall of one unit of a gate, and the figure that was chosen beside it."""
    seen = scene(desk(session))
    data = sheet_data(seen.desk, [], gate_space_blocks(seen)) | {"open": None}
    sheet(session, data, seen.options, walks=False)
    live_figure(figure(seen), key="gate-figure", on_click=clicked)


page.lesson(draw)
