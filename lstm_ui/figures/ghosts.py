"""What a pinned setting adds to a figure: crosses where its own units stand, dotted lines."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_core.ops import Array
from lstm_ui.figures.parts import (
    GREY,
    Figure,
    Part,
    finite,
    joined,
    line_through,
    marker,
    scatter,
    stroke,
)
from lstm_ui.figures.view import View
from lstm_ui.session.pin import WORDS

CROSSES, DOTTED = (WORDS.text("figure", name) for name in ("crosses", "dotted"))
_FAINT = GREY.format(0.9)
_CROSS = marker(11, _FAINT, "x-thin", stroke(2.5, _FAINT))


def crosses(view: View, reach: float, top: float, **style: Any) -> list[Part]:
    """Return the pinned units of a step on the curve of its activation; nothing where none are.

    The axis of z runs from −reach to reach: a unit beyond stands at its edge. `top` is the height.
    """
    z, y = view.desk.pinned(view.step.inputs[0]), view.desk.pinned(view.name)
    if z is None or y is None:
        return []
    desk, pinned = view.desk, WORDS.text("figure", "pinned")
    texts = zip(desk.printed("", z), desk.printed(view.name, y), strict=True)
    hover = [f"{pinned}, unit {j}: z = {a}, {b}" for j, (a, b) in enumerate(texts, 1)]
    x, heights = np.clip(np.nan_to_num(z), -reach, reach), finite(np.clip(y, -top, top))
    more = {"hovertext": hover, "marker": _CROSS, "name": pinned, **style}
    return [scatter("markers", x, heights, "%{hovertext}", **more)]


def dotted(times: Sequence[int], lines: Sequence[Array]) -> list[Part]:
    """Return the pinned setting's own lines over time, in one trace; nothing where there are none.

    They may end before the last time step.
    """
    if not lines:
        return []
    x, y = joined([(np.array(times[: len(line)]), line) for line in lines])
    return [line_through(x, y, stroke(1.5, _FAINT, "dot"), name=WORDS.text("figure", "pinned"))]


def with_ghosts(figure: Figure, ghosts: list[Part], said: str) -> Figure:
    """Return a figure with what a pinned setting adds, which its text alternative then says."""
    if not ghosts:
        return figure
    return {**figure, "data": [*figure["data"], *ghosts], "alt": f"{figure['alt']} {said}"}
