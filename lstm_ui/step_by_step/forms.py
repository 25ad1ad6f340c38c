"""Where books and libraries differ: the other form of a step beside ours, on these numbers."""

from urllib.parse import urlencode

import numpy as np

from lstm_core.lesson.words import words
from lstm_core.looks.forms import Forms, forms
from lstm_core.trace import Address
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Paragraph, Visit
from lstm_ui.sheet.coins import coins
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.window import window
from lstm_ui.shell import link

WORDS = words("forms")
SHOWN = 8  # units in the table, around the one that is open


def forms_blocks(desk: Desk, name: str) -> list[Block]:
    """Return both forms of a step, side by side, with their difference; mostly nothing."""
    with np.errstate(all="ignore"):  # an overflow is a value to show
        found = forms(desk.exercise, desk.trace, desk.t, name)
        return _shown(desk, found, desk.trace.cell[name].stage) if found else []


def _shown(desk: Desk, found: Forms, stage: str) -> list[Block]:
    heading = _heading(found)
    title, what = (readable(WORDS.text(heading, one)) for one in ("title", "what"))
    lines: list[Paragraph] = [{"text": _largest(desk, found)}]
    if found.exercise and (visit := _visit(desk, found)):
        lines[0]["visit"] = visit
    return [
        blocks.heading(title, 3, "forms-head", what=what, stage=stage),
        coins("forms", _heads(heading), *_rows(desk, found)),
        blocks.text("forms-said", *lines),
    ]


def _heading(found: Forms) -> str:
    return f"reset_{found.case}" if found.topic == "reset" else found.topic


def _heads(heading: str) -> list[str]:
    own, other = (readable(WORDS.text(heading, name)) for name in ("own", "other"))
    return [WORDS.text("forms", "unit"), own, other, WORDS.text("forms", "difference")]


def _rows(desk: Desk, found: Forms) -> tuple[list[list[str]], int]:
    """The units around the one that is open, and which row that is."""
    here = min(desk.session.place.index[0], len(found.own) - 1)
    shown = window(here, len(found.own), SHOWN)
    return [_row(desk, found, j) for j in shown], here - shown.start


def _row(desk: Desk, found: Forms, j: int) -> list[str]:
    own, other = desk.text("h", found.own[j]), desk.text("h", found.other[j])
    return [str(j + 1), own, other, desk.gap("h", found.own[j], found.other[j]) or "0"]


def _largest(desk: Desk, found: Forms) -> str:
    apart = np.abs(found.other - found.own)
    j = int(np.argmax(apart))
    if not apart[j] > 0.0:
        return WORDS.text("forms", "none")
    largest = desk.gap("h", found.own[j], found.other[j])[1:]
    return WORDS.text("forms", "largest", {"largest": largest, "unit": j + 1})


def _visit(desk: Desk, found: Forms) -> Visit | None:
    """A link to the reader's numbers in the other form, at the same step, where it fits one."""
    if found.exercise is None:
        return None
    place = Address("reset_h", desk.t, desk.session.place.index)
    other = link.parameters(found.exercise, found.exercise, place)
    if not other["x"] or len(query := urlencode(other)) > link.LONGEST:
        return None
    return {
        "label": WORDS.text(_heading(found), "open"),
        "href": f"./?{query}",
        "page": "",
        "step": place.step,
        "t": place.t,
        "entry": place.index[0] if place.index else 0,
        "look_up": query,
    }
