"""What every page ends with: the address bar brought up to date."""

from lstm_ui import link
from lstm_ui.session import Session


def address(session: Session) -> str:
    """Bring the address bar up to date; return the query that the sheet should put there."""
    return link.show(session.exercise, session.base, session.place)
