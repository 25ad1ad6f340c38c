"""Weights as JSON: lists by name, flat or nested, in objects within objects."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from lstm_core.exercise.json_text import loaded
from lstm_files.bounds import LIMITS, quoted_name, too_much
from lstm_files.weights.file import Arrays, WeightFile

_DEPTH = 8


def json_weights(text: str) -> WeightFile:
    """Return the lists of numbers in a JSON object by name; what is no list is passed over.

    Raises ValueError, in one plain sentence, for rows of different lengths.
    """
    arrays: Arrays = {}
    passed = []
    for name, value in _leaves(loaded(text), "", 0):
        if isinstance(value, list) and (array := _array(name, value)) is not None:
            arrays[name] = array
        else:
            passed.append(name)
        if len(arrays) > LIMITS.members:
            raise ValueError(
                too_much("This file has over", LIMITS.members, "arrays", LIMITS.members)
            )
    some = ", ".join(quoted_name(name) for name in passed[:3])
    more = f" and {len(passed) - 3} more" if len(passed) > 3 else ""
    return WeightFile(arrays, (f"Passed over: {some}{more}.",) if passed else ())


def _leaves(value: Any, place: str, depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and depth < _DEPTH:
        for name, inner in value.items():
            yield from _leaves(inner, f"{place}/{name}" if place else str(name), depth + 1)
    elif isinstance(value, list) and value and all(_is_named(item) for item in value):
        for item in value:
            numbers = next(item[key] for key in _NUMBERS if key in item)
            yield f"{place}/{item['name']}" if place else str(item["name"]), numbers
    else:
        yield place, value


_NUMBERS = ("data", "value", "values", "weights")


def _is_named(item: Any) -> bool:
    return isinstance(item, Mapping) and "name" in item and any(key in item for key in _NUMBERS)


def _array(name: str, value: list[Any]) -> Any:
    try:
        array = np.array(value)
    except ValueError:
        raise ValueError(f"{quoted_name(name)} has rows of different lengths.") from None
    return array if array.dtype.kind in "iuf" else None
