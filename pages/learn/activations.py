"""Activations: every z on its curve and on the derivative, and why each gate has the one it has."""

from lstm_ui import page
from lstm_ui.activations_choices import clicked, options, view
from lstm_ui.activations_view import activations_figure, activations_sheet
from lstm_ui.desk import desk
from lstm_ui.live_figure import live_figure
from lstm_ui.session import Session
from lstm_ui.sheet import sheet


def draw(session: Session) -> None:
    """Draw the choices, the units' numbers, the curves, and the trial of another activation."""
    on_desk = desk(session)
    here = view(on_desk)
    sheet(session, activations_sheet(on_desk, here), options=options(here), walks=False)
    live_figure(activations_figure(on_desk, here), key="figure", on_click=clicked)


page.lesson(draw)
