"""Weights in tables, CSV or XLSX: each matrix under its name, or each in a sheet of its name.

A name stands alone in its row, above the numbers, or at the start of the first row of numbers.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl import load_workbook

from lstm_core.ops import Array
from lstm_core.text.parsing import parse_matrix
from lstm_files.bounds import Limits, check_size, quoted_name
from lstm_files.tables.csv_text import decoded, delimited
from lstm_files.tables.table import COLUMNS, ROWS, TextTable, fitted
from lstm_files.tables.xlsx_bounds import bounded

_TEXT = Limits(size=5_000_000)
_NAME = re.compile(r"(?!(?:nan|inf|infinity|none|null|na|true|false)$)[A-Za-z_][\w./:-]*", re.I)
_VECTOR = re.compile(r"(?:.*[./])?(?:bias.*|[bph]_.*|C_.*|b)")  # one row of these is no matrix
_NO_XLSX = "This spreadsheet cannot be read; save it once more as .xlsx or .csv and try that."


def read_csv_weights(data: bytes, name: str) -> dict[str, Array]:
    """Return the matrices of a CSV file by name; a single one may go by the name of the file.

    Cells stand between tabs, semicolons or commas, whichever of these comes first in this list.
    Raises ValueError, in one plain sentence, naming row and column.
    """
    check_size(data, _TEXT)
    text = decoded(data).removeprefix("\ufeff")
    mark = next((mark for mark in "\t;," if mark in text), ",")
    sep = "" if text[:4].lower() == "sep=" else f"sep={mark}\n"
    return _matrices({re.sub(r"\.\w+$", "", name): fitted(_stripped(delimited(sep + text)))})


def _stripped(rows: TextTable) -> TextTable:
    return [[cell.strip() for cell in row] for row in rows]


def read_xlsx_weights(data: bytes) -> dict[str, Array]:
    """Return the matrices of every sheet by name, with all their digits, whatever is shown."""
    copy, columns = bounded(data)
    try:
        book = load_workbook(io.BytesIO(copy), read_only=True, data_only=True, keep_links=False)
        sheets = {sheet.title: list(_rows(sheet, columns)) for sheet in book.worksheets}
    except Exception:  # whatever a damaged part leads to: the library checks few of them
        raise ValueError(_NO_XLSX) from None
    return _matrices({title: fitted(rows) for title, rows in sheets.items() if any(map(any, rows))})


def _rows(sheet: Any, columns: int) -> Iterator[list[str]]:
    for row in sheet.iter_rows(max_row=ROWS, max_col=min(columns, COLUMNS), values_only=True):
        yield ["" if value is None else str(value) for value in row]


def _matrices(tables: Mapping[str, TextTable]) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for title, rows in tables.items():
        for name, block in _blocks(title, rows):
            if name in found:
                raise ValueError(f"{quoted_name(name)} is there twice; expected each name once.")
            found[name] = _array(name, block)
    return found


def _blocks(title: str, rows: TextTable) -> Iterator[tuple[str, TextTable]]:
    """Cut a table at names and at empty rows; numbers at its very top go by its title."""
    name, block = title, TextTable()
    for i, row in enumerate(rows, 1):
        cells = _trimmed(row)
        begins = bool(cells) and bool(_NAME.fullmatch(cells[0]))
        if block and (begins or not cells):
            yield name, block
            name, block = "", []
        if begins:
            name, *cells = cells
        if cells and not name:
            raise ValueError(
                f"Row {i} of {quoted_name(title)} has numbers without a name above them."
            )
        block += [cells] if cells else []
    if block:
        yield name, block


def _trimmed(row: list[str]) -> list[str]:
    """The cells from the first to the last that are not empty."""
    used = [j for j, cell in enumerate(row) if cell.strip()]
    return [cell.strip() for cell in row[used[0] : used[-1] + 1]] if used else []


def _array(name: str, block: TextTable) -> Array:
    try:
        array = parse_matrix("\n".join("\t".join(row) for row in block))
    except ValueError as error:
        raise ValueError(f"{quoted_name(name)}: {error}") from None
    return array.reshape(-1) if 1 in array.shape and _VECTOR.fullmatch(name) else array
