"""Everything that one step shows, from its name to a teacher's note on it.

What one works with stands first and fits on a screen: the operation in numbers and, beside it, its
figure. What is read at leisure stands below.
"""

from lstm_core.cell import Step
from lstm_core.lesson.reasons import reason
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Fold, Toolbar
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.matrices import equation_items, legend
from lstm_ui.sheet.panels import (
    entry_block,
    formulas,
    ledger,
    note,
    notice,
    questions,
    toolbar,
    walk,
)
from lstm_ui.step_by_step.forms import forms_blocks
from lstm_ui.step_by_step.products import products
from lstm_ui.step_by_step.ripple import ripple_block

AT_HAND = ("undo", "redo", "reset", "play", "share")  # there is room for so many on one line


def step_blocks(desk: Desk, step: Step) -> list[Block]:
    """Return the blocks of one step."""
    near, further = _tools(desk)
    return [
        blocks.group("moves", [walk(desk.session), near], "step-moves"),
        ripple_block(desk),
        notice(desk.session),
        _title(desk, step),
        _operation(desk, step),
        further,
        *_more(desk, step),
    ]


def _tools(desk: Desk) -> tuple[Toolbar, Toolbar]:
    """The buttons that are always at hand, beside the walk, and the others, below the numbers."""
    bar = toolbar(desk.session)
    near = [tool for tool in bar["items"] if tool["act"] in AT_HAND]
    further = [tool for tool in bar["items"] if tool["act"] not in AT_HAND]
    return {**bar, "items": near}, {**bar, "id": "tools", "items": further}


def _title(desk: Desk, step: Step) -> Block:
    """What the step is called and does and, beside it, its formula and the one it is part of."""
    what = readable(reason(desk.exercise.cell, step.name).what)
    heading = blocks.heading(step.title, what=what, stage=step.stage)
    lines = [line["latex"] for line in formulas(desk, step)[:-1]]
    return blocks.group(
        "title", [heading, blocks.formula([{"latex": latex} for latex in lines])], "step-title"
    )


def _operation(desk: Desk, step: Step) -> Block:
    """The operation on the reader's numbers, the entry that is open, and beside both the figure."""
    numbers = [blocks.equation(equation_items(desk, step)), entry_block(desk, step)]
    parts = [blocks.group("numbers", numbers, "step-numbers"), blocks.figure()]
    return blocks.group("operation", parts, "step-operation")


def _more(desk: Desk, step: Step) -> list[Block]:
    why = readable(reason(desk.exercise.cell, step.name).why)
    return [
        blocks.text("why", why),
        blocks.formula(formulas(desk, step)[-1:], "entry-formula"),
        blocks.ledger(ledger(desk, step)),
        blocks.legend(legend(desk, step)),
        *products(desk, step),
        *forms_blocks(desk, step.name),
        *questions(desk, step),
        _folded_note(desk, step),
    ]


def _folded_note(desk: Desk, step: Step) -> Fold:
    """The note, open where there is one: its id says so, for a reader may have folded it since."""
    noted = step.name in desk.exercise.notes
    return blocks.fold(f"note-{noted}", "My note on this step", [note(desk, step)], noted)
