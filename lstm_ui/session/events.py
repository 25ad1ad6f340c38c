"""What the sheet reports, as text, and what each report does to the session. No Streamlit here.

Text becomes numbers here or, beside the field, one plain sentence. Nothing that was typed is lost,
and a report that cannot be understood is dropped: it does not come from our sheet.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from lstm_core.ops import Array
from lstm_core.shapes import ShapeError
from lstm_core.text.parsing import parse_matrix, parse_number
from lstm_core.trace import Address
from lstm_ui.check import answers
from lstm_ui.gradients import walk as gradients_walk
from lstm_ui.lecture import choices as lecture
from lstm_ui.session.address import read_cell
from lstm_ui.session.grids import Entry, entries, filled, pasted, value
from lstm_ui.session.options import is_option
from lstm_ui.session.places import SCRIPTS
from lstm_ui.session.session import Draft, Offer, Session
from lstm_ui.shell import sharing
from lstm_ui.through_time import events as through_time

Event = Mapping[str, Any]
Act = Callable[[Session, Event], None]


def handle(session: Session, events: Iterable[object]) -> None:
    """Deal with the sheet's events, each once, in their order."""
    for event in events:
        if isinstance(event, Mapping) and understood(event) and event["seq"] > session.seen:
            session.seen, session.shared = event["seq"], ""
            with suppress(ValueError, KeyError, OverflowError):  # no such cell, or no such number
                EVENTS[event["kind"]][1](session, event)


def understood(event: Event) -> bool:
    """Tell whether this is an event of the sheet: of a known kind, with all that it needs."""
    kind = event.get("kind")
    if not isinstance(kind, str) or kind not in EVENTS:
        return False
    return all(isinstance(event.get(k), t) for k, t in {"seq": int, **EVENTS[kind][0]}.items())


def _edit(session: Session, event: Event) -> None:
    cell, text = event["cell"], event["text"]
    entry = _entry(session, cell)
    _clear(session, cell)
    try:
        session.change(filled(session.exercise, {entry: parse_number(text)}))
    except ValueError as error:
        t = None if entry[0] in session.exercise.params else session.place.t
        session.drafts[cell] = Draft(text, str(error), t)


def _slide(session: Session, event: Event) -> None:
    entry = _entry(session, event["cell"])
    _clear(session, event["cell"])
    new = filled(session.exercise, {entry: parse_number(event["text"])})
    session.change(new, gesture=event["gesture"])


def _choose(session: Session, event: Event) -> None:
    if is_option(event["option"], event["value"]):
        session.options = {**session.options, event["option"]: event["value"]}


def _scrub(session: Session, event: Event) -> None:
    """Ticks count from the value at which the gesture began, so the last event says it all."""
    cell, gesture = event["cell"], event["gesture"]
    begun = session.exercise
    if session.before and gesture == session.gesture:
        begun = session.before
    entry = _entry(session, cell)
    _clear(session, cell)
    new = ticked(value(begun, entry), event["ticks"])
    session.change(filled(session.exercise, {entry: new}), gesture=gesture)


def ticked(start: float, ticks: int) -> float:
    """Return `start` changed by so many ticks, each a power of ten: a tenth of its leading digit.

    3 moves by 0.1 and 0.45 by 0.01, on the grid of those steps, so the result stays short.
    """
    if not ticks:
        return start
    power = math.floor(math.log10(abs(start))) - 1 if start else -1
    places = -max(-6, min(power, 6))
    return round(start + ticks * 10.0**-places, max(places, 0) + 6)


def _paste(session: Session, event: Event) -> None:
    cell, text = event["cell"], event["text"]
    name, _ = read_cell(cell)
    _clear(session, cell)
    try:
        block = parse_matrix(text)
        session.change(pasted(session.exercise, cell, session.place.t, block))
    except ValueError as error:
        session.problems = {name: f"{error} Nothing was changed."}
        if isinstance(error, ShapeError):
            _offer(session, cell, block)


