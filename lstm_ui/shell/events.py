"""Every event that a page can report: the sheet's own, the shell's, and what each page adds."""

from lstm_core.trace import Address
from lstm_ui.session.events import SHEET, Kinds
from lstm_ui.session.session import Session
from lstm_ui.shell import sharing
from lstm_ui.shell.pages import BY_NAME, PAGES


def visit(session: Session, page: str, step: str, t: int, entry: int) -> None:
    """Leave for a place on another page."""
    if page in BY_NAME:
        session.visit(page, Address(step, t, (max(0, entry),)))


SHELL: Kinds = {
    "visit": ({"page": str, "step": str, "t": int, "entry": int}, visit),
    "share": ({"href": str}, sharing.ask),
}
EVENTS: Kinds = {**SHEET, **SHELL} | {
    kind: event for page in PAGES for kind, event in page.events.items()
}
