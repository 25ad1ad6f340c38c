"""An exercise as JSON, for people and files; and the guards that every written form needs.

It goes through `Fields`, the keyword arguments of Exercise. What comes in may have been cut,
edited or made to do harm: everything is bounded before it is built, and every failure is a
ValueError with one plain sentence.
"""

import json
import re
import sys
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from lstm_core.cell import Cell
from lstm_core.cells import cell_named
from lstm_core.ops import Array
from lstm_core.variants.changes import base_name, read, written

Fields = dict[str, Any]

VERSION = 1
_MAX_JSON = 4_000_000  # characters; the largest exercise within LIMITS needs about 2.6 million
_DEFAULTS = {"version": VERSION, "readout": False, "decimals": 4, "title": "", "source": ""} | {
    "notes": {},
    "changes": [],
}
_REQUIRED = ("cell", "order", "params", "xs", "start")
WORDS = ("decimals", "title", "source")  # the same in the fields, in JSON and in a token


def to_json(fields: Fields) -> str:
    """Return readable JSON, each row of numbers on a line of its own."""
    cell, changes = fields["cell"], written(fields["cell"])
    kind = {"version": VERSION, "cell": base_name(cell)}
    kind |= {"order": cell.order, "readout": cell.readout}
    kind |= {"changes": changes} if changes else {}
    notes = {"notes": fields["notes"]} if fields["notes"] else {}
    record = kind | {key: fields[key] for key in ("params", "xs", "start", *WORDS)} | notes
    text = json.dumps(record, indent=2, ensure_ascii=False, default=_plain)
    # No string in JSON holds a line break, so only a row of numbers can match.
    return re.sub(r"\[\n[-+.\de,\s]*\]", lambda row: f"[{' '.join(row[0][1:-1].split())}]", text)


def _plain(value: Mapping[str, object] | Array) -> object:
    return dict(value) if isinstance(value, Mapping) else value.tolist()


def from_json(text: str) -> Fields:
    """Return the fields that `text` describes.

    Unknown keys are refused: a misspelt "decimals" would else go unnoticed.
    """
    if len(text) > _MAX_JSON:
        raise ValueError("it is too long.")
    record = _braces("it", loaded(text), (*_REQUIRED, *_DEFAULTS))
    if missing := [key for key in _REQUIRED if key not in record]:
        raise ValueError(f'"{missing[0]}" is missing.')
    record = _DEFAULTS | record
    if record["version"] != VERSION:
        raise ValueError(f"it has another version; this app reads version {VERSION}.")
    cell = checked_cell(*(record[key] for key in ("cell", "order", "readout", "changes")))
    fields = {key: record[key] for key in WORDS}
    fields |= {"cell": cell, "xs": checked_array("xs", record["xs"])}
    fields["notes"] = _braces('"notes"', record["notes"], cell.names)
    for part, names in (("params", cell.params), ("start", cell.states)):
        given = _braces(f'"{part}"', record[part], names)
        fields[part] = {name: checked_array(name, values) for name, values in given.items()}
    return fields


def loaded(text: str | bytes) -> object:
    """Return what the JSON text holds; ValueError, saying where it stops to be JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ValueError(f"it is not JSON ({place}).") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; [[[[[[[…
        raise ValueError("it is not JSON that can be read.") from error


def _braces(where: str, given: object, known: Collection[str]) -> Fields:
    if not isinstance(given, dict):
        raise ValueError(f"{where} must be a JSON object, in braces.")
    if unknown := [name for name in given if name not in known]:
        raise ValueError(f"{where} must hold no {unknown[0]!r:.40}, only {', '.join(known)}.")
    return given


def checked_cell(name: object, order: object, readout: object, changes: object) -> Cell:
    """Return the cell that these parsed values describe: one of CELLS, or a variant of one."""
    if not isinstance(name, str) or not isinstance(readout, bool) or order not in ("hx", "xh"):
        raise ValueError(
            'the cell must be a name, its order "hx" or "xh", its readout true or false.'
        )
    return read(cell_named(name, order, readout), changes)


def checked_array(name: str, values: object) -> Array:
    """Build an array from parsed JSON, where neither `true` nor "1" is a number."""
    nested = isinstance(values, list) and values and isinstance(values[0], list)
    rows: Any = values if nested else [values]
    if not all(isinstance(row, list) and len(row) == len(rows[0]) for row in rows):
        raise ValueError(f"{name} must be a list of numbers, or of rows of the same length.")
    if not all(_is_number(x) for row in rows for x in row):
        raise ValueError(f"{name} must hold finite numbers, and nothing else.")
    return np.array(values, np.float64)


def _is_number(x: Any) -> bool:
    return type(x) in (int, float) and abs(x) <= sys.float_info.max
