"""An exercise as a token: text for a link, short and exact to the last bit."""

import base64
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from math import prod

import numpy as np

from lstm_core.exercise.json_text import (
    VERSION,
    WORDS,
    Fields,
    checked_array,
    checked_cell,
    loaded,
)
from lstm_core.exercise.parts import array_names, check_sizes, size_letters
from lstm_core.ops import Array
from lstm_core.shapes import shape_in
from lstm_core.variants.changes import base_name, written

_MAX_BYTES = 900_000  # of a token, unpacked; the largest exercise, as float64, needs 820,000
_MAX_TEXT = 200_000  # of that, the part that is JSON: the slow one to read
_MAX_TOKEN = 1_200_000  # characters: four for three bytes
_PIECE = 512  # numbers that are packed at a time
_CHANGED = "it was cut short, or changed on its way."


def to_token(fields: Fields, sizes: Mapping[str, int]) -> str:
    """Return text for a link: the version, a dot, then letters, digits, `-` and `_`.

    Version 1 has no notes, version 2 has, and version 3 has the changes of a variant as well.
    The numbers go as decimals or as the bytes of their
    float64, whichever comes out shorter; both are exact. `sizes` holds m, n, T and, with
    a read-out, p.
    """
    version = VERSION + len(_extras(fields))
    forms = (b"".join(pieces) for pieces in _forms(fields, sizes))
    short = (form for form in forms if len(form.partition(b"\n")[0]) <= _MAX_TEXT)
    packed = (zlib.compress(form, 9) for form in short)
    return f"{version}." + base64.urlsafe_b64encode(min(packed, key=len)).decode().rstrip("=")


def may_fit(fields: Fields, sizes: Mapping[str, int], most: int) -> bool:
    """Return whether a token could have `most` characters or fewer, long before it is packed.

    A large exercise takes a tenth of a second and more to pack as tightly as a token is. Packed
    loosely, only until it is too long, it takes a few milliseconds.
    """
    # Four characters hold three bytes. Tightly packed, numbers take up to a tenth less room.
    room = int(most * 3 / 4 * 1.5)
    if 8 * sum(array.size for array in (*fields["params"].values(), fields["xs"])) <= room // 2:
        return True  # even as they are
    return any(_packs_into(room, pieces) for pieces in _forms(fields, sizes))


def _packs_into(room: int, pieces: Iterable[bytes]) -> bool:
    # With little memory it gives its bytes away early, and so it is soon known that they are many.
    packer, size = zlib.compressobj(6, memLevel=5), 0
    for piece in pieces:
        size += len(packer.compress(piece))
        if size > room:
            return False
    return size + len(packer.flush()) <= room


def _forms(fields: Fields, sizes: Mapping[str, int]) -> tuple[Iterator[bytes], Iterator[bytes]]:
    """Give the exercise with its numbers as decimals, and with their bytes, each in pieces."""
    cell, extras = fields["cell"], _extras(fields)
    arrays = {**fields["params"], **fields["start"], "xs": fields["xs"]}
    flat = np.concatenate([arrays[name].ravel() for name in array_names(cell)])
    head = [base_name(cell), cell.order, dict(sizes), *(fields[key] for key in WORDS)]
    return _as_decimals(head, flat, extras), _as_bytes(head, flat, extras)


def _extras(fields: Fields) -> list[object]:
    """What stands behind the numbers: nothing, notes, or notes and the changes of a variant."""
    notes, changes = dict(fields["notes"]), written(fields["cell"])
    if changes:
        return [notes, changes]
    return [notes] if notes else []


def _as_decimals(head: list[object], flat: Array, extras: list[object]) -> Iterator[bytes]:
    yield _compact(head)[:-1] + b",["
    for start in range(0, len(flat), _PIECE):
        comma = b"," if start else b""
        yield comma + _compact(flat[start : start + _PIECE].tolist())[1:-1]
    yield b"".join((b"]", *(b"," + _compact(extra) for extra in extras), b"]"))


def _as_bytes(head: list[object], flat: Array, extras: list[object]) -> Iterator[bytes]:
    yield _compact([*head, None, *extras]) + b"\n"
    planes = _planes(flat)
    for start in range(0, len(planes), 8 * _PIECE):
        yield planes[start : start + 8 * _PIECE]


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _planes(flat: Array) -> bytes:
    """All first bytes, then all second bytes, …: exponents stand together and compress well."""
    return flat.astype("<f8").view(np.uint8).reshape(-1, 8).T.tobytes()


def _from_planes(raw: bytes) -> Array:
    planes = np.frombuffer(raw, np.uint8).reshape(8, -1)
    return np.frombuffer(planes.T.tobytes(), "<f8").astype(np.float64)


def from_token(token: str) -> Fields:
    """Return the fields that `token` stands for."""
    text, _, raw = _unpacked(token).partition(b"\n")
    head = loaded(text) if len(text) <= _MAX_TEXT else None
    if not isinstance(head, list) or len(head) not in (7, 8, 9) or not isinstance(head[2], dict):
        raise ValueError(_CHANGED)
    (name, order, sizes, *words, values), extras = head[:7], head[7:]
    notes, changes = extras[0] if extras else {}, extras[1] if len(extras) > 1 else []
    cell = checked_cell(name, order, "p" in sizes, changes)
    if set(sizes) != size_letters(cell):
        raise ValueError(_CHANGED)
    check_sizes(sizes)
    shapes = {name: shape_in(name, sizes) for name in array_names(cell)}
    flat = _flat(values, raw, sum(map(prod, shapes.values())))
    ends = np.cumsum([prod(shape) for shape in shapes.values()])
    parts = np.split(flat, ends[:-1])
    arrays = {k: part.reshape(shapes[k]) for k, part in zip(shapes, parts, strict=True)}
    if not isinstance(notes, dict):
        raise ValueError(_CHANGED)
    fields = {"notes": notes, "cell": cell, "params": arrays, "start": arrays, "xs": arrays["xs"]}
    return fields | dict(zip(WORDS, words, strict=True))


def _flat(values: object, raw: bytes, count: int) -> Array:
    """Return the numbers, in either form; their count is checked before they are looked at."""
    if values is None and len(raw) == 8 * count:
        return _from_planes(raw)
    if not isinstance(values, list) or len(values) != count or isinstance(values[0], list):
        raise ValueError(_CHANGED)
    return checked_array("each array", values)


def _unpacked(token: str) -> bytes:
    if len(token) > _MAX_TOKEN:
        raise ValueError("it is too long.")
    if not (found := re.fullmatch(r"[123]\.([A-Za-z0-9_-]+)", token)):
        raise ValueError("it is not a link of this app, or of a later version.")
    unzip = zlib.decompressobj()
    try:
        packed = base64.urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4))
        data = unzip.decompress(packed, _MAX_BYTES)
    except (ValueError, zlib.error) as error:
        raise ValueError(_CHANGED) from error
    if not unzip.eof or unzip.unused_data:
        raise ValueError(_CHANGED)
    return data
