"""One row of the check page: a step's boxes with their marks, its line, its hints and reasons."""

from typing import Any

from lstm_core.cell import Step
from lstm_core.lesson.explain import explain
from lstm_core.lesson.latex import formula, plain
from lstm_core.lesson.reasons import reason
from lstm_core.marking.check import Verdict
from lstm_core.marking.summary import WRONG, step_line
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.check.answers import HELP, Verdicts, helped
from lstm_ui.session.address import cell_id, entry_name
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import entry_labels, readable
from lstm_ui.sheet.matrices import Block
from lstm_ui.shell import link

MARKS = {
    "right": "✓ right",
    "follow": "✓ from yours",
    "truncated": "≈ cut off",
    "drift": "≈ rounding",
    "wrong": "✗ wrong",
    "impossible": "✗ impossible",
    "error": "✗ no number",
}
TOTALS = {
    "right": "right",
    "follow": "right for earlier numbers of yours",
    "truncated": "cut off and not rounded",
    "drift": "right but for rounding",
    "wrong": "wrong",
    "impossible": "impossible",
}
_MEANS = {
    "right": "Right.",
    "follow": "Right, given your own earlier numbers: this step is done as it should be.",
    "truncated": "The method is right; the last decimal was cut off and not rounded.",
    "drift": "The method is right; earlier numbers were rounded, and that shows here.",
    "wrong": "Wrong.",
    "impossible": "Impossible.",
    "blank": "Not answered.",
}
_HINTS = {"hint1": "Hint 1: which operation", "hint2": "Hint 2: which numbers"}
_LADDER = {"none": "Hint", "why": "Hint", "hint1": "Next hint", "hint2": "Show it worked"}


def row(desk: Desk, step: Step, verdicts: Verdicts) -> Block:
    """Return the row of one step, at the time step on screen."""
    session, cell, name = desk.session, desk.trace.cell, step.name
    subject = helped(session)
    level = HELP.of(session.options) if subject and subject.step == name else "none"
    at = [Address(name, desk.t, (j,)) for j in range(len(desk.values(name)))]
    return {
        "kind": "answers",
        "id": f"answers-{name}",
        "step": name,
        "stage": step.stage,
        "title": step.title,
        "latex": f"{formula(cell, name)} =",
        "name": f"Your {plain(cell, name)}",
        "entries": [_entry(desk, one, verdicts.get(one)) for one in at],
        "line": _line(desk, name, [(one, verdicts[one]) for one in at if one in verdicts]),
        "acts": _acts(desk, step, level, [verdicts[one] for one in at if one in verdicts]),
        "told": [_told(desk, one, level, verdicts) for one in _subjects(subject, level, verdicts)],
    }


def _line(desk: Desk, name: str, row: list[tuple[Address, Verdict]]) -> str:
    """What became of the step; or first, in full, why something could not be read."""
    problems = [
        f"{entry_name(desk.trace.cell, name, at.index)}: {verdict.problem}"
        for at, verdict in row
        if verdict.problem
    ]
    refused = filter(None, [desk.session.problems.get(name)])
    return " ".join([*refused, step_line(dict(row), desk.t, name), *problems]).strip()


def _entry(desk: Desk, at: Address, verdict: Verdict | None) -> Block:
    (j,) = at.index
    state = "error" if verdict and verdict.problem else verdict.state if verdict else "blank"
    return {
        "at": cell_id(at.step, at.index),
        "text": desk.session.answers.get(at, ""),
        "unit": entry_labels(desk.exercise, at.step)[j],
        "name": entry_name(desk.trace.cell, at.step, at.index),
        "state": state,
        "mark": MARKS.get(state, ""),
    }


def _acts(desk: Desk, step: Step, level: str, verdicts: list[Verdict]) -> list[Block]:
    name = plain(desk.trace.cell, step.name)
    any_answer = any(verdict.state != "blank" for verdict in verdicts)
    wrong = any(verdict.state in WRONG for verdict in verdicts)
    hint = _LADDER.get(level, "Hide")
    why = "Hide" if level == "why" else "Why?" if wrong else "Details"
    return [
        {"kind": "hint", "label": hint, "name": f"{hint}: {name}", "on": True}
        | {"pressed": level.startswith("hint")},
        {"kind": "why", "label": why, "name": f"{why}: {name}", "on": any_answer}
        | {"pressed": level == "why"},
    ]


