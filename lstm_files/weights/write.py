"""Weights to a file, by another framework's names: what its own loader takes."""

from collections.abc import Callable, Mapping
from typing import Literal

from numpy.typing import ArrayLike

from lstm_core.cell import Order
from lstm_core.frameworks.convert import named_arrays
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


_WRITERS: Mapping[str, Callable[[Mapping[str, ArrayLike]], bytes]] = {
    "npz": write_npz,
    "safetensors": write_safetensors,
}
