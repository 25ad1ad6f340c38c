"""One row of the check page: a step's boxes with their marks, its line, its hints and reasons."""

from typing import TypedDict

from lstm_core.cell import Step
from lstm_core.lesson.latex import formula
from lstm_core.marking.check import Verdict
from lstm_core.marking.summary import WRONG, step_line
from lstm_core.trace import Address
from lstm_ui.check.answers import Verdicts
from lstm_ui.check.hints import Help, help_level, help_texts
from lstm_ui.session.address import cell_id
from lstm_ui.sheet.blocks import Block
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import entry_labels

MARKS = {
    "right": "✓ right",
    "follow": "✓ from yours",
    "truncated": "≈ cut off",
    "drift": "≈ rounding",
    "too coarse": "? too coarse",
    "wrong": "✗ wrong",
    "impossible": "✗ impossible",
    "error": "✗ no number",
}
_LADDER = {"none": "Hint", "why": "Hint", "hint1": "Next hint", "hint2": "Show it worked"}


class Box(TypedDict):
    """The box for one entry: what was typed there, and its mark."""

    at: str
    text: str
    unit: str
    name: str
    state: str
    mark: str


class HelpButton(TypedDict):
    """The button that asks for a hint, or for the reasons; `name` is for those who listen."""

    kind: str
    label: str
    name: str
    on: bool
    pressed: bool


class AnswerRow(Block):
    """The row of one step."""

    step: str
    stage: str
    title: str
    latex: str
    name: str
    entries: list[Box]
    line: str
    acts: list[HelpButton]
    told: list[Help]


def row(desk: Desk, step: Step, verdicts: Verdicts) -> AnswerRow:
    """Return the row of one step, at the time step on screen."""
    name = step.name
    places = [Address(name, desk.t, (j,)) for j in range(len(desk.values(name)))]
    verdicts_here = {at: verdicts[at] for at in places if at in verdicts}
    return {
        "kind": "answers",
        "id": f"answers-{name}",
        "step": name,
        "stage": step.stage,
        "title": step.title,
        "latex": f"{formula(desk.trace.cell, name)} =",
        "name": f"Your {desk.plain(name)}",
        "entries": [_box(desk, at, verdicts.get(at)) for at in places],
        "line": _line(desk, name, verdicts_here),
        "acts": _buttons(desk, name, verdicts_here),
        "told": help_texts(desk, name, verdicts),
    }


def _line(desk: Desk, name: str, verdicts_here: Verdicts) -> str:
    """What became of the step; or first, in full, why something could not be read."""
    problems = [
        f"{desk.entry(name, *at.index)}: {verdict.problem}"
        for at, verdict in verdicts_here.items()
        if verdict.problem
    ]
    refused = filter(None, [desk.session.problems.get(name)])
    return " ".join([*refused, step_line(verdicts_here, desk.t, name), *problems]).strip()


def _box(desk: Desk, at: Address, verdict: Verdict | None) -> Box:
    (j,), state = at.index, _state(verdict)
    return {
        "at": cell_id(at.step, at.index),
        "text": desk.session.answers.get(at, ""),
        "unit": entry_labels(desk.exercise, at.step)[j],
        "name": desk.entry(at.step, j),
        "state": state,
        "mark": MARKS.get(state, ""),
    }


def _state(verdict: Verdict | None) -> str:
    if verdict is None:
        return "blank"
    return "error" if verdict.problem else verdict.state


def _buttons(desk: Desk, name: str, verdicts_here: Verdicts) -> list[HelpButton]:
    letter, level = desk.plain(name), help_level(desk.session, name)
    any_answer = any(verdict.state != "blank" for verdict in verdicts_here.values())
    any_wrong = any(verdict.state in WRONG for verdict in verdicts_here.values())
    hint = _LADDER.get(level, "Hide")
    why = "Hide" if level == "why" else "Why?" if any_wrong else "Details"
    return [
        _button("hint", hint, letter, True, level.startswith("hint")),
        _button("why", why, letter, any_answer, level == "why"),
    ]


def _button(kind: str, label: str, letter: str, on: bool, pressed: bool) -> HelpButton:
    name = f"{label}: {letter}"
    return {"kind": kind, "label": label, "name": name, "on": on, "pressed": pressed}
