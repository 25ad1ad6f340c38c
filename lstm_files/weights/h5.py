"""HDF5 as Keras and h5py write it by default: groups within groups, and datasets of numbers.

It is read here, since the HDF5 library lets a few changed bytes of a small file allocate gigabytes:
here nothing is held beside the file itself. What the format allows besides (links to elsewhere,
storage outside of the file, chunks, compression) is refused. Source: HDF5 File Format
Specification 3.0, with superblock 0, object headers 1 and groups by symbol table.
"""

from collections.abc import Iterator
from struct import Struct
from typing import Any

from numpy.typing import NDArray

from lstm_files.bounds import LIMITS, check_size, shown, too_much
from lstm_files.weights.h5_dataset import Bytes, Messages, damaged, dataset

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

_MORE, _TABLE, _NEWER = 0x10, 0x11, {0x2, 0x6}  # kinds of messages
_NEWER_KIND = "This HDF5 file is of a newer kind; expected one as Keras saves it."
_SOFT = 2  # kind of a symbol
_DEPTH = 16
_LONGEST = 500  # bytes of a name
_PARTS = 12 * LIMITS.members  # nodes, names and headers: a file may lead round in circles


def read_h5(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the datasets of numbers by their path, texts left out, as read-only views of `data`.

    Raises ValueError, in one plain sentence, for what is damaged, too large, or not in the file as
    it is.
    """
    check_size(data)
    file = Bytes(data, _PARTS)
    magic, version, offsets, lengths, *_, base, _, _, _ = file.fields(_SUPERBLOCK, 0)
    if magic != MAGIC:
        raise damaged()
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
            raise ValueError(f"{shown(inner)} is a link to elsewhere, which is not followed here.")
        yield from _arrays(file, below, inner, depth + 1)


def _messages(file: Bytes, header: int) -> Messages:
    """Return what an object's header says, by kind; of two of a kind, the first."""
    version, count, _, size = file.fields(_HEADER, header)
    if version != 1:
        raise ValueError(_NEWER_KIND) if file.data.startswith(b"OHDR", header) else damaged()
    found: Messages = {}
    blocks = [(header + _HEADER.size, size)]
    while blocks and count:
        at, left = blocks.pop()
        while left >= _MESSAGE.size and count:
            kind, length, _ = file.fields(_MESSAGE, at)
            body = file.piece(at + _MESSAGE.size, length)
            if kind == _MORE:
                blocks.append(_pair(body))
            found.setdefault(kind, body)
            at, left, count = at + _MESSAGE.size + length, left - _MESSAGE.size - length, count - 1
    if _NEWER & found.keys():
        raise ValueError(_NEWER_KIND)
    return found


def _pair(body: bytes) -> tuple[int, int]:
    if len(body) < _ADDRESSES.size:
        raise damaged()
    first, second = _ADDRESSES.unpack_from(body)
    return first, second


def _symbols(file: Bytes, table: bytes) -> Iterator[tuple[str, int, int]]:
    """Give the names of a group, what kind each is, and where its header lies."""
    tree, heap = _pair(table)
    magic, _, size, _, names = file.fields(_HEAP, heap)
    if magic != b"HEAP":
        raise damaged()
    for leaf in _leaves(file, tree, 0):
        magic, _, count = file.fields(_LEAF, leaf)
        if magic != b"SNOD":
            raise damaged()
        for k in range(count):
            at, header, kind = file.fields(_SYMBOL, leaf + _LEAF.size + k * _SYMBOL.size)
            yield _name(file, names + at, names + size), kind, header


def _name(file: Bytes, start: int, stop: int) -> str:
    end = file.data.find(b"\0", start, min(stop, start + _LONGEST))
    if end < 0:
        raise damaged()
    return file.data[start:end].decode("utf-8", "replace")


def _leaves(file: Bytes, node: int, depth: int) -> Iterator[int]:
    """Give the leaves of a B-tree, from left to right."""
    magic, _, level, count, _, _ = file.fields(_NODE, node)
    if magic != b"TREE" or depth > _DEPTH:
        raise damaged()
    for k in range(count):
        (below,) = file.fields(_CHILD, node + _NODE.size + 8 + 16 * k)
        if level:
            yield from _leaves(file, below, depth + 1)
        else:
            yield below
