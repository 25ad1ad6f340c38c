"""Sharing a screen: the link as a QR code for the room, and what is said about it.

A teacher's notes stay out of a link unless they are wanted in it: who opens it would read them.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NotRequired, TypedDict

import segno

from lstm_core.lesson.words import words
from lstm_ui.serving import frames
from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Block
from lstm_ui.shell import link, room
from lstm_ui.shell.pages import BY_NAME

WORDS = words("share")
FROM_THE_BACK = 134  # bytes: 41 squares a side; more are too fine to be read across a room
FROM_THE_FRONT = 520  # bytes: 81 squares a side; as large as the screen they are read at the back
LARGEST = 2953  # bytes: 177 squares a side, the largest code that there is
_LONGEST = 2 * link.LONGEST
OFFERED = ("", "check_my_work", "lecture")  # the pages of a screen that a room would open


class Href(TypedDict):
    """A link to this screen on one page; `noted` is the one with the teacher's notes."""

    label: str
    href: str
    noted: NotRequired[str]


class Drawing(TypedDict):
    """A code: its dark squares as an SVG path in a square of `side`, and a remark on reading it."""

    path: str
    side: int
    said: str


class Code(Drawing):
    """The code of a link."""

    href: str


class Room(TypedDict):
    """The address that links begin with instead of the page's own; empty where there is none.

    `warning` is why nobody else can open a link, `offer` the address that the network has for the
    app, and `problem` what is wrong with the one that was typed.
    """

    address: str
    warning: str
    offer: str
    problem: str
    words: Mapping[str, str]


class Share(Block):
    """The dialog; `problem` is why there is no link."""

    places: list[Href]
    code: Code | None
    problem: str
    room: Room
    words: Mapping[str, str]


def share(session: Session) -> Share:
    """Return the dialog that shares this screen: its links, and the code of the one asked for."""
    code: Code | None = None
    if session.shown_code:
        code = {"href": session.shown_code, **_drawing(session.shown_code)}
    return {
        "kind": "share",
        "id": "share",
        "places": _places(session),
        "code": code,
        "problem": "" if link.search(session, session.place) else link.LINKLESS,
        "room": _room(session),
        "words": {**WORDS.texts["dialog"], **_embedded()},
    }


def _embedded() -> Mapping[str, str]:
    """What is said of the embed code where not every page can show it."""
    if not (named := frames.sites()):
        return {}
    name = "none" if named == frames.NOBODY else "some"
    return {"embedded": WORDS.text("frames", name, {"sites": ", ".join(named)})}


def _places(session: Session) -> list[Href]:
    plain = without_notes(session)
    search, noted = (link.search(one, session.place) for one in (plain, session))
    places: list[Href] = []
    for page in (BY_NAME[name] for name in OFFERED):
        place: Href = {"label": page.title, "href": f"./{page.name}{search}"}
        if plain is not session:
            place["noted"] = f"./{page.name}{noted}"
        places.append(place)
    return places


def without_notes(session: Session) -> Session:
    """Return the session as others may see it; the same one where there are no notes."""
    if not session.exercise.notes:
        return session
    return replace(session, exercise=replace(session.exercise, notes={}))


def _room(session: Session) -> Room:
    """What there is to say of the address; worked out only while the dialog asks for a code."""
    href, texts = session.shown_code, room.WORDS.texts
    warning = room.warning(href)
    offer = room.on_network(href) if warning else ""
    unreached = texts["local"]["unreached"] if warning and not offer else ""
    return {
        "address": session.room,
        "warning": " ".join(filter(None, (warning, unreached))),
        "offer": offer,
        "problem": session.problems.get(room.PROBLEM, ""),
        "words": texts["typed"],
    }


def ask(session: Session, href: str) -> None:
    """Note the link, with the server's own address, that a code is wanted for."""
    if href.startswith(("http://", "https://")) and len(href) <= _LONGEST:
        session.shown_code = href


@lru_cache(maxsize=64)
def _drawing(href: str) -> Drawing:
    """Return a link as a code: its dark squares as a path, and how far it can be read."""
    size = len(href.encode())
    said = _said(size)
    if size > LARGEST:
        return {"path": "", "side": 0, "said": said}
    rows = [bytes(row) for row in segno.make(href, error="l", micro=False).matrix]
    return {"path": _path(rows), "side": len(rows), "said": said}


def _path(rows: list[bytes]) -> str:
    """Return the dark squares as a path, those side by side as one."""
    parts = []
    for y, row in enumerate(rows):
        x = 0
        for squares in row.replace(b"\0", b" ").split(b" "):
            if squares:
                parts.append(f"M{x} {y}h{len(squares)}v1h-{len(squares)}z")
            x += len(squares) + 1
    return "".join(parts)


def _said(size: int) -> str:
    limits = {FROM_THE_BACK: "", FROM_THE_FRONT: "front", LARGEST: "near"}
    name = next((name for most, name in limits.items() if size <= most), "none")
    return WORDS.text("code", name, {"size": f"{size:,}"}) if name else ""
