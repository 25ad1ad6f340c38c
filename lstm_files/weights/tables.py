"""Weights in tables, CSV or XLSX: each matrix under its name, or each in a sheet of its name.

A name stands alone in its row, above the numbers, or at the start of the first row of numbers; W
may stand beside b. Titles and headings are passed over, and said. Where the columns have labels,
such as h1 h2 x1 b, these say the order of v and which column is the bias; where a first column has
the gates, as f f f i i i, the rows of each are its W.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

import numpy as np
from openpyxl import load_workbook

from lstm_core.cell import Order
from lstm_core.frameworks.by_hand import spelled
from lstm_core.ops import Array
from lstm_core.text.parsing import parse_matrix
from lstm_files.bounds import Limits, check_size, quoted_name
from lstm_files.tables.csv_text import decoded, delimited
from lstm_files.tables.table import COLUMNS, ROWS, TextTable, fitted
from lstm_files.tables.xlsx_bounds import bounded
from lstm_files.weights.file import WeightFile

_TEXT = Limits(size=5_000_000)
_NO_NAME = "nan|inf|infinity|none|null|na|true|false"
_NAME = re.compile(rf"(?!(?:{_NO_NAME})$)([A-Za-z_$\\][\w./:{{}}\\^$~'-]*)\s*(?:=|:)?", re.I)
_WORDS = re.compile(rf"(?!(?:{_NO_NAME}|sqrt)\b)[^\W\d]|[_$#\\\"*]", re.I)
_INLINE = re.compile(r"(\S{1,80})\s*[=:]\s+([^A-Za-z]*[0-9].*)")  # W_f = 1 2
_ROW_LABEL = re.compile(r"(?:row|unit|neuron|cell|[a-z])?[ _]?\d{1,4}:?|\[\d{1,4},?\]", re.I)
_VECTOR = re.compile(r"(?:.*[./])?(?:bias.*|[bph]_.*|C_.*|b)")  # one row of these is no matrix
_NO_XLSX = "This spreadsheet cannot be read; save it once more as .xlsx or .csv and try that."
_SHOWN = 3  # of what was passed over


def read_csv_weights(data: bytes, name: str) -> dict[str, Array]:
    """Return the matrices of a CSV file by name; a single one may go by the name of the file.

    Cells stand between tabs, semicolons or commas, whichever of these comes first in this list.
    Raises ValueError, in one plain sentence, naming row and column.
    """
    return dict(csv_file(data, name).arrays)


def csv_file(data: bytes, name: str) -> WeightFile:
    """Return what `read_csv_weights` does, with what was passed over."""
    return weight_file({re.sub(r"\.\w+$", "", name): text_rows(data)})


def text_rows(data: bytes) -> TextTable:
    """Return the cells of a CSV file of weights."""
    check_size(data, _TEXT)
    text = decoded(data).removeprefix("\ufeff")
    mark = next((mark for mark in "\t;," if mark in text), ",")
    sep = "" if text[:4].lower() == "sep=" else f"sep={mark}\n"
    return fitted([[cell.strip() for cell in row] for row in delimited(sep + text)[0]])


def read_xlsx_weights(data: bytes) -> dict[str, Array]:
    """Return the matrices of every sheet by name, with all their digits, whatever is shown."""
    return dict(weight_file(xlsx_tables(data)).arrays)


def xlsx_tables(data: bytes) -> dict[str, TextTable]:
    """Return the cells of every sheet that has any, by its title."""
    copy, columns = bounded(data)
    try:
        book = load_workbook(io.BytesIO(copy), read_only=True, data_only=True, keep_links=False)
        sheets = {sheet.title: list(_rows(sheet, columns)) for sheet in book.worksheets}
    except Exception:  # whatever a damaged part leads to: the library checks few of them
        raise ValueError(_NO_XLSX) from None
    return {title: fitted(rows) for title, rows in sheets.items() if any(map(any, rows))}


def _rows(sheet: Any, columns: int) -> Iterator[list[str]]:
    for row in sheet.iter_rows(max_row=ROWS, max_col=min(columns, COLUMNS), values_only=True):
        yield ["" if value is None else str(value).strip() for value in row]


def weight_file(tables: Mapping[str, TextTable]) -> WeightFile:
    """Return the matrices of tables by name."""
    found: dict[str, Array] = {}
    passed: list[str] = []
    orders: set[Order] = set()
    for title, rows in tables.items():
        for region in _regions(rows):
            reader = _Reader(title, passed, first=region is rows)
            for name, array in reader.arrays(region):
                if name in found:
                    raise ValueError(
                        f"{quoted_name(name)} is there twice; expected each name once."
                    )
                found[name] = array
            orders |= reader.orders
    return WeightFile(found, _passed_over(passed), order="hx" if orders else None)


def _passed_over(words: Sequence[str]) -> tuple[str, ...]:
    some = [quoted_name(text) for text in dict.fromkeys(words)]
    more = f" and {len(some) - _SHOWN} more" if len(some) > _SHOWN else ""
    return (f"Passed over: {', '.join(some[:_SHOWN])}{more}.",) if some else ()


def _regions(rows: TextTable) -> Iterator[TextTable]:
    """Cut apart what stands side by side: from each row of several names on, a table for each."""
    starts = [i for i, row in enumerate(rows) if len(_names(row)) > 1]
    if not starts:
        yield rows
        return
    if starts[0]:
        yield rows[: starts[0]]
    for start, stop in pairwise((*starts, len(rows))):
        columns = [*_names(rows[start]), max(map(len, rows))]
        for left, right in pairwise(columns):
            yield [row[left:right] for row in rows[start:stop]]


def _names(row: Sequence[str]) -> list[int]:
    """The columns of the names in a row that holds nothing else; none where it is no such row."""
    texts = {j: _name(cell) for j, cell in enumerate(row) if cell}
    if len(texts) < 2 or not all(texts.values()):
        return []
    known = {name for joined in (True, False) for name in spelled(texts.values(), joined)}
    of_frameworks = ("weight", "bias", "kernel", "recurrent_kernel")
    is_name = (text in known or text.startswith(of_frameworks) for text in texts.values())
    return [*texts] if all(is_name) else []


def _name(cell: str) -> str:
    """The name of an array that a cell holds, without = or : behind it; "" for anything else."""
    found = _NAME.fullmatch(cell)
    return found[1].strip("$").rstrip(":") if found else ""


@dataclass
class _Reader:
    """Goes through the rows of one table, and gives a matrix as soon as its rows end."""

    title: str
    passed: list[str]
    first: bool
    orders: set[Order] = field(default_factory=set)

    def arrays(self, rows: TextTable) -> Iterator[tuple[str, Array]]:
        self.name, self.heading = self.title if self.first else "", ""
        self.columns: list[str] = []
        self.block: list[tuple[str, list[str]]] = []  # the label of a row, and its numbers
        for i, row in enumerate(rows, 1):
            cells = _trimmed(row)
            if cells and self._is_words(cells):
                yield from self._flush()
                self._words(cells)
            elif cells:
                label, cells = self._label(cells)
                if label and not self.columns and not _ROW_LABEL.fullmatch(label):
                    yield from self._flush()
                    self.name, label = label, ""
                if cells and not (self.name or self.heading or label):
                    raise ValueError(
                        f"Row {i} of {quoted_name(self.title)} has numbers without a name above "
                        "them."
                    )
                self.block += [(label, cells)] if cells else []
            else:
                yield from self._flush()
                self.name = ""
        yield from self._flush()
        self.passed += [self.heading] if self.heading else []

    @staticmethod
    def _is_words(cells: Sequence[str]) -> bool:
        return all(_WORDS.match(cell) for cell in cells) and not _INLINE.fullmatch(cells[0])

    def _words(self, cells: list[str]) -> None:
        """A row without numbers: a name, a title, or the labels of the columns below it."""
        if len(cells) > 1:
            self.columns = cells
            self.passed.append(" ".join(cells))
            return
        self.columns = []
        self.passed += [self.heading] if self.heading else []
        self.heading = ""
        if name := _name(cells[0]):
            if self.name and self.name != self.title:
                self.passed.append(self.name)
            self.name = name
        elif spelled([cells[0]], joined=True):
            self.heading = cells[0]  # the name of what follows, where nothing nearer names it
        else:
            self.passed.append(cells[0])

    def _label(self, cells: list[str]) -> tuple[str, list[str]]:
        if not _WORDS.match(cells[0]) and not (self.columns and _ROW_LABEL.fullmatch(cells[0])):
            return "", cells
        if "," not in cells[0] and (inline := _INLINE.fullmatch(cells[0])):
            return _name(inline[1]) or inline[1], [inline[2], *cells[1:]]
        if len(self.columns) == len(cells) - 1 or not _is_number(cells[0]):
            return _name(cells[0]) or cells[0], cells[1:]
        return "", cells

    def _flush(self) -> Iterator[tuple[str, Array]]:
        """Give the matrices of the rows so far."""
        block, columns = self.block, self.columns
        self.block, self.columns = [], []
        if not block:
            return
        name, self.heading = self.heading or self.name, ""
        width = max(len(cells) for _, cells in block)
        columns = columns[-width:] if len(columns) >= width else []
        for label, rows in groupby(block, key=lambda row: _gate(row[0]) if columns else ""):
            yield from self._parts(label or name, columns, [cells for _, cells in rows])
        self.name = ""

    def _parts(self, name: str, columns: list[str], rows: TextTable) -> Iterator[tuple[str, Array]]:
        """W and, where a column is labelled as it, b; the columns of W in the order [h, x]."""
        array = _array(name, rows)
        if not columns or array.ndim < 2:
            yield name, array
            return
        if array.shape[1] != len(columns):
            raise ValueError(
                f"{quoted_name(name)} has another number of columns than the row of words above it."
            )
        kinds = [label.lower() for label in columns]
        of_b = [j for j, kind in enumerate(kinds) if kind in ("b", "bias")]
        of_h = [j for j, kind in enumerate(kinds) if j not in of_b and kind.startswith("h")]
        of_x = [j for j, kind in enumerate(kinds) if j not in of_b and kind.startswith(("x", "i"))]
        if of_h and of_x and len(of_h + of_x + of_b) == len(kinds):
            self.orders.add("hx")
        else:
            of_h, of_x = [j for j in range(len(kinds)) if j not in of_b], []
        yield name, array[:, of_h + of_x]
        if of_b:
            yield re.sub("^[Ww]", "b", name), array[:, of_b[0]]


def _gate(label: str) -> str:
    """The name of the W whose rows have this label: W_f for f; "" where it only counts rows."""
    if not label or _ROW_LABEL.fullmatch(label):
        return ""
    return f"W_{label}" if spelled([f"W_{label}"], joined=True) else label


def _is_number(cell: str) -> bool:
    return not _WORDS.match(cell)


def _trimmed(row: list[str]) -> list[str]:
    """The cells from the first to the last that are not empty."""
    used = [j for j, cell in enumerate(row) if cell.strip()]
    return [cell.strip() for cell in row[used[0] : used[-1] + 1]] if used else []


def _array(name: str, block: TextTable) -> Array:
    try:
        array = parse_matrix("\n".join("\t".join(row) for row in block))
    except ValueError as error:
        raise ValueError(f"{quoted_name(name)}: {error}") from None
    return np.reshape(array, -1) if 1 in array.shape and _VECTOR.fullmatch(name) else array
