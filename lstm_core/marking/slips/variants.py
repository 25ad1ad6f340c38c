"""The mistakes of method that can be made in a variant: those at the rows that it left alone.

A row that was changed is no longer what people know by heart, so nobody is told there that they
took one thing for another.
"""

from functools import lru_cache

from lstm_core.cell import Cell
from lstm_core.marking.slips.rarer import rarer_slips
from lstm_core.marking.slips.slip import Slip
from lstm_core.marking.slips.table import slips
from lstm_core.variants.changes import base_of, changed_steps


@lru_cache(maxsize=256)
def slips_of(cell: Cell, columns: int) -> tuple[Slip, ...]:
    """Return the mistakes that apply to any cell, whose v has so many entries."""
    base = base_of(cell)
    if base is None or not changed_steps(cell):
        return (*slips(cell, columns), *rarer_slips(cell))
    found = (*slips(base, columns), *rarer_slips(base))
    return tuple(one for one in found if _holds(one, cell))


def _holds(one: Slip, cell: Cell) -> bool:
    there = {"x", *cell.given, *cell.names}
    read = {name for step in one.changes for name in step.inputs}
    return one.names <= {*cell.names} - changed_steps(cell) and read <= there
