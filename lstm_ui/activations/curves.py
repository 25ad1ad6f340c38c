"""The curves of the activations and, dashed, their derivatives: what a figure of units stands on.

The gate's own stands out; the others are there to compare, and each is named where it is.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from lstm_core.looks.activations import ACTIVATIONS, Activation
from lstm_core.ops import Array
from lstm_ui.figures.parts import Part
from lstm_ui.sheet import theme

REACH = 6.0  # drawn from −6 to 6
OTHERS = "rgba(128,128,128,0.85)"
_BOUNDED = [ACTIVATIONS[code] for code in ("sigmoid", "tanh")]
BOUNDS = {f"{one.prime} ≤ {one.steepest:g}": one.steepest for one in _BOUNDED}
# Where each is named: a z, and the side of the curve; then the same for its derivative.
_NAMED = {
    "sigmoid": (-4.6, "top center", -3.4, "top left"),
    "tanh": (-4.6, "top center", 0.8, "middle right"),
    "relu": (1.2, "middle right", 4.8, "bottom center"),
    "hard": (-3.5, "bottom center", 2.4, "top right"),
    "hard_six": (-5.1, "bottom center", -2.9, "bottom left"),
    "none": (-1.1, "middle left", -4.8, "bottom center"),
}


def curves(own: Activation, others: Sequence[Activation]) -> list[Part]:
    """Return the curves in the plot above, the derivatives in the plot below, and their names."""
    thin, thick = {"color": OTHERS, "width": 1.3}, {"width": 3}
    return [
        _lines(others, slope=False, line=thin),
        _lines(others, slope=True, line=thin | {"dash": "dash"}),
        _bounds(),
        _lines([own], slope=False, line=thick | {"color": theme.CURVE}),
        _lines([own], slope=True, line=thick | {"color": theme.DERIVATIVE, "dash": "dash"}),
        _names(own, others, slope=False),
        _names(own, others, slope=True),
    ]


def _lines(shown: Iterable[Activation], slope: bool, line: Part) -> Part:
    """Curves, or derivatives, in one trace with gaps: each further trace takes time to draw."""
    x: list[float | None] = []
    y: list[float | None] = []
    for one in shown:
        points, values = _curve(one, slope)
        x += [*points.round(6).tolist(), None]
        y += [*values.round(6).tolist(), None]
    return scatter("lines", slope, x=x, y=y, line=line, hoverinfo="skip")


def _names(own: Activation, others: Iterable[Activation], slope: bool) -> Part:
    """What each curve is called, beside it; and the bounds of the derivatives."""
    places = [(one, *_NAMED[one.code][2 * slope :][:2]) for one in (own, *others)]
    points = [(at, one.at(at)[slope], side) for one, at, side in places]
    names = [one.prime if slope else one.name for one, *_ in places]
    texts = [f"<b>{names[0]}</b>", *names[1:]]
    if slope:
        points += [(-REACH, bound, "top right") for bound in BOUNDS.values()]
        texts += BOUNDS
    x, y, sides = (list(column) for column in zip(*points, strict=True))
    return scatter("text", slope, x=x, y=y, text=texts, textposition=sides, hoverinfo="skip")


def _curve(one: Activation, slope: bool) -> tuple[Array, Array]:
    """Return a curve's points, or its derivative's, with both sides of every corner."""
    corners = [edge for ends in one.flat for edge in ends if abs(edge) < REACH]
    sides = [corner + side for corner in corners for side in (-1e-6, 1e-6)]
    z = np.union1d(np.linspace(-REACH, REACH, 81), sides)
    return z, (one.slope if slope else one.op.forward)(z)


def _bounds() -> Part:
    """Lines across the derivatives, at the largest that those of σ and tanh can be."""
    y = [height for bound in BOUNDS.values() for height in (bound, bound, None)]
    line = {"color": OTHERS, "width": 1.2, "dash": "dot"}
    x = [-REACH, REACH, None] * len(BOUNDS)
    return scatter("lines", slope=True, x=x, y=y, line=line, hoverinfo="skip")


def scatter(mode: str, slope: bool, **more: object) -> Part:
    """Return a trace of the plot above or, of a derivative, of the plot below."""
    axes = {"xaxis": "x", "yaxis": "y2" if slope else "y"}
    return {"type": "scatter", "mode": mode, "showlegend": False, **axes, **more}
