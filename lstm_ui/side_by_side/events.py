"""What a click on the steps of two cells, and on their figure, does."""

from dataclasses import replace

from lstm_ui.session.address import read_point
from lstm_ui.session.events import Kinds
from lstm_ui.session.session import Session


def open_beside(session: Session, step: str) -> None:
    """Show a step of the cell on screen, step by step."""
    session.visit("", replace(session.place, step=step))


def clicked(session: Session, place: str) -> None:
    """Go to the time step that was clicked."""
    session.go(session.place.step, round(read_point(place)[0]) - 1)


BESIDE: Kinds = {"open_beside": ({"step": str}, open_beside)}
