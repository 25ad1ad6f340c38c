"""The activations drawn: above the curves, below their derivatives dashed, and every unit on both.

The gate's own activation stands out; the others are there to compare, and named where they are.
"""

from collections.abc import Iterable

import numpy as np

from lstm_core.activations import ACTIVATIONS, Activation, activation
from lstm_core.numerals import numeral
from lstm_core.ops import Array
from lstm_ui import theme
from lstm_ui.figures_view import Part, View
from lstm_ui.grids import cell_id

REACH = 6.0  # drawn from −6 to 6; a unit beyond stands at the edge and points onwards
TOP, BOTTOM = (-1.25, 1.35), (-0.1, 1.2)
TANGENT = 1.5  # how far a tangent reaches to either side
LABELLED = 12  # with more units than this, only the one that is open has its number beside it
OTHERS = "rgba(128,128,128,0.85)"
DRAWN = ("sigmoid", "tanh", "relu", "hard")
BOUNDS = {"σ′ ≤ 0.25": 0.25, "tanh′ ≤ 1": 1.0}
# Where each is named: a z, and the side of the curve; then the same for its derivative.
_NAMED = {
    "sigmoid": (-4.6, "top center", -3.4, "top left"),
    "tanh": (-4.6, "top center", 0.8, "middle right"),
    "relu": (1.2, "middle right", 4.8, "bottom center"),
    "hard": (-3.5, "bottom center", 2.4, "top right"),
    "hard_six": (-5.1, "bottom center", -2.9, "bottom left"),
    "none": (-1.1, "middle left", -4.8, "bottom center"),
}


def activations(view: View, also: Iterable[str] = ()) -> Part:
    """Return the figure of a step that applies an activation, with further ones to compare."""
    own, z = activation(view.step), view.values(view.step.inputs[0])
    others = [ACTIVATIONS[code] for code in dict.fromkeys((*DRAWN, *also)) if code != own.code]
    thin, thick = {"color": OTHERS, "width": 1.3}, {"width": 3}
    return {
        "data": [
            _lines(others, slope=False, line=thin),
            _lines(others, slope=True, line=thin | {"dash": "dash"}),
            _bounds(),
            _lines([own], slope=False, line=thick | {"color": theme.CURVE}),
            _lines([own], slope=True, line=thick | {"color": theme.DERIVATIVE, "dash": "dash"}),
            _names(own, others, slope=False),
            _names(own, others, slope=True),
            _tangent(view, own, z),
            _units(view, own, z, slope=False),
            _units(view, own, z, slope=True),
        ],
        "layout": _layout(view, own, z),
        "least": 340,
        "alt": _alt(view, own, z),
    }


def _lines(shown: Iterable[Activation], slope: bool, line: Part) -> Part:
    """Curves, or derivatives, in one trace with gaps: each further trace takes time to draw."""
    x: list[float | None] = []
    y: list[float | None] = []
    for one in shown:
        points, values = _curve(one, slope)
        x += [*points.round(6).tolist(), None]
        y += [*values.round(6).tolist(), None]
    return _scatter("lines", slope, x=x, y=y, line=line, hoverinfo="skip")


def _names(own: Activation, others: Iterable[Activation], slope: bool) -> Part:
    """What each curve is called, beside it; and the bounds of the derivatives."""
    places = [(one, *_NAMED[one.code][2 * slope :][:2]) for one in (own, *others)]
    points = [
        (at, float((one.slope if slope else one.op.forward)(np.float64(at))), side)
        for one, at, side in places
    ]
    names = [one.prime if slope else one.name for one, *_ in places]
    texts = [f"<b>{names[0]}</b>", *names[1:]]
    if slope:
        points += [(-REACH, bound, "top right") for bound in BOUNDS.values()]
        texts += BOUNDS
    x, y, sides = (list(column) for column in zip(*points, strict=True))
    return _scatter("text", slope, x=x, y=y, text=texts, textposition=sides, hoverinfo="skip")


def _curve(one: Activation, slope: bool) -> tuple[Array, Array]:
    """Return a curve's points, or its derivative's, with both sides of every corner."""
    corners = [edge for ends in one.flat for edge in ends if abs(edge) < REACH]
    sides = [corner + side for corner in corners for side in (-1e-6, 1e-6)]
    z = np.union1d(np.linspace(-REACH, REACH, 81), sides)
    return z, (one.slope if slope else one.op.forward)(z)


def _scatter(mode: str, slope: bool, **more: object) -> Part:
    axes = {"xaxis": "x", "yaxis": "y2" if slope else "y"}
    return {"type": "scatter", "mode": mode, "showlegend": False, **axes, **more}


def _bounds() -> Part:
    """Lines across the derivatives, at the largest that those of σ and tanh can be."""
    y = [height for bound in BOUNDS.values() for height in (bound, bound, None)]
    line = {"color": OTHERS, "width": 1.2, "dash": "dot"}
    x = [-REACH, REACH, None] * len(BOUNDS)
    return _scatter("lines", slope=True, x=x, y=y, line=line, hoverinfo="skip")


