"""The whole calculation of one time step on one page: every step a card, stage by stage."""

from collections.abc import Iterable
from itertools import groupby

from lstm_core.cell import Step
from lstm_core.lesson.latex import formula
from lstm_core.lesson.reasons import reason
from lstm_core.lesson.stages import stage_title
from lstm_core.text.numerals import how_many
from lstm_ui.session.names import title_of
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Group, Heading
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.matrices import equation_items
from lstm_ui.sheet.panels import notice, toolbar, walk


def all_blocks(desk: Desk) -> list[Block]:
    """Return every step of the time step on screen, a card each, stage by stage."""
    stages = groupby(desk.exercise.cell.steps, key=lambda step: step.stage)
    return [
        walk(desk.session, steps=False),
        notice(desk.session),
        _exercise_heading(desk),
        toolbar(desk.session, plays=desk.exercise.T > 1),
        *(_stage(desk, stage, steps) for stage, steps in stages),
    ]


def _exercise_heading(desk: Desk) -> Heading:
    """What is calculated, so that a printed page can stand alone."""
    exercise = desk.exercise
    parts = " and ".join(desk.plain(name) for name in exercise.cell["v"].inputs)
    shown = f"of which h shows r = {exercise.r}, " if exercise.cell.projected else ""
    what = (
        f"m = {how_many(exercise.m, 'input')}, n = {how_many(exercise.n, 'hidden unit')}, "
        f"{shown}"
        f"v joins {parts} in this order; time step {desk.t + 1} of {exercise.T}."
    )
    return blocks.heading(title_of(exercise), 2, "exercise", what=what)


def _stage(desk: Desk, stage: str, steps: Iterable[Step]) -> Group:
    heading = blocks.heading(stage_title(stage), stage=stage)
    return blocks.group(f"stage-{stage}", [heading, *(_card(desk, step) for step in steps)])


def _card(desk: Desk, step: Step) -> Group:
    """One step of the whole calculation: its name, its formula, its numbers."""
    what = readable(reason(desk.exercise.cell, step.name).what)
    inner = [
        blocks.heading(step.title, 3, what=what),
        blocks.formula([{"latex": formula(desk.exercise.cell, step.name)}]),
        blocks.equation(equation_items(desk, step)),
    ]
    return blocks.card(step.name, inner)
