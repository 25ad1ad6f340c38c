"""An exercise in another cell: what both cells have is kept, what only the new one has is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.cell import Cell
from lstm_core.cells import facts
from lstm_core.exercise.draws import drawn
from lstm_core.ops import Array

Names = tuple[str, ...]


@dataclass(frozen=True)
class CellChange:
    """What became of the arrays when the cell was changed, by their names.

    `new` are drawn at random, `left_out` are gone; `renamed` are those that go on under another
    letter, as (old, new): the candidate's weights, which an LSTM calls W_C and a GRU W_h.
    """

    kept: Names
    new: Names
    left_out: Names
    renamed: tuple[tuple[str, str], ...]


def change_of(old: Cell, new: Cell) -> CellChange:
    """Return what becomes of each array when one cell takes the other's place.

    Arrays of one name go on, and so do the weights and bias of the candidate: making what is new
    is the same task in every cell, whatever its letter. No other gate takes another one's place:
    an update gate does what a forget and an input gate do together.
    """
    source = {name: name for name in new.given if name in old.given} | _candidate(old, new)
    renamed = tuple((of, name) for name, of in source.items() if of != name)
    return CellChange(
        kept=tuple(name for name, of in source.items() if of == name),
        new=tuple(name for name in new.given if name not in source),
        left_out=tuple(name for name in old.given if name not in source.values()),
        renamed=renamed,
    )


def _candidate(old: Cell, new: Cell) -> dict[str, str]:
    """Return from where the candidate's parameters come: W_h from W_C."""
    pairs = [(f"{kind}_{facts(new).letter}", f"{kind}_{facts(old).letter}") for kind in "Wb"]
    return {name: of for name, of in pairs if name in new.params and of in old.params}


def changed(
    change: CellChange, cell: Cell, arrays: Mapping[str, Array], sizes: Mapping[str, int]
) -> dict[str, Array]:
    """Return the arrays of the exercise in its new cell; what is new is small random numbers."""
    fresh = drawn(change.new, arrays, sizes, cell.order) if change.new else {}
    return {**arrays, **{name: arrays[of] for of, name in change.renamed}, **fresh}
