"""The page on dependencies, as blocks: the steps as a graph, and the stacked product below it."""

from lstm_core.lesson.words import words
from lstm_ui.dependencies.graph import NUMBERS, graph
from lstm_ui.dependencies.stack import stacked_blocks
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block
from lstm_ui.sheet.controls import segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.panels import notice, toolbar, walk

WORDS = words("dependencies")


def dependency_blocks(desk: Desk) -> list[Block]:
    """Return the whole page."""
    session = desk.session
    time = [walk(session, steps=False)] if desk.exercise.T > 1 else []
    choice = segments(session, NUMBERS, "Show", {"numbers": "numbers too"})
    tools = toolbar(session, plays=bool(time))
    return [
        blocks.lead(WORDS.text("page", "what")),
        blocks.group("bar", [blocks.controls("nodes", choice), *time, tools]),
        notice(session),
        graph(desk),
        *stacked_blocks(desk),
    ]
