"""How well mistakes are named, as tables: a row for each code, and what is confused with what."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np

from tests.core.marking.attacks import Attack, attacks, near_misses, rejections
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
    return attacked(problems, int(np.random.default_rng().integers(10**6, 10**8))) and good


def attacked(problems: int, start: int) -> bool:
    """Print how an attack ends on exercises that nothing was tuned on; return if all is required.

    `start` is the first seed; it is printed, so that a run can be made again.
    """
    seeds = range(start, start + max(1, problems // 50))
    print(f"\nAttack with the seeds {seeds[0]} to {seeds[-1]}")
    bad = rejections(seeds)
    print("right sheets with an entry called wrong: " + _listed(bad))
    good = not any(bad.values())
    for places, short in product((4, 3, 2), (False, True)):
        good &= _attack_table(attacks(seeds, places, short), places, short)
    for places in (4, 3, 2):
        share = near_misses(range(start, start + problems), places)
        print(f"{places} decimals: {100 * share:.2f} % of near misses accused")
        good &= share <= REQUIRED["false"]
    return good


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {times}" for name, times in counts.items())


def _attack_table(found: list[Attack], places: int, short: bool) -> bool:
    print(f"\n{places} decimals, {'short' if short else 'full'} sheets (%)")
    for group in sorted({one.group for one in found}):
        rates = _shares([one for one in found if one.group == group])
        print(f"{group:>20} " + " ".join(f"{name} {100 * r:5.1f}" for name, r in rates.items()))
    every = _shares(found)
    print(f"{'all':>20} " + " ".join(f"{name} {100 * r:5.1f}" for name, r in every.items()))
    most = 0.02 if short else 0.01
    return every["step"] >= 0.995 and every["false"] <= most


def _shares(found: list[Attack]) -> dict[str, float]:
    return {name: float(np.mean([one.rates[name] for one in found])) for name in REQUIRED}


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
