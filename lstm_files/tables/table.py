"""What a table is here: rows of cells, how large it may be, and its rows made equally long."""

from lstm_files.bounds import too_much

Cell = str | int | float
TextTable = list[list[str]]  # as it was typed
CellTable = list[list[Cell]]  # as it is written

ROWS, COLUMNS = 5_000, 2_000
CELLS = 50_000
CHARACTERS = 1_000  # of one cell


def check_counts(rows: int, columns: int) -> None:
    """Raise ValueError, in one plain sentence, where a table of this size is too large."""
    for count, unit, most in (
        (rows, "rows", ROWS),
        (columns, "columns", COLUMNS),
        (rows * columns, "cells", CELLS),
    ):
        if count > most:
            raise ValueError(too_much("This table has", count, unit, most))


def fitted(rows: TextTable) -> TextTable:
    """Return the rows as long as the longest, without what is empty at the bottom and right.

    Raises ValueError, in one plain sentence, where the table is empty or too large.
    """
    height = max((i for i, row in enumerate(rows, 1) if any(row)), default=0)
    width = max((j for row in rows for j, cell in enumerate(row, 1) if cell), default=0)
    if not height:
        raise ValueError("This table is empty; expected a row of headers and rows below it.")
    check_counts(height, width)
    kept = [row[:width] + [""] * (width - len(row)) for row in rows[:height]]
    _check_lengths(kept)
    return kept


def _check_lengths(rows: TextTable) -> None:
    for i, row in enumerate(rows, 1):
        for j, cell in enumerate(row, 1):
            if len(cell) > CHARACTERS:
                what = f"Row {i}, column {j} has"
                raise ValueError(too_much(what, len(cell), "characters", CHARACTERS))
