"""HDF5 as Keras and h5py write it by default: groups within groups, and datasets of numbers.

It is read here, since the HDF5 library lets a few changed bytes of a small file allocate gigabytes:
here nothing is held beside the file itself. What the format allows besides (links to elsewhere,
storage outside of the file, chunks, compression) is refused. Source: HDF5 File Format
Specification 3.0, with superblock 0, object headers 1 and groups by symbol table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_files.bounds import LIMITS, MODEL, check_size, quoted_name, too_much

_Messages = dict[int, bytes]

MAGIC = b"\x89HDF\r\n\x1a\n"

_SUPERBLOCK = Struct("<8sB4xBBxHHIQQQQ")  # ends with the base address and three others
_HEADER = Struct("<BxHII4x")
_MESSAGE = Struct("<HHB3x")
_ADDRESSES = Struct("<QQ")
_NODE = Struct("<4sBBHQQ")
_CHILD = Struct("<Q")
_LEAF = Struct("<4sBxH")
_HEAP = Struct("<4sB3xQQQ")
_SYMBOL = Struct("<QQI4x16x")
_ATTRIBUTE_HEAD = Struct("<BxHHH")
_REFERENCE = Struct("<IQI")
_COLLECTION = Struct("<4sB3xQ")
_OBJECT = Struct("<HH4xQ")

# Kinds of messages in an object header, by the numbers of the specification, section IV.A.2.
_MORE, _TABLE, _NEWER = 0x10, 0x11, {0x2, 0x6}
_SPACE, _TYPE, _ELSEWHERE, _LAYOUT = 0x1, 0x3, 0x7, 0x8
_NEWER_KIND = "This HDF5 file is of a newer kind; expected one as Keras saves it."
_SOFT = 2  # kind of a symbol
_ATTRIBUTE, _VARYING = 0xC, 9  # a kind of message, and a class of type
_DEPTH = 16
_LONGEST = 500  # bytes of a name
_PARTS = 12 * LIMITS.members  # nodes, names and headers: a file may lead round in circles

_DIMENSIONS = 8
_COMPACT, _CONTIGUOUS = 0, 1
_WHOLE, _FLOAT, _NO_NUMBERS = 0, 1, (3, 8, 9)  # the last are texts, truth values and lists
_BIG, _SIGNED, _VAX = 0x01, 0x08, 0x40  # flags of a type
_NO_PLAIN = "{name} holds no plain numbers; save the weights as float32."
_TYPE_HEAD = Struct("<B3sI")
_BITS = Struct("<HH")
_PLACES = Struct("<HHBBBBI")
# Bits of mantissa and exponent, where each begins, and the bias: IEEE 754, nothing exotic.
_IEEE = {2: (10, 5, 0, 10, 15), 4: (23, 8, 0, 23, 127), 8: (52, 11, 0, 52, 1023)}
_PLACE = Struct("<2xQQ")


def _damaged() -> ValueError:
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
            raise _damaged()
        return self.data[start : start + size]

    def fields(self, form: Struct, start: int) -> tuple[Any, ...]:
        """Return the fields of a part of the file."""
        self.parts -= 1
        if self.parts < 0 or start + form.size > len(self.data):
            raise _damaged()
        return form.unpack_from(self.data, start)


def read_h5(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the datasets of numbers by their path, texts left out, as read-only views of `data`.

    Raises ValueError, in one plain sentence, for what is damaged, too large, or not in the file as
    it is.
    """
    check_size(data, MODEL)
    file = Bytes(data, _PARTS)
    magic, version, offsets, lengths, *_, base, _, _, _ = file.fields(_SUPERBLOCK, 0)
    if magic != MAGIC:
        raise _damaged()
    if (version, offsets, lengths, base) != (0, 8, 8, 0):
        raise ValueError(_NEWER_KIND)
    found: dict[str, NDArray[Any]] = {}
    total = 0
    for path, array in _arrays(file, file.fields(_SYMBOL, _SUPERBLOCK.size)[1], "", 0):
        found[path] = array
        total += array.nbytes
        if total > LIMITS.unpacked:
            raise ValueError(
                too_much("The arrays of this file have", total, "bytes", LIMITS.unpacked)
            )
    return found


def _arrays(file: Bytes, header: int, path: str, depth: int) -> Iterator[tuple[str, NDArray[Any]]]:
    messages = _messages(file, header)
    if _TABLE not in messages:
        if (array := dataset(file, messages, path)) is not None:
            yield path, array
        return
    if depth == _DEPTH:
        raise ValueError(too_much("This file has over", _DEPTH, "groups in groups", _DEPTH))
    for name, kind, below in _symbols(file, messages[_TABLE]):
        inner = f"{path}/{name}" if path else name
        if kind == _SOFT:
            raise ValueError(
                f"{quoted_name(inner)} is a link to elsewhere, which is not followed here."
            )
        yield from _arrays(file, below, inner, depth + 1)


def _messages(file: Bytes, header: int) -> _Messages:
    """Return what an object's header says, by kind; of two of a kind, the first."""
    found: _Messages = {}
    for kind, body in _every_message(file, header):
        found.setdefault(kind, body)
    if _NEWER & found.keys():
        raise ValueError(_NEWER_KIND)
    return found


