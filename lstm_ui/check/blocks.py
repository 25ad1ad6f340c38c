"""The check page, as blocks: the exercise, a row of boxes for each step, what became of them."""

from collections.abc import Iterable
from itertools import groupby

from lstm_core.cell import Step
from lstm_core.lesson.stages import stage_title
from lstm_core.marking.slips.words import WORDS as MISTAKES
from lstm_core.marking.summary import RIGHT, Summary, summary
from lstm_core.trace import Address
from lstm_ui.check.answers import Verdicts
from lstm_ui.check.choices import BACK, ask, asked_rows, asked_steps
from lstm_ui.check.hints import WORDS, visits
from lstm_ui.check.rows import row
from lstm_ui.session.grids import shape_of
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Controls, Fold, Group, Paragraph, Toolbar
from lstm_ui.sheet.controls import segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.matrices import matrix
from lstm_ui.sheet.panels import notice, undo_and_redo, walk

_ASKED = {"sheet": "what the worksheet asks", "every": "every step", "states": "gates and states"}


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
        blocks.heading(WORDS.text("page", "title"), 1, "top", what=WORDS.text("page", "what")),
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
    text = WORDS.text("summary", "answered", {"entries": len(states), "most": most, "right": right})
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
    heading = blocks.heading(WORDS.text("summary", "title"), 2, "end-heading")
    return [heading, blocks.text("end", *_lines(desk, found))]


def _lines(desk: Desk, found: Summary) -> list[Paragraph]:
    states = WORDS.texts["count"]  # in the order in which they are counted
    counts = [f"{found.counts[s]} {states[s]}" for s in states if found.counts.get(s)]
    known = {"entries": found.entries, "counts": ", ".join(counts)}
    lines: list[Paragraph] = [{"text": WORDS.text("summary", "counts", known)}]
    if found.first_wrong is None:
        return [*lines, {"text": WORDS.text("summary", "nothing wrong"), "strong": True}]
    lines.append(_first_wrong(desk, found.first_wrong))
    lines += [{"text": _mistake(code, times)} for code, times in found.codes]
    if count := found.counts.get("follow"):
        case = "follow, one" if count == 1 else "follow"
        lines.append({"text": WORDS.text("summary", case, {"count": count})})
    return lines


def _mistake(code: str, times: int) -> str:
    known = {"times": times, "mistake": MISTAKES[code], "code": code}
    return WORDS.text("summary", "mistake", known)


def _first_wrong(desk: Desk, at: Address) -> Paragraph:
    when = f" at t = {at.t + 1}" if desk.exercise.T > 1 else ""
    entry = desk.entry(at.step, *at.index)
    text = WORDS.text("summary", "first wrong", {"entry": entry, "when": when})
    line: Paragraph = {"text": text, "strong": True}
    for visit in visits(desk, at):
        line["visit"] = visit
    return line