def _tangent(view: View, own: Activation, z: Array) -> Part:
    """A piece of the tangent at the unit that is open: as steep as its derivative says."""
    j, ends = view.entry, np.array([-TANGENT, TANGENT])
    here = abs(z[j]) <= REACH
    y = view.values(view.step.name)[j] + ends * own.slope(z[j])
    line = {"color": theme.DERIVATIVE, "width": 2}
    points = {"x": (z[j] + ends).tolist(), "y": y.tolist()} if here else {"x": [], "y": []}
    return _scatter("lines", slope=False, **points, line=line, hoverinfo="skip")


def _units(view: View, own: Activation, z: Array, slope: bool) -> Part:
    """A marker for each unit; beyond the axis, a triangle at its edge."""
    y, units = own.slope(z) if slope else view.values(view.step.name), range(len(z))
    symbols = np.select([z > REACH, z < -REACH], ["triangle-right", "triangle-left"], "circle")
    word = own.prime if slope else own.name
    shown = np.clip(y, TOP[0], REACH if own.high > 1 else TOP[1])
    return _scatter(
        "markers+text",
        slope,
        x=np.clip(np.nan_to_num(z), -REACH, REACH).tolist(),
        y=[float(value) if np.isfinite(value) else None for value in shown],
        text=_labels(z, view.entry),
        textposition=[_side(z[j], slope) for j in units],
        hovertext=[_hover(j, z, y, word) for j in units],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[cell_id(view.step.name, (j,)) for j in units],
        cliponaxis=False,
        marker={
            "symbol": [f"{symbol}-open" if slope else symbol for symbol in symbols],
            "size": [15 if j == view.entry else 9 for j in units],
            "color": theme.DERIVATIVE if slope else theme.CURVE,
            "line": {"width": 2},
        },
    )


def _side(z: float, slope: bool) -> str:
    """Where a unit's number stands: off the curve, and at an edge towards the middle."""
    side = "center" if abs(z) <= REACH and slope else "left" if z > REACH else "right"
    return f"{'top' if slope or z < -REACH else 'bottom'} {side}"


def _labels(z: Array, entry: int) -> list[str]:
    """A unit's number beside its marker; units at the same edge share one label."""
    many = len(z) > LABELLED
    labels = [str(j + 1) if not many or j == entry else "" for j in range(len(z))]
    for beyond in (z > REACH, z < -REACH):
        if len(together := np.flatnonzero(beyond)):
            for j in together:
                labels[j] = ""
            labels[together[0]] = _together(together)
    return labels


def _together(units: Array) -> str:
    if len(units) > LABELLED:
        return f"{len(units)} units"
    return "unit" + "s" * (len(units) > 1) + " " + ", ".join(str(j + 1) for j in units)


def _hover(j: int, z: Array, y: Array, word: str) -> str:
    where = ", beyond the axis" if abs(z[j]) > REACH else ""
    numbers = [numeral(float(x), None) for x in (z[j], y[j])]
    return f"unit {j + 1}: z = {numbers[0]}{where}<br>{word}(z) = {numbers[1]}"


def _layout(view: View, own: Activation, z: Array) -> Part:
    fixed = {"fixedrange": True, "zeroline": True}
    name = view.mark(view.step.inputs[0])
    return {
        "height": 450,
        "margin": {"l": 50, "r": 20, "t": 6, "b": 40},
        "xaxis": {
            **fixed,
            "range": [-REACH - 0.4, REACH + 0.4],
            "anchor": "y2",
            "dtick": 2,
            "title": {"text": name, "standoff": 4},
        },
        "yaxis": {
            **fixed,
            "domain": [0.44, 1],
            "range": [TOP[0], REACH if own.high > 1 else TOP[1]],
            "title": {"text": "value"},
        },
        "yaxis2": {
            **fixed,
            "domain": [0, 0.4],
            "range": list(BOTTOM),
            "title": {"text": "derivative"},
        },
        "shapes": _shapes(view, own, z),
    }


def _shapes(view: View, own: Activation, z: Array) -> list[Part]:
    """The flat parts in grey, and a line through both plots at the z of the unit that is open."""
    ends = [(max(low, -REACH - 0.4), min(high, REACH + 0.4)) for low, high in own.flat]
    bands = [
        {**_upright(*end), "fillcolor": "rgba(128,128,128,0.14)", "line": {"width": 0}}
        for end in ends
    ]
    here = float(z[view.entry])
    if not abs(here) <= REACH:
        return bands
    return [*bands, {**_upright(here, here), "line": {"width": 1, "dash": "dot"}}]


def _upright(x0: float, x1: float) -> Part:
    place = {"xref": "x", "yref": "paper", "x0": x0, "x1": x1, "y0": 0, "y1": 1, "layer": "below"}
    return {"type": "line" if x0 == x1 else "rect", **place}


def _alt(view: View, own: Activation, z: Array) -> str:
    slopes = [numeral(float(x), view.exercise.decimals) for x in own.slope(z)[:LABELLED]]
    rows = zip(view.texts(view.step.inputs[0]), view.texts(view.step.name), slopes, strict=False)
    units = (
        f"unit {j}: z = {a}, {own.name} = {b}, {own.prime} = {c}"
        for j, (a, b, c) in enumerate(rows, 1)
    )
    more = f"; and {len(z) - LABELLED} more" if len(z) > LABELLED else ""
    return (
        f"Above, the curves of σ, tanh, ReLU and the hard sigmoid; below, dashed, their "
        f"derivatives: σ′ is at most 0.25, tanh′ at most 1. {'; '.join(units)}{more}."
    )
