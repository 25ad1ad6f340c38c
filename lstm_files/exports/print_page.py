"""The whole calculation as a page to print, or to keep as PDF."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from lstm_core.exercise.exercise import Exercise
from lstm_files.exports.displays import Display
from lstm_files.exports.document import (
    Element,
    Entries,
    Entry,
    Heading,
    Note,
    Sentence,
    Words,
    document,
)
from lstm_files.exports.markup import with_letters
from lstm_files.exports.names import title
from lstm_files.markup.html import formula_html, page

_CSS = """\
h3 small { font: 8.5pt sans-serif; border: 0.6pt solid #777; border-radius: 1em; color: #333;
  padding: 0 0.6em; margin-left: 0.6em; white-space: nowrap; }
.level3 { break-inside: avoid; }
.entries { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: 8.5pt;
  margin: 0.4rem 0 0.8rem; }
.entries td, .entries th { border-bottom: 0.5pt solid #bbb; padding: 0.15rem 0.5rem 0.15rem 0;
  text-align: left; vertical-align: baseline; overflow-wrap: anywhere;
  font-variant-numeric: tabular-nums; }
.entries th { font-weight: 400; font-style: italic; color: #333; }
.entries tr { break-inside: avoid; }
.entries th:first-child { width: 13%; } .entries th:nth-child(3) { width: 11%; }
.entries th:last-child { width: 21%; }
.entries td:last-child { font-family: ui-monospace, "DejaVu Sans Mono", monospace;
  font-size: 7.5pt; padding-right: 0; }
blockquote { margin: 0.4rem 0; padding: 0.1rem 0 0.1rem 0.8rem; border-left: 2.5pt solid #777;
  overflow-wrap: anywhere; }
@media screen { section { overflow-x: auto; } }
.part { font-style: italic; margin: 0.4rem 0 0; break-after: avoid; }
"""


def print_page(exercise: Exercise) -> bytes:
    """Return a page of HTML that stands alone: every step, every entry, every digit."""
    body = "\n".join(["<section>", *_sections(document(exercise)), "</section>"])
    return page(title(exercise), body, _CSS).encode()


def _sections(elements: Iterable[Element]) -> Iterator[str]:
    """Give each step as a section of its own, which is kept on one page where it fits."""
    for element in elements:
        if isinstance(element, Heading) and element.level > 1:
            yield f'</section>\n<section class="level{element.level}">'
        yield RENDER[type(element)](element)


def _heading(element: Heading) -> str:
    text = escape(element.text) if element.level == 1 else _words(element.text)
    stage = f"<small>{escape(element.stage)}</small>" if element.stage else ""
    return f"<h{element.level}>{text}{stage}</h{element.level}>"


def _words(sentence: str) -> str:
    return with_letters(sentence, escape, formula_html)


def _display(element: Display) -> str:
    words = f'<p class="part">{_words(element.words)}:</p>\n' if element.words else ""
    return words + "\n".join(_aligned(lines) for lines in _on_one_page(element.lines))


def _on_one_page(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Two lines of matrices fit on a page; where there are more, each stands by itself."""
    if sum("matrix" in line for line in lines) <= 2:
        yield lines
    else:
        yield from ([line] for line in lines)


def _aligned(lines: Sequence[str]) -> str:
    rows = r" \\ ".join(lines)
    return formula_html(rf"\begin{{aligned}} {rows} \end{{aligned}}", display=True)


def _entries(element: Entries) -> str:
    rows = "\n".join(map(_entry, element.entries))
    return f'<table class="entries">\n{_HEAD}\n{rows}\n</table>'


def _entry(entry: Entry) -> str:
    note = f"<br><i>{_words(entry.note)}</i>" if entry.note else ""
    return (
        f"<tr><td>{formula_html(entry.latex)}<td>{escape(' + '.join(entry.terms))}{note}"
        f"<td>{escape(entry.result)}<td>{escape(entry.digits)}"
    )


_HEAD = "<thead><tr><th>entry<th>worked out<th>result<th>every digit</thead>"
RENDER: Mapping[type, Callable[[Any], str]] = {
    Heading: _heading,
    Sentence: lambda element: f"<p>{_words(element.text)}</p>",
    Words: lambda element: f"<p>{escape(element.text)}</p>",
    Note: lambda element: f"<blockquote>{'<br>'.join(map(escape, element.lines))}</blockquote>",
    Display: _display,
    Entries: _entries,
}
