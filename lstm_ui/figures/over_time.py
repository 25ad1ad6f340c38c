"""A sum over time drawn: one bar for each time step's share in the open entry, and their sum."""

import numpy as np

from lstm_core.ops import Array
from lstm_ui.figures.parts import COLOURS, Figure, Part, axis, bars, finite, layout, ticks
from lstm_ui.figures.view import View
from lstm_ui.session.address import at_time, cell_id

HEIGHT, LEFT_PX, BAR_PX = 260, 70, 34
MOST_TICKS = 24  # bars that have each a label of their own
MOST_SAID = 8  # shares that the text alternative lists


def over_time(view: View) -> Figure:
    """Return the bars of the open entry; a click on one leads to that time step's share."""
    (share,), trace, T = view.step.operands, view.desk.trace, len(view.desk.trace)
    index = (view.entry, view.column)[: view.result.ndim]
    heights = np.array([*(trace[t, share][index] for t in range(T)), view.result[index]])
    entry, texts = view.desk.entry(view.name, *index), view.desk.printed(share, heights)
    shares = [cell_id(at_time(share, t), index) for t in range(T)]
    labels = [*(f"t = {t + 1}" for t in range(T)), "sum"]
    return Figure(
        data=[_bars(heights, labels, texts, [*shares, cell_id(view.name, index)])],
        layout=_layout(entry, labels),
        least=LEFT_PX + 5 * BAR_PX,
        most=LEFT_PX + max(T + 1, 8) * 3 * BAR_PX,
        alt=_alt(view, entry, labels, texts),
    )


def _bars(heights: Array, labels: list[str], texts: list[str], at: list[str]) -> Part:
    """The shares in one colour, and their sum in another."""
    last = len(heights) - 1
    return bars(
        {"x": list(range(last + 1)), "y": finite(heights)},
        [*[COLOURS[0]] * last, COLOURS[2]],
        "%{hovertext}",
        hovertext=[f"{when}: {text}" for when, text in zip(labels, texts, strict=True)],
        text=texts if last < MOST_TICKS else [*[""] * last, texts[-1]],
        textposition="outside",
        cliponaxis=False,
        customdata=at,
    )


def _layout(entry: str, labels: list[str]) -> Part:
    last = len(labels) - 1
    every = max(1, last // MOST_TICKS)
    shown = [k for k in range(last) if k % every == 0 and last - k >= every]
    across = axis(zeroline=False, **ticks([*shown, last], [*(labels[k] for k in shown), "sum"]))
    return layout(
        HEIGHT, (LEFT_PX, 12, 24, 30), across, axis(entry, zeroline=True), showlegend=False
    )


def _alt(view: View, entry: str, labels: list[str], texts: list[str]) -> str:
    """Say the shares and their sum and, of a matrix, the open row of the result."""
    told = [f"{when}: {text}" for when, text in zip(labels[:-1], texts[:-1], strict=True)]
    more = f", and {len(told) - MOST_SAID} more" if len(told) > MOST_SAID else ""
    result = view.result if view.result.ndim == 1 else view.result[view.entry]
    row = ", ".join(view.desk.printed(view.name, result))
    listed = ", ".join(told[:MOST_SAID]) + more
    said = f"Bars: the share of each time step in {entry}, {listed}. Their sum is {texts[-1]}"
    return f"{said}. {view.desk.plain(view.name)} = {row}."
