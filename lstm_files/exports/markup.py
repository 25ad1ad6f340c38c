"""Letters in the sentences of the lesson; and text that someone typed, made safe for Markdown."""

import re
from collections.abc import Callable, Iterable

_LETTER = re.compile(r"([A-Za-z]_(?:\{[^{}]*\}|[A-Za-z0-9]))")

# Jupyter and GitHub look for mathematics before they undo \$ and after &#36;, but not across tags.
_MARKDOWN = str.maketrans(
    {sign: f"\\{sign}" for sign in "!\"#%'()*+,-./:;=?@[]^_`{|}~"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    | {"$": "<span>&#36;</span>", "\\": "<span>&#92;</span>"}
)


def with_letters(sentence: str, words: Callable[[str], str], letter: Callable[[str], str]) -> str:
    """Set the letters of a sentence, such as W_f and h_{t-1}, apart from the words around them."""
    parts = _LETTER.split(sentence)
    return "".join((letter if k % 2 else words)(part) for k, part in enumerate(parts))


def markdown(text: str) -> str:
    """Return text that Markdown shows as it is: no emphasis, no link, no HTML, no mathematics."""
    return text.translate(_MARKDOWN)


def quoted(lines: Iterable[str]) -> str:
    """Return lines of text as a quotation in Markdown, each a paragraph."""
    return "\n>\n".join(f"> {markdown(line)}" for line in lines)
