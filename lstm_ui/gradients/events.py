"""What can be done on the page on gradients: steps on the way back, and clicks on a figure."""

from lstm_ui.gradients import walk
from lstm_ui.session.address import read_point
from lstm_ui.session.events import Kinds
from lstm_ui.session.session import Session


def clicked(session: Session, where: str) -> None:
    """Open the entry that was clicked, "dz_f:2"; of a curve, "7.2,0.5", look back to its t."""
    if "," not in where:
        walk.open_entry(session, where)
        return
    t = round(read_point(where)[0])
    session.options = {**session.options, "since": str(max(1, t))}


GRADIENTS: Kinds = {
    "back": ({"by": int}, walk.walk),
    "back_to": ({"step": str, "t": int}, walk.go),
    "back_open": ({"cell": str}, walk.open_entry),
}
