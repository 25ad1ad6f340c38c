"""Help on the check page: a ladder of hints for an entry, and the reasons for a verdict."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypedDict

import numpy as np

from lstm_core.lesson.explain import Explanation, explain, sources
from lstm_core.lesson.printing import printed
from lstm_core.lesson.reasons import reason
from lstm_core.lesson.words import words
from lstm_core.marking.check import Verdict
from lstm_core.marking.own import own_trace
from lstm_core.marking.summary import WRONG
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address, Trace
from lstm_ui.check.answers import Verdicts, address_of, fields, verdicts_on
from lstm_ui.check.choices import HELP, HELP_AT, asked_rows, asked_steps
from lstm_ui.session.address import cell_id
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
    place = _in_need(session, what, step, cell)
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


def _in_need(session: Session, what: str, step: str, cell: str) -> Address:
    """The entry of this step that was used last, if it is not right; else the first that needs it.

    Where none does, it is the one used last, of which the details can be asked.
    """
    shape, verdicts = shape_of(session.exercise, step), verdicts_on(session)
    entries = [Address(step, session.place.t, index) for index in np.ndindex(shape)]
    states = {at: verdicts[at].state if at in verdicts else "blank" for at in entries}
    wrong = [at for at in entries if states[at] in WRONG]
    blank = [at for at in entries if states[at] == "blank"]
    last = [at for at in entries if cell_id(at.step, at.index) == cell]
    needed = [at for at in last if at in wrong or (at in blank and what == "hint")]
    first: Address = [*needed, *wrong, *(blank if what == "hint" else ()), *last, *entries][0]
    return first


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
    return {"title": title, "lines": _LINES[level](_Entry(desk, at, verdict)), "links": links}


@dataclass(frozen=True)
class _Entry:
    """An entry that help is for, with what this student goes on with."""

    desk: Desk
    at: Address
    verdict: Verdict | None

    @cached_property
    def own(self) -> Trace:
        """The student's numbers, in which this step is done right."""
        session = self.desk.session
        return own_trace(session.exercise, fields(session), (self.at.t, self.at.step))

    @cached_property
    def explained(self) -> Explanation:
        """How the entry follows from the student's own numbers."""
        return explain(self.own, self.at, self.desk.exercise.decimals)


def _operation(entry: _Entry) -> list[str]:
    return [readable(reason(entry.desk.trace.cell, entry.at.step).what)]


def _operands(entry: _Entry) -> list[str]:
    """The rule and the numbers; where a number is not there yet, which step comes first."""
    rule = entry.explained.rule
    if first := list(dict.fromkeys(_unwritten(entry))):
        return [rule, WORDS.text("hint", "first", {"names": ", ".join(first)})]
    return [rule, WORDS.text("hint", "numbers", {"line": entry.explained.substitution})]


def _unwritten(entry: _Entry) -> Iterator[str]:
    """Name the steps asked for that this entry starts from and that are not answered yet."""
    session, cell, answers = entry.desk.session, entry.own.cell, entry.desk.session.answers
    asked = {step.name for step in (*asked_steps(session), *asked_rows(session))}
    handed_on = {previous: name for name, previous in cell.carry.items()}
    todo = [*sources(entry.own, entry.at)]
    while todo:
        at = todo.pop(0)
        if at.step in handed_on and at.t:
            at = replace(at, step=handed_on[at.step], t=at.t - 1)
        if at.step not in cell.names or at in answers:
            continue
        if at.step not in asked:
            todo += sources(entry.own, at)
            continue
        name = entry.desk.plain(at.step)
        yield name if at.t == entry.at.t else f"{name} at t = {at.t + 1}"


def _worked(entry: _Entry) -> list[str]:
    found, name = entry.explained, entry.desk.entry(entry.at.step, *entry.at.index)
    lines = [f"{name} = {found.substitution} = {found.result}", found.note, _from_the_start(entry)]
    return [*filter(None, lines), *(_interval(entry.verdict) if entry.verdict else [])]


def _from_the_start(entry: _Entry) -> str:
    """What it would be from the exercise's own numbers, where the student's lead elsewhere."""
    truth = printed(entry.desk.trace, entry.at, entry.desk.exercise.decimals)
    if truth == entry.explained.result:
        return ""
    return WORDS.text("hint", "own numbers", {"truth": truth})


def _why(entry: _Entry) -> list[str]:
    verdict = entry.verdict
    if verdict is None or (verdict.state == "blank" and not verdict.problem):
        return [WORDS.text("verdict", "blank")]
    if verdict.problem:
        return [verdict.problem]
    reasons = [mistake.why for mistake in verdict.mistakes]
    lines = [WORDS.text("verdict", verdict.state), verdict.note, *reasons]
    if verdict.state == "wrong" and not reasons:
        lines.append(WORDS.text("verdict", "unknown"))
    right = _worked(replace(entry, verdict=None)) if verdict.state in WRONG else []
    return [*filter(None, lines), *right, *_interval(verdict)]


_LINES: Mapping[str, Callable[[_Entry], list[str]]] = {
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
