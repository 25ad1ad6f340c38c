"""What a reader chooses on a page beside the numbers: a gate, a seed, a range.

A choice is kept as text, in the session and in the address. Whatever the text is (anyone can write
an address), reading it gives a valid choice: the default where it is none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.parsing import parse_number

RESERVED = frozenset({"x", "step", "t", "entry", "decimals", "from", "answers"})
_NAME = re.compile("[a-z_]{1,16}")
_VALUE = re.compile(r"[\w.,:+-]{1,40}")
_MOST = 16  # options in one address

Chosen = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """One of several words; the first is the default."""

    name: str
    words: tuple[str, ...]

    def of(self, chosen: Chosen) -> str:
        """Return the word that was chosen."""
        word = chosen.get(self.name, "")
        return word if word in self.words else self.words[0]


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high`; with `whole`, a whole one."""

    name: str
    low: float
    high: float
    default: float
    whole: bool = False

    def of(self, chosen: Chosen) -> float:
        """Return the number that was chosen, moved into the range."""
        try:
            number = parse_number(chosen.get(self.name, ""))
        except ValueError:
            number = self.default
        number = min(self.high, max(self.low, number))
        return round(number) if self.whole else number

    def int_of(self, chosen: Chosen) -> int:
        """Return the same as an int, to count with."""
        return int(self.of(chosen))


Option = Choice | Number


def given(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return the options in an address: what is written as an option can be."""
    pairs = [(name, value) for name, value in parameters.items() if is_option(name, value)]
    return dict(pairs[:_MOST])


def is_option(name: str, value: str) -> bool:
    """Tell whether this can be an option's name and value."""
    return bool(name not in RESERVED and _NAME.fullmatch(name) and _VALUE.fullmatch(value))
