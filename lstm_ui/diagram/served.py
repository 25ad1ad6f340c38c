"""How a browser gets the drawing of a cell: as a file that it keeps, or along with the page."""

from contextlib import suppress
from functools import lru_cache

from lstm_core.cell import Cell, Order, Step
from lstm_core.cells import CELLS, cell_named
from lstm_ui.diagram.svg import svg
from lstm_ui.shell.static_files import drawing_url


def drawing(cell: Cell) -> str:
    """Return where the drawing of a cell is served; the drawing itself of one that someone changed.

    A file that the browser keeps is not sent again with each edit.
    """
    return _drawing(cell.name, cell.steps, tuple(cell.carry.items()))


@lru_cache(maxsize=256)
def _drawing(name: str, steps: tuple[Step, ...], carry: tuple[tuple[str, str], ...]) -> str:
    cell = Cell(name, steps, dict(carry))
    orders: tuple[Order, ...] = ("hx", "xh")
    known = name in CELLS and any(
        steps == cell_named(name, order, cell.readout).steps for order in orders
    )
    drawn = svg(cell)
    with suppress(OSError):  # where no file can be made, the drawing goes along itself
        return drawing_url(name, drawn) if known else drawn
    return drawn
