"""Activations: every z on its curve and on the derivative, and why each gate has the one it has."""

from lstm_ui.activations.blocks import activations_figure, activations_sheet
from lstm_ui.activations.choices import options, view
from lstm_ui.activations.events import clicked
from lstm_ui.session.session import Session
from lstm_ui.sheet.component import sheet
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.shell import page


def draw(session: Session) -> None:
    """Draw the choices, the units' numbers, the curves, and the trial of another activation."""
    here = view(desk(session))
    sheet(session, activations_sheet(here), options=options(here), walks=False)
    live_figure(activations_figure(here), key="figure", on_click=clicked)


page.lesson(draw)
