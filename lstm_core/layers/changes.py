"""What can be done to a stack: a layer more or less, other directions, sizes and cells.

Each gives a new stack. What is new in it are small random numbers, drawn from the numbers that are
there, so that the same change always gives the same stack.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.layers.around import fitted
from lstm_core.layers.stack import DIRECTIONS, Layer, Stack

ONE_WAY = ("forward", "backward")
WAYS = (*ONE_WAY, "both")


def way_of(layer: Layer) -> str:
    """Return which way a layer runs: "forward", "backward" or "both"."""
    return "both" if len(layer) > 1 else next(iter(layer))


def with_layer(stack: Stack) -> Stack:
    """Return it with one more layer on top: a cell of the same kind and size, run forward."""
    lane = next(iter(stack.layers[-1].values()))
    wide = stack.output().shape[1]
    new = drawn_anew(lane.resized(m=wide)[0] if lane.m != wide else lane)
    return fitted(stack.xs, [*stack.layers, {"forward": new}])


def without_layer(stack: Stack, layer: int) -> Stack:
    """Return it without a layer; ValueError for the only one."""
    if len(stack) == 1:
        raise ValueError("A stack needs at least one layer.")
    return fitted(stack.xs, [one for k, one in enumerate(stack.layers) if k != layer])


def turned(stack: Stack, layer: int, way: str) -> Stack:
    """Return it with a layer that runs forward, backward or both ways.

    One lane keeps its numbers when it is turned round; a second one is drawn anew. Of two lanes,
    the one that goes is left out.
    """
    lanes = stack.layers[layer]
    if way not in WAYS:
        raise ValueError(f"A layer runs {', '.join(WAYS)}; given {way:.20}.")
    first = next(iter(lanes.values()))
    if way == "both":
        new = {one: lanes[one] if one in lanes else drawn_anew(first) for one in DIRECTIONS}
    else:
        new = {one: lanes.get(one, first) for one in DIRECTIONS if one == way}
    return _replaced(stack, layer, new)


def with_units(stack: Stack, layer: int, n: int) -> Stack:
    """Return it with n units in each lane of a layer; the layer above reads more or fewer."""
    return _each(stack, layer, lambda lane: lane.resized(n=n)[0])


def with_cell(stack: Stack, layer: int, name: str) -> Stack:
    """Return it with the cell of this name in each lane of a layer; what both cells have stays."""
    return _each(stack, layer, lambda lane: lane.in_cell(name)[0])


def _each(stack: Stack, layer: int, change: Callable[[Exercise], Exercise]) -> Stack:
    lanes = {way: change(lane) for way, lane in stack.layers[layer].items()}
    return _replaced(stack, layer, lanes)


def _replaced(stack: Stack, layer: int, lanes: Layer) -> Stack:
    layers = [lanes if k == layer else one for k, one in enumerate(stack.layers)]
    return fitted(stack.xs, layers)


def drawn_anew(lane: Exercise) -> Exercise:
    """Return a lane with other small random numbers, starting from 0, under no title."""
    weights = lane.redrawn(lane.cell.params)
    start = {name: np.zeros_like(values) for name, values in lane.start.items()}
    return replace(weights, start=start, title="", source="", notes={})
