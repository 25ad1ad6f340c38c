"""Concatenation, +, ∘ and 1 − drawn: operands and result in rows, aligned entry by entry."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lstm_core.ops import Array
from lstm_ui import theme
from lstm_ui.figures_view import Part, View, axis, cell_width, colour_axis, frame, heat, scale
from lstm_ui.grids import cell_id
from lstm_ui.letters import entry_labels

LEFT_PX = 110  # room for the names of the rows
WIDEST_PX = 130  # of a cell


def binary(sign: str) -> Callable[[View], Part]:
    """Return what draws a ∘ b = y, or a + b = y: three rows."""

    def draw(view: View) -> Part:
        (a, b), y = view.step.inputs, view.step.name
        labels = [view.mark(a), f"{sign}  {view.mark(b)}", f"=  {view.mark(y)}"]
        return _stacked(view, [a, b, y], labels, f"{view.plain(a)} {sign} {view.plain(b)}")

    return draw


def one_minus(view: View) -> Part:
    """Draw 1 − a under a."""
    (a,), y = view.step.inputs, view.step.name
    return _stacked(view, [a, y], [view.mark(a), f"1 − {view.mark(a)}"], f"1 − {view.plain(a)}")


def concat(view: View) -> Part:
    """Draw the parts in the upper row, where they will stand, and v in the lower."""
    (a, b), v = view.step.inputs, view.step.name
    z = np.stack([np.concatenate([view.values(a), view.values(b)]), view.values(v)])
    texts = [view.texts(a) + view.texts(b), view.texts(v)]
    hover = [_hover(view, a) + _hover(view, b), _hover(view, v)]
    labels = [f"{view.mark(a)},  {view.mark(b)}", view.mark(v)]
    return _figure(view, z, texts, hover, labels, f"{view.plain(a)} followed by {view.plain(b)}")


def _stacked(view: View, names: Sequence[str], labels: Sequence[str], told: str) -> Part:
    z = np.stack([view.values(name) for name in names])
    texts = [view.texts(name) for name in names]
    return _figure(view, z, texts, [_hover(view, name) for name in names], labels, told)


def _hover(view: View, name: str) -> list[str]:
    return [view.hover(name, (k,), x) for k, x in enumerate(view.values(name))]


def _figure(view: View, z: Array, texts: Any, hover: Any, labels: Sequence[str], told: str) -> Part:
    rows, columns = z.shape
    y = view.step.name
    cells = [[cell_id(y, (k,)) for k in range(columns)]] * rows
    layout = {
        "height": rows * (theme.CELL_PX + 6) + 38,
        "margin": {"l": LEFT_PX, "r": 12, "t": 30, "b": 8},
        "xaxis": axis(entry_labels(view.exercise, y), side="top"),
        "yaxis": axis(labels, autorange="reversed"),
        "coloraxis": colour_axis(theme.limit(z)),
        "shapes": [frame((view.entry, view.entry), (0, rows - 1))],
    }
    return {
        "data": [heat(z, texts, hover, cells, coloraxis="coloraxis")],
        "layout": layout,
        "scales": [scale("all values", theme.limit(z))],
        "least": LEFT_PX + columns * cell_width(texts),
        "most": LEFT_PX + columns * WIDEST_PX,
        "alt": f"Aligned heatmap, entry by entry: {told}. "
        f"{view.plain(y)} = {', '.join(texts[-1])}.",
    }
