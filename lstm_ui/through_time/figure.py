"""A cell through time, drawn: all gates and states as heatmaps, one unit as lines, its cobweb.

Each figure is one plot, and every number in it is the trace's own.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from lstm_core.cells import facts
from lstm_core.looks.dynamics import Cobweb
from lstm_core.looks.memory import FORGOTTEN
from lstm_core.ops import Array
from lstm_ui.figures.ghosts import DOTTED, dotted, with_ghosts
from lstm_ui.figures.parts import (
    COLOURS,
    Figure,
    Part,
    axis,
    finite,
    layout,
    legend,
    line_through,
    marker,
    points,
    segment,
    series,
    stroke,
)
from lstm_ui.through_time.axes import over_time
from lstm_ui.through_time.choices import Span, lines
from lstm_ui.through_time.maps import maps
from lstm_ui.through_time.words import course_sentence, frozen_sentence, look_text, memory_sentences


def figure(span: Span) -> Figure:
    """Return the figure of the view that was chosen."""
    with np.errstate(all="ignore"):
        return _LOOKS[span.look](span)


# ---- lines over time -----------------------------------------------------------------------------


def _lines(span: Span, over: Mapping[str, Array], upwards: Part, alt: str, *shapes: Part) -> Figure:
    """Lines over time, by their names; where there is one number more, the first is of t = 0."""
    times = [span.times[0] - 1, *span.times]
    lines = {name: times[-len(y) :] for name, y in over.items()}
    drawn = max(lines.values(), key=len)
    return Figure(
        data=[
            series(lines[name], finite(y), name, k, f"{name} at t = %{{x}}: %{{y:.4f}}")
            for k, (name, y) in enumerate(over.items())
        ],
        layout=over_time(span, 380, upwards, shapes, drawn, showlegend=True, legend=legend()),
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
    drawn = _lines(
        span,
        {desk.mark(name): _with_start(span, name, y) for name, y in over.items()},
        axis(unit, zeroline=True),
        f"Lines over time for {unit}. At t = {desk.t + 1}: {now}.",
    )
    pinned = [span.pinned_over(name) for name in over]
    ghosts = [values[:, span.unit] for values in pinned if values is not None]
    return with_ghosts(drawn, dotted(span.times, ghosts), DOTTED)


def _with_start(span: Span, name: str, values: Array) -> Array:
    """A state begins at t = 0: with the number that the exercise gives it."""
    carry = span.exercise.cell.carry
    if span.steps.start or name not in carry:
        return values
    return np.concatenate(([span.exercise.start[carry[name]][span.unit]], values))


def _memory(span: Span) -> Figure:
    """What is left of one input, here and in the cell beside it, on a logarithmic scale."""
    mine, other = span.memories
    cut = slice(span.steps.start, span.steps.stop)
    title = facts(span.exercise.cell).title
    found = {f"this {title}": mine.left[cut], look_text(span, "beside"): other.left[cut]}
    upwards = axis("left of the input", type="log", range=[-8, 1], exponentformat="power", dtick=1)
    limit = segment((0, 1), (FORGOTTEN, FORGOTTEN), stroke(1, dash="dash"), xref="paper")
    return _lines(
        span,
        {name: np.where(left > 0, left, np.nan) for name, left in found.items()},
        upwards,
        f"Lines on a logarithmic scale: how much is left of the input at t = {mine.since + 1}. "
        + " ".join(memory_sentences(span)[:1]),
        limit,
    )


# ---- the cobweb ----------------------------------------------------------------------------------


def _cobweb(span: Span) -> Figure:
    """The way of one unit, the diagonal, where it ends, and the map with all else frozen."""
    web = span.web
    ends = [float(web.before[0]), float(web.before[-1])]
    told = f"{course_sentence(span)} {frozen_sentence(span)}"
    return Figure(
        data=[*_cobweb_lines(web, ends), _rests(span)],
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


def _cobweb_lines(web: Cobweb, ends: Sequence[float]) -> list[Part]:
    path = np.repeat(web.path[np.isfinite(web.path)], 2)
    frozen, same = stroke(1.5, COLOURS[0], "dash"), stroke(2.5, "#7f7f7f", "dot")
    own = stroke(2, COLOURS[2], "solid")
    return [
        line_through(web.before, web.after, frozen, name="with all else frozen"),
        line_through(ends, ends, same, name="next = now"),
        line_through(path[:-2], path[1:-1], own, name="what the cell does"),
    ]


def _rests(span: Span) -> Part:
    """Where the cell comes to rest, full; hollow, where it would with all else frozen."""
    course, frozen = span.web.course, [at for at, _ in span.web.rest]
    at = [course.last] if course.end == "rests" else []
    symbols = ["circle"] * len(at) + ["circle-open"] * len(frozen)
    how = marker(12, COLOURS[1], symbols)
    return points([*at, *frozen], [*at, *frozen], how, "at rest: %{x:.4f}", name="at rest")


_LOOKS: dict[str, Callable[[Span], Figure]] = {
    "maps": maps,
    "unit": _unit,
    "cobweb": _cobweb,
    "memory": _memory,
}
