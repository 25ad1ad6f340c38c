"""The page on what a cell has learned, as blocks."""

from lstm_ui.learned.choices import WEIGHT, Lens, out_choice, weight_choice
from lstm_ui.learned.models import core_of, failure
from lstm_ui.learned.words import (
    WORDS,
    answer_sentences,
    out_names,
    out_sentences,
    share_sentences,
    unit_sentences,
    weight_name,
)
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block
from lstm_ui.sheet.controls import Control, select
from lstm_ui.sheet.panels import notice, toolbar, walk


def lead() -> Block:
    """Return what the page is for."""
    return blocks.lead(WORDS.text("page", "what"))


def none_blocks(session: Session) -> list[Block]:
    """Return what is said of a cell that has learned no task of ours."""
    return [lead(), notice(session), blocks.text("none", WORDS.text("page", "none"))]


def learned_blocks(lens: Lens) -> list[Block]:
    """Return the whole page; its figure stands below the answers."""
    session = lens.desk.session
    story = WORDS.text(lens.task.name, "story")
    return [
        lead(),
        blocks.text("story", WORDS.text("page", "task", {"story": story})),
        blocks.group("bar", [walk(session, steps=False), toolbar(session)]),
        notice(session),
        blocks.controls("out", *_out(lens)),
        blocks.figure(),
        blocks.text("answers", *answer_sentences(lens)),
        blocks.text("cut", *out_sentences(lens)),
        _acts(lens),
        blocks.text("units", *unit_sentences(lens)),
        blocks.text("shares", *share_sentences(lens)),
    ]


def _out(lens: Lens) -> list[Control]:
    """What is taken out and, where it is a weight, which."""
    session, exercise = lens.desk.session, lens.exercise
    label = WORDS.text("out", "label")
    found = [select(session, out_choice(exercise), label, out_names(lens))]
    if lens.out == WEIGHT:
        option = weight_choice(exercise)
        names = {cell: weight_name(lens, cell) for cell in option.words}
        found.append(select(session, option, WORDS.text("out", "weight label"), names))
    return found


def _acts(lens: Lens) -> Block:
    fails = failure(core_of(lens.exercise), lens.task.name) is not None
    open_, help_ = WORDS.text("out", "open"), WORDS.text("out", "open, help")
    try_ = WORDS.text("share", "try")
    return blocks.toolbar(
        blocks.tool("open_cut", open_, lens.cut is not None, help_),
        blocks.tool("show_failure", try_, fails, try_),
        key="acts",
    )
