"""One matrix of a pasted text, while it is still text, and what was taken out of it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lstm_core.text.matrix_text import abbreviated

MOST_PIECES = 64
Item = TypeVar("Item")
_SHOWN = 4  # pieces of text that a sentence repeats


@dataclass(frozen=True)
class Piece:
    """One matrix of a pasted text, still as text: its rows, and its name where it has one.

    `taken` is what stood round the numbers, as it was pasted; `remarks` are sentences on how the
    rest was read. The numbers are to be multiplied by `factor`, then transposed where it says so.
    """

    name: str
    text: str
    taken: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    factor: str = ""
    transposed: bool = False

    @property
    def sentence(self) -> str:
        """What was left out and how the rest was read; nothing where every sign was a number."""
        shown = [abbreviated(words) for words in dict.fromkeys(self.taken)]
        more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
        left_out = [f"Left out: {', '.join(shown[:_SHOWN])}{more}."] if shown else []
        return " ".join([*left_out, *self.remarks])


def bounded(every: Iterable[Item]) -> Iterator[Item]:
    """Give no more pieces than a cell has matrices, many times over; ValueError beyond."""
    for k, item in enumerate(every):
        if k == MOST_PIECES:
            raise ValueError(f"There are over {MOST_PIECES} matrices here; paste one of them.")
        yield item


class Cleaner:
    """Takes patterns out of a text, and keeps what they were."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def out(self, pattern: re.Pattern[str], text: str, put: str | Callable[..., str] = "") -> str:
        """Replace what the pattern finds; every part that goes for good is kept as taken out."""

        def replaced(found: re.Match[str]) -> str:
            new = found.expand(put) if isinstance(put, str) else put(found)
            self.taken.append(found[0].replace(new, "", 1) if new else found[0])
            return new

        return pattern.sub(replaced, text)

    def each_out(self, rules: Iterable[tuple[re.Pattern[str], str]], text: str) -> str:
        """Replace what each of the patterns finds by what stands beside it, in this order."""
        for pattern, put in rules:
            text = self.out(pattern, text, put)
        return text
