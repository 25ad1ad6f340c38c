"""How well mistakes are named, as tables: a row for each code, and what is confused with what."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np

from tests.core.marking.outcomes import Outcome, outcome
from tests.core.marking.pairs import Pair, why
from tests.core.marking.required import rows
from tests.core.marking.sheets import SLIPS

REQUIRED = {"step": 1.0, "among": 0.98, "alone": 0.90, "false": 0.01}


def report(problems: int, start: int, by_code: bool = False) -> bool:
    """Print what is required and what was measured; return whether all is as required.

    `start` is the first seed; it is printed, so that a run can be made again. With `by_code`, a
    table for each code comes first, which says what is taken for what.
    """
    seeds = range(start, start + problems)
    print(f"Seeds {seeds[0]} to {seeds[-1]}")
    for places, short in ((4, False), (3, False), (2, False), (4, True)) if by_code else ():
        table(seeds, places, short)
    missed = []
    for row in rows(seeds):
        print(row, flush=True)
        missed += [] if row.met else [row.what]
    print("\nAll is as required." if not missed else "\nMissed: " + "; ".join(missed))
    return not missed


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
