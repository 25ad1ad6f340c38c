"""NumPy's .npy and .npz in and out; a header is read here, so that nothing is made unbounded.

Arrays of plain numbers only: no objects, hence nothing that was pickled.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm_files.archive import archive
from lstm_files.bounds import LIMITS, Member, members, quoted_name, too_much

MAGIC = b"\x93NUMPY"
_LENGTH = {b"\x01\x00": 2, b"\x02\x00": 4, b"\x03\x00": 4}  # bytes that say how long the header is
_LONGEST = 4_000  # of a header: that of an array of numbers is shorter than 200
_DIMENSIONS = 8
_HEADER = re.compile(
    rb"\{ *'descr': *'(?P<dtype>[<>|=]?(?:f[248]|[iu][1248]))', *"
    rb"'fortran_order': *(?P<fortran>True|False), *"
    rb"'shape': *\((?P<shape>[0-9, ]*)\) *,? *\}[ \n]*"
)
_SHAPE = re.compile(rb"(?:[0-9]{1,15}(?:,[0-9]{1,15})*,?)?")
_NO_NUMBERS = "{name} is no array of plain numbers; expected float, float16 or whole numbers."
_DAMAGED = "{name} is no NumPy array, or a damaged one."


@dataclass(frozen=True)
class _Declared:
    """What a header says, and where the numbers begin."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    order: Any
    start: int


def read_npz(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays of an .npz by name; ValueError, in one plain sentence, where it is none."""
    found = members(data)
    if strange := [name for name in found if not name.endswith(".npy")]:
        raise ValueError(f"This archive holds {quoted_name(strange[0])}; expected arrays, as .npy.")
    declared = {
        name: _declared(member.read(_LONGEST), member.size, name) for name, member in found.items()
    }
    return {name[:-4]: _array(declared[name], member) for name, member in found.items()}


def _array(declared: _Declared, member: Member) -> NDArray[Any]:
    return _numbers(declared, member.read())


def read_npy(data: bytes, name: str) -> NDArray[Any]:
    """Return the array of an .npy; ValueError, in one plain sentence, where it is none."""
    return _numbers(_declared(data[:_LONGEST], len(data), name), data)


def _numbers(declared: _Declared, data: bytes) -> NDArray[Any]:
    flat = np.frombuffer(data, declared.dtype, offset=declared.start)
    return flat.reshape(declared.shape, order=declared.order)


def _declared(data: bytes, size: int, file: str) -> _Declared:
    """Read the header of an array whose file has `size` bytes, and hold it against them."""
    name = quoted_name(file)
    digits = _LENGTH.get(data[6:8])
    if not data.startswith(MAGIC) or not digits:
        raise ValueError(_DAMAGED.format(name=name))
    length = int.from_bytes(data[8 : 8 + digits], "little")
    start = 8 + digits + length
    found = _HEADER.fullmatch(data[8 + digits : start]) if start <= min(size, _LONGEST) else None
    if not found or not _SHAPE.fullmatch(found["shape"].replace(b", ", b",")):
        raise ValueError(_NO_NUMBERS.format(name=name))
    dtype = np.dtype(found["dtype"].decode())
    shape = tuple(int(number) for number in re.findall(rb"[0-9]+", found["shape"]))
    _check(name, shape, dtype.itemsize * prod(shape), size - start)
    return _Declared(dtype, shape, "F" if found["fortran"] == b"True" else "C", start)


def _check(name: str, shape: tuple[int, ...], declared: int, held: int) -> None:
    if max((declared, *shape)) > LIMITS.unpacked:
        raise ValueError(
            too_much(f"{name} declares", max(declared, *shape), "bytes", LIMITS.unpacked)
        )
    if len(shape) > _DIMENSIONS:
        raise ValueError(too_much(f"{name} has", len(shape), "dimensions", _DIMENSIONS))
    if declared != held:
        raise ValueError(f"{name} declares {declared:,} bytes and holds {held:,}: it is damaged.")


def write_npz(arrays: Mapping[str, ArrayLike]) -> bytes:
    """Return an .npz of these arrays: the same bytes for the same numbers."""
    return archive({f"{name}.npy": _npy(array) for name, array in arrays.items()})


def _npy(array: ArrayLike) -> bytes:
    written = BytesIO()
    # A transposed array would be the same numbers, and other bytes.
    np.save(written, np.array(array, order="C"), allow_pickle=False)
    return written.getvalue()
