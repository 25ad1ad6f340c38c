"""XLSX in and out. What is read is bounded first: see xlsx_bounds.py."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from lstm_files.tables.cell_text import cell_text
from lstm_files.tables.table import ROWS, Cell, TextTable
from lstm_files.tables.xlsx_bounds import bounded

CellRows = Iterable[Sequence[Cell]]

_NO_MORE: Mapping[str, CellRows] = MappingProxyType({})
_AS_TYPED = "@"  # the format of text, which keeps trailing zeros
_WIDTH = (7, 60)  # of a column, in characters
_NO_XLSX = "This spreadsheet cannot be read; save it once more as .xlsx or .csv and try that."


def read_xlsx(data: bytes) -> TextTable:
    """Return the cells of the first sheet as the texts that the sheet shows.

    A formula gives the value that was saved with it. Raises ValueError, in one plain sentence, for
    what is too large, damaged or no spreadsheet.
    """
    copy, columns = bounded(data)
    try:
        return list(_rows(copy, columns))
    except Exception:  # whatever a damaged part leads to: the library checks few of them
        raise ValueError(_NO_XLSX) from None


def _rows(copy: bytes, columns: int) -> Iterator[list[str]]:
    # Positions are bounded here too: an empty cell at XFD1048576 is no content, but is a cell.
    workbook = load_workbook(io.BytesIO(copy), read_only=True, data_only=True, keep_links=False)
    for row in workbook.worksheets[0].iter_rows(max_row=ROWS, max_col=columns):
        texts = [
            "" if cell.value is None else cell_text(cell.value, cell.number_format) for cell in row
        ]
        while texts and not texts[-1]:
            texts.pop()
        yield texts


def write_xlsx(
    rows: CellRows, title: str = "Table", more: Mapping[str, CellRows] = _NO_MORE
) -> bytes:
    """Return a workbook; each sheet's first row is its header. `more` are further sheets by title.

    A text stays a text, whatever it begins with, and a number typed into its cell keeps the zeros
    at its end; int and float become numbers.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, table in {title: rows, **more}.items():
        _fill(workbook.create_sheet(name), table)
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def _fill(sheet: Any, rows: CellRows) -> None:
    for i, row in enumerate(rows, 1):
        for j, value in enumerate(row, 1):
            _put(sheet.cell(i, j), value)
    for cells in sheet.iter_cols():
        width = max(len(str(cell.value or "")) for cell in cells) + 2
        column = sheet.column_dimensions[get_column_letter(cells[0].column)]
        column.width = min(max(width, _WIDTH[0]), _WIDTH[1])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"


def _put(cell: Any, value: Cell) -> None:
    if isinstance(value, str):
        cell.number_format = _AS_TYPED
        cell.value = ILLEGAL_CHARACTERS_RE.sub("�", value)
        cell.data_type = "s"  # also where it begins with =
    else:
        cell.value = value
