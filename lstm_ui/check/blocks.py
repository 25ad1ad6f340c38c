"""The check page, as blocks: the exercise, a row of boxes for each step, what became of them."""

from collections.abc import Iterable
from itertools import groupby

from lstm_core.cell import Step
from lstm_core.lesson.stages import stage_title
from lstm_core.marking.slips.words import WORDS
from lstm_core.marking.summary import RIGHT, Summary, summary
from lstm_ui.check.answers import BACK, Verdicts, ask, asked, asked_back
from lstm_ui.check.rows import TOTALS, row, visits
from lstm_ui.session.address import entry_name
from lstm_ui.session.grids import shape_of
from lstm_ui.sheet.controls import controls, segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.matrices import Block, matrix
from lstm_ui.sheet.panels import notice, walk

_ASKED = {"sheet": "what the worksheet asks", "every": "every step", "states": "gates and states"}
_WHAT = (
    "Type what you worked out by hand, for any steps and entries you like. Each entry is marked as "
    "soon as you leave it, and a blank one is never wrong. Write as many decimals as you have: "
    "they say how precise your number is."
)


def check_blocks(desk: Desk, verdicts: Verdicts) -> list[Block]:
    """Return the whole page."""
    steps = [*asked(desk.session), *asked_back(desk.session)]
    forward = set(desk.exercise.cell.steps)
    stages = groupby(steps, key=lambda step: (step not in forward, step.stage))
    return [
        {"kind": "heading", "id": "top", "level": 1, "title": "Check my work", "what": _WHAT},
        _score(desk, steps, verdicts),
        controls(
            "asked",
            segments(desk.session, ask(desk.exercise), "Ask for", _ASKED),
            segments(desk.session, BACK, "Backward pass of L = Σ h_T", {}),
        ),
        walk(desk.session, steps=False),
        _toolbar(desk),
        notice(desk.session),
        _given(desk),
        *(_stage(desk, *stage, rows, verdicts) for stage, rows in stages),
        *_end(desk, summary(verdicts)),
    ]


def _score(desk: Desk, steps: list[Step], verdicts: Verdicts) -> Block:
    names = {step.name for step in steps}
    states = [v.state for at, v in verdicts.items() if at.step in names and v.state != "blank"]
    one = sum(shape_of(desk.exercise, name)[0] for name in names)
    most, right = one * desk.exercise.T, sum(state in RIGHT for state in states)
    text = f"{len(states)} of {most} entries answered, {right} right"
    return {"kind": "score", "id": "score", "value": len(states), "most": most, "text": text}


def _toolbar(desk: Desk) -> Block:
    session = desk.session
    acts = (
        ("undo", "Undo", bool(session.past), "Ctrl+Z"),
        ("redo", "Redo", bool(session.future), "Ctrl+Y"),
        ("clear", "Clear all answers", bool(session.answers), "Undo brings them back"),
        ("share", "Share", True, "The link holds the exercise and what you typed"),
    )
    items = [dict(zip(("act", "label", "on", "help"), act, strict=True)) for act in acts]
    return {"kind": "toolbar", "id": "toolbar", "items": items}


def _given(desk: Desk) -> Block:
    """The numbers that the exercise starts from: they can be edited here, too."""
    cell, sizes = desk.exercise.cell, desk.exercise.sizes
    inputs = ["x", *cell.states]
    ends = dict.fromkeys(name.partition("_")[2] for name in cell.params)
    pairs = [[name for name in cell.params if name.partition("_")[2] == end] for end in ends]
    rows = [inputs, *pairs]
    letters = ", ".join(f"{letter} = {size}" for letter, size in sizes.items())
    blocks = [
        {"kind": "equation", "id": f"given-{k}", "items": [matrix(desk, name) for name in row]}
        for k, row in enumerate(rows)
    ]
    title = f"The exercise: {desk.exercise.title or 'my own numbers'} ({letters})"
    return {"kind": "fold", "id": "given", "title": title, "open": True, "blocks": blocks}


def _stage(desk: Desk, back: bool, stage: str, steps: Iterable[Step], verdicts: Verdicts) -> Block:
    heading = {"kind": "heading", "id": "heading", "level": 2, "stage": stage}
    heading["title"] = "Backward: " * back + stage_title(stage)
    rows = [row(desk, step, verdicts) for step in steps]
    return {"kind": "group", "id": f"stage-{stage}-{back}", "blocks": [heading, *rows]}


def _end(desk: Desk, found: Summary) -> list[Block]:
    """What it comes to: the first wrong step, the mistakes, and what was right given them."""
    if not found.entries:
        return []
    heading = {"kind": "heading", "id": "end-heading", "level": 2, "title": "What it comes to"}
    return [heading, {"kind": "text", "id": "end", "lines": _lines(desk, found)}]


def _lines(desk: Desk, found: Summary) -> list[Block]:
    counts = [f"{found.counts[s]} {TOTALS[s]}" for s in TOTALS if found.counts.get(s)]
    lines: list[Block] = [{"text": f"{found.entries} entries answered: {', '.join(counts)}."}]
    first = found.first_wrong
    if first is None:
        return [*lines, {"text": "Nothing is wrong so far.", "strong": True}]
    name = entry_name(desk.trace.cell, first.step, first.index)
    when = f" at t = {first.t + 1}" if desk.exercise.T > 1 else ""
    lines.append({"text": f"The first wrong entry is {name}{when}.", "strong": True})
    for one in visits(desk, first):
        lines[-1]["visit"] = one
    lines += [{"text": f"{times} × {WORDS[code]} ({code})."} for code, times in found.codes]
    if given := found.counts.get("follow"):
        entries = "1 later entry is" if given == 1 else f"{given} later entries are"
        lines.append({"text": f"{entries} right, given your own earlier numbers."})
    return lines
