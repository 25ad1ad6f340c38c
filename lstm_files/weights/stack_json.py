"""A stack as JSON, for whoever keeps one that is too large for a link: each lane as an exercise."""

import json
from collections.abc import Mapping
from typing import Any

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.json_text import loaded
from lstm_core.layers.stack import DIRECTIONS, MOST_LAYERS, Layer, Stack, in_time
from lstm_files.bounds import check_size

_BROKEN = "This stack cannot be read: {why}"


def stack_json(stack: Stack) -> bytes:
    """Return a JSON file: {"layers": [{"forward": an exercise, "backward": …}, …]}, readable."""
    layers = [
        ",\n".join(f'"{way}": {lane.to_json()}' for way, lane in layer.items())
        for layer in stack.layers
    ]
    return ('{"layers": [\n' + ",\n".join(f"{{{layer}}}" for layer in layers) + "\n]}\n").encode()


def own_stack(data: bytes) -> Stack | None:
    """Return the stack in such a file; None for a file of another kind.

    Raises ValueError, in one plain sentence, for one that is damaged.
    """
    if not data.lstrip().startswith(b'{"layers"'):
        return None
    check_size(data)
    record = loaded(data.decode("utf-8-sig", "replace"))
    layers = record.get("layers") if isinstance(record, Mapping) else None
    if not isinstance(layers, list) or not 1 <= len(layers) <= MOST_LAYERS:
        raise ValueError(_BROKEN.format(why=f'"layers" must be a list of 1 to {MOST_LAYERS}.'))
    found = [_layer(layer) for layer in layers]
    way, first = next(iter(found[0].items()))
    return Stack(in_time(way, first.xs), found)


def _layer(record: Any) -> Layer:
    if not isinstance(record, Mapping) or not record or {*record} - {*DIRECTIONS}:
        why = "each layer must have a forward lane, a backward one, or both."
        raise ValueError(_BROKEN.format(why=why))
    return {way: Exercise.from_json(json.dumps(record[way])) for way in DIRECTIONS if way in record}
