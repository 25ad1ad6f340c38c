"""Everything that one step shows, from its name to a teacher's note on it."""

from lstm_core.cell import Step
from lstm_core.lesson.reasons import reason
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Fold
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


def step_blocks(desk: Desk, step: Step) -> list[Block]:
    """Return the blocks of one step."""
    words = reason(desk.exercise.cell, step.name)
    what, why = readable(words.what), readable(words.why)
    return [
        walk(desk.session),
        notice(desk.session),
        blocks.heading(step.title, what=what, why=why, stage=step.stage),
        blocks.formula(formulas(desk, step)),
        blocks.equation(equation_items(desk, step)),
        toolbar(desk.session),
        blocks.legend(legend(desk, step)),
        entry_block(desk, step),
        blocks.ledger(ledger(desk, step)),
        *questions(desk, step),
        _folded_note(desk, step),
    ]


def _folded_note(desk: Desk, step: Step) -> Fold:
    """The note, open where there is one: its id says so, for a reader may have folded it since."""
    noted = step.name in desk.exercise.notes
    return blocks.fold(f"note-{noted}", "My note on this step", [note(desk, step)], noted)
