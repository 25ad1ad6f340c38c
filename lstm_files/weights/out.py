"""Weights to a file, by another framework's names: what its own loader takes."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.cell import Order
from lstm_core.frameworks.convert import named_arrays
from lstm_files.exports.archive import archive
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


def write_npz(arrays: Mapping[str, ArrayLike]) -> bytes:
    """Return an .npz of these arrays: the same bytes for the same numbers."""
    return archive({f"{name}.npy": _npy(array) for name, array in arrays.items()})


def _npy(array: ArrayLike) -> bytes:
    written = BytesIO()
    np.save(written, np.array(array, order="C"), allow_pickle=False)
    return written.getvalue()


_WRITERS: Mapping[str, Callable[[Mapping[str, ArrayLike]], bytes]] = {
    "npz": write_npz,
    "safetensors": write_safetensors,
}
