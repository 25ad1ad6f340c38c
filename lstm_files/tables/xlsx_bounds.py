"""A spreadsheet bounded before a library sees it: sizes, elements, and where its cells lie."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, get_column_letter

from lstm_files.bounds import Limits, Member, members, too_much
from lstm_files.tables.table import CELLS, CHARACTERS, ROWS, check_counts

_LIMITS = Limits(size=5_000_000, unpacked=50_000_000, members=500)
_PARTS = 6_000_000  # bytes of all the parts that are read
_MARKS = 5 * CELLS  # <c><v>1</v></c> has four < for one cell
_LONG = 50_000  # bytes without the next element
_OTHERS = 20_000  # elements that are no cells: styles and the like, which take longer to read
_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:_rels/|worksheets/)?[^/]+\.(?:xml|rels)", re.I
)
_MOST = {**dict.fromkeys(("c", "v", "f", "is", "si", "t"), CELLS), "row": 4 * ROWS, "": _OTHERS}
_CALLED = {"row": "rows", "": "styles and other parts"}
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_ROW = re.compile(r"[0-9]{1,7}")
_UNSAVED = "Cell {cell} has a formula but no value; open the file, save it and try again."
_NO_XLSX = "This archive is no XLSX file; expected a table as XLSX or CSV."
_DAMAGED = "This spreadsheet is damaged; save it once more as .xlsx or .csv and try that."


def bounded(data: bytes) -> tuple[bytes, int]:
    """Return a copy that holds only what a table is read from, and its last column in use.

    Raises ValueError, in one plain sentence, where a sheet is too large for a table, or the file
    is no spreadsheet.
    """
    parts = {name: part for name, part in members(data, _LIMITS).items() if _READ.fullmatch(name)}
    if "[Content_Types].xml" not in parts:
        raise ValueError(_NO_XLSX)
    if (size := sum(part.size for part in parts.values())) > _PARTS:
        raise ValueError(too_much("The cells of this spreadsheet take", size, "bytes", _PARTS))
    _check_marks(parts)
    texts = {name: part.read() for name, part in parts.items()}
    scan = _Scan()
    for text in texts.values():
        scan.part(text)
    return _packed(texts), scan.widest


def _check_marks(parts: Mapping[str, Member]) -> None:
    """Refuse too many elements, or too long ones, before any is parsed: each begins with <."""
    marks = 0
    for part in parts.values():
        for chunk in part.chunks():
            here = chunk.count(b"<")
            if not here and len(chunk) > _LONG:
                raise ValueError(too_much("A cell has over", CHARACTERS, "characters", CHARACTERS))
            marks += here
            if marks > _MARKS:
                raise ValueError(too_much("This table has over", CELLS, "cells", CELLS))


def _packed(texts: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return held.getvalue()


class _Scan:
    """Where the cells lie that hold something, sheet by sheet; nothing is kept of them."""

    def __init__(self) -> None:
        self.widest = 1
        self.counts = dict.fromkeys(_MOST, 0)

    def part(self, text: bytes) -> None:
        """Go through one part; ValueError where it is too large, or no XML without entities."""
        self.row, self.column, self.rows, self.columns = 0, 0, 0, 0
        self.formula = self.text_cell = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = _refuse
        try:
            self.parser.Parse(text, True)
        except expat.ExpatError:
            _refuse()
        self._check_formula()
        self.widest = max(self.widest, self.columns)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name if name in _MOST else _kind(name)
        self.counts[kind] += 1
        if self.counts[kind] > _MOST[kind]:
            what = _CALLED.get(kind, "cells")
            raise ValueError(too_much("This table has over", _MOST[kind], what, _MOST[kind]))
        if kind == "c":
            self._cell(attributes)
        elif kind in ("v", "is"):
            self._place()
            self.parser.CharacterDataHandler = self._value if self.formula else None
        elif kind == "row":
            self._next_row(attributes.get("r"))
        elif kind == "f":
            self._place()
            self.formula = True

    def _next_row(self, number: str | None) -> None:
        self._check_formula()
        if number is not None and not _ROW.fullmatch(number):
            _refuse()
        self.row, self.column = int(number or self.row + 1), 0

    def _cell(self, attributes: dict[str, str]) -> None:
        if self.formula:  # asked here, as a call for each of many cells takes time
            self._check_formula()
        reference = _REFERENCE.fullmatch(attributes["r"]) if "r" in attributes else None
        self.column = column_index_from_string(reference[1]) if reference else self.column + 1
        self.text_cell = attributes.get("t") == "str"

    def _place(self) -> None:
        if self.row > self.rows or self.column > self.columns:
            self.rows, self.columns = max(self.row, self.rows), max(self.column, self.columns)
            check_counts(self.rows, self.columns)

    def _value(self, _: str) -> None:
        self.formula, self.parser.CharacterDataHandler = False, None

    def _check_formula(self) -> None:
        """Refuse a formula that no value was saved with: nobody has worked it out."""
        if self.formula and not self.text_cell:
            cell = f"{get_column_letter(max(self.column, 1))}{self.row}"
            raise ValueError(_UNSAVED.format(cell=cell))
        self.formula, self.parser.CharacterDataHandler = False, None


def _kind(name: str) -> str:
    """Return the name without its prefix; nothing where cells are not made of it."""
    local = name.rpartition(":")[2]
    return local if local in _MOST else ""


def _refuse(*_: object) -> None:
    raise ValueError(_DAMAGED)
