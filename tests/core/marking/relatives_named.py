"""How often the mistakes that are peculiar to other cells are found and named."""

from collections.abc import Iterable

import numpy as np

from lstm_core.marking.check import check, first_wrong
from lstm_core.marking.states import WRONG
from tests.core.marking.attacks import units_off
from tests.core.marking.outcomes import SHOWS
from tests.core.marking.relatives import Slip, problem, worked
from tests.core.marking.relatives_slips import SLIPS

RATES = ("step", "among", "false")


def relatives_named(seeds: Iterable[int], places: int) -> dict[str, float]:
    """Return the shares of slips whose step is found, that are named, and named wrongly."""
    seen = [
        rates
        for seed in seeds
        for cell, slips in SLIPS.items()
        for slip in slips
        if (rates := _rates(cell, slip, seed, places))
    ]
    return dict(zip(RATES, map(float, np.mean(seen, axis=0)), strict=True))


def _rates(cell: str, slip: Slip, seed: int, places: int) -> tuple[bool, bool, bool] | None:
    exercise, at = problem(cell, seed), (0, slip.step)
    wrong, right = worked(exercise, places, slip), worked(exercise, places)
    if max(map(units_off, wrong[at], right[at])) <= SHOWS:
        return None
    found = check(exercise, wrong)
    first = first_wrong(found)
    row = [v for place, v in found.items() if (place.t, place.step) == at and v.state in WRONG]
    named = {mistake.code for verdict in row for mistake in verdict.mistakes}
    among = not named.isdisjoint(slip.codes.split())
    return first is not None and (first.t, first.step) == at, among, bool(named) and not among
