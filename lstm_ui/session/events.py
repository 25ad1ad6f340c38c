"""What the sheet reports, as text, and what each report does to the session.

Text becomes numbers here or, beside the field, one plain sentence. Nothing that was typed is lost,
and a report that cannot be understood is dropped: it does not come from our sheet.

The events at the end are the sheet's own, the same on every page. What a page adds stands in its
folder; shell/events.py has them all.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from lstm_core.text.parsing import parse_number
from lstm_core.trace import Address
from lstm_ui.session.address import read_cell
from lstm_ui.session.draws import randomise
from lstm_ui.session.grids import Entry, entries, number_behind, with_numbers
from lstm_ui.session.options import is_option
from lstm_ui.session.paste import paste as paste_at
from lstm_ui.session.pin import pin, swap_sides, unpin
from lstm_ui.session.session import Draft, Session

Event = Mapping[str, Any]
# What an event has to say, beside its kind and its number, and what is then called: with the
# session, and with what it said, in this order.
Kind = tuple[Mapping[str, type], Callable[..., None]]
Kinds = Mapping[str, Kind]


def handle(session: Session, events: Iterable[object], kinds: Kinds) -> None:
    """Deal with the sheet's events, each once, in their order."""
    for event in events:
        if isinstance(event, Mapping) and is_understood(event, kinds):
            if event["seq"] <= session.last_event:
                continue
            session.last_event, session.shown_code = event["seq"], ""
            fields, act = kinds[event["kind"]]
            with suppress(ValueError, KeyError, OverflowError):  # no such cell, or no such number
                act(session, *(event[name] for name in fields))


def is_understood(event: Event, kinds: Kinds) -> bool:
    """Tell whether this is an event of the sheet: of a known kind, with all that it needs."""
    kind = event.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        return False
    fields, _ = kinds[kind]
    return all(isinstance(event.get(k), t) for k, t in {"seq": int, **fields}.items())


def edit(session: Session, cell: str, text: str) -> None:
    """Set a number, or keep what is none as a draft."""
    entry = _entry(session, cell)
    forget(session, cell)
    try:
        if entry[0] == "xs" and session.reads:
            raise ValueError(session.reads)
        session.change(with_numbers(session.exercise, {entry: parse_number(text)}))
        session.follow(cell)
    except ValueError as error:
        # A parameter is the same at each time step, and so is what was typed for it.
        t = None if entry[0] in session.exercise.params else session.place.t
        session.drafts[cell] = Draft(text, str(error), t)


def slide(session: Session, cell: str, text: str, gesture: str) -> None:
    """Set a number by a slider: one gesture is one step of undo."""
    entry = _entry(session, cell)
    forget(session, cell)
    session.change(with_numbers(session.exercise, {entry: parse_number(text)}), gesture=gesture)


def choose(session: Session, option: str, value: str) -> None:
    """Choose an option of the page; what is no choice of it is read as its default."""
    if is_option(option, value):
        session.options = {**session.options, option: value}


def scrub(session: Session, cell: str, ticks: int, gesture: str) -> None:
    """Change a number by dragging.

    Ticks count from the value at which the gesture began, so the last event says it all.
    """
    begun = session.exercise
    if session.before and gesture == session.gesture:
        begun = session.before
    entry = _entry(session, cell)
    forget(session, cell)
    new = ticked(number_behind(begun, entry), ticks)
    session.change(with_numbers(session.exercise, {entry: new}), gesture=gesture)
    session.follow(cell)


def ticked(start: float, ticks: int) -> float:
    """Return `start` changed by so many ticks, each a power of ten: a tenth of its leading digit.

    3 moves by 0.1 and 0.45 by 0.01, on the grid of those steps, so the result stays short.
    """
    if not ticks:
        return start
    power = math.floor(math.log10(abs(start))) - 1 if start else -1
    places = -max(-6, min(power, 6))
    return round(start + ticks * 10.0**-places, max(places, 0) + 6)


def paste(session: Session, cell: str, text: str) -> None:
    """Put a block of numbers in at a cell, or say why it cannot be done."""
    read_cell(cell)  # no such cell: nothing to forget either
    forget(session, cell)
    paste_at(session, cell, text)


def accept(session: Session) -> None:
    """Take what was offered."""
    if offer := session.offer:
        session.change(offer.exercise)


def note(session: Session, step: str, text: str) -> None:
    """Keep the teacher's note on a step, or say why it cannot be kept."""
    session.problems = {}
    try:
        session.change(session.exercise.with_note(step, text))
    except ValueError as error:
        session.problems = {"note": str(error)}


def arrive(session: Session, step: str, t: int, entry: int) -> None:
    """Follow the browser to where Back or Forward has led."""
    session.arrive(Address(step, t, (max(0, entry),)))


def forget(session: Session, cell: str) -> None:
    """Drop what was typed into a cell and is no number, and what was said about the last act."""
    session.drafts.pop(cell, None)
    session.problems, session.offer = {}, None


def _entry(session: Session, cell: str) -> Entry:
    name, index = read_cell(cell)
    found = entries(session.exercise, name, session.place.t).get(index)
    if found is None:
        raise ValueError(f"This entry of {name} is computed, so it cannot be typed in.")
    return found


SHEET: Kinds = {
    "edit": ({"cell": str, "text": str}, edit),
    "scrub": ({"cell": str, "ticks": int, "gesture": str}, scrub),
    "slide": ({"cell": str, "text": str, "gesture": str}, slide),
    "choose": ({"option": str, "value": str}, choose),
    "paste": ({"cell": str, "text": str}, paste),
    "accept": ({}, accept),
    "randomise": ({"matrix": str}, randomise),
    "forget": ({"cell": str}, forget),
    "open": ({"cell": str}, Session.open),
    "walk": ({"by": int}, Session.walk),
    "go": ({"step": str, "t": int}, Session.go),
    "enter": ({"cell": str, "t": int}, Session.enter),
    "note": ({"step": str, "text": str}, note),
    "arrive": ({"step": str, "t": int, "entry": int}, arrive),
    "undo": ({}, Session.undo),
    "redo": ({}, Session.redo),
    "reset": ({}, Session.reset),
    "keep": ({}, Session.keep),
    "pin": ({}, pin),
    "unpin": ({}, unpin),
    "swap_sides": ({}, swap_sides),
}
