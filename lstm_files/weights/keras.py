"""Keras's weights: HDF5, alone or within a .keras archive, without what only training needs."""

from typing import Any

from numpy.typing import NDArray

from lstm_files.bounds import members
from lstm_files.weights.h5 import read_h5

_INSIDE = "model.weights.h5"
_TRAINING = ("optimizer/", "optimizer_weights/")


def read_keras(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the weights of a .weights.h5 or .h5 file by their path, without the optimizer's."""
    arrays = read_h5(data)
    return {path: array for path, array in arrays.items() if not path.startswith(_TRAINING)}


def read_keras_archive(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the weights within a .keras file; ValueError where it holds none."""
    found = members(data)
    if _INSIDE not in found:
        raise ValueError("This .keras file holds no weights; save the model once more.")
    return read_keras(found[_INSIDE].read())