def _subjects(here: Address | None, level: str, verdicts: Verdicts) -> list[Address]:
    """The entries that are spoken of: every wrong one of the step, else the one that was used."""
    if level == "none" or here is None:
        return []
    row = [at for at in verdicts if (at.step, at.t) == (here.step, here.t)]
    wrong = [at for at in row if verdicts[at].state in WRONG]
    return wrong if level == "why" and wrong else [here]


def _told(desk: Desk, at: Address, level: str, verdicts: Verdicts) -> Block:
    """What is said of the entry that help was asked for."""
    name = entry_name(desk.trace.cell, at.step, at.index)
    tell = {"hint1": _operation, "hint2": _operands, "hint3": _worked, "why": _why}[level]
    verdict = verdicts.get(at)
    typed = f" = {verdict.typed.strip()}" if level == "why" and verdict and verdict.typed else ""
    title = f"{name}{typed}" if level not in _HINTS else f"{name} · {_HINTS[level]}"
    links = visits(desk, at) if level in ("hint3", "why") else []
    return {"title": title, "lines": tell(desk, at, verdict), "links": links}


def _operation(desk: Desk, at: Address, verdict: Verdict | None) -> list[str]:
    return [readable(reason(desk.trace.cell, at.step).what)]


def _operands(desk: Desk, at: Address, verdict: Verdict | None) -> list[str]:
    told = explain(desk.trace, at, desk.exercise.decimals)
    return [told.rule, f"With the numbers put in: {told.substitution}"]


def _worked(desk: Desk, at: Address, verdict: Verdict | None) -> list[str]:
    told = explain(desk.trace, at, desk.exercise.decimals)
    name = entry_name(desk.trace.cell, at.step, at.index)
    lines = [f"{name} = {told.substitution} = {told.result}", told.note]
    return [*filter(None, lines), *(_interval(verdict) if verdict else [])]


def _why(desk: Desk, at: Address, verdict: Verdict | None) -> list[str]:
    if verdict is None or (verdict.state == "blank" and not verdict.problem):
        return ["Not answered."]
    if verdict.problem:
        return [verdict.problem]
    named = [mistake.why for mistake in verdict.mistakes]
    lines = [_MEANS[verdict.state], verdict.note, *named]
    if verdict.state == "wrong" and not named:
        lines.append("No mistake that is known here gives this number, so nothing is guessed.")
    right = _worked(desk, at, None) if verdict.state in WRONG else []
    return [*filter(None, lines), *right, *_interval(verdict)]


def _interval(verdict: Verdict) -> list[str]:
    low, high = (numeral(end, None) for end in _readable(verdict.accepted))
    lines = [f"Accepted, at this precision: from {low} to {high}."]
    if verdict.state == "follow":
        lines.append(f"From the exercise's own numbers it would be {numeral(verdict.truth, 6)}.")
    return lines


def _readable(interval: tuple[float, float]) -> tuple[float, ...]:
    """Ends with as many digits as their distance calls for: 42.5 and not 42.49999999999999."""
    width = interval[1] - interval[0]
    places = max(0, 2 - int(f"{width:e}".partition("e")[2])) if width else 12
    return tuple(round(end, min(places, 15)) for end in interval)


def visits(desk: Desk, at: Address) -> list[dict[str, Any]]:
    """Return a link to a number's place on the step-by-step page; none for a backward row."""
    if at.step not in {step.name for step in desk.exercise.cell.steps}:
        return []
    label = f"Open {entry_name(desk.trace.cell, at.step, at.index)} on the step-by-step page"
    place = {"step": at.step, "t": at.t, "entry": at.index[0], "page": ""}
    return [{"label": label, "href": link.href(desk.session, "", at), **place}]
