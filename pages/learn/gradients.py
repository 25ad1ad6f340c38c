"""Gradients: backpropagation through time row by row, what reaches the first step, and why."""

from lstm_ui import page
from lstm_ui.gradients_reach import options
from lstm_ui.gradients_view import gradients_page, on_click
from lstm_ui.gradients_walk import begin
from lstm_ui.live_figure import live_figure
from lstm_ui.session import Session
from lstm_ui.sheet import sheet


def draw(session: Session) -> None:
    """Draw the way back, or how far a gradient reaches."""
    begin(session)
    data, figure = gradients_page(session)
    sheet(session, data, options(session.exercise), walks=False)
    live_figure(figure, key="gradients-figure", on_click=on_click)


page.lesson(draw)
