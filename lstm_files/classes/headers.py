"""The header of a class's table: which column is which entry of the exercise.

A header is a step and an entry, counted from 1: z_i[2]. With more than one time step it ends in
one: z_i[2]@t1; where none is named, it is the first. Also read: z_i_2, z_i2, z_i(2), z_i₂,
C̃[2] and (W_i·v)[2] for the letters on the board, and t1 z_i[2].
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lstm_core.cell import Cell
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain
from lstm_core.shapes import letters, numbers
from lstm_core.trace import Address
from lstm_files.bounds import quoted_name

_SPELLINGS = (
    (re.compile(r"ₜ₋₁|_\{t-1\}|ₜ|_\{t\}|_t(?![a-z])"), ""),  # C̃ₜ and C̃_t are C̃
    (re.compile(r"[\s{}]+"), ""),
    (re.compile("[⊙*]"), "∘"),
    (re.compile("[⋅×]"), "·"),
    (re.compile("[−–]"), "-"),
)
_HEADER = re.compile(
    r"(?:t=?([0-9]{1,4})[,:;]?)?"
    r"(.+?)"
    r"(\[[0-9]{1,4}\]|\([0-9]{1,4}\)|_?[0-9]{1,4})?"
    r"(?:@t?=?([0-9]{1,4}))?"
)
_CLEAR = re.compile(r".+\[[0-9]+\](?:@.*)?")  # what nobody calls a column of names


@dataclass(frozen=True)
class Headers:
    """What the columns hold, counted from 0: entries of the exercise, or names of students.

    `problems` says in plain sentences which headers look like entries and are none.
    """

    entries: tuple[tuple[int, Address], ...]
    names: tuple[int, ...]
    problems: tuple[str, ...]


def header(exercise: Exercise, at: Address) -> str:
    """Return an entry as a header writes it: z_i[1], or z_i[1]@t2 where there are time steps."""
    when = f"@t{at.t + 1}" if exercise.T > 1 else ""
    return f"{at.step}[{at.index[0] + 1}]{when}"


def read_headers(exercise: Exercise, cells: Sequence[str], row: int = 1) -> Headers:
    """Return what the columns hold; `row` is where the headers stand, for the sentences."""
    entries: dict[Address, int] = {}
    names, problems = [], []
    for column, text in enumerate(cells):
        where = f"Row {row}, column {column + 1}"
        try:
            at = read_header(exercise, text)
        except ValueError as error:
            problems.append(f"{where}: {error}")
            continue
        if at is None:
            if text.strip() or not column:  # the corner is often left empty above the names
                names.append(column)
        elif at in entries:
            first = f"column {entries[at] + 1} is that too, and is the one that was read"
            problems.append(f"{where}: {quoted_name(text)} is there twice; {first}.")
        else:
            entries[at] = column
    pairs = tuple((column, at) for at, column in entries.items())
    return Headers(pairs, tuple(names), tuple(problems))


def read_header(exercise: Exercise, text: str) -> Address | None:
    """Return the entry that a header names; None where it is the name of something else.

    Raises ValueError, in one plain sentence, where it can only mean an entry, and there is no such
    step, entry or time step.
    """
    spelled, steps = _spelled(text), _steps(exercise.cell)
    found = _HEADER.fullmatch(spelled)
    name = steps.get(found[2], "") if found else ""
    if found is None or not name:
        if _CLEAR.fullmatch(spelled):
            known = ", ".join(dict.fromkeys(steps.values()))
            raise ValueError(f"{quoted_name(text)} names no step; expected one of {known}.")
        return None
    try:
        return _address(exercise, name, found[3], int(found[1] or found[4] or 1))
    except ValueError as error:
        raise ValueError(f"{quoted_name(text)} {error}") from None


def _address(exercise: Exercise, name: str, index: str | None, t: int) -> Address:
    size = numbers(letters(name), exercise.sizes)[0]
    if index is None and size > 1:
        raise ValueError(f"does not say which entry; expected {name}[1] to {name}[{size}].")
    entry = int((index or "1").strip("[]()_"))
    for count, most, what in ((entry, size, f"{name} has entries"), (t, exercise.T, "t runs from")):
        if not 1 <= count <= most:
            raise ValueError(f"is not there: {what} 1 to {most}; given {count}.")
    return Address(name, t - 1, (entry - 1,))


def _spelled(text: str) -> str:
    """Bring every way of writing a header to one."""
    spelled = unicodedata.normalize("NFD", text[:200])
    for pattern, replacement in _SPELLINGS:
        spelled = pattern.sub(replacement, spelled)
    return unicodedata.normalize("NFKD", spelled)  # at last, as it makes a t of ₜ


@lru_cache(maxsize=256)
def _steps(cell: Cell) -> dict[str, str]:
    """Every spelling of every step: its name, its letters on the board, those in brackets."""
    found: dict[str, str] = {}
    for step in cell.steps:
        board = _spelled(plain(cell, step.name))
        found |= dict.fromkeys((_spelled(step.name), board, f"({board})"), step.name)
    return found
