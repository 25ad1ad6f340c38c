"""What a click on a figure of the page on gradients does. No Streamlit here."""

from lstm_ui.gradients.walk import opened
from lstm_ui.session.address import read_point
from lstm_ui.session.session import Session


def clicked(session: Session, where: str) -> None:
    """Open the entry that was clicked, "dz_f:2"; of a curve, "7.2,0.5", look back to its t."""
    if "," not in where:
        opened(session, where)
        return
    t = round(read_point(where)[0])
    session.options = {**session.options, "since": str(max(1, t))}
