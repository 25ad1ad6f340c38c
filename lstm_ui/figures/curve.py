"""σ, tanh and ReLU drawn: the curve, its derivative dashed, and every unit's own z on both."""

import numpy as np

from lstm_core.cell import Step
from lstm_core.looks.activations import SATURATED, activation
from lstm_core.ops import Array
from lstm_ui.figures.ghosts import CROSSES, crosses, with_ghosts
from lstm_ui.figures.parts import (
    Figure,
    Part,
    axis,
    band,
    finite,
    layout,
    legend,
    line_through,
    note,
    stroke,
)
from lstm_ui.figures.units import Units, numbers_of, units_sentence
from lstm_ui.figures.view import View
from lstm_ui.sheet import theme

REACH = 8.0  # drawn from −8 to 8
SIZES = (16, 10)  # of the marker of the open unit, and of the others
_HEIGHTS = {"sigmoid": (-0.12, 1.15), "tanh": (-1.25, 1.3), "relu": (-0.6, REACH)}
_HEIGHTS |= {"hard": (-0.12, 1.15), "hard_six": (-0.12, 1.15), "none": (-REACH, REACH)}


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
    slopes = slope(step, y, z)
    drawn = Figure(
        data=[
            _line(grid, values, f"{own.name}(z)", theme.CURVE, "solid"),
            _line(
                grid,
                derivative,
                f"{own.prime}(z), its derivative" if own.prime else "its derivative, 1",
                theme.DERIVATIVE,
                "dash",
            ),
            _units(Units(view, z, y, own.name, REACH), theme.CURVE),
            _units(Units(view, z, slopes, own.prime, REACH), theme.DERIVATIVE, hollow=True),
        ],
        layout=_layout(view, grid, derivative),
        least=320,
        alt=f"The curve of {own.name} and, dashed, its derivative. {units_sentence(view, slopes)}.",
    )
    return with_ghosts(drawn, crosses(view, REACH, REACH), CROSSES)


def _line(x: Array, y: Array, name: str, colour: str, dash: str) -> Part:
    return line_through(x, y.round(6), stroke(2.5, colour, dash), name=name)


def _units(units: Units, colour: str, hollow: bool = False) -> Part:
    n = len(units.z)
    numbers = units.labels([str(j + 1) for j in range(n)], numbers_of)
    return units.marks(
        finite(units.y),
        units.marker(SIZES, colour, hollow),
        showlegend=False,
        text=[""] * n if hollow else numbers,  # once is enough: the points stand above each other
        textposition=["bottom center" if z > REACH else "top center" for z in units.z],
    )


def _layout(view: View, grid: Array, derivative: Array) -> Part:
    flat = grid[(derivative < SATURATED) & (grid > 0)]
    edges = [(float(flat[0]), REACH), (-REACH, -float(flat[0]))] if len(flat) else []
    across = axis(
        view.desk.mark(view.step.inputs[0]), range=[-REACH - 0.4, REACH + 0.4], zeroline=True
    )
    return layout(
        280,
        (44, 34, 30, 40),
        across,
        axis(range=list(_HEIGHTS[view.step.op.name]), zeroline=True),
        legend=legend(),
        shapes=[band(*edge) for edge in edges],
        annotations=[
            note("saturated", sum(edge) / 2, 0, xref="x", xanchor="center") for edge in edges
        ],
    )
