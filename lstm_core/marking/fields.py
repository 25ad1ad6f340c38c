"""The fields of a sheet of answers, as numbers: one row of entries for each step that was filled.

A matrix is read row by row: its entries are counted as they are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.marking.numbers import Bounds, impossible
from lstm_core.ops import Array
from lstm_core.text.parsing import Typed, read_number

At = tuple[int, str]  # the time step and the name of a step
Answers = Mapping[At, Sequence[str]]


@dataclass(frozen=True, eq=False)
class Field:
    """The entries of one step: their texts, the numbers, and why a text could not be read.

    `raw` holds the numbers as an array, NaN where there is none; in `values` impossible ones,
    which are not carried on, are NaN as well. `full` says that every entry can be carried on.
    """

    texts: tuple[str, ...]
    typed: tuple[Typed | None, ...]
    problems: tuple[str, ...]
    raw: Array
    values: Array
    units: Array
    full: bool


def read_field(name: str, row: Sequence[str], truth: Array, limits: Bounds | None) -> Field:
    """Read the texts of one step; ValueError where there are more of them than entries."""
    size = truth.size
    if isinstance(row, str) or len(row) > size:
        given = "one text" if isinstance(row, str) else f"{len(row)} entries"
        raise ValueError(f"{name} takes a list of at most {size} entries; given {given}.")
    texts = (*row, *[""] * (size - len(row)))
    typed, problems = zip(*map(_parsed, texts), strict=True)
    raw = [number.value if number else np.nan for number in typed]
    possible = [
        np.nan if number is None or impossible(limits, number) else number.value for number in typed
    ]
    units = [number.unit if number else 0.0 for number in typed]
    rows = [np.reshape(numbers, truth.shape) for numbers in (raw, possible, units)]
    return Field(texts, typed, problems, rows[0], rows[1], rows[2], not np.isnan(possible).any())


def _parsed(text: str) -> tuple[Typed | None, str]:
    if not text.strip():
        return None, ""
    try:
        return read_number(text), ""
    except ValueError as refused:
        return None, str(refused)


def laid(field: Field | None, made: Array, raw: bool = False) -> Array:
    """Lay the typed entries over `made`."""
    if field is None or (field.full and not raw):
        return made if field is None else field.values
    mine = field.raw if raw else field.values
    return np.where(np.isnan(mine), made, mine)


def kept(field: Field | None, made: Array) -> Array:
    """Lay the typed entries over `made`, but for those that are its rounding."""
    if field is None:
        return made
    rounding = np.abs(field.values - made) <= field.units * 0.500001 + 1e-9
    return np.where(np.isnan(field.values) | rounding, made, field.values)
