"""This app's own exports read back, JSON, NumPy, CSV and the spreadsheet, as they were.

The cell is the one whose own calculation gives the numbers that the file recorded, so that neither
the order of v nor tanh or ReLU has to be guessed, nor what was swapped in a variant.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import cycle, groupby
from operator import attrgetter
from typing import Any

import numpy as np

from lstm_core.cell import Cell, Order
from lstm_core.cells import CELLS, cell_named
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.json_text import loaded
from lstm_core.lesson.words import words
from lstm_core.ops import Array
from lstm_core.text.parsing import parse_number
from lstm_files.bounds import MODEL, check_size, members
from lstm_files.exports.csv_rows import HEADER
from lstm_files.tables.table import TextTable
from lstm_files.weights.h5 import MAGIC as H5
from lstm_files.weights.npz import read_npz
from lstm_files.weights.recorded import variant_of
from lstm_files.weights.tables import text_rows, xlsx_tables

_NUMBERS = 200_000  # rows of a CSV that are read back
_HEADINGS = {"xₜ, the inputs": "xs"} | {
    f"{letter}ₜ₋₁, before t = 1": f"{letter}_prev" for letter in "hC"
}
_PARAMETER = re.compile(r"[Wbp]_[A-Za-z]{1,2}")
_NUMBER = re.compile(r"[-+.0-9eE]+")
_CHANGED = words("variants").text("row", "title", {"title": ""})
_NO_TABLE: TextTable = []


def own_exercise(data: bytes, name: str) -> Exercise | None:
    """Return the exercise that an export of this app holds; None for a file of another kind.

    Raises ValueError, in one plain sentence, for an exercise that is damaged.
    """
    if data.startswith(b"PK"):
        return _from_archive(data)
    if data.startswith(H5):
        return None
    check_size(data)
    if data.lstrip()[:1] == b"{":
        return _from_json(data.decode("utf-8-sig", "replace"))
    if data.startswith(",".join(HEADER).encode()):
        return _from_arrays(_csv_arrays(data))
    return None


def _from_json(text: str) -> Exercise | None:
    try:
        record = loaded(text)
    except ValueError:
        record = None
    if isinstance(record, Mapping) and "frames" in record and "exercise" in record:
        return Exercise.from_json(json.dumps(record["exercise"]))
    is_other = isinstance(record, Mapping) and not {"cell", "params", "xs"} & record.keys()
    return None if is_other else Exercise.from_json(text)


def _from_archive(data: bytes) -> Exercise | None:
    names = members(data, MODEL).keys()
    if "v.npy" in names and "xs.npy" in names:
        return _from_arrays(read_npz(data))
    if "[Content_Types].xml" not in names:
        return None
    tables = xlsx_tables(data)
    given = tables.get("Given", [])
    if len(given) < 5 or not given[2][0].startswith("Change any number"):
        return None
    arrays, order = _given_arrays(given)
    return _from_arrays(
        arrays, given[0][0], given[1][0], order, tables.get("Calculation", _NO_TABLE)
    )


def _csv_arrays(data: bytes) -> dict[str, Array]:
    """The arrays of a CSV with a row for each number, every step stacked over time."""
    entries: dict[str, dict[tuple[int, ...], float]] = {}
    for t, name, entry, _, value in text_rows(data)[1:]:
        index = tuple(int(k) - 1 for k in ([t] if t else []) + entry.split(","))
        entries.setdefault(name, {})[index] = parse_number(value)
    arrays = {name: _stacked(numbers) for name, numbers in entries.items()}
    firsts = {name: arrays[name][0] for name in ("h_prev", "C_prev") if name in arrays}
    return arrays | firsts | {"xs": arrays.get("x", np.zeros((1, 1)))}


def _stacked(numbers: Mapping[tuple[int, ...], float]) -> Array:
    shape = tuple(np.max([*numbers], axis=0) + 1)
    if np.prod(shape) != len(numbers):
        raise ValueError("Some numbers of this table are missing; export it once more.")
    array = np.zeros(shape)
    for index, number in numbers.items():
        array[index] = number
    return array


def _given_arrays(rows: TextTable) -> tuple[dict[str, Array], Order]:
    """The arrays of the sheet Given, and the order that the labels of a W's columns say."""
    arrays: dict[str, Array] = {}
    order: Order = "hx"
    for name, labels, numbers in _given_blocks(rows):
        if name.startswith("W_") and name != "W_y" and labels[0].startswith("x"):
            order = "xh"
        values = np.array([[parse_number(cell) for cell in row] for row in numbers])
        arrays[name] = values if name == "xs" or name.startswith("W_") else values[0]
    return arrays, order


