"""How well mistakes are named, as tables: a row for each code, and what is confused with what."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np

from tests.core.marking.outcomes import Outcome, outcome, rejected, stray
from tests.core.marking.pairs import Pair, why
from tests.core.marking.sheets import SLIPS

PLACES = (2, 3, 4, 6)
RANDOM = 1000  # random numbers at least: of fewer, one is more than is allowed
REQUIRED = {"step": 1.0, "among": 0.98, "alone": 0.90, "false": 0.01}


def report(problems: int) -> bool:
    """Print every table; return whether every requirement is met."""
    good = _accuracy(problems)
    few = range(min(problems, 200))
    good &= all([table(few, 4), table(few, 3)])
    for places, short in ((2, False), (4, True)):
        table(few, places, short)
    return good


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
