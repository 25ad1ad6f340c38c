"""LaTeX: a document that compiles as it stands, with article and amsmath alone."""

import re
from collections.abc import Callable, Mapping, Sequence
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
from lstm_files.exports.latex_text import declared, escaped
from lstm_files.exports.markup import with_letters

# Lengths are for A4 and Letter alike. An entry is one paragraph, its digits at the right.
_START = r"""\documentclass[10pt]{article}
\usepackage{amsmath}
\setlength{\textwidth}{17cm}\setlength{\oddsidemargin}{-0.5cm}\setlength{\evensidemargin}{-0.5cm}
\setlength{\textheight}{23cm}\setlength{\topmargin}{-1.5cm}
\setlength{\parindent}{0pt}\setlength{\parskip}{3pt}\sloppy
\setcounter{MaxMatrixCols}{24}
\allowdisplaybreaks
\newcommand{\entry}[2]{{\small $#1$%
  \unskip\nobreak\hfil\penalty50\hskip2em\hbox{}\nobreak\hfil\texttt{#2}%
  \parfillskip=0pt\finalhyphendemerits=0\par}}
"""


def latex_document(exercise: Exercise) -> bytes:
    """Return a .tex file: every step with its numbers, every entry worked out, every digit."""
    body = "".join(
        _joined(element) + RENDER[type(element)](element) for element in document(exercise)
    )
    foreign = declared((exercise.title, exercise.source, *exercise.notes.values()))
    start = "\n".join(filter(None, (_START, foreign)))
    return f"{start}\n\\begin{{document}}\n{body}\n\\end{{document}}\n".encode()


def _joined(element: Element) -> str:
    """A display belongs to the paragraph before it: else there is a gap, and a page may end."""
    return "\n" if isinstance(element, Display) and not element.words else "\n\n"


def _heading(element: Heading) -> str:
    if element.level == 1:
        return rf"{{\LARGE\bfseries\raggedright {escaped(element.text)}\par}}"
    section = r"\section*" if element.level == 2 else r"\subsection*"
    return f"\n{section}{{{_letters(element.text)}}}"


def _letters(sentence: str) -> str:
    return with_letters(sentence, escaped, "${}$".format)


def _note(element: Note) -> str:
    lines = "\n\n".join(map(escaped, element.lines))
    return f"\\begin{{quote}}\n{lines}\n\\end{{quote}}"


def _display(element: Display) -> str:
    words = f"\\textit{{{_letters(element.words)}:}}\n" if element.words else ""
    first, *others = element.lines
    rest = " \\\\\n".join(others)
    lines = " \\\\*\n".join(filter(None, (first, rest)))  # no page ends after the first
    return f"{words}\\begin{{align*}}\n{lines}\n\\end{{align*}}"


def _entries(element: Entries) -> str:
    return "\n".join(map(_entry, element.entries))


def _entry(entry: Entry) -> str:
    """Write the name, how it came about and its digits; a mere copy is not written twice."""
    parts = dict.fromkeys([_calculation(entry.terms), _calculation([entry.result])])
    note = f"\n{{\\footnotesize\\itshape {_letters(entry.note)}\\par}}" if entry.note else ""
    return rf"\entry{{{' = '.join([entry.latex, *parts])}}}{{{entry.digits}}}" + note


_PLAIN = str.maketrans({"−": "-", "·": r" \cdot ", "σ": r"\sigma", "∞": r"\infty "})
_POWER = re.compile(r"e([-+]?)0*(\d+)")
_WORDS = re.compile(r"\b(tanh|max)\b")


def _calculation(terms: Sequence[str]) -> str:
    """Return printed terms as LaTeX."""
    text = " + ".join(terms).translate(_PLAIN).replace("undefined", r"\text{undefined}")
    text = _WORDS.sub(r"\\\1", text)
    return _POWER.sub(lambda power: rf" \cdot 10^{{{power[1].lstrip('+')}{power[2]}}}", text)


RENDER: Mapping[type, Callable[[Any], str]] = {
    Heading: _heading,
    Sentence: lambda element: _letters(element.text),
    Words: lambda element: escaped(element.text),
    Note: _note,
    Display: _display,
    Entries: _entries,
}
