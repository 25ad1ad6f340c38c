"""The coins of the stochastic reading: what was drawn for each unit, and what it comes to."""

from dataclasses import dataclass

import numpy as np

from lstm_core.looks.sampling import masks, running_mean, standard_error
from lstm_core.ops import Array
from lstm_ui.gate_space.scene import Scene

MOST_UNITS = 8  # rows of the table
POINTS = 160  # of the curve: so many of up to 10,000 means


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
    start = max(0, min(scene.unit - MOST_UNITS // 2, scene.exercise.n - MOST_UNITS))
    return [tally(scene, j) for j in range(start, min(scene.exercise.n, start + MOST_UNITS))]


def tally(scene: Scene, unit: int) -> Tally:
    """Return the tally of one unit."""
    soft, u = scene.values(scene.gate)[unit], scene.uniforms[:, unit]
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


def curve(scene: Scene) -> tuple[Array, Array, Array, Array]:
    """Return counts of draws; the unit's mean after so many, its standard error, the last draw."""
    soft = np.nan_to_num(scene.values(scene.gate)[scene.unit])  # undefined: never on
    mask = masks(soft, scene.uniforms[:, scene.unit])
    counts = np.unique(np.geomspace(1, scene.count, POINTS).round().astype(int))
    means, drawn = running_mean(mask)[counts - 1], mask[counts - 1].astype(float)
    return counts.astype(float), means, standard_error(soft, counts), drawn
