"""Gradients: backpropagation through time row by row, what reaches the first step, and why."""

from lstm_ui.gradients.blocks import gradients_page
from lstm_ui.gradients.choices import options
from lstm_ui.gradients.events import clicked
from lstm_ui.gradients.walk import begin
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the way back, or how far a gradient reaches."""
    begin(session)
    data, figure = gradients_page(session)
    sheet(session, data, options(session.exercise), walks=False)
    live_figure(figure, key="gradients-figure", on_click=clicked)


page.lesson(draw)