def _every_message(file: Bytes, header: int) -> Iterator[tuple[int, bytes]]:
    version, count, _, size = file.fields(_HEADER, header)
    if version != 1:
        raise ValueError(_NEWER_KIND) if file.data.startswith(b"OHDR", header) else _damaged()
    blocks = [(header + _HEADER.size, size)]
    while blocks and count:
        at, left = blocks.pop()
        while left >= _MESSAGE.size and count:
            kind, length, _ = file.fields(_MESSAGE, at)
            body = file.piece(at + _MESSAGE.size, length)
            if kind == _MORE:
                blocks.append(_pair(body))
            yield kind, body
            at, left, count = at + _MESSAGE.size + length, left - _MESSAGE.size - length, count - 1


def root_text(data: bytes, name: str) -> bytes:
    """Return the text of an attribute of the whole file; nothing where it has none of this name.

    Keras keeps the config of a model there. Its length may vary: then it lies in a heap.
    """
    check_size(data, MODEL)
    file = Bytes(data, _PARTS)
    if file.fields(_SUPERBLOCK, 0)[0] != MAGIC:
        return b""
    root = file.fields(_SYMBOL, _SUPERBLOCK.size)[1]
    for kind, body in _every_message(file, root):
        if kind == _ATTRIBUTE:
            version, label, form, value = _attribute(body)
            if label == name.encode() and version in (1, 3):
                return _in_heap(file, value) if form == _VARYING else value.rstrip(b"\0")
    return b""


def _attribute(body: bytes) -> tuple[int, bytes, int, bytes]:
    """The version of an attribute, its name, the class of its type, and its value."""
    version, *sizes = _unpacked(_ATTRIBUTE_HEAD, body)
    # Version 1 fills each part up to a multiple of eight bytes; version 3 has one byte more here.
    places = [-(-size // 8) * 8 if version == 1 else size for size in sizes]
    start = _ATTRIBUTE_HEAD.size + (version == 3)
    name = body[start : start + sizes[0]].rstrip(b"\0")
    form = body[start + places[0] : start + places[0] + 1]
    return version, name, form[0] & 15 if form else 0, body[start + sum(places) :]


def _in_heap(file: Bytes, value: bytes) -> bytes:
    """The text that an attribute of varying length points to."""
    length, heap, wanted = _unpacked(_REFERENCE, value)
    magic, _, size = file.fields(_COLLECTION, heap)
    if magic != b"GCOL":
        raise _damaged()
    at, end = heap + _COLLECTION.size, heap + size
    while at + _OBJECT.size <= end:
        index, _, held = file.fields(_OBJECT, at)
        if index == wanted:
            return file.piece(at + _OBJECT.size, min(length, held))
        at += _OBJECT.size + -(-held // 8) * 8
        if not index:
            break
    raise _damaged()


def _pair(body: bytes) -> tuple[int, int]:
    if len(body) < _ADDRESSES.size:
        raise _damaged()
    first, second = _ADDRESSES.unpack_from(body)
    return first, second


def _symbols(file: Bytes, table: bytes) -> Iterator[tuple[str, int, int]]:
    """Give the names of a group, what kind each is, and where its header lies."""
    tree, heap = _pair(table)
    magic, _, size, _, names = file.fields(_HEAP, heap)
    if magic != b"HEAP":
        raise _damaged()
    for leaf in _leaves(file, tree, 0):
        magic, _, count = file.fields(_LEAF, leaf)
        if magic != b"SNOD":
            raise _damaged()
        for k in range(count):
            at, header, kind = file.fields(_SYMBOL, leaf + _LEAF.size + k * _SYMBOL.size)
            yield _name(file, names + at, names + size), kind, header


def _name(file: Bytes, start: int, stop: int) -> str:
    end = file.data.find(b"\0", start, min(stop, start + _LONGEST))
    if end < 0:
        raise _damaged()
    return file.data[start:end].decode("utf-8", "replace")


def _leaves(file: Bytes, node: int, depth: int) -> Iterator[int]:
    """Give the leaves of a B-tree, from left to right."""
    magic, _, level, count, _, _ = file.fields(_NODE, node)
    if magic != b"TREE" or depth > _DEPTH:
        raise _damaged()
    for k in range(count):
        (below,) = file.fields(_CHILD, node + _NODE.size + 8 + 16 * k)
        if level:
            yield from _leaves(file, below, depth + 1)
        else:
            yield below


# One dataset: its shape, its type, and where its numbers lie, all in one piece.


def dataset(file: Bytes, messages: _Messages, path: str) -> NDArray[Any] | None:
    """Return the numbers of a dataset, None for texts; ValueError where they are not all here."""
    name = quoted_name(path)
    if not {_SPACE, _TYPE, _LAYOUT} <= messages.keys():
        raise _damaged()
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
        raise _damaged()
    return form.unpack_from(body, start)


def _dtype(name: str, body: bytes) -> np.dtype[Any]:
    kind, flags, size = _unpacked(_TYPE_HEAD, body)
    expected: tuple[int, ...]
    order, bits = ">" if flags[0] & _BIG else "<", 8 * size
    if kind & 15 == _WHOLE and size in (1, 2, 4, 8):
        letter, form, expected = "iu"[not flags[0] & _SIGNED], _BITS, (0, bits)
    elif kind & 15 == _FLOAT and size in _IEEE and not flags[0] & _VAX:
        letter, form, expected = "f", _PLACES, (0, bits, *_IEEE[size])
    else:
        raise ValueError(_NO_PLAIN.format(name=name))
    if _unpacked(form, body, _TYPE_HEAD.size) != expected:
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
