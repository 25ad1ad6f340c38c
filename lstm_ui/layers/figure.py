"""h of one unit in every layer over time, a line for each lane: the page's one plot."""

from collections.abc import Sequence

import numpy as np

from lstm_core.layers.stack import Place
from lstm_core.lesson.words import paragraph
from lstm_core.ops import Array
from lstm_ui.figures.ghosts import DOTTED, dotted, with_ghosts
from lstm_ui.figures.parts import (
    COLOURS,
    DASHES,
    Figure,
    Part,
    axis,
    finite,
    layout,
    legend,
    line_through,
    marker,
    scatter,
    stroke,
    time_axis,
    time_cursor,
)
from lstm_ui.layers.choices import WORDS, View

_HEIGHT, _FEW = 320, 40


def lanes(view: View) -> list[Place]:
    """Return the lanes that have the unit of the figure."""
    return [place for place in view.stack.places if view.unit < view.stack.h(place).shape[1]]


def figure(view: View) -> Figure:
    """Return the lines; a click on the plot goes to its time step."""
    drawn, there = view.drawn, lanes(view)
    times = [t + 1 for t in drawn]
    lines = [_line(view, k, place, times) for k, place in enumerate(there)]
    upwards = axis(WORDS.text("figure", "axis", {"unit": view.unit + 1}), zeroline=True)
    shown = {"showlegend": True, "legend": legend(), "shapes": [time_cursor(view.t + 1)]}
    plot = Figure(
        data=lines,
        layout=layout(_HEIGHT, (60, 12, 40, 46), time_axis(times[0], times[-1]), upwards, **shown),
        places=True,
        least=320,
        alt=_alt(view, there),
    )
    return with_ghosts(plot, dotted(times, _pinned(view)), DOTTED)


def _pinned(view: View) -> list[Array]:
    """The same lines with the pinned exercise in the first layer's place, as far as they go."""
    stack, drawn = view.pinned, view.drawn
    runs = [stack.h(place) for place in stack.places] if stack else []
    return [h[drawn.start : drawn.stop, view.unit] for h in runs if view.unit < h.shape[1]]


def _line(view: View, k: int, place: Place, times: Sequence[int]) -> Part:
    """The k-th lane: no two of the 16 that there can be have the same colour and dash."""
    y = finite(_course(view, place)[view.drawn.start : view.drawn.stop])
    line = stroke(2.5, COLOURS[k % 4], DASHES[(k + k // 4) % 4])
    name = view.lane(place, capital=True)
    hover = f"{name}, t = %{{x}}: %{{y:.4f}}"
    if len(times) >= _FEW:
        return line_through(times, y, line, hover, name=name)
    return scatter("lines+markers", times, y, hover, name=name, line=line, marker=marker(5))


def _course(view: View, place: Place) -> Array:
    return view.stack.h(place)[:, view.unit]


def _alt(view: View, there: Sequence[Place]) -> str:
    told = [WORDS.text("figure", "line", _facts(view, place)) for place in there]
    return WORDS.text("figure", "alt", {"unit": view.unit + 1, "lines": paragraph(*told)})


def _facts(view: View, place: Place) -> dict[str, object]:
    h = _course(view, place)
    peak = int(np.argmax(np.abs(np.nan_to_num(h))))
    return {
        "Lane": view.lane(place, capital=True),
        "lane": view.lane(place),
        "first": view.desk.text("h", h[0]),
        "last": view.desk.text("h", h[-1]),
        "peak": peak + 1,
        "most": view.desk.text("h", h[peak]),
    }


def figure_sentence(view: View) -> str:
    """Return what is to be seen in the lines."""
    there = lanes(view)
    fewer = [view.lane(p, capital=True) for p in view.stack.places if p not in there]
    seen = [WORDS.text("figure", "largest", _facts(view, place)) for place in there]
    about = WORDS.text("figure", "about", {"unit": view.unit + 1, "largest": " ".join(seen)})
    less = [WORDS.text("figure", "fewer", {"lanes": lane}) for lane in fewer]
    return paragraph(about, *less)
