"""The activations drawn: above the curves, below their derivatives, and every unit's z on both.

The gate's own curve stands out; the others are there to compare, and each is named where it is.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from lstm_core.looks.activations import ACTIVATIONS, Activation, activation
from lstm_core.ops import Array
from lstm_ui.figures.ghosts import CROSSES, crosses, with_ghosts
from lstm_ui.figures.parts import (
    GREY,
    Figure,
    Part,
    axis,
    band,
    finite,
    joined,
    layout,
    line_through,
    scatter,
    stroke,
    upright,
)
from lstm_ui.figures.units import Units, numbers_of, units_sentence
from lstm_ui.figures.view import View
from lstm_ui.sheet import theme

REACH = 6.0  # drawn from −6 to 6
EDGE = 0.4  # beside the first and the last z
TOP, BOTTOM = (-1.25, 1.35), (-0.1, 1.2)  # heights of the plots
TANGENT = 1.5  # how far a tangent reaches to either side
SIZES = (15, 9)  # of the marker of the open unit, and of the others
LABELLED = 12  # with more units than this, only the one that is open has its number beside it
DRAWN = ("sigmoid", "tanh", "relu", "hard")
_OTHERS = GREY.format(0.85)
_BOUNDED = [ACTIVATIONS[code] for code in ("sigmoid", "tanh")]
BOUNDS = {f"{one.prime} ≤ {one.steepest:g}": one.steepest for one in _BOUNDED}
# Where each is named: a z, and the side of the curve; then the same for its derivative.
_NAMED = {
    "sigmoid": ((-4.6, "top center"), (-3.4, "top left")),
    "tanh": ((-4.6, "top center"), (0.8, "middle right")),
    "relu": ((1.2, "middle right"), (4.8, "bottom center")),
    "hard": ((-3.5, "bottom center"), (2.4, "top right")),
    "hard_six": ((-5.1, "bottom center"), (-2.9, "bottom left")),
    "none": ((-1.1, "middle left"), (-4.8, "bottom center")),
}


def activations(view: View, also: Iterable[str] = ()) -> Figure:
    """Return the figure of a step that applies an activation, with further ones to compare.

    A unit whose z lies beyond the axis stands at its edge and points onwards.
    """
    own, z = activation(view.step), view.desk.values(view.step.inputs[0])
    others = [ACTIVATIONS[code] for code in dict.fromkeys((*DRAWN, *also)) if code != own.code]
    units = [_units(view, own, z, slope=slope) for slope in (False, True)]
    drawn = Figure(
        data=[*_curves(own, others), _tangent(view, own, z), *units],
        layout=_layout(view, own, z),
        least=340,
        alt=_alt(view, own, z),
    )
    return with_ghosts(drawn, crosses(view, REACH, _height(own), **_in_plot(slope=False)), CROSSES)


# ---- curves --------------------------------------------------------------------------------------


def _curves(own: Activation, others: Sequence[Activation]) -> list[Part]:
    """The curves in the plot above, the derivatives in the plot below, and their names."""
    return [
        _lines(others, stroke(1.3, _OTHERS)),
        _lines(others, stroke(1.3, _OTHERS, "dash"), slope=True),
        _bounds(),
        _lines([own], stroke(3, theme.CURVE)),
        _lines([own], stroke(3, theme.DERIVATIVE, "dash"), slope=True),
        _names(own, others, slope=False),
        _names(own, others, slope=True),
    ]


def _lines(shown: Iterable[Activation], line: Part, slope: bool = False) -> Part:
    """Curves, or derivatives, in one trace."""
    x, y = joined([_points(one, slope) for one in shown])
    return line_through(x, y, line, **_in_plot(slope))


def _points(one: Activation, slope: bool) -> tuple[Array, Array]:
    """A curve's points, or its derivative's, with both sides of every corner."""
    corners = [edge for ends in one.flat for edge in ends if abs(edge) < REACH]
    sides = [corner + side for corner in corners for side in (-1e-6, 1e-6)]
    z = np.union1d(np.linspace(-REACH, REACH, 81), sides)
    return z, (one.slope if slope else one.op.forward)(z)


def _bounds() -> Part:
    """Lines across the derivatives, at the largest that those of σ and tanh can be."""
    across = np.array([-REACH, REACH])
    x, y = joined([(across, np.full(2, bound)) for bound in BOUNDS.values()])
    return line_through(x, y, stroke(1.2, _OTHERS, "dot"), **_in_plot(slope=True))


class Name(NamedTuple):
    """What a curve is called, and where that is written."""

    z: float
    y: float
    text: str
    side: str


def _names(own: Activation, others: Iterable[Activation], slope: bool) -> Part:
    """What each curve is called, beside it; and the bounds of the derivatives."""
    which = 1 if slope else 0  # of the function and its derivative
    names = [_name(one, which) for one in (own, *others)]
    names[0] = names[0]._replace(text=f"<b>{names[0].text}</b>")
    if slope:
        names += [Name(-REACH, bound, text, "top right") for text, bound in BOUNDS.items()]
    return scatter(
        "text",
        [name.z for name in names],
        [name.y for name in names],
        text=[name.text for name in names],
        textposition=[name.side for name in names],
        **_in_plot(slope),
    )


def _name(one: Activation, which: int) -> Name:
    z, side = _NAMED[one.code][which]
    return Name(z, one.at(z)[which], (one.name, one.prime)[which], side)


def _in_plot(slope: bool) -> dict[str, Any]:
    """Put a trace into the plot above or, of a derivative, into the plot below."""
    return {"xaxis": "x", "yaxis": "y2" if slope else "y", "showlegend": False}


# ---- units ---------------------------------------------------------------------------------------


def _tangent(view: View, own: Activation, z: Array) -> Part:
    """A piece of the tangent at the unit that is open: as steep as its derivative says."""
    j, ends = view.entry, np.array([-TANGENT, TANGENT])
    x, y = z[j] + ends, view.result[j] + ends * own.at(float(z[j]))[1]
    if not abs(z[j]) <= REACH:  # beyond the axis, or undefined
        x = y = np.array([])
    return line_through(x, y, stroke(2, theme.DERIVATIVE), **_in_plot(slope=False))


def _units(view: View, own: Activation, z: Array, slope: bool) -> Part:
    y, function = (own.slope(z), own.prime) if slope else (view.result, own.name)
    units = Units(view, z, y, function, REACH)
    return units.marks(
        finite(np.clip(y, TOP[0], _height(own))),
        units.marker(SIZES, theme.DERIVATIVE if slope else theme.CURVE, hollow=slope),
        text=units.labels(_labels(view, len(z)), _together),
        textposition=[_side(float(at), slope) for at in z],
        **_in_plot(slope),
    )


def _height(own: Activation) -> float:
    """The top of the plot above: ReLU has no bound of its own."""
    return REACH if own.high > 1 else TOP[1]


def _side(z: float, slope: bool) -> str:
    """Where a unit's number stands: off the curve, and at an edge towards the middle."""
    side = "center" if abs(z) <= REACH and slope else "left" if z > REACH else "right"
    return f"{'top' if slope or z < -REACH else 'bottom'} {side}"


