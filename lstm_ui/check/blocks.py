"""The check page, as blocks: the exercise, a row of boxes for each step, what became of them."""

from collections.abc import Iterable
from itertools import groupby

from lstm_core.cell import Step
from lstm_core.lesson.stages import stage_title
from lstm_core.marking.slips.words import WORDS
from lstm_core.marking.summary import RIGHT, Summary, summary
from lstm_core.trace import Address
from lstm_ui.check.answers import Verdicts
from lstm_ui.check.choices import BACK, ask, asked_rows, asked_steps
from lstm_ui.check.hints import visits
from lstm_ui.check.rows import row
from lstm_ui.session.grids import shape_of
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Controls, Fold, Group, Paragraph, Toolbar
from lstm_ui.sheet.controls import segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.matrices import matrix
from lstm_ui.sheet.panels import notice, undo_and_redo, walk

TOTALS = {
    "right": "right",
    "follow": "right for earlier numbers of yours",
    "truncated": "cut off and not rounded",
    "drift": "right but for rounding",
    "wrong": "wrong",
    "impossible": "impossible",
}
_ASKED = {"sheet": "what the worksheet asks", "every": "every step", "states": "gates and states"}
_WHAT = (
    "Type what you worked out by hand, for any steps and entries you like. Each entry is marked as "
    "soon as you leave it, and a blank one is never wrong. Write as many decimals as you have: "
    "they say how precise your number is."
)


class Score(Block):
    """How far the reader has come: a bar, and the numbers in words."""

    value: int
    most: int
    text: str


def check_blocks(desk: Desk, verdicts: Verdicts) -> list[Block]:
    """Return the whole page."""
    steps = [*asked_steps(desk.session), *asked_rows(desk.session)]
    # A backward row may have the stage of a forward step, and stands in a group of its own.
    forward = set(desk.exercise.cell.steps)
    stages = groupby(steps, key=lambda step: (step not in forward, step.stage))
    return [
        blocks.heading("Check my work", 1, "top", what=_WHAT),
        _score(desk, steps, verdicts),
        _choices(desk),
        walk(desk.session, steps=False),
        _toolbar(desk.session),
        notice(desk.session),
        _given(desk),
        *(_stage(desk, *stage, rows, verdicts) for stage, rows in stages),
        *_end(desk, summary(verdicts)),
    ]


def _score(desk: Desk, steps: list[Step], verdicts: Verdicts) -> Score:
    names = {step.name for step in steps}
    states = [v.state for at, v in verdicts.items() if at.step in names and v.state != "blank"]
    one = sum(shape_of(desk.exercise, name)[0] for name in names)
    most, right = one * desk.exercise.T, sum(state in RIGHT for state in states)
    text = f"{len(states)} of {most} entries answered, {right} right"
    return {"kind": "score", "id": "score", "value": len(states), "most": most, "text": text}


def _choices(desk: Desk) -> Controls:
    return blocks.controls(
        "asked",
        segments(desk.session, ask(desk.exercise), "Ask for", _ASKED),
        segments(desk.session, BACK, "Backward pass of L = Σ h_T", {}),
    )


def _toolbar(session: Session) -> Toolbar:
    back, held = "Undo brings them back", "The link holds the exercise and what you typed"
    return blocks.toolbar(
        *undo_and_redo(session),
        blocks.tool("clear", "Clear all answers", bool(session.answers), back),
        blocks.tool("share", "Share", True, held),
    )


def _given(desk: Desk) -> Fold:
    """The numbers that the exercise starts from: they can be edited here, too."""
    cell, sizes = desk.exercise.cell, desk.exercise.sizes
    # W_f stands beside b_f: what belongs to one gate has the same letter behind the line.
    gates = dict.fromkeys(name.partition("_")[2] for name in cell.params)
    pairs = [[name for name in cell.params if name.partition("_")[2] == gate] for gate in gates]
    inner = [
        blocks.equation([matrix(desk, name) for name in names], f"given-{k}")
        for k, names in enumerate([["x", *cell.states], *pairs])
    ]
    letters = ", ".join(f"{letter} = {size}" for letter, size in sizes.items())
    title = f"The exercise: {desk.exercise.title or 'my own numbers'} ({letters})"
    return blocks.fold("given", title, inner)


def _stage(desk: Desk, back: bool, stage: str, steps: Iterable[Step], verdicts: Verdicts) -> Group:
    title = f"Backward: {stage_title(stage)}" if back else stage_title(stage)
    rows = [row(desk, step, verdicts) for step in steps]
    return blocks.group(f"stage-{stage}-{back}", [blocks.heading(title, stage=stage), *rows])


def _end(desk: Desk, found: Summary) -> list[Block]:
    """What it comes to: the first wrong step, the mistakes, and what was right given them."""
    if not found.entries:
        return []
    heading = blocks.heading("What it comes to", 2, "end-heading")
    return [heading, blocks.text("end", *_lines(desk, found))]


def _lines(desk: Desk, found: Summary) -> list[Paragraph]:
    counts = [f"{found.counts[s]} {TOTALS[s]}" for s in TOTALS if found.counts.get(s)]
    lines: list[Paragraph] = [{"text": f"{found.entries} entries answered: {', '.join(counts)}."}]
    if found.first_wrong is None:
        return [*lines, {"text": "Nothing is wrong so far.", "strong": True}]
    lines.append(_first_wrong(desk, found.first_wrong))
    lines += [{"text": f"{times} × {WORDS[code]} ({code})."} for code, times in found.codes]
    if count := found.counts.get("follow"):
        entries = "1 later entry is" if count == 1 else f"{count} later entries are"
        lines.append({"text": f"{entries} right, given your own earlier numbers."})
    return lines


def _first_wrong(desk: Desk, at: Address) -> Paragraph:
    when = f" at t = {at.t + 1}" if desk.exercise.T > 1 else ""
    text = f"The first wrong entry is {desk.entry(at.step, *at.index)}{when}."
    line: Paragraph = {"text": text, "strong": True}
    for visit in visits(desk, at):
        line["visit"] = visit
    return line