def _given_blocks(rows: TextTable) -> Iterator[tuple[str, list[str], TextTable]]:
    for i, row in enumerate(rows):
        name = _HEADINGS.get(row[0], row[0] if _PARAMETER.fullmatch(row[0]) else "")
        if name:
            labels = [cell for cell in row[1:] if cell]
            end = next((k for k in range(i + 1, len(rows)) if not any(rows[k])), len(rows))
            yield name, labels, [r[1 : 1 + len(labels)] for r in rows[i + 1 : end]]


_title = attrgetter("title")


def _steps_of(rows: TextTable, base: Cell) -> dict[str, Array]:
    """What the sheet Calculation has of each step of a cell over time, (T, …), by its title."""
    same = groupby(sorted(base.steps, key=_title), _title)  # peepholes look three times
    names = {title: cycle([step.name for step in steps]) for title, steps in same}
    found: dict[str, list[list[float]]] = {}
    for _, title, _, how, *cells in (row for row in rows[1:] if len(row) > 4):
        if (title := title.removesuffix(_CHANGED)) not in names or not how:
            continue
        name = next(names[title])
        if all(map(_NUMBER.fullmatch, filter(None, cells))):
            found.setdefault(name, []).append([parse_number(cell) for cell in cells if cell])
    return {
        name: np.array(values) for name, values in found.items() if len({*map(len, values)}) == 1
    }


def _from_arrays(
    arrays: Mapping[str, Any],
    title: str = "",
    source: str = "",
    order: Order | None = None,
    calculation: TextTable = _NO_TABLE,
) -> Exercise | None:
    """The exercise whose own calculation gives what was recorded: v, and h."""
    params = {name for name in arrays if _PARAMETER.fullmatch(name)}
    for cell in _cells(params, order, calculation):
        known = {**arrays, **_steps_of(calculation, cell)}
        if {*cell.params} == params and (found := _exercise(cell, known)):
            return replace(found, title=title, source=source)
    for base in _cells(params, order):
        known = {**arrays, **_steps_of(calculation, base)}
        varied = variant_of(base, known) if "xs" in known else None
        if varied and {*varied.params} == params and (found := _exercise(varied, known)):
            return replace(found, title=title, source=source)
    return None


def _exercise(cell: Cell, known: Mapping[str, Any]) -> Exercise | None:
    """The exercise of this cell, where it gives what was recorded."""
    if not {"xs", *cell.states} <= known.keys():
        return None
    params, start = ({name: known[name] for name in names} for names in (cell.params, cell.states))
    exercise = Exercise(cell, params, known["xs"], start)
    return exercise if _gives(exercise, known) else None


def _cells(
    params: set[str], order: Order | None, calculation: TextTable = _NO_TABLE
) -> Iterator[Cell]:
    """Give the cells that have these parameters, or more; of a formula's max, those with ReLU."""
    orders: tuple[Order, ...] = (order,) if order else ("hx", "xh")
    relu = any(cell.startswith("max(") for row in calculation for cell in row)
    for name in CELLS:
        for one in orders:
            cell = cell_named(name, one, "W_y" in params)
            of_rnn = bool(calculation) and name.startswith("rnn")
            if {*cell.params} >= params and not (of_rnn and relu != name.endswith("relu")):
                yield cell


def _gives(exercise: Exercise, arrays: Mapping[str, Any]) -> bool:
    trace = exercise.trace()
    for name in ("v", "h"):
        if name in arrays:
            ours = np.stack([frame[name] for frame in trace.frames])
            if ours.shape != np.shape(arrays[name]):
                return False
            if not np.allclose(ours, arrays[name], rtol=1e-9, atol=1e-12, equal_nan=True):
                return False
    return True
