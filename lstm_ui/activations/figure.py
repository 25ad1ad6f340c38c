"""The activations drawn: above the curves, below their derivatives, and every unit's z on both."""

from collections.abc import Iterable

import numpy as np

from lstm_core.looks.activations import ACTIVATIONS, Activation, activation
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.activations.curves import REACH, curves, scatter
from lstm_ui.figures.parts import Part, View
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme

TOP, BOTTOM = (-1.25, 1.35), (-0.1, 1.2)
EDGE = 0.4  # beside the first and the last z
TANGENT = 1.5  # how far a tangent reaches to either side
LABELLED = 12  # with more units than this, only the one that is open has its number beside it
DRAWN = ("sigmoid", "tanh", "relu", "hard")


def activations(view: View, also: Iterable[str] = ()) -> Part:
    """Return the figure of a step that applies an activation, with further ones to compare.

    A unit whose z lies beyond the axis stands at its edge and points onwards.
    """
    own, z = activation(view.step), view.values(view.step.inputs[0])
    others = [ACTIVATIONS[code] for code in dict.fromkeys((*DRAWN, *also)) if code != own.code]
    units = [_units(view, own, z, slope=slope) for slope in (False, True)]
    return {
        "data": [*curves(own, others), _tangent(view, own, z), *units],
        "layout": _layout(view, own, z),
        "least": 340,
        "alt": _alt(view, own, z),
    }


def _tangent(view: View, own: Activation, z: Array) -> Part:
    """A piece of the tangent at the unit that is open: as steep as its derivative says."""
    j, ends = view.entry, np.array([-TANGENT, TANGENT])
    here = abs(z[j]) <= REACH
    y = view.values(view.step.name)[j] + ends * own.at(float(z[j]))[1]
    line = {"color": theme.DERIVATIVE, "width": 2}
    points = {"x": (z[j] + ends).tolist(), "y": y.tolist()} if here else {"x": [], "y": []}
    return scatter("lines", slope=False, **points, line=line, hoverinfo="skip")


def _units(view: View, own: Activation, z: Array, slope: bool) -> Part:
    """A marker for each unit; beyond the axis, a triangle at its edge."""
    y, units = own.slope(z) if slope else view.values(view.step.name), range(len(z))
    symbols = np.select([z > REACH, z < -REACH], ["triangle-right", "triangle-left"], "circle")
    word = own.prime if slope else own.name
    shown = np.clip(y, TOP[0], REACH if own.high > 1 else TOP[1])
    return scatter(
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
    wide = {"range": [-REACH - EDGE, REACH + EDGE], "anchor": "y2", "dtick": 2}
    high = {"range": [TOP[0], REACH if own.high > 1 else TOP[1]], "domain": [0.44, 1]}
    low = {"range": list(BOTTOM), "domain": [0, 0.4]}
    return {
        "height": 450,
        "margin": {"l": 50, "r": 20, "t": 6, "b": 40},
        "xaxis": _axis(view.mark(view.step.inputs[0]), **wide),
        "yaxis": _axis("value", **high),
        "yaxis2": _axis("derivative", **low),
        "shapes": _shapes(view, own, z),
    }


def _axis(title: str, **more: object) -> Part:
    fixed = {"fixedrange": True, "zeroline": True}
    return {**fixed, "title": {"text": title, "standoff": 4}, **more}


def _shapes(view: View, own: Activation, z: Array) -> list[Part]:
    """The flat parts in grey, and a line through both plots at the z of the unit that is open."""
    ends = [(max(low, -REACH - EDGE), min(high, REACH + EDGE)) for low, high in own.flat]
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
        "Above, the curves of σ, tanh, ReLU and the hard sigmoid; below, dashed, their "
        f"derivatives: σ′ is at most 0.25, tanh′ at most 1. {'; '.join(units)}{more}."
    )