def _offer(session: Session, cell: str, block: Array) -> None:
    """Offer to fill in the part of the matrix that a refused block would cover, if it can."""
    with suppress(ValueError):
        part = pasted(session.exercise, cell, session.place.t, block, part=True)
        size = " × ".join(map(str, block.shape))
        session.offer = Offer(read_cell(cell)[0], part, f"Fill in just these {size} entries")


def _accept(session: Session, event: Event) -> None:
    if offer := session.offer:
        session.change(offer.exercise)


def _answer(session: Session, event: Event) -> None:
    answers.answer(session, event["cell"], event["text"])


def _answers(session: Session, event: Event) -> None:
    answers.paste(session, event["cell"], event["text"])


def _note(session: Session, event: Event) -> None:
    session.problems = {}
    try:
        session.change(session.exercise.with_note(event["step"], event["text"]))
    except ValueError as error:
        session.problems = {"note": str(error)}


def _help(session: Session, event: Event) -> None:
    answers.ask_for_help(session, event["what"], event["step"], event["cell"])


def _visit(session: Session, event: Event) -> None:
    if event["page"] in SCRIPTS:
        place = Address(event["step"], event["t"], (max(0, event["entry"]),))
        session.visit(event["page"], place)


def _back_to(session: Session, event: Event) -> None:
    gradients_walk.go(session, event["step"], event["t"])


def _arrive(session: Session, event: Event) -> None:
    session.arrive(Address(event["step"], event["t"], (max(0, event["entry"]),)))


def _entry(session: Session, cell: str) -> Entry:
    name, index = read_cell(cell)
    found = entries(session.exercise, name, session.place.t).get(index)
    if found is None:
        raise ValueError(f"This entry of {name} is computed, so it cannot be typed in.")
    return found


def _clear(session: Session, cell: str) -> None:
    session.drafts.pop(cell, None)
    session.problems, session.offer = {}, None


# For each kind, what the event has to say beside its number, and what it does.
EVENTS: Mapping[str, tuple[Mapping[str, type], Act]] = {
    "edit": ({"cell": str, "text": str}, _edit),
    "scrub": ({"cell": str, "ticks": int, "gesture": str}, _scrub),
    "slide": ({"cell": str, "text": str, "gesture": str}, _slide),
    "choose": ({"option": str, "value": str}, _choose),
    "visit": ({"page": str, "step": str, "t": int, "entry": int}, _visit),
    "paste": ({"cell": str, "text": str}, _paste),
    "accept": ({}, _accept),
    "forget": ({"cell": str}, lambda session, event: _clear(session, event["cell"])),
    "open": ({"cell": str}, lambda session, event: session.open(event["cell"])),
    "walk": ({"by": int}, lambda session, event: session.walk(event["by"])),
    "go": ({"step": str, "t": int}, lambda session, event: session.go(event["step"], event["t"])),
    "answer": ({"cell": str, "text": str}, _answer),
    "answers": ({"cell": str, "text": str}, _answers),
    "clear": ({}, lambda session, event: answers.clear(session)),
    "help": ({"what": str, "step": str, "cell": str}, _help),
    "present": ({"by": int}, lambda session, event: lecture.present(session, event["by"])),
    "reveal": ({}, lambda session, event: lecture.reveal(session)),
    "predict": ({"mode": str}, lambda session, event: lecture.predict(session, event["mode"])),
    "share": ({"href": str}, lambda session, event: sharing.ask(session, event["href"])),
    "signal": (
        {"mode": str},
        lambda session, event: through_time.make_inputs(session, event["mode"]),
    ),
    "back": ({"by": int}, lambda session, event: gradients_walk.walk(session, event["by"])),
    "back_to": ({"step": str, "t": int}, _back_to),
    "back_open": ({"cell": str}, lambda session, e: gradients_walk.opened(session, e["cell"])),
    "note": ({"step": str, "text": str}, _note),
    "arrive": ({"step": str, "t": int, "entry": int}, _arrive),
    "undo": ({}, lambda session, event: session.undo()),
    "redo": ({}, lambda session, event: session.redo()),
    "reset": ({}, lambda session, event: session.reset()),
    "keep": ({}, lambda session, event: session.keep()),
}
