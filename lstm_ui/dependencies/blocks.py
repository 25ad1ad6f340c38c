"""The page on dependencies, as blocks: the steps as a graph, and the stacked product below it."""

from lstm_ui.dependencies.graph import NUMBERS, graph
from lstm_ui.dependencies.stack import stacked_blocks
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block
from lstm_ui.sheet.controls import segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.panels import notice, toolbar, walk

WHAT = (
    "A step can be worked out as soon as everything that leads to it is there. What stands in one "
    "column can be worked out side by side. Point at a step to see what it needs and what needs "
    "it; click to open it."
)


def dependency_blocks(desk: Desk) -> list[Block]:
    """Return the whole page."""
    session = desk.session
    time = [walk(session, steps=False)] if desk.exercise.T > 1 else []
    choice = segments(session, NUMBERS, "Show", {"numbers": "numbers too"})
    return [
        blocks.heading("Dependency graph", 1, "top", what=WHAT),
        blocks.group("bar", [blocks.controls("nodes", choice), *time, toolbar(session)]),
        notice(session),
        graph(desk),
        *stacked_blocks(desk),
    ]
