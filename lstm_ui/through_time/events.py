"""What can be done on the page through time: make inputs by a rule, and click on the figure."""

from lstm_core.exercise.parts import LIMITS
from lstm_core.looks.signals import SIGNALS, signal
from lstm_core.trace import Address
from lstm_ui.session.address import read_point
from lstm_ui.session.events import Kinds
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import desk_now
from lstm_ui.through_time.choices import LENGTH, Span, rows, span


def make_inputs(session: Session, kind: str) -> None:
    """Replace the inputs by a signal, of the length that was chosen: an edit, to be undone."""
    if kind in SIGNALS:
        T = min(LENGTH.int_of(session.options), LIMITS["T"])
        xs = signal(kind, T, session.exercise.m)
        notice = f"Inputs: {kind}, {T} time steps. Undo brings your own back."
        session.change(session.exercise.with_array("xs", xs), notice)


def place_of(here: Span, clicked: str) -> Address | None:
    """Return the number behind a click on the heatmaps: time step, and row counted from the top.

    Between two groups of rows there is a gap of one row, where there is no number.
    """
    t, row = map(round, read_point(clicked))
    names = rows(here.exercise.cell)
    group, unit = divmod(row, here.units + 1)
    if not (t - 1 in here.steps and 0 <= group < len(names) and unit < here.units):
        return None
    return Address(names[group], t - 1, (unit,))


def clicked(session: Session, place: str) -> None:
    """Open the number that was clicked on the step-by-step page; of a line, its time step here."""
    here = span(desk_now(session))
    if here.look != "maps":
        t = round(read_point(place)[0]) - 1
        session.go(session.place.step, t)
    elif at := place_of(here, place):
        session.visit("", at)


THROUGH_TIME: Kinds = {"signal": ({"mode": str}, make_inputs)}
