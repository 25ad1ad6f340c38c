"""Step by step: one step of the cell at a time, on the reader's own numbers."""

from lstm_ui.figures.step import figure
from lstm_ui.figures.view import View
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.diagram import cell_diagram
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.shell import page
from lstm_ui.step_by_step.blocks import step_blocks


def draw(session: Session) -> None:
    """Draw the diagram, the walk, the step's numbers and its figure."""
    on_desk = desk(session)
    here = session.exercise.cell[session.place.step]
    cell_diagram(on_desk, key="diagram")
    sheet(session, sheet_data(on_desk, step_blocks(on_desk, here), [here]))
    live_figure(figure(View(on_desk, here.name, session.place.index)), key="figure")


page.lesson(draw)
