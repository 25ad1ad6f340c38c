"""Safetensors: the header is bounded before the library reads the numbers."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from safetensors import SafetensorError, deserialize
from safetensors.numpy import save

from lstm_files.bounds import LIMITS, check_size, quoted_name, too_much

_LONGEST = 1_000_000  # bytes of the header
_DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2"}
_DTYPES |= {"I8": "i1", "U8": "u1", "U16": "<u2", "U32": "<u4", "U64": "<u8"}
_DAMAGED = "This file is no safetensors file, or a damaged one."


def looks_like_safetensors(data: bytes, kind: str = "") -> bool:
    """Whether the first 8 bytes are the length of a JSON header that the file can hold."""
    return data[8:9] == b"{" and int.from_bytes(data[:8], "little") <= len(data) - 8


def read_safetensors(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays by name, bfloat16 as float32, truth values left out.

    Raises ValueError, in one plain sentence, where the file is damaged or too large.
    """
    check_size(data)
    if not looks_like_safetensors(data):
        raise ValueError(_DAMAGED)
    if (length := int.from_bytes(data[:8], "little")) > _LONGEST:
        raise ValueError(too_much("The header of this file has", length, "bytes", _LONGEST))
    if (count := data.count(b'"data_offsets"', 8, 8 + length)) > LIMITS.members:
        raise ValueError(too_much("This file has", count, "arrays", LIMITS.members))
    try:
        found = deserialize(data)  # type: ignore[no-untyped-call]
    except (SafetensorError, ValueError, OverflowError):
        raise ValueError(_DAMAGED) from None
    return {name: _array(name, tensor) for name, tensor in found if tensor["dtype"] != "BOOL"}


def _array(name: str, tensor: Mapping[str, Any]) -> NDArray[Any]:
    kind, data = tensor["dtype"], tensor["data"]
    if kind == "BF16":  # the upper half of a float32
        numbers = (np.frombuffer(data, "<u2").astype("<u4") << 16).view("<f4")
    elif kind in _DTYPES:
        numbers = np.frombuffer(data, _DTYPES[kind])
    else:
        raise ValueError(
            f"{quoted_name(name)} holds {kind}, not plain numbers; save it as float32."
        )
    if max((0, *tensor["shape"])) > LIMITS.unpacked:  # 0 × 10¹⁸ takes no bytes, and is no shape
        raise ValueError(_DAMAGED)
    return numbers.reshape(tensor["shape"])


def write_safetensors(arrays: Mapping[str, ArrayLike]) -> bytes:
    """Return a safetensors file of these arrays."""
    # The library writes the bytes as they lie, whatever the strides say.
    return save({name: np.array(array, order="C") for name, array in arrays.items()})
