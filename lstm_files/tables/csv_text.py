"""CSV in and out: which encoding and delimiter a text has, and cells that no spreadsheet runs."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lstm_files.bounds import too_much
from lstm_files.tables.table import CELLS, CHARACTERS, ROWS, Cell, TextTable

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = "\t;,"
_LOOKED_AT = 50  # rows
_FORMULA = "=+-@\t\r\n＝＋－＠"  # what a spreadsheet may take for the start of a formula
_THOUSANDS = re.compile(r"[+−-]?[1-9][0-9]{0,2},[0-9]{3}")  # 1,234 may be 1234
_NUMBER = re.compile(r"[+−-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
_NO_TEXT = "This file is no text; expected a table as CSV or XLSX."
_UNCLOSED = 'a " is not closed, or something follows it; expected cells such as "0,5"'
_LONG = f"a cell is longer than {CHARACTERS:,} characters"


def decoded(data: bytes) -> str:
    """Return the text in UTF-8, UTF-16 or, where it is neither, the old Windows encoding."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValueError(_NO_TEXT)


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    start = data[:200]
    if start.count(0) * 3 > len(start):  # half of the bytes of Western text in UTF-16 are zeros
        return ("utf-16-be",) if start[0] == 0 else ("utf-16-le",)
    return "utf-8", "cp1252", "latin-1"


def delimited(text: str) -> tuple[TextTable, str]:
    """Return the rows of a text, and the delimiter that it uses: tab, semicolon or comma.

    A first line such as sep=; names it, as some spreadsheets write. Raises ValueError, in one
    plain sentence, for a quotation mark that is never closed and for too many rows.
    """
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={mark}".strip() for mark in _DELIMITERS}:
        delimiter = first.strip()[4:] or "\t"
        return _all(rest, delimiter), delimiter
    return _all(text, delimiter := _delimiter(text)), delimiter


def comma_is_decimal(table: TextTable, delimiter: str) -> bool:
    """Whether the commas within a table's numbers are decimal ones, as the table itself shows.

    They are where semicolons part the cells, or some comma can be nothing else; and where no
    number has a point.
    """
    numbers = [cell for row in table for cell in row if _NUMBER.fullmatch(cell)]
    if any("." in cell for cell in numbers):
        return False
    with_comma = [cell for cell in numbers if "," in cell]
    return delimiter == ";" or any(not _THOUSANDS.fullmatch(cell) for cell in with_comma)


def with_points(table: TextTable) -> TextTable:
    """Return the table with a point where the comma of a number could be taken for thousands."""
    return [
        [cell.replace(",", ".") if _THOUSANDS.fullmatch(cell) else cell for cell in row]
        for row in table
    ]


def _all(text: str, delimiter: str) -> TextTable:
    rows: TextTable = []
    cells = 0
    for row in _rows(text, delimiter):
        rows.append(row)
        cells += len(row)
        for count, unit, most in ((len(rows), "rows", 2 * ROWS), (cells, "cells", 2 * CELLS)):
            if count > most:  # more than what can be trimmed away: stop before all of it is held
                raise ValueError(too_much("This table has over", most, unit, most // 2))
    return rows


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, 1):  # noqa: B007
            yield cells
    except csv.Error as error:
        fault = _LONG if "limit" in str(error) else _UNCLOSED
        raise ValueError(f"Row {row + 1}: {fault}.") from None


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts most rows into as many cells as the first."""
    return max(_DELIMITERS, key=lambda mark: _agreement(text, mark))


def _agreement(text: str, delimiter: str) -> tuple[int, int]:
    """How many rows are as long as the first, and how long that is; nothing where it is not cut."""
    try:
        rows = [row for row in islice(_rows(text, delimiter), _LOOKED_AT) if row]
    except ValueError:
        return 0, 0
    if not rows or len(rows[0]) < 2:
        return 0, 0
    return sum(len(row) == len(rows[0]) for row in rows), len(rows[0])


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


def unguarded(cell: str) -> str:
    """Return the cell as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in {*_FORMULA} else cell
