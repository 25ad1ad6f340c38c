"""Reading a class's table: which column is which entry, a name, or each student's own exercise.

All have the exercise on screen; or a column holds the code of each student's own worksheet, or the
link to it, and each row is marked by the numbers of its own. Nothing is marked here: what each
column was taken for can be corrected first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from urllib.parse import unquote

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.trace import Address
from lstm_core.worksheets.recipe import Recipe, generate
from lstm_files.classes.headers import Headers, header, joined_headers, read_headers
from lstm_files.tables.table import TextTable

Corrections = Mapping[int, str]  # by column, from 0: the header to be read instead

STUDENT = "Student"
CODE, NAME, NOTHING = "worksheet code", "name", "nothing"
_LINKED = re.compile(r"https?://\S*[?&]x=([^&\s#]+)")
_LOOKED_AT = 10  # rows: a title may stand above the headers
_NO_HEADER = (
    "No column is an answer; expected a row of headers such as {some}, as in the empty table, or "
    "what each column is chosen by hand."
)
_A_NUMBER = re.compile(r"[-−+]?[0-9]*[.,]?[0-9]+")
_NOBODY = "There are headers and nothing below them; expected a row for each student."


@dataclass(frozen=True, eq=False)
class Reading:
    """What a table was read as. `start` is the first row of students, from 0.

    `tops` are the headers as they stand, `headers` what they mean, `codes` the column of each
    student's own worksheet, None where all have `exercise`. `taken` says of each column, by its
    header, what it was taken for; `problems`, in plain sentences, what could not be read.
    """

    exercise: Exercise
    rows: TextTable
    start: int
    tops: Sequence[str]
    headers: Headers
    codes: int | None = None
    taken: tuple[tuple[str, str], ...] = field(default=())

    @property
    def problem(self) -> str:
        """Why nothing can be marked, in a plain sentence; "" where there is an answer."""
        last = header(self.exercise, Address(self.exercise.cell.steps[-1].name, 0, (0,)))
        return "" if self.headers.entries else _NO_HEADER.format(some=last)

    @property
    def columns(self) -> tuple[Address, ...]:
        """The entries that the table has a column for."""
        return tuple(at for _, at in self.headers.entries)

    @property
    def name_headers(self) -> tuple[str, ...]:
        """What stands above the names."""
        return tuple(self.tops[column] or STUDENT for column in self.headers.names)

    @property
    def students(self) -> list[tuple[int, Sequence[str]]]:
        """The rows that are not blank, each with its number on screen, from 1."""
        rows = enumerate(self.rows[self.start :], self.start + 1)
        return [(number, row) for number, row in rows if any(cell.strip() for cell in row)]


def read_class(
    exercise: Exercise, rows: TextTable, corrections: Corrections = MappingProxyType({})
) -> Reading:
    """Read a table whose headers name the answers, one student a row.

    `corrections` are headers to be read in place of those that are there, by their column, from 0;
    CODE says that a column holds worksheets, NAME that it holds names. Where no header is an answer
    the reading says so, and can be corrected. Raises ValueError, in one plain sentence, where
    nobody is below the headers.
    """
    codes = next((k for k, new in corrections.items() if new == CODE), None)
    codes = codes if codes is not None else code_column(rows, corrections)
    exercise = _first_own(rows, codes) or exercise
    start, tops, headers = _found(exercise, rows, corrections)
    headers = replace(headers, names=tuple(k for k in headers.names if k != codes))
    taken = tuple(_taken(exercise, headers, tops, codes))
    reading = Reading(exercise, rows, start, tops, headers, codes, taken)
    if not reading.students:
        raise ValueError(reading.problem or _NOBODY)
    return reading


def code_column(rows: TextTable, corrections: Corrections = MappingProxyType({})) -> int | None:
    """Return the column that holds a worksheet's code, or a link to it, in most rows below it."""
    width = max(map(len, rows), default=0)
    for column in range(width):
        cells = [row[column] for row in rows[1:] if column < len(row) and row[column].strip()]
        known = sum(own_exercise(cell) is not None for cell in cells)
        if column not in corrections and cells and 2 * known > len(cells):
            return column
    return None


_generated = lru_cache(maxsize=256)(generate)  # a name that stands in a table is kept nowhere


def own_exercise(text: str) -> tuple[Exercise, str] | None:
    """Return the exercise of a worksheet's code or of a link, and what it is called in a table.

    None for any other text.
    """
    linked = _LINKED.match(text.strip())
    name = unquote(linked[1]) if linked else text.strip()
    with suppress(ValueError):
        recipe = Recipe.from_code(name)
        return _generated(recipe), recipe.code
    with suppress(ValueError, KeyError):
        if linked:
            found = PRESETS[name] if name in PRESETS else Exercise.from_token(name)
            return found, found.title or name[:12]
    return None


def _first_own(rows: TextTable, codes: int | None) -> Exercise | None:
    cells = (row[codes] for row in rows if codes is not None and codes < len(row))
    return next((own[0] for cell in cells if (own := own_exercise(cell))), None)


def _found(
    exercise: Exercise, rows: TextTable, corrections: Corrections
) -> tuple[int, Sequence[str], Headers]:
    """Return where the students begin, the headers as they stand, and what they mean."""
    start, tops = _header_rows(exercise, rows)
    return start, tops, read_headers(exercise, tops, start, corrections)


def _header_rows(exercise: Exercise, rows: TextTable) -> tuple[int, Sequence[str]]:
    """Return where the headers end, and the headers: the first row with an answer among them.

    Or the first two rows that make such headers together; else the first that is no title, with the
    one below it, if numbers begin only below that.
    """
    for i, row in enumerate(rows[:_LOOKED_AT]):
        for height, tops in ((1, row), (2, _joined(rows, i))):
            if len(read_headers(exercise, tops, i + height).entries) > (height - 1):
                return i + height, tops
    i = next((k for k, row in enumerate(rows[:_LOOKED_AT]) if sum(map(bool, row)) > 1), 0)
    if not _has_number(rows[i + 1 : i + 2]) and _has_number(rows[i + 2 : i + 3]):
        return i + 2, _joined(rows, i)
    return i + 1, [*chain(*rows[i : i + 1])]


def _has_number(rows: TextTable) -> bool:
    return any(_A_NUMBER.fullmatch(cell.strip()) for cell in chain(*rows))


def _joined(rows: TextTable, i: int) -> list[str]:
    return joined_headers(rows[i], [*chain(*rows[i + 1 : i + 2])])


def _taken(
    exercise: Exercise, headers: Headers, tops: Sequence[str], codes: int | None
) -> Iterator[tuple[str, str]]:
    """Give the header of each column, and what it was taken for."""
    entries = dict(headers.entries)
    for column, text in enumerate(tops):
        if column == codes:
            yield text, CODE
        elif column in entries:
            yield text, header(exercise, entries[column])
        else:
            yield text, NAME if column in headers.names else NOTHING
