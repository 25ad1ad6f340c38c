"""What every page says above an exercise that is a layer of a stack, with the way back to it."""

from lstm_core.layers.stack import Place, time_of
from lstm_core.lesson.words import words
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block
from lstm_ui.shell import link

WORDS = words("layers")
SILENT = ("layers", "lecture")  # the stack itself, and a slide


def where_in_stack(session: Session, page: str) -> list[Block]:
    """Return which layer is on screen and what it reads; nothing where it is no part of a stack."""
    if session.around is None or page in SILENT:
        return []
    at, count = session.around.at, len(session.around.layers)
    both = len(session.around.layers[at.layer]) > 1
    known = {
        "layer": at.layer + 1,
        "count": count,
        "direction": at.direction,
        "x": _reads(session, at),
    }
    told = WORDS.text("inner", "where, both ways" if both else "where", known)
    back = link.visit(session, WORDS.text("inner", "back"), "layers", session.place)
    return [blocks.text("stack", {"text": told, "visit": back})]


def _reads(session: Session, at: Place) -> str:
    T, t = session.exercise.T, session.place.t
    known = {"below": at.layer, "t": t + 1, "time": time_of(at.direction, t, T) + 1}
    if at.direction == "backward":
        return WORDS.text("inner", "above, backward" if at.layer else "first, backward", known)
    return WORDS.text("inner", "above" if at.layer else "first", known)
