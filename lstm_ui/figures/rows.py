"""Concatenation, +, ∘, 1 − and the like drawn: operands and result in rows, entry by entry."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from lstm_core.ops import Array
from lstm_ui.figures.parts import (
    Figure,
    Part,
    cell_width,
    cells,
    colour_axis,
    frame,
    layout,
    named_axis,
    scale,
)
from lstm_ui.figures.view import View
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme
from lstm_ui.sheet.letters import entry_labels

LEFT_PX = 110  # room for the names of the rows, or more where they are longer
LETTER_PX = 7.5
WIDEST_PX = 130  # of a cell
_TAGS = re.compile("<[^>]*>")


class Row(NamedTuple):
    """One row of the figure, (columns,): numbers, what is printed, and what hovering says."""

    label: str
    z: Array
    text: list[str]
    hover: list[str]

    def joined(self, other: "Row") -> "Row":
        """Return two rows as one."""
        label = f"{self.label},  {other.label}"
        z = np.concatenate([self.z, other.z])
        return Row(label, z, self.text + other.text, self.hover + other.hover)

    def within(self, size: int, start: int) -> "Row":
        """Return the row with empty cells around it, so that it begins in column `start`."""
        before, after = start, size - start - len(self.z)
        z = np.pad(self.z, (before, after), constant_values=np.nan)
        text, hover = ([*[""] * before, *part, *[""] * after] for part in (self.text, self.hover))
        return Row(self.label, z, text, hover)


def _row(view: View, name: str, label: str | None = None) -> Row:
    desk = view.desk
    values = desk.values(name)
    hover = [view.hover(name, (k,), x) for k, x in enumerate(values)]
    return Row(desk.mark(name) if label is None else label, values, desk.texts(name), hover)


def rows(sign: str) -> Callable[[View], Figure]:
    """Return what draws a ∘ b = y, a + b = y or, of one operand, a = y: a row for each of them."""

    def draw(view: View) -> Figure:
        (first, *others), mark = view.step.operands, view.desk.mark
        shown = [
            _row(view, first),
            *(_row(view, name, f"{sign}  {mark(name)}") for name in others),
            _row(view, view.name, f"=  {mark(view.name)}"),
        ]
        what = f" {sign} ".join(view.desk.plain(name) for name in view.step.operands)
        return _figure(view, shown, what)

    return draw


def unary(pattern: str) -> Callable[[View], Figure]:
    """Return what draws a function of a, written like this, under a."""

    def draw(view: View) -> Figure:
        (a,), desk = view.step.operands, view.desk
        label = pattern.format(_factor(desk.mark(a)))
        what = pattern.format(_factor(desk.plain(a)))
        return _figure(view, [_row(view, a), _row(view, view.name, label)], what)

    return draw


def _factor(text: str) -> str:
    return f"({text})" if " " in text else text


def concat(view: View) -> Figure:
    """Draw the parts in the upper row, where they will stand, and v in the lower."""
    (a, b), plain = view.step.inputs, view.desk.plain
    shown = [_row(view, a).joined(_row(view, b)), _row(view, view.name)]
    return _figure(view, shown, f"{plain(a)} followed by {plain(b)}")


def part(view: View) -> Figure:
    """Draw the whole in the upper row, and the part that is taken from it under its place."""
    (whole,), desk = view.step.operands, view.desk
    size, length = len(view.result), len(desk.values(whole))
    start = 0 if view.step.op.name == "part_first" else length - size
    below = _row(view, view.name, f"=  {desk.mark(view.name)}").within(length, start)
    what = f"entries {start + 1} to {start + size} of {desk.plain(whole)}"
    return _figure(view, [_row(view, whole), below], what, start)


def _figure(view: View, shown: Sequence[Row], what: str, start: int = 0) -> Figure:
    """Return the rows as a figure; the result begins in column `start`."""
    z, texts = np.stack([row.z for row in shown]), [row.text for row in shown]
    columns, labels = z.shape[1], [row.label for row in shown]
    left = max(LEFT_PX, LETTER_PX * max(len(_TAGS.sub("", label)) for label in labels))
    at = [_addresses(view, columns, start)] * len(shown)
    result = ", ".join(view.desk.texts(view.name))
    return Figure(
        data=[cells(z, texts, [row.hover for row in shown], at, coloraxis="coloraxis")],
        layout=_layout(view, z, labels, left, start + view.entry),
        scales=[scale("all values", theme.limit(z))],
        least=left + columns * cell_width(texts),
        most=left + columns * WIDEST_PX,
        alt=f"Aligned heatmap, entry by entry: {what}. {view.desk.plain(view.name)} = {result}.",
    )


def _layout(view: View, z: Array, labels: Sequence[str], left: float, here: int) -> Part:
    count, columns = z.shape
    return layout(
        count * (theme.CELL_PX + 6) + 38,
        (left, 12, 30, 8),
        named_axis(_above(view, columns), side="top"),
        named_axis(labels, autorange="reversed"),
        coloraxis=colour_axis(theme.limit(z)),
        shapes=[frame((here, here), (0, count - 1))],
    )


def _above(view: View, columns: int) -> list[str]:
    """The labels of the columns: those of the result or, where it is a part, of the whole."""
    own = entry_labels(view.exercise, view.name)
    return own if len(own) == columns else entry_labels(view.exercise, view.step.inputs[0])


def _addresses(view: View, columns: int, start: int) -> list[str]:
    """Which entry of the result a click on a column opens: none where it has no entry there."""
    last = start + len(view.result)
    return [cell_id(view.name, (k - start,)) if start <= k < last else "" for k in range(columns)]
