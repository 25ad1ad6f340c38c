"""What a reader chooses on a page beside the numbers: a gate, a seed, a range.

A choice is kept as text, in the session and in the address. Whatever the text is (anyone can write
an address), reading it gives a valid choice: the default where it is none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from lstm_core.text.parsing import parse_number
from lstm_ui.session.packed import is_packed, packed, unpacked

RESERVED = frozenset(
    {"x", "step", "t", "entry", "decimals", "from", "answers", "pin", "stack", "lane"}
    | {"embed", "embed_options"}  # what Streamlit reads: how the page looks in a frame
)
_NAME = re.compile("[a-z_]{1,16}")
_VALUE = re.compile(r"[\w.,:+-]{1,160}")
_HEX = re.compile("[0-9a-f]{1,5000}")  # a bit for each step of the longest walk
_MOST = 16  # options in one address

Chosen = Mapping[str, str]


class Option(Protocol):
    """Anything that can be chosen: its name in an address, and what was chosen, or the default."""

    @property
    def name(self) -> str:
        """The name, of small letters and underlines."""

    def of(self, chosen: Chosen) -> str | float:
        """Return what was chosen."""


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


@dataclass(frozen=True)
class Bits:
    """A set of whole numbers, as the bits of one number in hexadecimal digits; empty by default."""

    name: str

    def of(self, chosen: Chosen) -> str:
        """Return the digits that were chosen."""
        return f"{self.int_of(chosen):x}"

    def int_of(self, chosen: Chosen) -> int:
        """Return the number that holds the bits; what is none, or too long, holds none."""
        text = chosen.get(self.name, "")
        return int(text, 16) if _HEX.fullmatch(text) else 0


@dataclass(frozen=True)
class Word:
    """Any short text that an address can hold; empty by default. Who reads it must expect junk."""

    name: str

    def of(self, chosen: Chosen) -> str:
        """Return what was chosen."""
        return chosen.get(self.name, "")


@dataclass(frozen=True)
class Text:
    """A text that a reader typed, packed; it is in the address where there is room for it."""

    name: str
    most: int  # bytes

    def of(self, chosen: Chosen) -> str:
        """Return the text as it is packed; empty by default."""
        return chosen.get(self.name, "")

    def text_of(self, chosen: Chosen) -> str:
        """Return the text; empty where there is none, or its packing is broken."""
        try:
            return unpacked(self.of(chosen), self.most)
        except ValueError:
            return ""

    def chosen(self, text: str) -> dict[str, str]:
        """Return what is to be kept for a text."""
        return {self.name: packed(text) if text else ""}


def options_in(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return the options in an address: what is written as an option can be."""
    pairs = [(name, value) for name, value in parameters.items() if is_option(name, value)]
    return dict(pairs[:_MOST])


def is_option(name: str, value: str) -> bool:
    """Tell whether this can be an option's name and value."""
    can_be = _VALUE.fullmatch(value) or is_packed(value)
    return bool(name not in RESERVED and _NAME.fullmatch(name) and can_be)


def asked_word(question: str) -> str:
    """Return a question as an address holds it: is-f-0-or-1.

    The sheet's script (core/words.js) writes questions in the same way, to find the one to open.
    """
    return re.sub(r"\W+", "-", question.lower()).strip("-")[:160]
