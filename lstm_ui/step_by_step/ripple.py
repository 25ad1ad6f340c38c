"""The ripple of an edit: gates and states as a strip of numbers, and how far the edit travelled."""

from collections.abc import Iterator
from typing import NotRequired, TypedDict

from lstm_core.lesson.words import words
from lstm_core.looks.activations import activation
from lstm_core.looks.ripple import Ripple, Stop, gates_and_states, ripple
from lstm_core.text.numerals import how_many, numeral
from lstm_core.trace import Address, Trace
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme
from lstm_ui.sheet.blocks import Block
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.window import from_to, screenful

WORDS = words("step_by_step")
UNITS = 4  # of each gate and state; of more, the screenful with the open one
FEW = 3  # values that moved: of so few, one is named instead of being counted


class Number(TypedDict):
    """One number of the strip; `cell` is its address, `was` what it was before the last edit."""

    cell: str
    name: str
    text: str
    share: float
    here: bool
    was: NotRequired[str]


class Part(TypedDict):
    """A gate or a state: its letter, the colour of its stage, and its first units."""

    label: str
    stage: str
    numbers: list[Number]
    more: bool


class Clause(TypedDict):
    """A part of the sentence; with a `cell`, it leads there, at the time step `t`."""

    text: str
    cell: NotRequired[str]
    t: NotRequired[int]


class RippleBlock(Block):
    """The strip and the sentence: see assets/pages/step_by_step.js."""

    name: str
    t: int
    parts: list[Part]
    clauses: list[Clause]


def ripple_block(desk: Desk) -> RippleBlock:
    """Return the gates and states at the time step on screen, and what the last edit did."""
    return {
        "kind": "ripple",
        "id": "ripple",
        "name": WORDS.text("strip", "name"),
        "t": desk.t,
        "parts": [_part(desk, name) for name in gates_and_states(desk.exercise.cell)],
        "clauses": list(travel(desk)),
    }


def _part(desk: Desk, name: str) -> Part:
    values = desk.values(name)
    rows, letter = screenful(desk.row(name), len(values), UNITS), desk.plain(name)
    all_of_it = len(rows) == len(values)
    some = {"letter": letter, "rows": from_to(rows)}
    end = theme.limit(values)
    return {
        "label": letter if all_of_it else WORDS.text("strip", "units", some),
        "stage": desk.exercise.cell[name].stage,
        "numbers": [_number(desk, name, j, end) for j in rows],
        "more": not all_of_it,
    }


def _number(desk: Desk, name: str, j: int, end: float) -> Number:
    value, old = float(desk.values(name)[j]), desk.old(name)
    changed = desk.changed(name)
    found: Number = {
        "cell": cell_id(name, (j,)),
        "name": desk.equals(name, j),
        "text": desk.short(name, value),
        "share": round(theme.share(value, end), 3),
        "here": desk.session.place.step == name and desk.row(name) == j,
    }
    if old is not None and changed is not None and changed[j] and (was := desk.was(name, (j,))):
        found["was"] = desk.short(name, float(old[j]), unlike=value)
        found["text"] = desk.short(name, value, unlike=float(old[j]))
        gap = desk.beside(name, (j,))
        found["name"] += f", pinned {was}, {gap}" if gap else f", was {was}"
    return found


# ---- the sentence --------------------------------------------------------------------------------


def travel(desk: Desk) -> Iterator[Clause]:
    """Yield the sentence on how far the last edit travelled, in its parts."""
    before = desk.before
    found = ripple(before, desk.trace, desk.exercise.decimals) if before else None
    if before is None or found is None:
        yield {"text": WORDS.text("edited", "nothing")}
        return
    yield _edited(desk, before, found)
    if found.most:
        yield {"text": WORDS.text("moved", "to the end", _counts(desk, found))}
        yield _leading(found.most, WORDS.text("moved", "most", _pair(desk, before, found.most)))
    if found.last and found.stop:
        yield _moved(desk, before, found, found.last)
    if found.stop:
        yield from _stopped(desk, before, found, found.stop)


def _edited(desk: Desk, before: Trace, found: Ripple) -> Clause:
    if found.edited > 1:
        return {"text": WORDS.text("edited", "many", {"numbers": how_many(found.edited, "number")})}
    return _leading(found.first, WORDS.text("edited", "one", _pair(desk, before, found.first)))


def _moved(desk: Desk, before: Trace, found: Ripple, last: Address) -> Clause:
    known = _pair(desk, before, last)
    if found.moved <= FEW and desk.exercise.T == 1:
        return _leading(last, WORDS.text("moved", "one", known))
    return _leading(last, WORDS.text("moved", "many", {**known, **_counts(desk, found)}))


def _stopped(desk: Desk, before: Trace, found: Ripple, stop: Stop) -> Iterator[Clause]:
    old, new = (desk.text(stop.at.step, float(run[stop.at])) for run in (before, desk.trace))
    known = {"name": _named(desk, stop.at), "old": old, "new": new, "why": _why(desk, stop)}
    # A gate near 0 is printed by its first digits: it can be seen to move, though not at decimals.
    yield _leading(stop.at, WORDS.text("stops", "stays" if old == new else "barely", known))
    if found.hidden:
        values = how_many(found.hidden, "value")
        yield {"text": WORDS.text("stops", "hidden", {"values": values})}
    else:
        yield {"text": WORDS.text("stops", "nothing more")}


def _why(desk: Desk, stop: Stop) -> str:
    known: dict[str, str] = {}
    if stop.slope is not None:
        prime = activation(desk.exercise.cell[stop.at.step]).prime
        known["slope"] = f"{prime} ≈ {numeral(stop.slope, 1)}"
    if stop.by is not None:
        factor = desk.text(stop.by.step, float(desk.trace[stop.by]))
        known["factor"] = f"{_named(desk, stop.by)} = {factor}"
    return WORDS.text("stops", stop.why, known)


def _counts(desk: Desk, found: Ripple) -> dict[str, str]:
    return {
        "moved": f"{found.moved:,}",
        "total": f"{found.total:,}",
        "it": WORDS.text("edited", "it" if found.edited == 1 else "them"),
        "when": _when(found.times, desk.exercise.T),
    }


def _when(times: tuple[int, ...], T: int) -> str:
    if T == 1:
        return ""
    first, last, count = times[0], times[-1], len(times)
    if count == 1:
        return WORDS.text("moved", "in one", {"first": first + 1})
    if last - first < count:
        return WORDS.text("moved", "in a row", {"first": first + 1, "last": last + 1})
    return WORDS.text("moved", "in some", {"count": count, "T": T})


def _pair(desk: Desk, before: Trace, at: Address) -> dict[str, str]:
    """What a number is called, what it was and what it is, with all digits if it takes them."""
    values = [float(run[at]) for run in (before, desk.trace)]
    old, new = (desk.text(at.step, x) for x in values)
    if old == new:
        old, new = (numeral(x, None) for x in values)
    return {"name": _named(desk, at), "old": old, "new": new}


def _named(desk: Desk, at: Address) -> str:
    name = desk.entry(at.step, *at.index)
    if desk.exercise.T == 1 or at.step in desk.exercise.params:
        return name
    return WORDS.text("strip", "at", {"name": name, "t": at.t + 1})


def _leading(at: Address, text: str) -> Clause:
    return {"text": text, "cell": cell_id(at.step, at.index), "t": at.t}
