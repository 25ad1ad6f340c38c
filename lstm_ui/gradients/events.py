"""What can be done on the page on gradients: steps on the way back, clicks, and its examples."""

from functools import partial

from lstm_ui.gradients import walk
from lstm_ui.gradients.choices import EXAMPLES, FORGET, RECURRENT, STEPS
from lstm_ui.session.address import read_point
from lstm_ui.session.events import Kinds
from lstm_ui.session.examples import open_example
from lstm_ui.session.session import Session


def clicked(session: Session, where: str) -> None:
    """Open the entry that was clicked, "dz_f:2"; of a curve, "7.2,0.5", look back to its t."""
    if "," not in where:
        walk.open_entry(session, where)
        return
    t = round(read_point(where)[0])
    session.options = {**session.options, "since": str(max(1, t))}


def show_example(name: str, session: Session) -> None:
    """Open an exercise that shows what becomes of a gradient, with no trial numbers."""
    trials = {STEPS.name, RECURRENT.name, FORGET.name, "since"}
    session.options = {k: v for k, v in session.options.items() if k not in trials}
    open_example(session, name)


GRADIENTS: Kinds = {
    "back": ({"by": int}, walk.walk),
    "back_to": ({"step": str, "t": int}, walk.go),
    "back_open": ({"cell": str}, walk.open_entry),
    **{name: ({}, partial(show_example, name)) for name in EXAMPLES},
}
