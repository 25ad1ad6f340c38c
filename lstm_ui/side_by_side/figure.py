"""The page's figure: both cells over time, the left one solid, the right one dashed."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from lstm_core.cells import facts
from lstm_core.looks.memory import FORGOTTEN
from lstm_core.looks.swap import series
from lstm_core.ops import Array
from lstm_ui.figures.parts import (
    COLOURS,
    DASHES,
    Figure,
    Part,
    axis,
    finite,
    layout,
    legend,
    marker,
    scatter,
    segment,
    stroke,
    time_axis,
    time_cursor,
)
from lstm_ui.sheet.window import window
from lstm_ui.side_by_side.choices import Beside, Side
from lstm_ui.side_by_side.words import WORDS, curve_sentences

MOST_STEPS, FEW = 200, 40  # time steps drawn at once, and so few that each has a marker
_SIDES = ("left", "right")


def figure(here: Beside) -> Figure:
    """Return the figure of what was chosen."""
    with np.errstate(all="ignore"):
        lines = _LINES[here.curves](here)
    steps = window(here.desk.t, here.desk.exercise.T, MOST_STEPS)
    return Figure(
        data=[line for lines_of in lines for line in lines_of(steps)],
        layout=_layout(here, steps),
        places=True,
        least=320,
        alt=_alt(here),
    )


Line = Callable[[range], list[Part]]


def _line(name: str, values: Array, colour: int, side: int) -> Line:
    """One line; the colour says what it is, solid or dashed whose it is."""

    def drawn(steps: range) -> list[Part]:
        mode = "lines+markers" if len(steps) < FEW else "lines"
        how = stroke(2.5, COLOURS[colour], DASHES[side])
        dots = marker(6, COLOURS[colour], ("circle", "diamond-open")[side])
        times = [t + 1 for t in steps]
        hover = f"{name} at t = %{{x}}: %{{y:.4g}}"
        y = finite(values[steps.start : steps.stop])
        return [scatter(mode, times, y, hover, name=name, line=how, marker=dots)]

    return drawn


def _states(here: Beside) -> list[Line]:
    """The memory and h of one unit, in both."""
    found = [(side, name) for side in (here.left, here.right) for name in _drawn(here, side)]
    colours = {name: k for k, name in enumerate(dict.fromkeys(name for _, name in found))}
    return [
        _line(
            WORDS.text("curves", _SIDES[side is here.right], {"name": side.desk.mark(name)}),
            series(side.trace, name)[:, here.unit],
            colours[name],
            int(side is here.right),
        )
        for side, name in found
    ]


def _drawn(here: Beside, side: Side) -> list[str]:
    """The memory and h; of a vector that has fewer entries than there are units, no other one."""
    states = dict.fromkeys((facts(side.cell).memory, "h"))
    return [name for name in states if here.unit < side.trace[0, name].size]


def _memory(here: Beside) -> list[Line]:
    return _of_both([one.left for one in here.memories or ()])


def _gradient(here: Beside) -> list[Line]:
    return _of_both(here.gradients)


def _of_both(values: Sequence[Array]) -> list[Line]:
    """A line for each cell, on a logarithmic scale, which has no 0."""
    return [
        _line(WORDS.text("curves", f"{_SIDES[k]} cell"), np.where(y > 0, y, np.nan), 2 * k, k)
        for k, y in enumerate(values)
    ]


_LINES: Mapping[str, Callable[[Beside], list[Line]]] = {
    "states": _states,
    "memory": _memory,
    "gradient": _gradient,
}


def _layout(here: Beside, steps: range) -> Part:
    first, last, t = steps[0] + 1, steps[-1] + 1, here.desk.t + 1
    title = WORDS.text("curves", f"axis of {here.curves}", {"unit": here.unit + 1})
    upwards = axis(title, zeroline=True)
    if here.curves != "states":
        upwards |= {"type": "log", "exponentformat": "power", "dtick": 1}
    shapes = [time_cursor(t)]
    if here.curves == "memory":
        upwards |= {"range": [-8, 1]}
        limit = stroke(1, dash="dash")
        shapes.append(segment((0, 1), (FORGOTTEN, FORGOTTEN), limit, xref="paper"))
    return layout(
        360,
        (60, 12, 8, 46),
        time_axis(first, last),
        upwards,
        shapes=shapes,
        showlegend=True,
        legend=legend(),
    )


def _alt(here: Beside) -> str:
    """What is drawn and, of the states, the numbers of the time step on screen."""
    said = " ".join(curve_sentences(here))
    if here.curves != "states":
        return f"Lines over time on a logarithmic scale. {said}"
    numbers = "; ".join(
        f"{WORDS.text('curves', key, {'name': side.desk.plain(name)})} = {_now(here, side, name)}"
        for key, side in zip(_SIDES, (here.left, here.right), strict=True)
        for name in _drawn(here, side)
    )
    return f"Lines over time. {said} At t = {here.desk.t + 1}: {numbers}."


def _now(here: Beside, side: Side, name: str) -> str:
    """The state of the unit at the time step on screen, as it is printed."""
    return side.desk.texts(name)[here.unit]
