"""The teacher's window: it has no exercise of its own, and shows what the lecture tells it.

The two windows talk in the browser (core/line.js), so that no server need know that they belong
together; either can be loaded anew.
"""

from collections.abc import Mapping, Sequence

from lstm_core.lesson.words import words
from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Block
from lstm_ui.sheet.panels import SheetData

WORDS = words("lecture")


class Teacher(Block):
    """The window: `line` is the name under which the lecture is to be reached."""

    line: str
    keys: Sequence[tuple[str, str]]
    words: Mapping[str, str]


def window_data(session: Session, line: str) -> SheetData:
    """Return what the sheet shows in the teacher's window."""
    block: Teacher = {
        "kind": "teacher",
        "id": "teacher",
        "line": line,
        "keys": [*WORDS.texts["keys"].items()],
        "words": WORDS.texts["window"],
    }
    return {"seq": session.last_event, "open": None, "lights": {}, "blocks": [block]}
