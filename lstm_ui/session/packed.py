"""Text packed for a link: letters, digits, `-` and `_`, after a version and a dot."""

import base64
import re
import zlib

_VERSION = "1"
_PACKED = re.compile(rf"{_VERSION}\.([A-Za-z0-9_-]+)")
_LINKED = 7000  # characters: no link has room for more


def packed(text: str) -> str:
    """Return a text as a link holds it."""
    data = zlib.compress(text.encode("utf-8", "replace"), 9)
    return f"{_VERSION}." + base64.urlsafe_b64encode(data).decode().rstrip("=")


def unpacked(token: str, most: int) -> str:
    """Return the text that a link holds, of at most `most` bytes; ValueError where it is broken."""
    found = _PACKED.fullmatch(token)
    if not found:
        raise ValueError("This is no packed text.")
    unzip = zlib.decompressobj()
    try:
        data = unzip.decompress(
            base64.urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4)), most
        )
    except zlib.error as error:
        raise ValueError("The packed text is broken.") from error
    if not unzip.eof:
        raise ValueError("The packed text was cut short, or is too long.")
    return data.decode()


def is_packed(token: str) -> bool:
    """Tell whether a link could hold this as a packed text."""
    return len(token) <= _LINKED and _PACKED.fullmatch(token) is not None