def _labels(view: View, size: int) -> list[str]:
    """A unit's number beside its marker."""
    return [str(j + 1) if size <= LABELLED or j == view.entry else "" for j in range(size)]


def _together(units: Sequence[int]) -> str:
    return f"{len(units)} units" if len(units) > LABELLED else numbers_of(units)


# ---- layout and words ----------------------------------------------------------------------------


def _layout(view: View, own: Activation, z: Array) -> Part:
    name = view.desk.mark(view.step.inputs[0])
    return layout(
        450,
        (50, 20, 6, 40),
        _axis(name, [-REACH - EDGE, REACH + EDGE], anchor="y2", dtick=2),
        _axis("value", [TOP[0], _height(own)], domain=[0.44, 1]),
        yaxis2=_axis("derivative", list(BOTTOM), domain=[0, 0.4]),
        shapes=_shapes(view, own, z),
    )


def _axis(title: str, range: list[float], **more: Any) -> Part:
    return axis(title, range=range, standoff=4, zeroline=True, **more)


def _shapes(view: View, own: Activation, z: Array) -> list[Part]:
    """The flat parts in grey, and a line through both plots at the z of the unit that is open."""
    bands = [band(max(low, -REACH - EDGE), min(high, REACH + EDGE)) for low, high in own.flat]
    here = float(z[view.entry])
    return [*bands, upright(here, layer="below")] if abs(here) <= REACH else bands


def _alt(view: View, own: Activation, z: Array) -> str:
    more = f"; and {len(z) - LABELLED} more" if len(z) > LABELLED else ""
    return (
        "Above, the curves of σ, tanh, ReLU and the hard sigmoid; below, dashed, their "
        "derivatives: σ′ is at most 0.25, tanh′ at most 1. "
        f"{units_sentence(view, own.slope(z)[:LABELLED])}{more}."
    )
