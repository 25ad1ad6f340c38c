"""How well are mistakes named? Sheets with one known mistake each, worked out without the table.

Run `python benchmarks/marking.py` from the root of the repository (`--problems 10000` for the
whole of it). It exits 1 if right work is called wrong, or if a rate misses its requirement.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.marking_pairs import Pair, why
from benchmarks.marking_sheets import SHORT, SLIPS, by_hand, problem, text
from lstm_core.marking.check import Verdict, check, first_wrong
from lstm_core.marking.states import WRONG
from lstm_core.trace import Address

PLACES = (2, 3, 4, 6)
RANDOM = 1000  # random numbers at least: of fewer, one is more than is allowed
SHOWS = 2.5  # units: what differs by less may be rounding
REQUIRED = {"step": 1.0, "among": 0.98, "alone": 0.90, "false": 0.01}


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
    """Return the share of random wrong numbers for which someone is accused."""
    return float(np.mean([bool(_accused(seed, places)) for seed in problems]))


def _accused(seed: int, places: int) -> list[Address]:
    rng, exercise = np.random.default_rng((seed, 7)), problem(seed)
    sheet = by_hand(exercise, places)
    at = list(sheet)[rng.integers(1, len(sheet))]
    j = rng.integers(len(sheet[at]))
    sheet[at][j] = text(float(sheet[at][j]) + rng.uniform(-0.5, 0.5), places)
    return [at for at, v in check(exercise, sheet).items() if v.state in WRONG and v.mistakes]


def table(problems: Iterable[int], places: int, short: bool = False) -> bool:
    """Print one row for each code; return whether every rate of full sheets is as required."""
    print(f"\n{places} decimals, {'short' if short else 'full'} sheets (% of those where it shows)")
    print(f"{'code':>30} {'sheets':>6} " + " ".join(f"{name:>6}" for name in REQUIRED))
    every: list[Outcome] = []
    missed = []
    for code in SLIPS:
        if short and SLIPS[code].backward:
            continue
        seen = [o for seed in problems if (o := outcome(seed, code, places, short))]
        rates = _rates(seen)
        print(f"{code:>30} {len(seen):6} " + " ".join(f"{100 * r:6.1f}" for r in rates.values()))
        missed += [code for name in REQUIRED if not _enough(name, rates[name])]
        every += seen
    _print_pairs(every)
    print(f"false accusations: {100 * _rates(every)['false']:.2f} %")
    if missed:
        print(f"below what is required: {', '.join(dict.fromkeys(missed))}")
    return not missed


def _rates(seen: list[Outcome]) -> dict[str, float]:
    return {name: float(np.mean([o.rates[name] for o in seen] or [0])) for name in REQUIRED}


def _enough(name: str, rate: float) -> bool:
    return rate <= REQUIRED[name] if name == "false" else rate >= REQUIRED[name]


def _print_pairs(every: list[Outcome]) -> None:
    sheets = Counter(one.code for one in every)
    for (code, other), seen in sorted(_pairs(every).items()):
        print(f"  {code} not told from {other} in {len(seen)} entries of {sheets[code]} sheets:")
        print("".join(f"      {sentence}\n" for sentence in why(seen)), end="")


def _pairs(every: list[Outcome]) -> dict[tuple[str, str], list[Pair]]:
    pairs: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for one in every:
        for at, verdict in one.step.items():
            named = {mistake.code: mistake for mistake in verdict.mistakes}
            for other in named.keys() - {one.code} if one.code in named else ():
                pairs[one.code, other].append(Pair(named[one.code], named[other], at))
    return pairs


def _accuracy(problems: int) -> bool:
    good = True
    for places in PLACES:
        bad = rejected(range(problems), places), rejected(range(problems // 10), places, True)
        share = stray(range(max(problems, RANDOM)), places)
        print(f"{places} decimals: {bad[0]} of {problems} right sheets rejected, with gradients")
        print(f"  {bad[1]} of {problems // 10}; {100 * share:.2f} % of random numbers accused")
        good &= not any(bad) and share <= REQUIRED["false"]
    return good


def main() -> int:
    """Print every table; return 1 if a requirement is missed, as an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=200)
    problems = parser.parse_args().problems
    good = _accuracy(problems)
    few = range(min(problems, 200))
    good &= all([table(few, 4), table(few, 3)])
    for places, short in ((2, False), (4, True)):
        table(few, places, short)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
