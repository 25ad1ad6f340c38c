"""What a layout is made of: how a framework names, shapes and stacks the weights of a cell.

An axis of an array is written as what lies along it: "x" the m inputs, "h" the n hidden units,
"gates" n entries for each gate in the framework's order, "peepholes" n entries for each gate that
has one, "one" a single entry, "dirs" the directions. Of a projected h, "r" are its r entries,
"projected" these as the rows of W_p, and "units" its n columns. A bias also says on which side it
is added, with the input ("gates:x") or with the hidden state ("gates:h").
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Gates = tuple[tuple[str, str], ...]  # the framework's name of a gate, and ours
Letters = Counter[str]  # {"n": 4}: what an axis counts, as 4n


@dataclass(frozen=True)
class Source:
    """One array of a framework: its name, its axes, and our gate where it is for one gate only."""

    name: str
    axes: tuple[str, ...]
    gate: str = ""


@dataclass(frozen=True)
class Layout:
    """How a framework stores one of our cells: its order of gates, and its arrays.

    `cell` is the name of the cell; `added` is what the framework adds to an array of ours when it
    runs, and does not store; `notes` are sentences for the reader.
    """

    cell: str
    gates: Gates
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()
    peepholes: tuple[str, ...] = ()
    added: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Framework:
    """A framework: its title, its layouts, and how its names are told apart.

    `aliases` are other names of the same arrays; `numbered` names end in layer and direction;
    `nested` ones are written as dicts within a dict; `joints` are what may part a name from the
    place before it; where `inside` is not "", guessing asks for this word in the place. Where names
    are people's own, `spelled` gives place and plain name of those that it can read, and vectors
    may be `loose`: a column or a row, and a matrix may be a list row by row.
    """

    title: str
    layouts: tuple[Layout, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    numbered: bool = False
    nested: bool = False
    joints: str = "/"
    inside: str = ""
    spelled: Callable[[Iterable[str]], Mapping[str, tuple[str, str]]] | None = None
    loose: bool = False
    short_h: bool = False  # a projection has to make h shorter than C

    @property
    def stems(self) -> tuple[str, ...]:
        """Every name that an array of this framework can have, without place or layer."""
        names = [source.name for layout in self.layouts for source in layout.sources]
        return tuple(dict.fromkeys((*names, *self.aliases)))


@dataclass(frozen=True)
class Segment:
    """A stretch of an axis: `letter` is its size, "n", "m", "r", "1" or "d" for the directions.

    It belongs to a gate of ours, or is the side "x" or "h" of the columns of W, or neither; `role`
    is "column", "bias", "peephole" or "projection" where it says what the array holds.
    """

    letter: str
    gate: str = ""
    side: str = ""
    role: str = ""


def segments(layout: Layout, source: Source, axis: str) -> tuple[Segment, ...]:
    """Return the stretches that an axis of `source` consists of, in order."""
    return tuple(part for word in axis.split() for part in _stretch(layout, source, word))


def _stretch(layout: Layout, source: Source, word: str) -> tuple[Segment, ...]:
    kind, _, side = word.partition(":")
    if kind == "projected":
        return (Segment("r", PROJECTION, role="projection"),)
    if kind in _SINGLE:
        own_side = _SIDE.get(kind, "")
        return (Segment(_SINGLE[kind], side=side or own_side, role=_ROLE.get(kind, "")),)
    every = [ours for _, ours in layout.gates] if kind == "gates" else layout.peepholes
    role = "peephole" if kind == "peepholes" else "bias" if side else ""
    gates = (source.gate,) if source.gate else every
    return tuple(Segment("n", gate, side, role) for gate in gates)


PROJECTION = "p"  # no gate, but the letter of W_p
_SINGLE = {"x": "m", "h": "n", "r": "r", "units": "n", "one": "1", "dirs": "d"}
_SIDE = {"x": "x", "h": "h", "r": "h"}
_ROLE = {"x": "column", "h": "column", "r": "column", "one": "bias"}


def letters(layout: Layout, source: Source) -> tuple[Letters, ...]:
    """Return what each axis counts, in letters: ({"n": 4}, {"m": 1}) for 4n × m."""
    return tuple(
        Counter(part.letter for part in segments(layout, source, axis)) for axis in source.axes
    )


def in_letters(axis: Letters) -> str:
    """Return an axis as it is said: 4n, n+m, 2, or dirs for the directions."""
    if set(axis) <= {"1", "d"}:
        return "dirs" if "d" in axis else str(axis["1"])
    return "+".join(f"{count}{letter}" if count > 1 else letter for letter, count in axis.items())


def in_numbers(axis: Letters, sizes: Mapping[str, int]) -> int:
    """Return how long an axis is, where `sizes` tell n, m and the directions d."""
    return sum(count * sizes.get(letter, 1) for letter, count in axis.items())


def is_weight(layout: Layout, source: Source) -> bool:
    """Whether the array holds weights or peepholes, which no cell can do without."""
    parts = (part for axis in source.axes for part in segments(layout, source, axis))
    return any(part.role in ("column", "peephole", "projection") for part in parts)
