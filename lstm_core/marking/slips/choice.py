"""Choosing among the mistakes that fit: those that are no accident, and the fewest that explain."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from lstm_core.marking.slips.fit import Fitting
from lstm_core.marking.slips.slip import Slip
from lstm_core.marking.typed import EXACT

Flags = NDArray[np.bool_]
Counts = NDArray[np.int_]
Fits = Mapping[int, list[Slip]]  # entry by entry
_SETTLED = ("right", "follow")
SILENT = 0.015  # above this chance nobody is accused
WHOLE = 0.2  # the same for whole numbers, which nobody has rounded: 42 is 42, and not 41.7
LOOSE = 0.25  # that an entry off by its rounding alone is just what a mistake makes, by accident
STRANGE = 5.0  # how much likelier an accident is for each wrong entry beside it that nothing fits
LOOSELY = ("truncated", "drift")  # the states of such entries


def by_chance(tried: int, own: int, widths: Iterable[float], of: int) -> float:
    """Return the chance that some mistake fits these entries, of so many wrong ones.

    `tried` numbers were tried on an entry in all, `own` by this one mistake.
    """
    each = [min(1.0, own * share) for share in widths]
    return comb(of, len(each)) * tried / own * prod(each)


def limit(whole: bool, strange: int) -> float:
    """Return the chance above which nobody is accused, of so many entries that nothing fits."""
    return WHOLE if whole else SILENT / STRANGE**strange


class Choice:
    """What is made of the mistakes that were tried on one step."""

    def __init__(self, fitting: Fitting):
        self.fitting = fitting
        self.slips = [trial.slip for trial in fitting.tried]
        self.codes = np.array([slip.code for slip in self.slips], str)
        self.away = np.array([trial.away for trial in fitting.tried], int)
        self.fit: Flags = np.asarray(fitting.fit.any(axis=0))
        self.hits: Flags = fitting.fit & fitting.apart
        self.against: Counts = (~self.fit[:, self._where(_SETTLED)]).sum(axis=1)

    def best(self) -> Fits:
        """Return the mistakes that explain the wrong entries, an entry without any left out."""
        fits = {j: rows for j in self.fitting.wrong if (rows := self._fits(j))}
        codes = dict.fromkeys(slip.code for rows in fits.values() for slip in rows)
        meant = {code for code in codes if self._meant(code, fits)}
        return self._fewest(_only(fits, meant))

    def _fits(self, j: int) -> list[Slip]:
        hits = self.hits[:, :, j]
        if self.fitting.whole(j):  # whole numbers are worked out exactly: 42 is not 42.01 rounded
            off = np.abs(self.fitting.predicted[:, :, j] - self.fitting.typed[j])
            hits = exactly if (exactly := hits & (off <= EXACT)).any() else hits
        return list(dict.fromkeys(self.slips[k] for k in np.flatnonzero(hits.any(axis=0))))

    def _meant(self, code: str, fits: Fits) -> bool:
        """Whether it is no accident that a mistake fits all that this one fits.

        Of all that could have fitted, what is made further away, or would have made wrong more of
        what is right, does not count: it comes to mind later.
        """
        it, mine = self.fitting, self.codes == code
        entries = [j for j, rows in fits.items() if any(slip.code == code for slip in rows)]
        hits = self.hits[:, mine][:, :, entries].any(axis=(0, 2))
        away, against = self.away[mine][hits].min(), self.against[mine][hits].min()
        first = (self.away <= away) & (self.against <= against)
        tried = max(self._different(first, j) for j in entries)
        own = max(self._different(mine & first, j) for j in entries)
        loose = self.fit[mine][:, self._where(LOOSELY)].any(axis=0).sum()
        chance = by_chance(tried, own, map(it.width, entries), len(it.wrong)) * LOOSE ** int(loose)
        whole = not away and all(map(it.whole, entries))
        return chance <= limit(whole, strange=len(it.wrong) - len(fits))

    def _different(self, rows: Flags, j: int) -> int:
        """Return how many different wrong numbers were tried on an entry."""
        unit = self.fitting.units[j] or 1e-9
        values = self.fitting.predicted[:, :, j][self.fitting.apart[:, :, j] & rows]
        return max(1, len(np.unique(np.round(values / unit))))

    def _where(self, states: Iterable[str]) -> list[int]:
        return [j for j, state in enumerate(self.fitting.states) if state in states]

    def _fewest(self, fits: Fits) -> Fits:
        """Keep the smallest sets that explain every entry, of these what the rest speaks for."""
        codes = list(dict.fromkeys(slip.code for rows in fits.values() for slip in rows))
        against = {code: self.against[self.codes == code].min() for code in codes}
        have = [{slip.code for slip in rows} for rows in fits.values()]
        for size in (1, 2, 3):
            sets = [s for s in combinations(codes, size) if all(h & {*s} for h in have)]
            if sets:
                least = min(sum(against[code] for code in some) for some in sets)
                kept = [s for s in sets if sum(against[code] for code in s) == least]
                return _only(fits, {code for some in kept for code in some})
        return _only(fits, set(codes))


def _only(fits: Fits, codes: set[str]) -> Fits:
    """Keep these codes, one slip of each, the first."""
    kept = {}
    for j, rows in fits.items():
        first: dict[str, Slip] = {}
        for slip in rows:
            if slip.code in codes:
                first.setdefault(slip.code, slip)
        if first:
            kept[j] = list(first.values())
    return kept
