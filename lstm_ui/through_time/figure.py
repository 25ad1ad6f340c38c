"""A cell through time, drawn: all gates and states as heatmaps, one unit as lines, its cobweb.

Each figure is one plot, and every number in it is the trace's own.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from lstm_core.looks.memory import FORGOTTEN
from lstm_core.ops import Array
from lstm_ui.figures.parts import (
    COLOURS,
    Figure,
    Part,
    axis,
    bare_axis,
    box,
    colour_axis,
    finite,
    heatmap,
    layout,
    legend,
    line_through,
    marker,
    points,
    scale,
    segment,
    series,
    stroke,
    ticks,
)
from lstm_ui.sheet import theme
from lstm_ui.through_time.choices import Span, lines, rows
from lstm_ui.through_time.words import course_sentence, frozen_sentence

ROW_PX, LEAST_ROWS_PX = 14, 300
_TICKS = 12  # numbers on the axis of t


def figure(span: Span) -> Figure:
    """Return the figure of the view that was chosen."""
    with np.errstate(all="ignore"):
        return _LOOKS[span.look](span)


# ---- all units as heatmaps -----------------------------------------------------------------------


def _maps(span: Span) -> Figure:
    """Heatmaps one below the other in one grid: a row for each unit, a column for each t."""
    names = rows(span.exercise.cell)
    groups = {
        "coloraxis": [name for name in names if name != "C"],
        "coloraxis2": [name for name in names if name == "C"],  # it can grow beyond 1
    }
    ends = {axis: _end(span, shown) for axis, shown in groups.items()}
    drawn = {axis: shown for axis, shown in groups.items() if shown}
    height = max(LEAST_ROWS_PX, len(names) * (span.units + 1) * ROW_PX)
    first, last = span.times[0], span.times[-1]
    return Figure(
        data=[_heat(span, names, shown, axis) for axis, shown in drawn.items()],
        layout=_over_time(
            span,
            height + 50,
            _unit_axis(span, names),
            coloraxis=colour_axis(ends["coloraxis"]),
            coloraxis2=colour_axis(ends["coloraxis2"]),
        ),
        scales=[scale(_listed(span, shown), ends[axis]) for axis, shown in drawn.items()],
        places=True,
        least=320,
        alt=f"Heatmaps of {_listed(span, names)} over time: a row for each unit, a column for "
        f"each time step, t = {first} to {last}; t = {span.desk.t + 1} is framed.",
    )


def _end(span: Span, names: Sequence[str]) -> float:
    return theme.limit(*(span.over(name)[:, : span.units] for name in names))


def _heat(span: Span, names: list[str], shown: list[str], coloraxis: str) -> Part:
    """Neighbouring groups of rows, a gap of one row between them."""
    first, apart = names.index(shown[0]), span.units + 1
    grid = np.full((len(shown) * apart - 1, len(span.steps)), np.nan)
    for group, name in enumerate(shown):
        grid[group * apart :][: span.units] = span.over(name)[:, : span.units].T
    return heatmap(
        packed(np.where(np.isfinite(grid), grid, np.nan)),
        "t = %{x}: %{z:.4f}",
        x0=span.times[0],
        dx=1,
        y0=first * apart,
        dy=1,
        coloraxis=coloraxis,
        hoverongaps=False,
    )


def packed(grid: Array) -> Part:
    """Return numbers as plotly.js reads them fastest: the bytes of their float32, for colours.

    Half the bytes of float64, and more digits than a colour or the hover's four decimals show.
    """
    data = base64.b64encode(np.ascontiguousarray(grid, "<f4").tobytes()).decode()
    return {"dtype": "f4", "bdata": data, "shape": f"{grid.shape[0]}, {grid.shape[1]}"}


def _unit_axis(span: Span, names: list[str]) -> Part:
    """The name of each group beside its middle."""
    apart = span.units + 1
    middle = [group * apart + (span.units - 1) / 2 for group in range(len(names))]
    labels = [f"<b>{span.desk.mark(name)}</b>" for name in names]
    ends = [len(names) * apart - 1.5, -0.5]
    return bare_axis(range=ends, **ticks(middle, labels), tickfont={"size": 15})


def _listed(span: Span, names: Sequence[str]) -> str:
    return ", ".join(span.desk.plain(name) for name in names)


# ---- lines over time -----------------------------------------------------------------------------


def _over_time(
    span: Span, height: float, upwards: Part, shapes: Sequence[Part] = (), **more: Any
) -> Part:
    """What the figures over time share: the axis of t, and the cursor at the t on screen."""
    t, (first, last) = span.desk.t + 1, (span.times[0], span.times[-1])
    cursor = box((t - 0.5, t + 0.5), (0, 1), stroke(2), yref="paper")
    across = bare_axis(
        "time step t",
        standoff=4,
        range=[first - 0.5, last + 0.5],
        tick0=first,
        dtick=max(1, len(span.steps) // _TICKS),
    )
    more = {"showlegend": False, **more}
    return layout(height, (56, 12, 8, 46), across, upwards, shapes=[cursor, *shapes], **more)


def _lines(span: Span, over: Mapping[str, Array], upwards: Part, alt: str, *shapes: Part) -> Figure:
    """Lines over time, by their names."""
    return Figure(
        data=[
            series(span.times, finite(y), name, k, f"{name} at t = %{{x}}: %{{y:.4f}}")
            for k, (name, y) in enumerate(over.items())
        ],
        layout=_over_time(span, 380, upwards, shapes, showlegend=True, legend=legend()),
        places=True,
        least=320,
        alt=alt,
    )


def _unit(span: Span) -> Figure:
    """Lines for one unit: the memory, what is kept of it, what is written to it, and h."""
    desk, unit = span.desk, f"unit {span.unit + 1}"
    over = {name: span.over(name)[:, span.unit] for name in lines(span.exercise.cell)}
    at = desk.t - span.steps.start
    now = ", ".join(f"{desk.plain(name)} = {desk.text('', y[at])}" for name, y in over.items())
    return _lines(
        span,
        {desk.mark(name): y for name, y in over.items()},
        axis(unit, zeroline=True),
        f"Lines over time for {unit}. At t = {desk.t + 1}: {now}.",
    )


def _memory(span: Span) -> Figure:
    """What is left of one input, here and in a plain RNN, on a logarithmic scale."""
    mine, other = span.memories
    cut = slice(span.steps.start, span.steps.stop)
    found = {"this cell": mine.left[cut], "plain RNN": other.left[cut]}
    upwards = axis("left of the input", type="log", range=[-8, 1], exponentformat="power", dtick=1)
    limit = segment((0, 1), (FORGOTTEN, FORGOTTEN), stroke(1, dash="dash"), xref="paper")
    return _lines(
        span,
        {name: np.where(left > 0, left, np.nan) for name, left in found.items()},
        upwards,
        "How much is left of one input, on a logarithmic scale. 1 % is left: This cell until "
        f"t = {mine.until}, the plain RNN until t = {other.until}.",
        limit,
    )


# ---- the cobweb ----------------------------------------------------------------------------------


def _cobweb(span: Span) -> Figure:
    """The way of one unit, the diagonal, where it ends, and the map with all else frozen."""
    web = span.web
    path = np.repeat(web.path[np.isfinite(web.path)], 2)
    ends = [float(web.before[0]), float(web.before[-1])]
    told = f"{course_sentence(span)} {frozen_sentence(span)}"
    return Figure(
        data=[
            line_through(
                web.before, web.after, stroke(1.5, COLOURS[0], "dash"), name="all else frozen"
            ),
            line_through(ends, ends, stroke(2.5, "#7f7f7f", "dot"), name="no change"),
            line_through(path[:-2], path[1:-1], stroke(2, COLOURS[2], "solid"), name="the cell"),
            _rests(span),
        ],
        layout=layout(
            440,
            (56, 12, 40, 44),
            axis(f"{span.desk.mark(web.state)} now", range=ends, zeroline=True),
            axis("one time step later", zeroline=True),
            showlegend=True,
            legend=legend(),
        ),
        least=320,
        most=720,
        alt=f"Cobweb of unit {span.unit + 1} at t = {span.desk.t + 1}. {told}",
    )


def _rests(span: Span) -> Part:
    """Where the cell comes to rest, full; hollow, where it would with all else frozen."""
    course, frozen = span.web.course, [at for at, _ in span.web.rest]
    at = [course.last] if course.end == "rests" else []
    symbols = ["circle"] * len(at) + ["circle-open"] * len(frozen)
    how = marker(12, COLOURS[1], symbols)
    return points([*at, *frozen], [*at, *frozen], how, "at rest: %{x:.4f}", name="at rest")


_LOOKS: dict[str, Callable[[Span], Figure]] = {
    "maps": _maps,
    "unit": _unit,
    "cobweb": _cobweb,
    "memory": _memory,
}
