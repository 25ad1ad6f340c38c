"""Sharing a screen: the link as a QR code for the room, and what is said about it."""

from functools import lru_cache
from typing import TypedDict

import segno

from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Block
from lstm_ui.shell import link
from lstm_ui.shell.pages import BY_NAME

FROM_THE_BACK = 134  # bytes: 41 squares a side; more are too fine to be read across a room
FROM_THE_FRONT = 520  # bytes: 81 squares a side
_LONGEST = 2 * link.LONGEST
OFFERED = ("", "check_my_work", "lecture")  # the pages of a screen that a room would open


class Href(TypedDict):
    """A link to this screen on one page."""

    label: str
    href: str


class Drawing(TypedDict):
    """A code: its dark squares as an SVG path in a square of `side`, and a remark on reading it."""

    path: str
    side: int
    said: str


class Code(Drawing):
    """The code of a link."""

    href: str


class Share(Block):
    """The dialog; `problem` is why there is no link."""

    places: list[Href]
    code: Code | None
    problem: str


def share(session: Session) -> Share:
    """Return the dialog that shares this screen: its links, and the code of the one asked for."""
    search = link.search(session, session.place)
    pages = [BY_NAME[name] for name in OFFERED]
    hrefs: list[Href] = [{"label": p.title, "href": f"./{p.name}{search}"} for p in pages]
    code: Code | None = None
    if session.shown_code:
        code = {"href": session.shown_code, **_drawing(session.shown_code)}
    problem = "" if search else link.LINKLESS
    return {"kind": "share", "id": "share", "places": hrefs, "code": code, "problem": problem}


def ask(session: Session, href: str) -> None:
    """Note the link, with the server's own address, that a code is wanted for."""
    if href.startswith(("http://", "https://")) and len(href) <= _LONGEST:
        session.shown_code = href


@lru_cache(maxsize=64)
def _drawing(href: str) -> Drawing:
    """Return a link as a code: its dark squares as a path, and how far it can be read."""
    size = len(href.encode())
    if size > FROM_THE_FRONT:
        return {"path": "", "side": 0, "said": _too_long(size)}
    rows = [list(row) for row in segno.make(href, error="l", micro=False).matrix]
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on
    )
    back = "" if size <= FROM_THE_BACK else _FINE
    return {"path": path, "side": len(rows), "said": back}


_FINE = (
    "This code is fine-grained: it can be read from the front rows. An example as it is, or a "
    "worksheet, has a shorter link and a code for the whole room."
)


def _too_long(size: int) -> str:
    return (
        f"The link has {size} characters, too many for a code that a telephone can read in a room. "
        "Copy the link, or hand out the exercise as a file."
    )
