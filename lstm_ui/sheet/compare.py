"""The line that says what is pinned, and how far the exercise on screen has come from it."""

from collections.abc import Sequence

import numpy as np

from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.looks.ripple import gates_and_states
from lstm_core.text.numerals import how_many
from lstm_core.trace import Trace
from lstm_ui.session.names import title_of
from lstm_ui.session.pin import WORDS
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Tool
from lstm_ui.sheet.desk import Desk


def pin_tool(session: Session) -> Tool:
    """Return the button that pins the exercise."""
    is_other = session.pinned != session.exercise
    return blocks.tool("pin", WORDS.text("tool", "pin"), is_other, WORDS.text("tool", "pin, help"))


def compared(desk: Desk) -> Sequence[Block]:
    """Return the line about the pinned exercise, with its buttons; nothing where none is."""
    pinned = desk.session.pinned
    if pinned is None:
        return []
    tools = [
        blocks.tool(act, WORDS.text("tool", name), True, WORDS.text("tool", f"{name}, help"))
        for act, name in (("swap_sides", "swap"), ("unpin", "unpin"))
    ]
    line = blocks.text("line", _line(desk, pinned))
    return [blocks.group("compared", [line, blocks.toolbar(*tools)], "compared")]


def _line(desk: Desk, pinned: Exercise) -> str:
    """What is pinned and, where sizes allow, how many numbers differ and what came of it."""
    exercise = desk.exercise
    title = title_of(pinned)
    if pinned == exercise:
        return WORDS.text("line", "same", {"title": title})
    if (pinned.cell.steps, pinned.sizes) != (exercise.cell.steps, exercise.sizes):
        shapes = {"there": _shape(pinned), "here": _shape(exercise)}
        return WORDS.text("line", "other", {"title": title, **shapes})
    count = sum(int((a != pinned.arrays[k]).sum()) for k, a in exercise.arrays.items())
    apart = WORDS.text("line", "apart", {"title": title, "numbers": how_many(count, "number")})
    # A page without the pinned run shows no results: they are what the reader is to find.
    return f"{apart} {_outcome(desk, desk.before)}" if desk.before else apart


def _shape(exercise: Exercise) -> str:
    known = {"cell": facts(exercise.cell).title, "n": exercise.n, "m": exercise.m}
    return WORDS.text("line", "sizes", {**known, "T": exercise.T})


def _outcome(desk: Desk, pinned: Trace) -> str:
    """What came of it: the last state at the end, where it differs most."""
    cell, last = desk.trace.cell, len(desk.trace) - 1
    name = [name for name in gates_and_states(cell) if name in cell.carry][-1]
    old, new = pinned[last, name], desk.trace[last, name]
    j = int(np.nan_to_num(np.abs(new - old), nan=-1.0).argmax())
    texts = {"old": desk.text(name, old[j]), "new": desk.text(name, new[j])}
    if texts["old"] == texts["new"]:
        return WORDS.text("line", "alike", {"letter": desk.plain(name)})
    place = {"entry": desk.entry(name, j), "gap": desk.gap(name, old[j], new[j])}
    return WORDS.text("line", "differs", {**texts, **place})
