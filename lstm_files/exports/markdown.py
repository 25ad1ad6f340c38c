"""Markdown: formulas as $…$, a table of entries under each step."""

from collections.abc import Callable, Mapping
from typing import Any

from lstm_core.exercise.exercise import Exercise
from lstm_files.exports.displays import Display
from lstm_files.exports.document import Entries, Entry, Heading, Note, Sentence, Words, document
from lstm_files.exports.markup import markdown, quoted, with_letters


def markdown_document(exercise: Exercise) -> bytes:
    """Return Markdown as GitHub and Jupyter read it: every step, every entry, every digit."""
    elements = (RENDER[type(element)](element) for element in document(exercise))
    return "\n\n".join([*elements, ""]).encode()


def _heading(element: Heading) -> str:
    text = markdown(element.text) if element.level == 1 else _letters(element.text)
    return f"{'#' * element.level} {text}"


def _letters(sentence: str) -> str:
    return with_letters(sentence, str, "${}$".format)


def _display(element: Display) -> str:
    words = f"*{_letters(element.words)}:*\n\n" if element.words else ""
    lines = " \\\\\n".join(element.lines)
    return f"{words}$$\n\\begin{{aligned}}\n{lines}\n\\end{{aligned}}\n$$"


def _entries(element: Entries) -> str:
    head = ("| entry | worked out | result | every digit |", "|---|---|---|---|")
    return "\n".join([*head, *map(_entry, element.entries)])


def _entry(entry: Entry) -> str:
    note = f" ({_letters(entry.note)})" if entry.note else ""
    return (
        f"| `{entry.name}` | {' + '.join(entry.terms)}{note} | {entry.result} | `{entry.digits}` |"
    )


RENDER: Mapping[type, Callable[[Any], str]] = {
    Heading: _heading,
    Sentence: lambda element: _letters(element.text),
    Words: lambda element: markdown(element.text),
    Note: lambda element: quoted(element.lines),
    Display: _display,
    Entries: _entries,
}
