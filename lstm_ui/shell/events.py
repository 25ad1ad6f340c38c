"""Every event that a page can report: the sheet's own, the shell's, and what each page adds."""

from lstm_core.lesson.words import paragraph, words
from lstm_core.trace import Address
from lstm_ui.session.cells import open_base
from lstm_ui.session.events import SHEET, Kinds
from lstm_ui.session.examples import open_first, open_moving, story_of
from lstm_ui.session.names import title_of
from lstm_ui.session.options import options_in
from lstm_ui.session.session import Session
from lstm_ui.shell import link, room, sharing
from lstm_ui.shell.pages import BY_NAME, PAGES

INDEX = words("index")


def visit(session: Session, page: str, step: str, t: int, entry: int) -> None:
    """Leave for a place on another page."""
    if page in BY_NAME:
        session.visit(page, Address(step, t, (max(0, entry),)))


def look_up(session: Session, page: str, step: str, t: int, entry: int, query: str) -> None:
    """Leave for the place of an answer, with what has to be chosen there, or another exercise."""
    address = link.parse(query)
    if page not in BY_NAME:
        return
    if "x" in address:
        session.load(link.read(session.exercise, address).exercise)
    session.options = {**session.options, **options_in(address)}
    visit(session, page, step, t, entry)
    if "x" in address:
        opened = INDEX.text("page", "opened", {"title": title_of(session.exercise)})
        session.notice = paragraph(opened, story_of(session.exercise))


SHELL: Kinds = {
    "visit": ({"page": str, "step": str, "t": int, "entry": int}, visit),
    "look_up": ({"page": str, "step": str, "t": int, "entry": int, "query": str}, look_up),
    "share": ({"href": str}, sharing.ask),
    "room": ({"text": str, "here": str}, room.settle),
    "open_first": ({}, open_first),
    "open_moving": ({}, open_moving),
    "open_base": ({}, open_base),
}
EVENTS: Kinds = {**SHEET, **SHELL} | {
    kind: event for page in PAGES for kind, event in page.events.items()
}
