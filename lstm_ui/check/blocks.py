"""The check page, as blocks: the exercise, a row of boxes for each step, what became of them."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from math import prod

from lstm_core.backpropagation.rows import is_sum
from lstm_core.cell import Step
from lstm_core.lesson.stages import stage_title
from lstm_core.marking.slips.words import WORDS as MISTAKES
from lstm_core.marking.summary import RIGHT, Summary, summary
from lstm_core.text.numerals import how_many
from lstm_core.trace import Address
from lstm_ui.check.answers import Verdicts
from lstm_ui.check.choices import (
    BACK,
    MOST_WEIGHTS,
    ask,
    asked_names,
    asked_rows,
    asked_steps,
    too_many_weights,
)
from lstm_ui.check.hints import WORDS, visits
from lstm_ui.check.own_numbers import PLACE
from lstm_ui.check.practice import tools
from lstm_ui.check.rows import row
from lstm_ui.session.grids import shape_of
from lstm_ui.session.names import title_of
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Controls, Fold, Group, Matrix, Paragraph, Toolbar
from lstm_ui.sheet.controls import segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.forms import form
from lstm_ui.sheet.matrices import matrix
from lstm_ui.sheet.panels import notice, undo_and_redo, walk

UNKNOWN = "?"  # a state that is still to be worked out


class Score(Block):
    """How far the reader has come: a bar, and the numbers in words."""

    value: int
    most: int
    text: str


def check_blocks(desk: Desk, verdicts: Verdicts) -> list[Block]:
    """Return the whole page."""
    steps = [*asked_steps(desk.session), *asked_rows(desk.session)]
    return [
        blocks.lead(WORDS.text("page", "what")),
        _score(desk, steps, verdicts),
        _choices(desk),
        walk(desk.session, steps=False),
        _toolbar(desk.session),
        notice(desk.session),
        *_too_many(desk.session),
        *_aside(desk.session),
        blocks.group("work", [_exercise(desk), _answers(desk, steps, verdicts)], "worked"),
    ]


def _exercise(desk: Desk) -> Group:
    return blocks.group("exercise", [_given(desk), _own_numbers(desk.session)])


def _answers(desk: Desk, steps: list[Step], verdicts: Verdicts) -> Group:
    """The rows of boxes, stage by stage, and what they come to."""
    # A backward row may have the stage of a forward step, and stands in a group of its own.
    forward = set(desk.exercise.cell.steps)
    stages = groupby(steps, key=lambda step: (step not in forward, step.stage))
    rows = [_stage(desk, *stage, some, verdicts) for stage, some in stages]
    return blocks.group("answers", [*rows, *_end(desk, summary(verdicts))])


def _score(desk: Desk, steps: list[Step], verdicts: Verdicts) -> Score:
    first = replace(desk.session, place=replace(desk.session.place, t=0))
    sums = {row.name for row in asked_rows(first) if is_sum(row)}  # they are asked for once
    names = {step.name for step in steps} - sums
    answered = (v for at, v in verdicts.items() if at.step in names | sums)
    states = [verdict.state for verdict in answered if verdict.state != "blank"]
    one, once = (
        sum(prod(shape_of(desk.exercise, name)) for name in some) for some in (names, sums)
    )
    most, right = one * desk.exercise.T + once, sum(state in RIGHT for state in states)
    text = WORDS.text("summary", "answered", {"entries": len(states), "most": most, "right": right})
    return {"kind": "score", "id": "score", "value": len(states), "most": most, "text": text}


def _choices(desk: Desk) -> Controls:
    back = {"weights": WORDS.text("asked", "weights")}
    return blocks.controls(
        "asked",
        segments(desk.session, ask(desk.exercise), "Ask for", asked_names(desk.exercise)),
        segments(desk.session, BACK, "Backward pass of L = Σ h_T", back),
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
    inner: list[Block] = [
        blocks.equation([_given_matrix(desk, name) for name in names], f"given-{k}")
        for k, names in enumerate([["x", *cell.states], *pairs])
    ]
    if desk.t:
        inner.insert(1, blocks.legend(WORDS.text("aside", "given"), "handed on"))
    letters = ", ".join(f"{letter} = {size}" for letter, size in sizes.items())
    title = f"The exercise: {title_of(desk.exercise)} ({letters})"
    return blocks.fold("given", title, inner)


def _given_matrix(desk: Desk, name: str) -> Matrix:
    """A matrix of the exercise; a state that the student has to work out, as they wrote it."""
    found, cell = matrix(desk, name), desk.exercise.cell
    if name not in cell.states or not desk.t:
        return found
    written = next(step for step, previous in cell.carry.items() if previous == name)
    for j, cells in enumerate(found["rows"]):
        for shown in cells:
            at = Address(written, desk.t - 1, (j,))
            text = desk.session.answers.get(at, "").strip() or UNKNOWN
            shown |= {"text": text, "full": text, "share": 0.0}
            shown.pop("was", None)
    return found


def _too_many(session: Session) -> list[Block]:
    """Say that ∂L/∂W is not asked for where it was wished, and is too large."""
    if BACK.of(session.options) != "weights" or not too_many_weights(session):
        return []
    return [blocks.text("too-many", WORDS.text("page", "too many", {"most": MOST_WEIGHTS}))]


def _aside(session: Session) -> list[Block]:
    """Ask what becomes of the answers to the exercise that was on screen before."""
    if not session.aside:
        return []
    entries = how_many(len(session.aside), "entry", "entries")
    bring, leave = (WORDS.text("aside", key) for key in ("bring", "leave"))
    return [
        blocks.text("aside", WORDS.text("aside", "what", {"entries": entries})),
        blocks.toolbar(
            blocks.tool("bring_along", bring, True, bring),
            blocks.tool("put_away", leave, True, leave),
            key="aside-acts",
        ),
    ]


def _own_numbers(session: Session) -> Fold:
    """The form that puts one's own numbers in the place of the exercise."""
    problem = session.problems.get(PLACE, "")
    known = {"W": session.exercise.cell.params[0]}
    title, text, button = (WORDS.text("own", key, known) for key in ("title", "text", "button"))
    fields = form("own-form", "own_numbers", title, text, button, problem)
    what = blocks.text("own-what", WORDS.text("own", "what"))
    return blocks.fold("own", WORDS.text("own", "fold"), [what, fields], bool(problem))


def _stage(desk: Desk, back: bool, stage: str, steps: Iterable[Step], verdicts: Verdicts) -> Group:
    title = f"Backward: {stage_title(stage)}" if back else stage_title(stage)
    rows = [row(desk, step, verdicts) for step in steps]
    return blocks.group(f"stage-{stage}-{back}", [blocks.heading(title, stage=stage), *rows])


def _end(desk: Desk, found: Summary) -> list[Block]:
    """What it comes to: the first wrong step, the mistakes, and what was right given them."""
    if not found.entries:
        return []
    heading = blocks.heading(WORDS.text("summary", "title"), 2, "end-heading")
    return [heading, blocks.text("end", *_lines(desk, found)), *tools(desk.session, found)]


def _lines(desk: Desk, found: Summary) -> list[Paragraph]:
    states = WORDS.texts["count"]  # in the order in which they are counted
    counts = [f"{found.counts[s]} {states[s]}" for s in states if found.counts.get(s)]
    known = {"entries": how_many(found.entries, "entry", "entries"), "counts": ", ".join(counts)}
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
