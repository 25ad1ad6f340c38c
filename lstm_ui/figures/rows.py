"""Concatenation, +, ∘, 1 − and the like drawn: operands and result in rows, entry by entry."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lstm_core.ops import Array
from lstm_ui.figures.parts import Part, View, axis, cell_width, colour_axis, frame, heat, scale
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme
from lstm_ui.sheet.letters import entry_labels

LEFT_PX = 110  # room for the names of the rows, or more where they are longer
LETTER_PX = 7.5
WIDEST_PX = 130  # of a cell
MARGIN = {"r": 12, "t": 30, "b": 8}
_TAGS = re.compile("<[^>]*>")


def rows(sign: str) -> Callable[[View], Part]:
    """Return what draws a ∘ b = y, a + b = y or, of one operand, a = y: a row for each of them."""

    def draw(view: View) -> Part:
        (first, *others), y = view.step.operands, view.step.name
        marks = (f"{sign}  {view.mark(name)}" for name in others)
        labels = [view.mark(first), *marks, f"=  {view.mark(y)}"]
        told = f" {sign} ".join(view.plain(name) for name in view.step.operands)
        return _stacked(view, [*view.step.operands, y], labels, told)

    return draw


def unary(pattern: str) -> Callable[[View], Part]:
    """Return what draws a function of a, written like this, under a."""

    def draw(view: View) -> Part:
        (a,), y = view.step.operands, view.step.name
        labels = [view.mark(a), pattern.format(_factor(view.mark(a)))]
        return _stacked(view, [a, y], labels, pattern.format(_factor(view.plain(a))))

    return draw


def _factor(text: str) -> str:
    return f"({text})" if " " in text else text


def concat(view: View) -> Part:
    """Draw the parts in the upper row, where they will stand, and v in the lower."""
    (a, b), v = view.step.inputs, view.step.name
    z = np.stack([np.concatenate([view.values(a), view.values(b)]), view.values(v)])
    texts = [view.texts(a) + view.texts(b), view.texts(v)]
    hover = [_hover(view, a) + _hover(view, b), _hover(view, v)]
    labels = [f"{view.mark(a)},  {view.mark(b)}", view.mark(v)]
    told = f"{view.plain(a)} followed by {view.plain(b)}"
    return _figure(view, z, (texts, hover), labels, told)


def part(view: View) -> Part:
    """Draw the whole in the upper row, and the part that is taken from it under its place."""
    (whole,), y = view.step.operands, view.step.name
    size, length = len(view.values(y)), len(view.values(whole))
    start = 0 if view.step.op.name == "part_first" else length - size

    def below(cells: Sequence[Any], empty: Any) -> list[Any]:
        return [*[empty] * start, *cells, *[empty] * (length - size - start)]

    z = np.stack([view.values(whole), np.array(below(view.values(y), np.nan))])
    texts = [view.texts(whole), below(view.texts(y), "")]
    hover = [_hover(view, whole), below(_hover(view, y), "")]
    labels = [view.mark(whole), f"=  {view.mark(y)}"]
    told = f"entries {start + 1} to {start + size} of {view.plain(whole)}"
    return _figure(view, z, (texts, hover), labels, told, start)


def _stacked(view: View, names: Sequence[str], labels: Sequence[str], told: str) -> Part:
    z = np.stack([view.values(name) for name in names])
    texts = [view.texts(name) for name in names]
    return _figure(view, z, (texts, [_hover(view, name) for name in names]), labels, told)


def _hover(view: View, name: str) -> list[str]:
    return [view.hover(name, (k,), x) for k, x in enumerate(view.values(name))]


def _figure(
    view: View, z: Array, words: tuple[Any, Any], labels: Sequence[str], told: str, start: int = 0
) -> Part:
    """The rows with what is printed on them and what hovering says; y begins in column `start`."""
    (texts, hover), (count, columns), y = words, z.shape, view.step.name
    left = max(LEFT_PX, LETTER_PX * max(len(_TAGS.sub("", label)) for label in labels))
    grid = heat(z, texts, hover, _cells(view, columns, start, count), coloraxis="coloraxis")
    empty = np.array(texts, object) == ""
    grid["z"] = np.where(empty, None, np.array(grid["z"], object)).tolist()
    return {
        "data": [{**grid, "hoverongaps": False}],
        "layout": {**_layout(view, z, labels, start + view.entry), "margin": {**MARGIN, "l": left}},
        "scales": [scale("all values", theme.limit(z))],
        "least": left + columns * cell_width(texts),
        "most": left + columns * WIDEST_PX,
        "alt": f"Aligned heatmap, entry by entry: {told}. "
        f"{view.plain(y)} = {', '.join(view.texts(y))}.",
    }


def _layout(view: View, z: Array, labels: Sequence[str], here: int) -> Part:
    count, columns = z.shape
    return {
        "height": count * (theme.CELL_PX + 6) + 38,
        "xaxis": axis(_above(view, columns), side="top"),
        "yaxis": axis(labels, autorange="reversed"),
        "coloraxis": colour_axis(theme.limit(z)),
        "shapes": [frame((here, here), (0, count - 1))],
    }


def _above(view: View, columns: int) -> list[str]:
    """The labels of the columns: those of the result or, where it is a part, of the whole."""
    own = entry_labels(view.exercise, view.step.name)
    return own if len(own) == columns else entry_labels(view.exercise, view.step.inputs[0])


def _cells(view: View, columns: int, start: int, count: int) -> list[list[str]]:
    """Which entry of the result a click on a column opens: none where it has no entry there."""
    y = view.step.name
    size = len(view.values(y))
    row = [cell_id(y, (k - start,)) if 0 <= k - start < size else "" for k in range(columns)]
    return [row] * count
