"""Tables as people hand them in: CSV, text that was pasted, and XLSX, as rows of texts.

A number keeps the text that was typed, trailing zeros and all: they say how precise it is.
"""

from lstm_files.bounds import Limits, check_size
from lstm_files.tables.csv_text import (
    comma_is_decimal,
    decoded,
    delimited,
    unguarded,
    with_points,
)
from lstm_files.tables.table import TextTable, fitted
from lstm_files.tables.xlsx import read_xlsx

FILE, TEXT = Limits(size=5_000_000), Limits(size=1_000_000)

_ARCHIVES, _OLD = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"


def read_table(data: bytes, name: str) -> TextTable:
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


def read_pasted(text: str) -> TextTable:
    """Return the rows of a table that was pasted: cells between tabs, semicolons or commas."""
    check_size(text.encode("utf-8", "replace"), TEXT)
    rows, delimiter = delimited(text)
    table = fitted([[unguarded(cell).strip() for cell in row] for row in rows])
    return with_points(table) if comma_is_decimal(table, delimiter) else table
