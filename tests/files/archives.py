"""Archives that lie, and what it costs to meet them."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from tests.quickest import seconds_of

MEMORY, SECONDS = 20_000_000, 0.1
ZEROS = bytes(1_000_000)


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """Return a zip archive of these members: name to bytes, or to a count of zero bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in members.items():
            with archive.open(name, "w") as member:
                for piece in pieces(content):
                    member.write(piece)
    return held.getvalue()


def pieces(content):
    if isinstance(content, bytes):
        return [content]
    return (ZEROS[: min(len(ZEROS), content - k)] for k in range(0, content, len(ZEROS)))


def declaring(data, size, field=24):
    """Return the archive with another size in its first member's central directory header.

    `field` is where it stands there: 24 for the unpacked size, 20 for the packed one.
    """
    at = data.index(b"PK\x01\x02") + field
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def refused(read, match):
    """Return the plain sentence that refuses, within the bounds of time and memory."""
    tracemalloc.start()
    with pytest.raises(ValueError, match=match) as caught:
        read()
    grown = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert grown < MEMORY
    assert seconds_of(lambda: refuses(read)) < SECONDS
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def refuses(read):
    with pytest.raises(ValueError, match=r"."):
        read()
