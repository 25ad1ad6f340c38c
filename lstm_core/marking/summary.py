"""What marking comes to: how many entries are right, what went wrong most, and a line per step."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from lstm_core.marking.check import BOTH, Verdict, first_wrong
from lstm_core.marking.slips.words import WORDS
from lstm_core.marking.states import WRONG
from lstm_core.trace import Address

__all__ = ["RIGHT", "WRONG", "Counts", "Summary", "step_line", "summary"]

Verdicts = Mapping[Address, Verdict]
Counts = Mapping[str, int]
RIGHT = frozenset(("right", "follow", "truncated", "drift", "sum"))  # the method is right in all
_MOST = 3  # mistakes listed in one line
_LISTED = 8  # entries that are listed one by one; of more, how many they are
_STATES_IN_WORDS = {
    "follow": "right for your earlier numbers",
    "truncated": "cut off, not rounded",
    "drift": "right but for rounding",
    "sum": "the sum over all time steps, where the share of one is asked",
    "too coarse": "too coarse to tell",
}


@dataclass(frozen=True)
class Summary:
    """What a sheet comes to.

    `counts` says how many entries have each state ("unreadable" where a text is no number), `rows`
    the same for each (t, step), in dependency order. `codes` are the mistakes and how often each is
    the best explanation of a wrong entry, most frequent first. `entries` is how many were answered.
    """

    entries: int
    counts: Counts
    rows: Mapping[tuple[int, str], Counts]
    codes: tuple[tuple[str, int], ...]
    first_wrong: Address | None


def summary(verdicts: Verdicts) -> Summary:
    """Return the counts of everything that `check` found."""
    counts = Counter(map(_counted, verdicts.values()))
    rows: dict[tuple[int, str], Counter[str]] = {}
    for at, verdict in verdicts.items():
        rows.setdefault((at.t, at.step), Counter())[_counted(verdict)] += 1
    return Summary(
        entries=counts.total() - counts["blank"],
        counts=MappingProxyType(dict(counts)),
        rows=MappingProxyType({at: MappingProxyType(dict(row)) for at, row in rows.items()}),
        codes=_codes(verdicts),
        first_wrong=first_wrong(verdicts),
    )


def _counted(verdict: Verdict) -> str:
    return "unreadable" if verdict.problem else verdict.state


def _codes(verdicts: Verdicts) -> tuple[tuple[str, int], ...]:
    best = (v.mistakes[0].code for v in verdicts.values() if v.state in WRONG and v.mistakes)
    return tuple(Counter(best).most_common())


def step_line(verdicts: Verdicts, t: int, name: str) -> str:
    """Say in words what became of one step: "2 of 3 right. Entry 3 is wrong: …".

    Empty where nothing of this step is in `verdicts`.
    """
    row = {at.index: v for at, v in verdicts.items() if (at.t, at.step) == (t, name)}
    if not row:
        return ""
    if all(verdict.state == "blank" and not verdict.problem for verdict in row.values()):
        return "Not answered."
    right = sum(verdict.state in RIGHT for verdict in row.values())
    words = {entry: _in_words(verdict) for entry, verdict in row.items()}
    alike = groupby(sorted(filter(words.get, words), key=lambda e: (words[e], e)), key=words.get)
    lines = sorted((list(entries), text) for text, entries in alike)
    return " ".join((f"{right} of {len(row)} right.", *(_sentence(*line) for line in lines)))


def _sentence(entries: list[tuple[int, ...]], words: str | None) -> str:
    if len(entries) > _LISTED:
        return f"{len(entries)} entries are {words}."
    *more, last = (_counted_from_1(entry) for entry in entries)
    if not more:
        return f"Entry {last} is {words}."
    return f"Entries {', '.join(more)} and {last} are {words}."


def _counted_from_1(index: tuple[int, ...]) -> str:
    """An entry of a vector is 2, one of a matrix [2,1]."""
    numbers = ",".join(str(k + 1) for k in index)
    return numbers if len(index) == 1 else f"[{numbers}]"


def _in_words(verdict: Verdict) -> str:
    """What one entry is, as it ends a sentence; nothing where it is simply right."""
    if verdict.state == "blank":
        return "no number that can be read" if verdict.problem else "not answered"
    if verdict.state not in WRONG:
        return _STATES_IN_WORDS.get(verdict.state, "")
    codes = dict.fromkeys(mistake.code for mistake in verdict.mistakes[:_MOST])
    joiner = ", and " if BOTH in verdict.note else ", or "
    why = joiner.join(WORDS[code] for code in codes)
    return f"{verdict.state}: {why}" if why else verdict.state
