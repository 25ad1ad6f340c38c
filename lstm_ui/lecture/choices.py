"""Lecture mode: what is hidden until it is called, and what a clicker's next press does.

What was revealed is kept as the bits of one number, a bit for each step of the
walk, so that it stays revealed after a step back, a reload or in another window.
"""

from lstm_ui.session.options import Bits, Choice, Word
from lstm_ui.session.session import Session
from lstm_ui.session.walk import walk_on

PREDICT = Choice("predict", ("off", "walk", "step"))  # hide nothing, every result, this one
SPOT = Choice("spot", ("off", "on"))
LETTERS = Choice("letters", ("on", "off"))  # whether single letters are keys
SEEN = Bits("seen")  # the steps of the walk that were revealed
HIDDEN = Bits("hidden")  # with PREDICT "step": the one step that is hidden
NOTE = Choice("note", ("off", "on"))  # whether the teacher's notes are on the slide
SHOW = Choice("show", ("both", "numbers", "figure"))
FOLD = Choice("fold", ("on", "off"))  # whether of a large matrix a part is shown
OPTIONS = (PREDICT, SPOT, LETTERS, SEEN, HIDDEN, NOTE, SHOW, FOLD)
# In the teacher's window: which lecture it belongs to, as the browser has named it.
WINDOW = Word("window")


def position(session: Session) -> int:
    """Return where in the walk, through all time steps, the session stands: from 0."""
    return walk_on(session.exercise).position(session.place.step, session.place.t)


def is_hidden(session: Session) -> bool:
    """Tell whether the result on screen is still to be predicted."""
    mode, bit = PREDICT.of(session.options), 1 << position(session)
    if mode == "walk":
        return not SEEN.int_of(session.options) & bit
    return mode == "step" and bool(HIDDEN.int_of(session.options) & bit)


def predict(session: Session, mode: str) -> None:
    """Hide every result from now on, the one on screen, or none."""
    here = 1 << position(session) if mode == "step" else 0
    _set(session, predict=mode, seen="0", hidden=f"{here:x}")


def reveal(session: Session) -> None:
    """Show the result on screen."""
    seen = SEEN.int_of(session.options) | 1 << position(session)
    _set(session, seen=f"{seen:x}", hidden="0")


def present(session: Session, by: int) -> None:
    """Do what a press of the clicker does: forward reveals what is hidden, then goes on."""
    if by > 0 and is_hidden(session):
        reveal(session)
    else:
        session.walk(by)


def _set(session: Session, **chosen: str) -> None:
    session.options = {**session.options, **chosen}
