"""A conversion of weights, to look at: whose gate stands where, and where each block goes."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from lstm_core.cell import Cell
from lstm_core.cells import cell_named
from lstm_core.frameworks.blocks import span
from lstm_core.frameworks.convert import Conversion, WeightBlock
from lstm_core.lesson.stages import css_class
from lstm_core.lesson.words import words
from lstm_files.tables.csv_text import guarded

WORDS = words("exchange")
_PARTS = {"h": "columns for h", "x": "columns for x", "bias": "bias", "peephole": "peephole"}


def rows(conversion: Conversion) -> list[dict[str, str]]:
    """Return a row for each block: whose it is, where it is taken from, and where it goes.

    Names from the file are guarded, as Streamlit offers the table as CSV.
    """
    return [
        {
            "array": str(guarded(block.source)),
            "gate there": str(guarded(block.gate)),
            "rows and columns there": " · ".join(span(place) for place in block.place),
            "transposed": "yes" if block.transposed else "no",
            "goes to": block.target,
            "part": _PARTS.get(block.part, block.part),
            "rows and columns here": " · ".join(span(place) for place in block.into),
        }
        for block in conversion.blocks
    ]


def bands(conversion: Conversion) -> str:
    """Return HTML: the gates in their order there and in ours, block under block, in one colour.

    Most mix-ups between frameworks are an order of gates, so that is what is seen first.
    """
    cell = cell_named(conversion.found.cell, conversion.order)
    theirs = [(ours, f"{name} → {_target(ours)}") for name, ours in conversion.gates]
    here = [(ours, _target(ours)) for ours in conversion.board]
    sources = _by_source(conversion.blocks)
    arrays = "".join(_array(cell, name, blocks) for name, blocks in sources)
    return (
        '<div class="conversion">'
        f"{_order(cell, WORDS.text('conversion', 'order there'), theirs)}"
        f"{_order(cell, WORDS.text('conversion', 'order here'), here)}"
        f'<div class="arrays">{arrays}</div></div>'
    )


def _target(ours: str) -> str:
    return f"W<sub>{escape(ours)}</sub>"


def _order(cell: Cell, title: str, gates: Iterable[tuple[str, str]]) -> str:
    cells = "".join(_band(cell, f"W_{ours}", words) for ours, words in gates)
    return f'<p class="order"><span class="title">{title}</span>{cells}</p>'


def _by_source(blocks: Iterable[WeightBlock]) -> Iterable[tuple[str, Iterable[WeightBlock]]]:
    return groupby(blocks, key=lambda block: block.source)


def _band(cell: Cell, parameter: str, words: str) -> str:
    """A line in the colour of the stage that reads this parameter."""
    stage = next(step.stage for step in cell.steps if parameter in step.inputs)
    return f'<span class="band {css_class(stage)}">{words}</span>'


def _array(cell: Cell, name: str, blocks: Iterable[WeightBlock]) -> str:
    """One array of the file: its blocks as bands, in the order in which they lie."""
    cells = "".join(
        _band(
            cell,
            block.target,
            f"{escape(block.gate)} → {escape(block.target)}, {_PARTS.get(block.part, '')}"
            f"{', transposed' if block.transposed else ''}",
        )
        for block in blocks
    )
    return f'<figure class="array"><figcaption>{escape(name[:80])}</figcaption>{cells}</figure>'
