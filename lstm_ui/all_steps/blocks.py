"""The whole calculation of one time step on one page: every step a card, stage by stage."""

from collections.abc import Iterable
from itertools import groupby

from lstm_core.cell import Step
from lstm_core.lesson.latex import formula, plain
from lstm_core.lesson.reasons import reason
from lstm_core.lesson.stages import stage_title
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.matrices import Block, equation_items
from lstm_ui.sheet.panels import notice, toolbar, walk


def all_blocks(desk: Desk) -> list[Block]:
    """Return every step of the time step on screen, a card each, stage by stage."""
    stages = groupby(desk.exercise.cell.steps, key=lambda step: step.stage)
    return [
        walk(desk.session, steps=False),
        notice(desk.session),
        _exercise_heading(desk),
        toolbar(desk.session),
        *(_stage(desk, stage, steps) for stage, steps in stages),
    ]


def _exercise_heading(desk: Desk) -> Block:
    """What is calculated, so that a printed page can stand alone."""
    exercise = desk.exercise
    parts = " and ".join(plain(exercise.cell, name) for name in exercise.cell["v"].inputs)
    what = (
        f"m = {exercise.m} inputs, n = {exercise.n} hidden units, v joins {parts} in this order; "
        f"time step {desk.t + 1} of {exercise.T}."
    )
    title = exercise.title or "The whole calculation"
    return {"kind": "heading", "id": "exercise", "level": 1, "title": title, "what": what}


def _stage(desk: Desk, stage: str, steps: Iterable[Step]) -> Block:
    heading = {"kind": "heading", "id": "heading", "level": 2, "stage": stage}
    heading["title"] = stage_title(stage)
    cards = [_card(desk, step) for step in steps]
    return {"kind": "group", "id": f"stage-{stage}", "blocks": [heading, *cards]}


def _card(desk: Desk, step: Step) -> Block:
    """One step of the whole calculation: its name, its formula, its numbers."""
    what = readable(reason(desk.exercise.cell, step.name).what)
    lines = [{"latex": formula(desk.exercise.cell, step.name)}]
    blocks = [
        {"kind": "heading", "id": "heading", "level": 3, "title": step.title, "what": what},
        {"kind": "formula", "id": "formula", "lines": lines},
        {"kind": "equation", "id": "equation", "items": equation_items(desk, step)},
    ]
    return {"kind": "group", "id": step.name, "card": True, "blocks": blocks}
