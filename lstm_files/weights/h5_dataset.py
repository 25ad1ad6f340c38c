"""One dataset of an HDF5 file: its shape, its type and where its numbers lie, all in one piece."""

from dataclasses import dataclass
from math import prod
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_files.bounds import LIMITS, shown, too_much

Messages = dict[int, bytes]

_SPACE, _TYPE, _ELSEWHERE, _LAYOUT = 0x1, 0x3, 0x7, 0x8  # kinds of messages
_DIMENSIONS = 8
_COMPACT, _CONTIGUOUS = 0, 1
_WHOLE, _FLOAT, _NO_NUMBERS = 0, 1, (3, 8, 9)  # the last are texts, truth values and lists
_BIG, _SIGNED, _VAX = 0x01, 0x08, 0x40  # flags of a type
_NO_PLAIN = "{name} holds no plain numbers; save the weights as float32."
_TYPE_HEAD = Struct("<B3sI")
_BITS = Struct("<HH")
_PLACES = Struct("<HHBBBBI")
_IEEE = {2: (10, 5, 0, 10, 15), 4: (23, 8, 0, 23, 127), 8: (52, 11, 0, 52, 1023)}
_PLACE = Struct("<2xQQ")


def damaged() -> ValueError:
    """Return the error for a file that is not what it says."""
    return ValueError("This is no HDF5 file, or a damaged one; save the weights once more.")


@dataclass
class Bytes:
    """The bytes of a file, of which so many `parts` may still be looked at."""

    data: bytes
    parts: int

    def piece(self, start: int, size: int) -> bytes:
        """Return so many bytes; ValueError where the file has not got them."""
        if start + size > len(self.data):
            raise damaged()
        return self.data[start : start + size]

    def fields(self, form: Struct, start: int) -> tuple[Any, ...]:
        """Return the fields of a part of the file."""
        self.parts -= 1
        if self.parts < 0 or start + form.size > len(self.data):
            raise damaged()
        return form.unpack_from(self.data, start)


def dataset(file: Bytes, messages: Messages, path: str) -> NDArray[Any] | None:
    """Return the numbers of a dataset, None for texts; ValueError where they are not all here."""
    name = shown(path)
    if not {_SPACE, _TYPE, _LAYOUT} <= messages.keys():
        raise damaged()
    if _ELSEWHERE in messages:
        raise ValueError(f"{name} is held in another file, which is not read here.")
    if messages[_TYPE][:1] and messages[_TYPE][0] & 15 in _NO_NUMBERS:
        return None
    dtype, shape = _dtype(name, messages[_TYPE]), _shape(name, messages[_SPACE])
    declared = dtype.itemsize * prod(shape)
    if max((declared, *shape)) > LIMITS.unpacked:
        raise ValueError(too_much(f"{name} declares", declared, "bytes", LIMITS.unpacked))
    held = _held(file, name, messages[_LAYOUT], declared)
    return np.frombuffer(held, dtype).reshape(shape)


def _unpacked(form: Struct, body: bytes, start: int = 0) -> tuple[Any, ...]:
    if len(body) < start + form.size:
        raise damaged()
    return form.unpack_from(body, start)


def _dtype(name: str, body: bytes) -> np.dtype[Any]:
    kind, flags, size = _unpacked(_TYPE_HEAD, body)
    expected: tuple[int, ...]
    order, bits = ">" if flags[0] & _BIG else "<", 8 * size
    if kind & 15 == _WHOLE and size in (1, 2, 4, 8):
        letter, told, expected = "iu"[not flags[0] & _SIGNED], _BITS, (0, bits)
    elif kind & 15 == _FLOAT and size in _IEEE and not flags[0] & _VAX:
        letter, told, expected = "f", _PLACES, (0, bits, *_IEEE[size])
    else:
        raise ValueError(_NO_PLAIN.format(name=name))
    if _unpacked(told, body, _TYPE_HEAD.size) != expected:
        raise ValueError(_NO_PLAIN.format(name=name))
    return np.dtype(f"{order}{letter}{size}")


def _shape(name: str, body: bytes) -> tuple[int, ...]:
    version, rank = _unpacked(Struct("<BB"), body)
    if rank > _DIMENSIONS:
        raise ValueError(too_much(f"{name} has", rank, "dimensions", _DIMENSIONS))
    return _unpacked(Struct(f"<{rank}Q"), body, 8 if version == 1 else 4)


def _held(file: Bytes, name: str, body: bytes, declared: int) -> bytes | memoryview:
    version, kind, size = _unpacked(Struct("<BBH"), body)
    if version not in (3, 4) or kind not in (_COMPACT, _CONTIGUOUS):
        raise ValueError(f"{name} is compressed or in chunks; save the weights in one piece.")
    if kind == _COMPACT:
        held = memoryview(body)[4 : 4 + size]
    else:
        start, size = _unpacked(_PLACE, body)
        held = memoryview(file.data)[start : start + size] if declared else memoryview(b"")
    if len(held) != declared:
        given = f"{name} declares {declared:,} bytes and holds {len(held):,}"
        raise ValueError(f"{given}: it is damaged.")
    return held
