"""What is said of right work, rounded in every way that people round: nothing may be wrong."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from lstm_core.marking.check import check
from lstm_core.marking.states import COARSE_STATE, WRONG
from lstm_core.trace import Address
from tests.core.marking.attack import shortened
from tests.core.marking.practices import (
    PRACTICES,
    Practice,
    in_single_precision,
    parts,
    various,
    worked,
)
from tests.core.marking.sheets import Sheet, problem, text

_BAD = {*WRONG, COARSE_STATE}


def rejections(seeds: Iterable[int]) -> tuple[Counter[str], Counter[str]]:
    """Return for each way to round how many sheets have an entry called wrong, and called cut off.

    Whole sheets, gates and states alone, and any steps and entries. Of those who cut off, it is
    right to say so.
    """
    wrong, cut = Counter[str](), Counter[str]()
    for seed in seeds:
        for name, sheet in _sheets(seed).items():
            rng = np.random.default_rng(seed)
            states = [_states(seed, part) for part in parts(sheet, rng)]
            wrong[name] += sum(not _BAD.isdisjoint(found) for found in states)
            if "cut" not in name:
                cut[name] += sum("truncated" in found for found in states)
    return wrong, cut


def _sheets(seed: int) -> dict[str, Sheet]:
    exercise, places = various(seed), (2, 3, 4, 6)[seed % 4]
    sheets = {name: worked(exercise, places, way) for name, way in PRACTICES.items()}
    single = {f"single, {d} digits": in_single_precision(exercise, d) for d in (7, 8, 9)}
    return sheets | single


def _states(seed: int, sheet: Sheet) -> set[str]:
    return {verdict.state for verdict in check(various(seed), sheet).values()}


def blamed_for_another(seeds: Iterable[int]) -> Counter[str]:
    """Return on how many sheets a wrong number that was not gone on with makes another wrong."""
    bad = Counter[str]()
    for seed in seeds:
        for name in ("half up", "all digits", "guard digit", "products rounded"):
            bad[name] += _blames_another(seed, PRACTICES[name])
    return bad


def _blames_another(seed: int, practice: Practice) -> bool:
    rng, exercise, places = np.random.default_rng(seed), problem(seed), 2 + seed % 3
    sheet = worked(exercise, places, practice)
    if seed % 2:
        sheet = shortened(sheet)
    at = [*sheet][int(rng.integers(len(sheet) // 2))]
    j = int(rng.integers(len(sheet[at])))
    sheet[at][j] = text(float(sheet[at][j]) + rng.choice((-1, 1)) * rng.uniform(0.05, 0.4), places)
    found = check(exercise, sheet)
    wrong = Address(at[1], at[0], (j,))
    return any(verdict.state in WRONG for at, verdict in found.items() if at != wrong)
