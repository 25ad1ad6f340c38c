"""Stacks that come with the lesson: two layers, both directions, three GRUs; numbers of our own.

Each reads one pulse, and starts from 0 with biases that are 0 but for the gate that keeps: so h is
0 wherever nothing of the pulse can be known yet.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from lstm_core.cells import cell_named
from lstm_core.exercise.exercise import Exercise
from lstm_core.layers.stack import DIRECTIONS, Layer, Stack


def _lane(entry: Mapping[str, Any], title: str) -> Exercise:
    cell = cell_named(entry["cell"], entry["order"])
    params = {name: np.array(values) for name, values in entry["params"].items()}
    n, columns = params[cell.params[0]].shape
    start = {name: np.zeros(n) for name in cell.states}
    return Exercise(cell, params, np.zeros((1, columns - n)), start, title=title)


def _layer(entry: Mapping[str, Any], title: str) -> Layer:
    both = len(entry) > 1
    return {
        way: _lane(entry[way], f"{title}, {way}" if both else title)
        for way in DIRECTIONS
        if way in entry
    }


def _stack(entry: Mapping[str, Any]) -> Stack:
    title = entry["title"]
    layers = [_layer(one, f"{title}, layer {k}") for k, one in enumerate(entry["layers"], 1)]
    return Stack(np.array(entry["xs"]), layers)


_ENTRIES = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))
EXAMPLES: Mapping[str, Stack] = MappingProxyType(
    {name: _stack(entry) for name, entry in _ENTRIES.items()}
)
