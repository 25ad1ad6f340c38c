"""One row of the check page: a step's boxes with their marks, its line, its hints and reasons."""

from typing import TypedDict

import numpy as np

from lstm_core.cell import Step
from lstm_core.lesson.latex import formula
from lstm_core.marking.check import Verdict
from lstm_core.marking.habits import COPIES
from lstm_core.marking.precision import LEAST, decimals_enough
from lstm_core.marking.summary import WRONG, step_line
from lstm_core.trace import Address
from lstm_ui.check.answers import Verdicts
from lstm_ui.check.hints import WORDS, Help, help_level, help_texts
from lstm_ui.session.address import cell_id
from lstm_ui.sheet.blocks import Block
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import column_labels, entry_labels

MARKS = {
    "right": "✓ right",
    "follow": "✓ from yours",
    "truncated": "≈ cut off",
    "drift": "≈ rounding",
    "sum": "Σ over all t",
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
    columns: int  # of a matrix; 0 for a vector
    enough: str
    entries: list[Box]
    line: str
    acts: list[HelpButton]
    told: list[Help]


def row(desk: Desk, step: Step, verdicts: Verdicts) -> AnswerRow:
    """Return the row of one step, at the time step on screen."""
    name = step.name
    places = [Address(name, desk.t, index) for index in np.ndindex(desk.values(name).shape)]
    verdicts_here = {at: verdicts[at] for at in places if at in verdicts}
    return {
        "kind": "answers",
        "id": f"answers-{name}",
        "step": name,
        "stage": step.stage,
        "title": step.title,
        "latex": f"{formula(desk.trace.cell, name)} =",
        "name": f"Your {desk.plain(name)}",
        "columns": len(places) // len(desk.values(name)) if desk.values(name).ndim > 1 else 0,
        "enough": _enough(desk, name),
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
    state = _state(verdict)
    return {
        "at": cell_id(at.step, at.index),
        "text": desk.session.answers.get(at, ""),
        "unit": _unit(desk, at),
        "name": desk.entry(at.step, *at.index),
        "state": state,
        "mark": MARKS.get(state, ""),
    }


def _unit(desk: Desk, at: Address) -> str:
    """What stands over a box: which entry it is; in a matrix, which row and column."""
    if len(at.index) == 1:
        return entry_labels(desk.exercise, at.step)[at.index[0]]
    (row, column), labels = at.index, column_labels(desk.exercise, at.step)
    whole = len(labels) == desk.values(at.step).shape[1]  # else a block of W, for h or for x alone
    return f"{row + 1}, {labels[column] if whole else column + 1}"


def _enough(desk: Desk, name: str) -> str:
    """How precise is enough in this step."""
    places = decimals_enough(desk.trace, desk.exercise.cell, desk.t, name)
    exact = "copied" if desk.trace.cell[name].op in COPIES else "whole"
    key = "more" if places > LEAST else "least" if places else exact
    return WORDS.text("enough", key, {"places": places, "least": LEAST})


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
