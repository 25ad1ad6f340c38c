"""Markdown: formulas as $…$, a table of entries under each step."""

from collections.abc import Callable, Mapping
from typing import Any

from lstm_core.exercise.exercise import Exercise
from lstm_files.exports.displays import Display
from lstm_files.exports.document import Entries, Entry, Heading, Note, Sentence, Words, document
from lstm_files.exports.markup import markdown, quoted, with_letters


def markdown_document(exercise: Exercise) -> bytes:
    """Return Markdown as GitHub and Jupyter read it: every step, every entry, every digit."""
    blocks = (RENDER[type(block)](block) for block in document(exercise))
    return "\n\n".join([*blocks, ""]).encode()


def _heading(block: Heading) -> str:
    text = markdown(block.text) if block.level == 1 else _letters(block.text)
    return f"{'#' * block.level} {text}"


def _letters(sentence: str) -> str:
    return with_letters(sentence, str, "${}$".format)


def _display(block: Display) -> str:
    words = f"*{_letters(block.words)}:*\n\n" if block.words else ""
    lines = " \\\\\n".join(block.lines)
    return f"{words}$$\n\\begin{{aligned}}\n{lines}\n\\end{{aligned}}\n$$"


def _entries(block: Entries) -> str:
    head = ("| entry | worked out | result | every digit |", "|---|---|---|---|")
    return "\n".join([*head, *map(_entry, block.entries)])


def _entry(entry: Entry) -> str:
    note = f" ({_letters(entry.note)})" if entry.note else ""
    return (
        f"| `{entry.name}` | {' + '.join(entry.terms)}{note} | {entry.result} | `{entry.digits}` |"
    )


RENDER: Mapping[type, Callable[[Any], str]] = {
    Heading: _heading,
    Sentence: lambda block: _letters(block.text),
    Words: lambda block: markdown(block.text),
    Note: lambda block: quoted(block.lines),
    Display: _display,
    Entries: _entries,
}
