"""Choosing among the mistakes that fit: how likely each is, and whether anything is said at all.

Every candidate has a weight, how often such a mistake is made, and a wrong number of no known kind
has one as well. A random wrong number lies anywhere from −s to s, where s is the larger of what was
typed and what is right; so at a unit u it is one given number with the chance u/2s, its `width`.

Worked example. At two decimals 0.48 was typed for 0.40, and W·v is 0.484. "The bias was left out"
has the weight 0.12. A number from nowhere has the weight 0.1, and would be 0.48 with the chance
0.01/(2·0.48) = 0.0104: 0.001 in all. So it was the bias with 0.12/(0.12 + 0.001) = 99 %, and that
is said, as most likely: of a hundred numbers from nowhere, one would be it. A slip in one of five
products by one of six ways has 0.05/30 = 0.0017: 62 % against a number from nowhere, and it is
said with the same reserve. But if it explains a second wrong entry of the step as well, which a
number from nowhere would meet with the chance 0.0104 alone, it counts 0.7/0.0104 = 67 times as
much.

So many are listed, the likeliest first, that hardly anything else is left: a list in which the
mistake is missing accuses as wrongly as a name. And where two slips in a sum give the very same
number, as the wrong sign of a product and the weight below it, −0.35 for 0.35, no digit tells them
apart: both are listed, however much likelier one of them is.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lstm_core.marking.slips.slip import Slip
from lstm_core.marking.slips.weights import UNKNOWN, WEIGHTS
from lstm_core.marking.typed import EXACT
from lstm_core.ops import Array

Flags = NDArray[np.bool_]
AGAIN = 0.7  # that a mistake made in one entry of a step is made in another one too
ELSEWHERE = 6.0  # how much likelier a mistake is that was made in another step of the sheet
_FARTHER = 0.5  # how much less likely it is for each row that lies between
_UNUSED = 0.3  # and where the right operand stands written
_ONE_ENTRY = 0.7  # and where other entries of the step, which it would change, are right
_SOME_ENTRIES = 0.1  # the same, though it was made in more than one
_STRANGE = 0.1  # and for each wrong entry beside it that nothing explains
_SILENT = 0.5  # the chance of an unknown slip above which nobody is accused
_LISTED = 0.02  # of the likeliest, what another has to come to if it is to be listed
_ALL = 0.97  # the share of all that is listed, as far as there is room for it
_COVERED = 0.5  # and what has to be, or nothing is said
_SURE, _LIKELY = 0.995, 0.5  # shares: nothing else comes near, or all others together are less
_ALONE = 0.88  # the share from which on the likeliest is named alone
MOST = 6  # mistakes listed for one entry


@dataclass(frozen=True, eq=False)
class Candidate:
    """One way in which a step may have gone wrong.

    `hits` (n,) says which entries it explains, and `against` whether it would have changed entries
    that are right. `weight` is that of its code, shared among its `variants`. `made` (n,) is what
    it makes of the entries, with all digits, where one product of a sum went wrong.
    """

    code: str
    where: str
    phrase: str
    hits: Flags
    against: bool = False
    away: int = 0
    unused: bool = False
    variants: int = 1
    slip: Slip | None = None
    made: Array = field(default_factory=lambda: np.zeros(0))

    def ties(self, other: "Candidate", j: int) -> bool:
        """Return whether both make the very same number of entry j, and no other entry differs."""
        unlike = self.against != other.against or not np.array_equal(self.hits, other.hits)
        if unlike or not (self.made.size and other.made.size):
            return False
        return bool(abs(self.made[j] - other.made[j]) <= EXACT * max(1.0, abs(self.made[j])))

    @property
    def weight(self) -> float:
        """How likely it is before anything is compared."""
        share = WEIGHTS[self.code] / self.variants
        return float(share * _FARTHER**self.away * (_UNUSED if self.unused else 1.0))


@dataclass(frozen=True, eq=False)
class Choice:
    """What is said of one entry: the likeliest first, and the share that it has of all."""

    candidates: tuple[Candidate, ...]
    share: float
    tied: bool = False

    @property
    def sure(self) -> str:
        """How sure it is, in words: "" where the mistake is named without reserve."""
        if self.tied:
            return "one of these"
        if len(self.candidates) == 1 and self.share >= _SURE:
            return ""
        return "most likely" if self.share >= _LIKELY else "one of these"


def choose(
    candidates: Sequence[Candidate],
    wrong: Sequence[int],
    widths: Array,
    misses: Flags,
    elsewhere: frozenset[str],
) -> dict[int, Choice]:
    """Return what is said of the wrong entries of a step; one of which nothing is said is left out.

    `widths` (n,) are the chances of one number, `misses` (n,) says which entries are so near to
    what is right that anything may have happened; `elsewhere` are codes found in other steps.
    """
    candidates = [one for one in candidates if one.hits[wrong].any()]
    if not candidates:
        return {}
    hits = np.array([one.hits[wrong] for one in candidates])  # (candidates, wrong)
    share = np.asarray(widths, float)[wrong]
    again = np.maximum(AGAIN / np.maximum(share, 1e-12), 1.0)
    weights = np.array([one.weight for one in candidates])
    weights *= [ELSEWHERE if one.code in elsewhere else 1.0 for one in candidates]
    alone = np.where(hits.sum(axis=1) > 1, _SOME_ENTRIES, _ONE_ENTRY)
    weights *= np.where([one.against for one in candidates], alone, 1.0)
    # Of every entry that is explained, all but the one that is asked about speak for a candidate.
    logs = np.where(hits, np.log(again), 0.0)
    scores = np.exp(np.minimum(logs.sum(axis=1)[:, None] - logs, 60.0)) * weights[:, None] * hits
    unknown = np.where(misses[wrong], 1.0, UNKNOWN * share)
    strange = (scores.sum(axis=0) < unknown).sum()
    found = {}
    for k, j in enumerate(wrong):
        beside = int(strange - (scores[:, k].sum() < unknown[k]))
        less, more = _STRANGE**beside, 1 + 2 * beside
        if chosen := _chosen(candidates, scores[:, k] * less, float(unknown[k]) * more, j):
            found[j] = chosen
    return found


def _chosen(
    candidates: Sequence[Candidate], scores: Array, unknown: float, j: int
) -> Choice | None:
    """Return the likeliest codes of entry j, one candidate of each; None for silence."""
    total = float(scores.sum()) + unknown
    if unknown >= _SILENT * total:
        return None
    best: dict[str, Candidate] = {}
    sums: dict[str, float] = {}
    for k in np.argsort(-scores, kind="stable"):
        if scores[k] <= 0:
            break
        one = candidates[k]
        best.setdefault(one.code, one)
        sums[one.code] = sums.get(one.code, 0.0) + float(scores[k])
    ranked = sorted(sums, key=lambda code: -sums[code])
    shares = {code: sums[code] / total for code in ranked}
    tied = {code for code in ranked[1:] if best[ranked[0]].ties(best[code], j)}
    listed = _enough(shares, tied)
    if sum(shares[code] for code in listed) < _COVERED:
        return None
    likeliest = tuple(best[code] for code in listed)
    return Choice(likeliest, shares[ranked[0]], not tied.isdisjoint(listed))


def _enough(shares: Mapping[str, float], tied: Collection[str]) -> list[str]:
    """Return the codes that are listed: one alone, if hardly any other will be meant.

    What is `tied` with the likeliest is listed with it.
    """
    listed: list[str] = []
    covered, least = 0.0, _LISTED * max(shares.values())
    for code, share in list(shares.items())[:MOST]:
        full = covered >= (_ALONE if len(listed) == 1 else _ALL)
        if share >= least and (code in tied or not full):
            listed.append(code)
            covered += share
    return listed
