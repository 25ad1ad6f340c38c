"""Weights to a file, by another framework's names: what its own loader takes."""

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.cell import Order
from lstm_core.frameworks.convert import named_arrays
from lstm_core.layers.stack import Stack
from lstm_files.weights.npz import write_npz
from lstm_files.weights.safetensors import write_safetensors

Precision = Literal["float64", "float32"]


def write_weights(
    framework: str,
    params: Mapping[str, ArrayLike],
    extension: Literal["npz", "safetensors"],
    *,
    order: Order = "hx",
    layer: int | None = 0,
    precision: Precision = "float64",
) -> bytes:
    """Return our parameters as a file of the framework's arrays, by its names.

    `order` and `layer` are those of `to_framework`. float32 is what most models hold; float64
    keeps every digit. Raises ValueError where the framework has no such cell.
    """
    arrays = named_arrays(framework, params, order=order, layer=layer)
    return _WRITERS[extension]({name: array.astype(precision) for name, array in arrays.items()})


def write_stack(stack: Stack, extension: Literal["npz", "safetensors"]) -> bytes:
    """Return a stack as PyTorch names its layers: weight_ih_l0, weight_ih_l0_reverse, …

    Beside the weights stand the inputs xs (T, m), and h0 and c0 with a row for each lane. Raises
    ValueError, in one plain sentence, for a stack that is no module of PyTorch: there all layers
    have one cell and one size, and all run forward, or all of them both ways.
    """
    lanes = [stack[place] for place in stack.places]
    kinds = {(lane.cell.name, lane.n, lane.cell.readout) for lane in lanes}
    ways = {tuple(layer) for layer in stack.layers}
    if len(kinds) > 1 or len(ways) > 1 or ways == {("backward",)}:
        raise ValueError(_NO_MODULE)
    arrays: dict[str, ArrayLike] = {"xs": stack.xs}
    for place, lane in zip(stack.places, lanes, strict=True):
        there = "reverse" if place.direction == "backward" else "forward"
        arrays |= named_arrays(
            "pytorch", lane.params, order=lane.order, layer=place.layer, direction=there
        )
    for state, name in (("h_prev", "h0"), ("C_prev", "c0")):
        if state in lanes[0].start:
            arrays[name] = np.stack([lane.start[state] for lane in lanes])
    return _WRITERS[extension](arrays)


_NO_MODULE = (
    "In PyTorch all layers have one cell and one size, and all of them run forward, or all of them "
    "both ways; this stack is another, and goes out as JSON."
)
_WRITERS: Mapping[str, Callable[[Mapping[str, ArrayLike]], bytes]] = {
    "npz": write_npz,
    "safetensors": write_safetensors,
}
