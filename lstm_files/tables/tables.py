"""Tables in and out: CSV, text that was pasted, and XLSX, as rows of cells that are texts.

A number keeps the text that was typed, trailing zeros and all: they say how precise it is.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from lstm_files.bounds import Limits, check_size
from lstm_files.tables.limits import Rows, fitted
from lstm_files.tables.text import decoded, delimited
from lstm_files.tables.xlsx import read_xlsx, write_xlsx

__all__ = ["Cell", "Rows", "guarded", "read_pasted", "read_table", "write_csv", "write_xlsx"]

Cell = str | int | float
FILE, TEXT = Limits(size=5_000_000), Limits(size=1_000_000)

_ARCHIVES, _OLD = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
_FORMULA = "=+-@\t\r\n＝＋－＠"  # what a spreadsheet may take for the start of a formula
_NUMBER = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")


def read_table(data: bytes, name: str) -> Rows:
    """Return the rows of a CSV or XLSX file, each as long as the longest; the content decides.

    `name` is the file's own, for messages. Empty rows stay, so that rows count as on screen, but
    for those at the end. Raises ValueError, in one plain sentence, for what is too large or no
    table.
    """
    check_size(data, FILE)
    if data.startswith(_ARCHIVES):
        return fitted(read_xlsx(data))
    if data.startswith(_OLD) or name.lower().endswith((".xls", ".xlsx", ".ods")):
        raise ValueError("This is no XLSX file; save it as .xlsx or .csv and try that.")
    check_size(data, TEXT)
    return read_pasted(decoded(data))


def read_pasted(text: str) -> Rows:
    """Return the rows of a table that was pasted: cells between tabs, semicolons or commas."""
    check_size(text.encode("utf-8", "replace"), TEXT)
    return fitted([[_unguarded(cell).strip() for cell in row] for row in delimited(text)])


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the rows as CSV that every spreadsheet opens: UTF-8 with a mark at its start.

    No cell can be taken for a formula: a text that begins like one, and is no number, gets an
    apostrophe before it, which read_table takes away again.
    """
    held = io.StringIO(newline="")
    # In quotation marks, no ; or tab within a text can be mistaken for the delimiter.
    writer = csv.writer(held, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return held.getvalue().encode("utf-8-sig", "replace")


def guarded(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.lstrip("'")[:1] in {*_FORMULA} else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in {*_FORMULA} else cell
