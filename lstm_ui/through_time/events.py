"""What can be done on the page through time: make inputs by a rule, and click on the figure."""

from lstm_core.exercise.parts import LIMITS
from lstm_core.looks.signals import SIGNALS, signal
from lstm_core.text.numerals import how_many
from lstm_ui.session.address import read_point
from lstm_ui.session.events import Kinds
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import desk_now
from lstm_ui.through_time.choices import LENGTH, span
from lstm_ui.through_time.maps import place_of


def make_inputs(session: Session, kind: str) -> None:
    """Replace the inputs by a signal, of the length that was chosen: an edit, to be undone."""
    if kind in SIGNALS:
        T = min(LENGTH.int_of(session.options), LIMITS["T"])
        xs = signal(kind, T, session.exercise.m)
        notice = f"Inputs: {kind}, {how_many(T, 'time step')}. Undo brings your own inputs back."
        session.change(session.exercise.with_array("xs", xs), notice)


def clicked(session: Session, place: str) -> None:
    """Open the number that was clicked on the step-by-step page; of a line, its time step here."""
    here = span(desk_now(session))
    if here.look != "maps":
        t = round(read_point(place)[0]) - 1
        session.go(session.place.step, t)
    elif at := place_of(here, place):
        session.visit("", at)


THROUGH_TIME: Kinds = {"signal": ({"mode": str}, make_inputs)}
