"""The terms of the glossary, and what the browser is given to mark them in texts."""

import json
from functools import cache
from typing import NamedTuple

from lstm_core.cell import Cell
from lstm_core.cells import CELLS, facts
from lstm_core.lesson.words import of_kind, words
from lstm_ui.sheet.letters import readable

WORDS = words("glossary")
_KINDS = tuple(dict.fromkeys(word for cell in CELLS.values() for word in cell.kind.split()))
_OWN = ("symbol", "shape", "text")  # what can be another in a kind of cell


class Term(NamedTuple):
    """One term: its symbol and its shape in letters where it has any, and what it means.

    `marks` are the words and signs that stand for it in a text.
    """

    key: str
    term: str
    symbol: str
    shape: str
    marks: tuple[str, ...]
    text: str


def terms(cell: Cell | None = None) -> list[Term]:
    """Return all terms, in the order in which a reader meets them, as they are of this cell."""
    return [_term(key, cell) for key, texts in WORDS.texts.items() if "term" in texts]


def _term(key: str, cell: Cell | None) -> Term:
    heading = of_kind(cell, key) if cell else key
    symbol, shape, text = (
        readable(WORDS.text(heading, name)) if WORDS.has(heading, name) else "" for name in _OWN
    )
    marks = tuple(WORDS.text(key, "marks").split(", "))
    return Term(key, WORDS.text(key, "term"), symbol, shape, marks, text)


def owner(key: str, cell: Cell) -> str:
    """Return the title of a cell that has what a term stands for; nothing where this one has it."""
    names = set(WORDS.text(key, "has").split(", ")) if WORDS.has(key, "has") else set()
    if not names or names & _has(cell):
        return ""
    return next(facts(other).title for other in _every_cell() if names & _has(other))


@cache
def _every_cell() -> tuple[Cell, ...]:
    return tuple(named.make("hx") for named in CELLS.values())


def _has(cell: Cell) -> set[str]:
    return {*cell.names, *cell.params}


def as_json() -> str:
    """Return the glossary as the browser is given it, once: a file beside the scripts."""
    return json.dumps([term._asdict() | _of_kinds(term) for term in terms()], ensure_ascii=False)


def _of_kinds(term: Term) -> dict[str, dict[str, dict[str, str]]]:
    """What is another in a kind of cell, by the kind."""
    found = {kind: WORDS.texts.get(f"{kind} {term.key}", {}) for kind in _KINDS}
    own = {
        kind: {name: readable(text) for name, text in texts.items()}
        for kind, texts in found.items()
        if texts
    }
    return {"own": own}
