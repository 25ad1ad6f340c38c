"""What is said of sheets with one known mistake, of right sheets, and of numbers from nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.marking.check import Verdict, check, first_wrong
from lstm_core.marking.states import WRONG
from lstm_core.trace import Address
from tests.core.marking.sheets import SHORT, SLIPS, by_hand, problem, text

SHOWS = 3.6  # units: what differs by less may be anything, and nobody is accused of it


@dataclass(frozen=True)
class Outcome:
    """What was said of a sheet with one mistake: was it found where it shows, and named?"""

    code: str
    found: bool
    step: dict[Address, Verdict]

    @property
    def codes(self) -> set[str]:
        """The codes named in the first wrong step."""
        return {mistake.code for verdict in self.step.values() for mistake in verdict.mistakes}

    @property
    def rates(self) -> dict[str, bool]:
        """What is counted."""
        among = self.code in self.codes
        alone, false = self.codes == {self.code}, bool(self.codes) and not among
        return {"step": self.found, "among": among, "alone": alone, "false": false}


def rejected(problems: Iterable[int], places: int, backward: bool = False) -> int:
    """Return how many right sheets have an entry that is called wrong."""
    sheets = ((ex := problem(seed), by_hand(ex, places, backward=backward)) for seed in problems)
    return sum(first_wrong(check(*sheet)) is not None for sheet in sheets)


def outcome(seed: int, code: str, places: int, short: bool = False) -> Outcome | None:
    """Return what is said of a sheet with this mistake; None where it shows nothing.

    It has to show in the first step that it changes: what follows from there is not wrong.
    """
    exercise, slip = problem(seed), SLIPS[code]
    wrong = by_hand(exercise, places, slip, slip.backward)
    right = by_hand(exercise, places, None, slip.backward)
    if short:
        wrong, right = (
            {at: sheet[at] for at in sheet if at[1] in SHORT} for sheet in (wrong, right)
        )
    verdicts = check(exercise, wrong)
    made = next((at for at in right if right[at] != wrong[at]), None)
    if made is None or _gap(verdicts, made, right[made]) <= SHOWS * 10**-places:
        return None
    first = first_wrong(verdicts)
    place = (first.t, first.step) if first else None
    step = {at: v for at, v in verdicts.items() if (at.t, at.step) == place and v.state in WRONG}
    return Outcome(code, place == made, step)


def _gap(verdicts: Mapping[Address, Verdict], at: tuple[int, str], right: list[str]) -> float:
    """How far the numbers lie from those of right work, rounded or not: the largest distance."""
    t, name = at
    entries = ((verdicts[Address(name, t, (j,))], float(x)) for j, x in enumerate(right))
    return max(min(abs(float(v.typed) - x) for x in (right, v.truth)) for v, right in entries)


def stray(problems: Iterable[int], places: int) -> float:
    """Return the share of random wrong numbers for which someone is accused without reserve."""
    return float(np.mean([bool(_accused(seed, places)) for seed in problems]))


def _accused(seed: int, places: int) -> list[Address]:
    rng, exercise = np.random.default_rng((seed, 7)), problem(seed)
    sheet = by_hand(exercise, places)
    at = list(sheet)[rng.integers(1, len(sheet))]
    j = rng.integers(len(sheet[at]))
    sheet[at][j] = text(float(sheet[at][j]) + rng.uniform(-0.5, 0.5), places)
    return [
        at
        for at, v in check(exercise, sheet).items()
        if v.state in WRONG and v.mistakes and not v.sure
    ]
