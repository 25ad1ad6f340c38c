"""Help on the check page: a ladder of hints for an entry, and the reasons for a verdict."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypedDict

from lstm_core.lesson.explain import explain
from lstm_core.lesson.reasons import reason
from lstm_core.lesson.words import words
from lstm_core.marking.check import Verdict
from lstm_core.marking.summary import WRONG
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.check.answers import Verdicts, address_of, verdicts_on
from lstm_ui.check.choices import HELP, HELP_AT, asked_cell
from lstm_ui.session.address import cell_id, read_cell
from lstm_ui.session.grids import shape_of
from lstm_ui.session.session import Session
from lstm_ui.sheet.blocks import Visit
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import readable
from lstm_ui.shell import link

_NEXT = {"none": "hint1", "hint1": "hint2", "hint2": "hint3"}  # the ladder; then it is closed
WORDS = words("check")


class Help(TypedDict):
    """What is said of one entry, under a title, with links to where its numbers are."""

    title: str
    lines: list[str]
    links: list[Visit]


# ---- what it is asked for ------------------------------------------------------------------------


def ask_for_help(session: Session, what: str, step: str, cell: str) -> None:
    """Open the next hint or the reasons, for the entry last used in this row, or the first in need.

    Asked again, the ladder goes one rung up, and the reasons close.
    """
    place = _in_need(session, step, cell)
    level = HELP.of(session.options) if place == helped(session) else "none"
    if what == "why":
        level = "none" if level == "why" else "why"
    else:
        level = _NEXT.get("none" if level == "why" else level, "none")
    at = cell_id(place.step, place.index)
    session.options = {**session.options, HELP.name: level, HELP_AT.name: at}


def helped(session: Session) -> Address | None:
    """Return the entry that help was asked for at the time step on screen; None where none was."""
    with suppress(ValueError):
        return address_of(session, HELP_AT.of(session.options))
    return None


def help_level(session: Session, step: str) -> str:
    """Return how far the help on this step has gone: a word of HELP."""
    at = helped(session)
    return HELP.of(session.options) if at and at.step == step else "none"


def _in_need(session: Session, step: str, cell: str) -> Address:
    """The entry of this step that was used last; else the first wrong one, or the first blank."""
    t = session.place.t
    size = shape_of(session.exercise, asked_cell(session)[step].name)[0]
    if cell:
        name, (j, *_) = read_cell(cell)
        if name == step and j < size:
            return Address(step, t, (j,))
    verdicts = verdicts_on(session)
    entries = [Address(step, t, (j,)) for j in range(size)]
    states = [verdicts[at].state if at in verdicts else "blank" for at in entries]
    wrong = [at for at, state in zip(entries, states, strict=True) if state in WRONG]
    blank = [at for at, state in zip(entries, states, strict=True) if state == "blank"]
    return (*wrong, *blank, entries[0])[0]


# ---- what it says --------------------------------------------------------------------------------


def help_texts(desk: Desk, step: str, verdicts: Verdicts) -> list[Help]:
    """Return the help that is open on a step: on one entry, or on every wrong one."""
    at, level = helped(desk.session), help_level(desk.session, step)
    if level == "none" or at is None:
        return []
    row = [other for other in verdicts if (other.step, other.t) == (at.step, at.t)]
    wrong = [other for other in row if verdicts[other].state in WRONG]
    subjects = wrong if level == "why" and wrong else [at]
    return [_help(desk, one, level, verdicts.get(one)) for one in subjects]


def _help(desk: Desk, at: Address, level: str, verdict: Verdict | None) -> Help:
    title = desk.entry(at.step, *at.index)
    if level in ("hint1", "hint2"):
        title = f"{title} · {WORDS.text('hint', level)}"
    elif level == "why" and verdict and verdict.typed:
        title = f"{title} = {verdict.typed.strip()}"
    links = visits(desk, at) if level in ("hint3", "why") else []
    return {"title": title, "lines": _LINES[level](desk, at, verdict), "links": links}


def _operation(desk: Desk, at: Address, verdict: Verdict | None) -> list[str]:
    return [readable(reason(desk.trace.cell, at.step).what)]


def _operands(desk: Desk, at: Address, verdict: Verdict | None) -> list[str]:
    found = explain(desk.trace, at, desk.exercise.decimals)
    return [found.rule, WORDS.text("hint", "numbers", {"line": found.substitution})]


def _worked(desk: Desk, at: Address, verdict: Verdict | None) -> list[str]:
    found = explain(desk.trace, at, desk.exercise.decimals)
    equation = f"{desk.entry(at.step, *at.index)} = {found.substitution} = {found.result}"
    return [*filter(None, [equation, found.note]), *(_interval(verdict) if verdict else [])]


def _why(desk: Desk, at: Address, verdict: Verdict | None) -> list[str]:
    if verdict is None or (verdict.state == "blank" and not verdict.problem):
        return [WORDS.text("verdict", "blank")]
    if verdict.problem:
        return [verdict.problem]
    reasons = [mistake.why for mistake in verdict.mistakes]
    lines = [WORDS.text("verdict", verdict.state), verdict.note, *reasons]
    if verdict.state == "wrong" and not reasons:
        lines.append(WORDS.text("verdict", "unknown"))
    right = _worked(desk, at, None) if verdict.state in WRONG else []
    return [*filter(None, lines), *right, *_interval(verdict)]


_LINES: Mapping[str, Callable[[Desk, Address, Verdict | None], list[str]]] = {
    "hint1": _operation,
    "hint2": _operands,
    "hint3": _worked,
    "why": _why,
}


def _interval(verdict: Verdict) -> list[str]:
    low, high = (numeral(end, None) for end in _short(verdict.accepted))
    lines = [WORDS.text("hint", "accepted", {"low": low, "high": high})]
    if verdict.state == "follow":
        lines.append(WORDS.text("hint", "own numbers", {"truth": numeral(verdict.truth, 6)}))
    return lines


def _short(interval: tuple[float, float]) -> tuple[float, ...]:
    """Ends with as many digits as their distance calls for: 42.5 and not 42.49999999999999."""
    width = interval[1] - interval[0]
    places = max(0, 2 - int(f"{width:e}".partition("e")[2])) if width else 12
    return tuple(round(end, min(places, 15)) for end in interval)


def visits(desk: Desk, at: Address) -> list[Visit]:
    """Return a link to a number's place on the step-by-step page; none for a backward row."""
    if at.step not in desk.exercise.cell.names:
        return []
    label = WORDS.text("hint", "open", {"entry": desk.entry(at.step, *at.index)})
    return [link.visit(desk.session, label, "", at)]
