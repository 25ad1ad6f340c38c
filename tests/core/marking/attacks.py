"""How an attack by many kinds of slips ends: found where it was made, named, or wrongly accused."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lstm_core.marking.check import check, first_wrong
from lstm_core.marking.states import WRONG
from tests.core.marking.attack import KINDS, shortened, wrong_sheet
from tests.core.marking.outcomes import SHOWS
from tests.core.marking.practices import PRACTICES, worked
from tests.core.marking.sheets import problem, text

ROWWISE = ("method", "function", "operand")  # groups whose slips are made in all entries or in one


@dataclass(frozen=True)
class Attack:
    """One slip: was its step found to be the first wrong one, and which codes were named there."""

    group: str
    found: bool
    codes: frozenset[str]
    wanted: tuple[str, ...]

    @property
    def rates(self) -> dict[str, bool]:
        """What is counted."""
        among = not self.codes.isdisjoint(self.wanted)
        alone, false = among and len(self.codes) == 1, bool(self.codes) and not among
        return {"step": self.found, "among": among, "alone": alone, "false": false}


def attack(name: str, seed: int, places: int, one_entry: bool, short: bool) -> Attack | None:
    """Return how one slip ends; None where it shows nothing, or no more than a near miss."""
    kind, exercise = KINDS[name], problem(seed)
    rng = np.random.default_rng((seed, zlib.crc32(name.encode()), places))
    wrong, right = wrong_sheet(exercise, name, places, rng, one_entry)[:2]
    if short:
        wrong, right = shortened(wrong), shortened(right)
    made = next((at for at in right if right[at] != wrong[at]), None)
    if made is None:
        return None
    if max(map(units_off, wrong[made], right[made])) <= SHOWS:
        return None
    verdicts = check(exercise, wrong)
    first = first_wrong(verdicts)
    row = [v for at, v in verdicts.items() if (at.t, at.step) == made and v.state in WRONG]
    codes = frozenset(mistake.code for verdict in row for mistake in verdict.mistakes)
    group = f"{kind.group}, one entry" if one_entry else kind.group
    return Attack(group, first is not None and (first.t, first.step) == made, codes, kind.codes)


def units_off(typed: str, right: str) -> float:
    """How far a number is off, in units of its own last decimal."""
    return abs(float(typed) - float(right)) * 10.0 ** len(typed.partition(".")[2])


def attacks(seeds: Iterable[int], places: int, short: bool) -> list[Attack]:
    """Return how every kind of slip ends on each of these exercises."""
    return [
        found
        for name, kind in KINDS.items()
        for seed in seeds
        for one in ((False, True) if kind.group in ROWWISE else (False,))
        if (found := attack(name, seed, places, one, short))
    ]


def near_misses(seeds: Iterable[int], places: int) -> float:
    """Return the share of numbers one to three units beside the right one that accuse someone."""
    return float(np.mean([_missed(seed, places) for seed in seeds]))


def _missed(seed: int, places: int) -> bool:
    rng, exercise = np.random.default_rng((seed, places)), problem(seed)
    sheet = worked(exercise, places, PRACTICES["half up"])
    if seed % 2:
        sheet = shortened(sheet)
    at = [*sheet][int(rng.integers(1, len(sheet)))]
    j, off = int(rng.integers(len(sheet[at]))), int(rng.choice((-3, -2, -1, 1, 2, 3)))
    sheet[at][j] = text(float(sheet[at][j]) + off * 10.0**-places, places)
    return any(v.state in WRONG and v.mistakes for v in check(exercise, sheet).values())
