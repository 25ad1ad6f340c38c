"""The page Glossary: all terms, with their shapes in the sizes of the exercise on screen.

What the cell on screen has comes first; of other terms it is said which cell has them.
"""

from collections.abc import Mapping
from typing import TypedDict

from lstm_core.lesson.words import words
from lstm_ui.glossary.terms import Term, owner, terms
from lstm_ui.session.options import Word
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block

PAGE = words("glossary_page")
FIND = Word("find")  # what is looked for; in an address “+” stands for a space


class Line(TypedDict):
    """One term, as the page shows it."""

    key: str
    term: str
    of: str  # a cell that has it, where the one on screen has not
    symbol: str
    shape: str
    text: str


class Glossary(Block):
    """The list of terms, with the field that looks for one."""

    label: str
    found: str
    nothing: str
    lines: list[Line]


def glossary_blocks(session: Session) -> list[Block]:
    """Return the whole page."""
    return [blocks.lead(PAGE.text("page", "what")), _glossary(session)]


def _glossary(session: Session) -> Glossary:
    cell, sizes = session.exercise.cell, session.exercise.sizes
    lines = [_line(term, owner(term.key, cell), sizes) for term in terms(cell)]
    return {
        "kind": "glossary",
        "id": "glossary",
        "label": PAGE.text("page", "find"),
        "found": FIND.of(session.options).replace("+", " ").strip(),
        "nothing": PAGE.text("page", "nothing"),
        "lines": sorted(lines, key=lambda line: line["of"] != ""),
    }


def _line(term: Term, other: str, sizes: Mapping[str, int]) -> Line:
    return {
        "key": term.key,
        "term": term.term,
        "of": PAGE.text("other", "cell", {"cell": other}) if other else "",
        "symbol": term.symbol,
        "shape": shape_in_numbers(term.shape, sizes),
        "text": term.text,
    }


def shape_in_numbers(letters: str, sizes: Mapping[str, int]) -> str:
    """Return a shape in letters and in numbers: n × (n+m) = 3 × 5; p is there with a read-out."""
    if not letters or ("p" in letters and not sizes.get("p")):
        return letters
    parts = [part.strip("()").split("+") for part in letters.split(" × ")]
    numbers = " × ".join(str(sum(sizes[letter] for letter in part)) for part in parts)
    return f"{letters} = {numbers}"
