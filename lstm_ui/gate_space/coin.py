"""The stochastic reading of a gate: what is drawn for each unit, what it comes to, and its figure.

Single draws are 0 or 1; their mean goes to the soft gate.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.looks.sampling import masks, running_mean, standard_error
from lstm_core.ops import Array
from lstm_core.text.numerals import how_many
from lstm_ui.figures.parts import (
    GREY,
    Figure,
    Part,
    axis,
    layout,
    legend,
    line_through,
    marker,
    points,
    stroke,
)
from lstm_ui.gate_space.choices import Scene
from lstm_ui.sheet import theme
from lstm_ui.sheet.window import window

MOST_UNITS = 8  # rows of the table
POINTS = 160  # of the curve: so many of up to 10,000 means
ERRORS = 4  # the band is so many standard errors to each side


@dataclass(frozen=True)
class Tally:
    """One unit's draws: the last one, its mask, and the mean of them all beside the soft gate."""

    unit: int
    count: int
    soft: float
    u: float
    on: bool
    mean: float
    error: float  # the standard error of the mean, from the soft gate


def tallies(scene: Scene) -> list[Tally]:
    """Return the tally of each unit: of at most eight, around the chosen one."""
    return [tally(scene, j) for j in window(scene.unit, scene.exercise.n, MOST_UNITS)]


def tally(scene: Scene, unit: int) -> Tally:
    """Return the tally of one unit."""
    soft, u = scene.desk.values(scene.gate)[unit], scene.uniforms[:, unit]
    mask = masks(soft, u)
    return Tally(
        unit=unit,
        count=scene.count,
        soft=float(soft),
        u=float(u[-1]),
        on=bool(mask[-1]),
        mean=float(mask.mean()),
        error=float(standard_error(soft, np.array(scene.count))),
    )


def coin(scene: Scene) -> Figure:
    """Return the mean of the first draws against their number, with its band."""
    soft = np.nan_to_num(scene.desk.values(scene.gate)[scene.unit])  # undefined: never on
    mask = masks(soft, scene.uniforms[:, scene.unit])
    # As many counts between 1 and 10 as between 1,000 and 10,000: the axis is logarithmic.
    counts = np.unique(np.geomspace(1, scene.count, POINTS).round().astype(int))
    x, means = counts.astype(float), running_mean(mask)[counts - 1]
    ends = [1, max(10, scene.count)]
    return Figure(
        data=[
            _band(x, soft, standard_error(soft, counts)),
            _line(ends, [float(soft)] * 2, f"{scene.mark(scene.gate)}, the gate", "#808080"),
            _singles(x, mask[counts - 1].astype(int)),
            _line(x.tolist(), means.tolist(), "mean of the draws", theme.CURVE),
            _last(x, means),
        ],
        layout=_layout(scene),
        least=300,
        most=760,
        alt=_alt(scene),
    )


def _band(counts: Array, soft: Array, errors: Array) -> Part:
    """The band about the gate, out along its upper edge and back along its lower one."""
    upper, lower = np.minimum(soft + ERRORS * errors, 1.0), np.maximum(soft - ERRORS * errors, 0.0)
    return line_through(
        np.concatenate([counts, counts[::-1]]),
        np.concatenate([upper, lower[::-1]]),
        stroke(0),
        fill="toself",
        fillcolor=GREY.format(0.28),
        name=f"± {ERRORS} standard errors",
    )


def _line(x: Sequence[float], y: Sequence[float], name: str, colour: str) -> Part:
    return line_through(x, y, stroke(2.5, colour, "solid"), "draws: %{x}<br>mean: %{y}", name=name)


def _singles(counts: Array, drawn: Array) -> Part:
    """Single draws, each a hard 0 or 1."""
    how = marker(7, theme.DERIVATIVE, "circle-open")
    name = "one draw: 0 or 1"
    return points(counts, drawn, how, "draw %{x}: %{y}", name=name, cliponaxis=False)


def _last(counts: Array, means: Array) -> Part:
    """Where the slider stands."""
    how = marker(12, theme.CURVE)
    return points(counts[-1:], means[-1:], how, showlegend=False, cliponaxis=False)


def _layout(scene: Scene) -> Part:
    end = float(np.log10(max(10, scene.count))) + 0.04
    return layout(
        270,
        (52, 16, 52, 44),
        axis("draws", range=[-0.04, end], zeroline=False, type="log", dtick=1),
        axis(scene.mark(scene.gate), range=[-0.04, 1.04], zeroline=False),
        legend=legend(),
    )


def _alt(scene: Scene) -> str:
    found = tally(scene, scene.unit)
    return (
        f"The mean of {how_many(found.count, 'draw')} is {scene.desk.text('', found.mean)}; "
        f"{scene.name(scene.gate)} = {scene.text(scene.gate)}. The band around it, four standard "
        "errors to each side, narrows as the draws grow."
    )
