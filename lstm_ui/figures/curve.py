"""σ, tanh and ReLU drawn: the curve, its derivative dashed, and every unit's own z on both."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lstm_core.cell import Step
from lstm_core.looks.activations import SATURATED, activation
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.figures import parts
from lstm_ui.figures.parts import Figure, Part, axis, band, finite, layout, legend, marker, stroke
from lstm_ui.figures.view import View
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme

REACH = 8.0  # drawn from −8 to 8; a unit beyond stands at the edge and points onwards
SIZES = (16, 10)  # of the marker of the open unit, and of the others
_HEIGHTS = {"sigmoid": (-0.12, 1.15), "tanh": (-1.25, 1.3), "relu": (-0.6, REACH)}


def slope(step: Step, y: Array, z: Array) -> Array:
    """Return the derivative of an activation at z, from the operation's own product rule."""
    assert step.op.vjp is not None  # no activation is without one
    return step.op.vjp(np.ones_like(z), y, z)[0]


def curve(view: View) -> Figure:
    """Return the figure of an activation."""
    step, grid, own = view.step, np.linspace(-REACH, REACH, 161), activation(view.step)
    values = step.op.forward(grid)
    derivative = slope(step, values, grid)
    z, y = view.desk.values(step.inputs[0]), view.result
    return Figure(
        data=[
            _line(grid, values, f"{own.name}(z)", theme.CURVE, "solid"),
            _line(grid, derivative, f"{own.prime}(z), its derivative", theme.DERIVATIVE, "dash"),
            _units(view, z, y, own.name, theme.CURVE),
            _units(view, z, slope(step, y, z), own.prime, theme.DERIVATIVE, hollow=True),
        ],
        layout=_layout(view, grid, derivative),
        least=320,
        alt=f"The curve of {own.name} and, dashed, its derivative. "
        f"{units_sentence(view, slope(step, y, z))}.",
    )


def _line(x: Array, y: Array, name: str, colour: str, dash: str) -> Part:
    return parts.curve(x, y.round(6), stroke(2.5, colour, dash), name=name)


def _units(view: View, z: Array, y: Array, word: str, colour: str, hollow: bool = False) -> Part:
    labels = edge_labels(z, REACH, [str(j + 1) for j in range(len(z))], units_listed)
    return unit_marks(
        view,
        (z, y, word),
        REACH,
        unit_marker(view, z, REACH, SIZES, colour, hollow),
        finite(y),
        showlegend=False,
        text=[""] * len(z) if hollow else labels,
        textposition=["bottom center" if at > REACH else "top center" for at in z],
    )


def unit_marks(
    view: View,
    hovered: tuple[Array, Array, str],
    reach: float,
    how: Part,
    heights: list[float | None],
    **style: Any,
) -> Part:
    """Return a marker for each unit at its z, or at the edge of the axis where z is beyond.

    `hovered` is what hovering says: z and y (n,), and what the function is called that gives y.
    """
    z, y, word = hovered
    units = range(len(z))
    return parts.scatter(
        "markers+text",
        np.clip(np.nan_to_num(z), -reach, reach),
        heights,
        "%{hovertext}",
        hovertext=[_hover(j, float(z[j]), float(y[j]), word, reach) for j in units],
        customdata=[cell_id(view.name, (j,)) for j in units],
        cliponaxis=False,
        marker=how,
        **style,
    )


def unit_marker(
    view: View, z: Array, reach: float, sizes: tuple[float, float], colour: str, hollow: bool
) -> Part:
    """Return how units are drawn: the open one is larger, and those at an edge point onwards."""
    symbols = np.select([z > reach, z < -reach], ["triangle-right", "triangle-left"], "circle")
    shown = [f"{symbol}-open" if hollow else str(symbol) for symbol in symbols]
    size = [sizes[0] if j == view.entry else sizes[1] for j in range(len(z))]
    return marker(size, colour, shown, stroke(2))


def edge_labels(
    z: Array, reach: float, labels: Sequence[str], together: Callable[[Sequence[int]], str]
) -> list[str]:
    """Return a label for each unit; those at the same edge share one, which `together` writes."""
    found = list(labels)
    for beyond in (np.flatnonzero(z > reach).tolist(), np.flatnonzero(z < -reach).tolist()):
        for j in beyond:
            found[j] = ""
        if beyond:
            found[beyond[0]] = together(beyond)
    return found


def units_listed(units: Sequence[int]) -> str:
    """Return the numbers of units, counted from 1: units 1, 2, 3."""
    listed = ", ".join(str(j + 1) for j in units)
    return f"units {listed}" if len(units) > 1 else f"unit {listed}"


def _hover(j: int, z: float, y: float, word: str, reach: float) -> str:
    where = ", beyond the axis" if abs(z) > reach else ""
    return f"unit {j + 1}: z = {numeral(z, None)}{where}<br>{word}(z) = {numeral(y, None)}"


def _layout(view: View, grid: Array, derivative: Array) -> Part:
    flat = grid[(derivative < SATURATED) & (grid > 0)]
    edges = [(float(flat[0]), REACH), (-REACH, -float(flat[0]))] if len(flat) else []
    across = axis(
        view.desk.mark(view.step.inputs[0]), range=[-REACH - 0.4, REACH + 0.4], zeroline=True
    )
    return layout(
        340,
        (44, 34, 40, 44),
        across,
        axis(range=list(_HEIGHTS[view.step.op.name]), zeroline=True),
        legend=legend(),
        shapes=[band(*edge) for edge in edges],
        annotations=[
            parts.note("saturated", sum(edge) / 2, 0, xref="x", xanchor="center") for edge in edges
        ],
    )


def units_sentence(view: View, slopes: Array) -> str:
    """Return z, the activation and its derivative of the first units: as many as have a slope."""
    own, desk = activation(view.step), view.desk
    numbers = desk.texts(view.step.inputs[0]), desk.texts(view.name), desk.printed("", slopes)
    return "; ".join(
        f"unit {j}: z = {a}, {own.name} = {b}, {own.prime} = {c}"
        for j, (a, b, c) in enumerate(zip(*numbers, strict=False), 1)
    )
