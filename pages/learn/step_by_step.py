"""Step by step: one step of the cell at a time, on the reader's own numbers."""

from lstm_ui import page, state, steps
from lstm_ui.cell_diagram import cell_diagram
from lstm_ui.figures import figure
from lstm_ui.figures_view import View
from lstm_ui.live_figure import live_figure
from lstm_ui.panels import desk, notices, sheet_data, step_blocks
from lstm_ui.sheet import sheet

session = state.session()
on_desk = desk(session)
here = session.exercise.cell[session.place.step]

cell_diagram(on_desk, key="diagram")
steps.bar(session)
blocks = [*notices(session), *step_blocks(on_desk, here)]
sheet(sheet_data(on_desk, here, page.address(session), blocks), key="sheet")
live_figure(figure(View(session.exercise, on_desk.trace, session.place)), key="figure")
