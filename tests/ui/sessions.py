"""What the tests of the screen share: a reader's session, and events as the sheet sends them."""

from lstm_core.exercise.presets import PRESETS
from lstm_core.trace import Address
from lstm_ui.session.events import handle
from lstm_ui.session.session import Session
from lstm_ui.shell.events import EVENTS

FOUNDING = PRESETS["founding"]
UNSATURATED = PRESETS["unsaturated"]
# What anybody could send in the place of a cell, W_f:0:1.
HOSTILE = [
    "",
    "W_f",
    "W_f:",
    "W_f:-1:0",
    "W_f:0:-1",
    "W_f:1:2:3",
    "W_f:1.0:0",
    "W_f:0x1:0",
    "W_f: 1:0",
    "W_f:²:0",
    "W_f:٣:0",
    "W_f:" + "9" * 5000,
    ":::",
]


def session_at(step="Wv_f", exercise=FOUNDING, t=0, entry=0):
    return Session(exercise, exercise, Address(step, t, (entry,)))


def send(session, *events):
    """Send events as they are."""
    handle(session, events, EVENTS)


def do(session, kind, **fields):
    """Send one event, numbered as the sheet numbers them, and return the session."""
    send(session, {"kind": kind, "seq": session.last_event + 1, **fields})
    return session


def number(session, name, *index):
    return session.exercise.arrays[name][index]
