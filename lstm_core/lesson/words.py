"""The lesson's words: they stand in text files, where a teacher can edit them without any Python.

The files lie in words/, and all look like this:

    # A line like this one is for whoever edits the file.
    [memory, another heading for the same texts]
    grows = After {t} time steps C is {value}: it grows, and a text may go on in lines that are
      set further in.
    shrinks = …

    [gru memory]
    grows = …

What stands in braces is a number or a name that the page fills in; h_{t-1} stays as it is. A
heading that begins with a kind of cell holds for that kind only, and only where it has the text:
[gru memory] has its own words for growing, and the common ones for shrinking.
"""

import re
from collections.abc import Mapping
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from lstm_core.cell import Cell
from lstm_core.cells import CELLS, facts

FOLDER = Path(__file__).with_name("words")
NOTHING: Mapping[str, object] = MappingProxyType({})
_KIND_WORDS = {word for cell in CELLS.values() for word in cell.kind.split()} | {"changed"}
_PLACEHOLDER = re.compile(r"\{([^\W\d][\w ]*)\}")


@dataclass(frozen=True, eq=False)
class Words:
    """The texts of one file: under each heading, each text by its name."""

    texts: Mapping[str, Mapping[str, str]]

    def template(self, heading: str, name: str) -> str:
        """Return a text as it stands in the file; KeyError where there is none."""
        found = (self.texts[key] for key in headings(heading) if key in self.texts)
        for texts in found:
            if name in texts:
                return texts[name]
        raise KeyError(f"{heading}: {name}")

    def has(self, heading: str, name: str) -> bool:
        """Return whether there is such a text, be it under the heading without its kind of cell."""
        try:
            return bool(self.template(heading, name))
        except KeyError:
            return False

    def text(self, heading: str, name: str, known: Mapping[str, object] = NOTHING) -> str:
        """Return a text with what is `known` filled in.

        Raises KeyError where there is no such text, or where it wants what is not known.
        """
        return filled(self.template(heading, name), known)


def of_kind(cell: Cell, heading: str) -> str:
    """Return the heading under which a kind of cell has words of its own: gru memory."""
    return f"{facts(cell).kind} {heading}".lstrip()


def headings(heading: str) -> tuple[str, ...]:
    """Return a heading, then without its kind of cell: relu rnn memory, rnn memory, memory."""
    kind, _, common = heading.partition(" ")
    return (heading, *headings(common)) if kind in _KIND_WORDS else (heading,)


def filled(template: str, known: Mapping[str, object]) -> str:
    """Fill in by name; KeyError where a name is not known."""
    return _PLACEHOLDER.sub(lambda found: str(known[found[1]]), template)


def placeholders(template: str) -> set[str]:
    """Return the names that a text wants to have filled in."""
    return set(_PLACEHOLDER.findall(template))


def paragraph(*sentences: str) -> str:
    """Return the sentences that there are, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)


@cache
def words(file: str) -> Words:
    """Return the texts of a file in words/, named without its ending."""
    return parsed(Path(FOLDER, f"{file}.txt").read_text("utf-8"))


def parsed(text: str) -> Words:
    """Return the texts of a file; configparser.Error, naming the line, where it is badly made."""
    parser = _Parser(delimiters=("=",), comment_prefixes=("#",), interpolation=None)
    parser.read_string(text)
    found: dict[str, Mapping[str, str]] = {}
    for headings in parser.sections():
        texts = {name: " ".join(value.split()) for name, value in parser[headings].items()}
        for heading in headings.split(", "):
            if heading in found:
                raise ValueError(f"The heading {heading} stands twice.")
            found[heading] = texts
    return Words(found)


class _Parser(ConfigParser):
    def optionxform(self, optionstr: str) -> str:
        """Keep capitals: C is not c."""
        return optionstr
