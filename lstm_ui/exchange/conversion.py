"""A conversion of weights, to look at: whose gate stands where, and where each block goes."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from lstm_core.frameworks.convert import Block, Conversion

_STAGE = {"f": "forget", "i": "input", "C": "candidate", "o": "hidden-state"} | {
    "z": "forget",
    "r": "input",
    "h": "candidate",
}
_PARTS = {"h": "columns for h", "x": "columns for x", "bias": "bias", "peephole": "peephole"}


def rows(conversion: Conversion) -> list[dict[str, str]]:
    """Return a row for each block: whose it is, where it is taken from, and where it goes."""
    return [
        {
            "array": block.source,
            "gate there": block.gate,
            "rows and columns there": " · ".join(_span(place) for place in block.place),
            "transposed": "yes" if block.transposed else "no",
            "goes to": block.target,
            "part": _PARTS.get(block.part, block.part),
            "rows and columns here": " · ".join(_span(place) for place in block.into),
        }
        for block in conversion.blocks
    ]


def _span(along: range) -> str:
    first, last = along.start + 1, along.stop
    return f"{first}" if first == last else f"{first} to {last}"


def bands(conversion: Conversion) -> str:
    """Return HTML: the gates in their order there and in ours, block under block, in one colour.

    Most mix-ups between frameworks are an order of gates, so that is what is seen first.
    """
    theirs = [(name, f"{name} → {_target(ours)}", ours) for name, ours in conversion.gates]
    here = [(ours, _target(ours), ours) for ours in conversion.board]
    arrays = "".join(_array(name, list(found)) for name, found in _by_source(conversion.blocks))
    return (
        '<div class="conversion">'
        f"{_order('Order of the gates there', theirs)}{_order('Order of the gates here', here)}"
        f'<div class="arrays">{arrays}</div></div>'
    )


def _target(ours: str) -> str:
    return f"W<sub>{escape(ours)}</sub>"


def _order(title: str, gates: Iterable[tuple[str, str, str]]) -> str:
    cells = "".join(
        f'<span class="band {_STAGE.get(ours, "")}">{words}</span>' for _, words, ours in gates
    )
    return f'<p class="order"><span class="title">{title}</span>{cells}</p>'


def _by_source(blocks: Iterable[Block]) -> Iterable[tuple[str, Iterable[Block]]]:
    return groupby(blocks, key=lambda block: block.source)


def _array(name: str, blocks: list[Block]) -> str:
    """One array of the file: its blocks as bands, in the order in which they lie."""
    cells = "".join(
        f'<span class="band {_STAGE.get(block.target[2:], "")}">'
        f"{escape(block.gate)} → {escape(block.target)}, {_PARTS.get(block.part, '')}"
        f"{', transposed' if block.transposed else ''}</span>"
        for block in blocks
    )
    return f'<figure class="array"><figcaption>{escape(name[:80])}</figcaption>{cells}</figure>'
