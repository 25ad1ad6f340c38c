"""Bounded reading, shared by every format: how much a file may hold, known before it is unpacked.

An archive says how large its members are; sums of these are checked first. Where it lies, reading
stops at the size that it declared. An archive within an archive is never opened.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

_CHUNK = 1 << 16
_HEADER = b"PK\x01\x02"  # one for each member: what zipfile would make an object of
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others unpack without bounds
_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error),
    *(RuntimeError, EOFError, OSError, ValueError, OverflowError),
)
_DAMAGED = "This archive is damaged: {given}; expected a file as it was saved."


@dataclass(frozen=True)
class Limits:
    """What a file may hold at most: `size` and `unpacked` in bytes, `members` of an archive."""

    size: int = 10_000_000
    unpacked: int = 40_000_000
    members: int = 1_000


LIMITS = Limits()
# What is read as views, a few arrays of it: the model around a layer, and how it was trained, may
# have many times the numbers of the layer.
MODEL = Limits(size=40_000_000)


@dataclass(frozen=True, eq=False)
class Member:
    """One member of an archive, not yet unpacked; `size` in bytes is what the archive declares."""

    name: str
    size: int
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    def read(self, most: int | None = None) -> bytes:
        """Return all its bytes, or the first `most`: never more than were declared.

        Raises ValueError, in one plain sentence, where the archive is damaged or lies.
        """
        pieces, left = [], self.size if most is None else min(most, self.size)
        for chunk in self.chunks():
            pieces.append(chunk[:left])
            left -= len(pieces[-1])
            if most is not None and not left:
                break
        return b"".join(pieces)

    def chunks(self) -> Iterator[bytes]:
        """Give its bytes in small pieces, so that no more than one needs to be held."""
        try:
            left = self.size
            with self.archive.open(self.info) as source:
                # Always so many bytes: to read all at once would unpack what was not declared.
                while chunk := source.read(_CHUNK):
                    left -= len(chunk)
                    yield chunk
        except _BROKEN:
            left = -1
        if left:
            given = f"{quoted_name(self.name)} does not unpack to what it declares"
            raise ValueError(_DAMAGED.format(given=given))


def check_size(data: bytes, limits: Limits = LIMITS) -> None:
    """Raise ValueError, in one plain sentence, where there is nothing or too much."""
    if not data:
        raise ValueError("This file is empty; expected something to read.")
    if len(data) > limits.size:
        raise ValueError(too_much("This file has", len(data), "bytes", limits.size))


def members(data: bytes, limits: Limits = LIMITS) -> dict[str, Member]:
    """Return the members of a zip archive by name, none of them unpacked yet.

    Raises ValueError, in one plain sentence, for what is no archive, is encrypted, or declares
    more than `limits` allow.
    """
    check_size(data, limits)
    if (count := data.count(_HEADER)) > limits.members:
        raise ValueError(too_much("This archive has", count, "members", limits.members))
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _BROKEN:
        raise ValueError("This is no zip archive, or a damaged one.") from None
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if (unpacked := sum(info.file_size for info in infos)) > limits.unpacked:
        raise ValueError(too_much("This archive unpacks to", unpacked, "bytes", limits.unpacked))
    found: dict[str, Member] = {}
    for info in infos:
        _check_member(info, found)
        found[info.filename] = Member(info.filename, info.file_size, archive, info)
    return found


def _check_member(info: zipfile.ZipInfo, found: dict[str, Member]) -> None:
    name = quoted_name(info.filename)
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
        raise ValueError(f"{name} is encrypted, or packed in a way that is not read here.")
    if info.filename in found:
        raise ValueError(_DAMAGED.format(given=f"two members are called {name}"))


def too_much(what: str, count: int, unit: str, most: int) -> str:
    """Return the sentence that refuses what is too large: what, how much it has, and may have."""
    return f"{what} {count:,} {unit}; expected at most {most:,}."


def quoted_name(name: str) -> str:
    """Return a name from a file as a sentence can show it: short, on one line, printable."""
    printable = "".join(c if c.isprintable() else "�" for c in name[:61])
    return f"“{printable[:60]}{'…' if len(printable) > 60 else ''}”"
