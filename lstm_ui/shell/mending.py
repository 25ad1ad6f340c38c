"""Links as prose and mail leave them, put in order again.

A link is copied with the full stop behind it, mail breaks it off at column 76 with "=", writes "="
as =3D and "&" as &amp;, another program puts blanks in or escapes it once more. Nothing that we
write into an address has any of these, so all of them can be taken out.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, unquote

from lstm_ui.session.options import RESERVED

_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")  # also those that cannot be seen
_ESCAPED = re.compile("%[0-9A-Fa-f]{2}")
_AND = re.compile(r"^(amp;|#38;|#x26;)+")
_BEHIND = re.compile(r"[^\w-]+$")  # a value of ours ends in a letter, a digit, - or _
_CODE = re.compile(r"\w{4}-?\w{4}")  # that of a worksheet, which may well begin with 3D
_TIMES = 4  # that a link is taken to have been escaped


def mended(address: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of an address without what has crept in on its way."""
    pairs = [pair for name, value in address.items() for pair in _taken_apart(name, value)]
    # No value of ours holds =: mail puts it where it breaks a line.
    found = {name: _BEHIND.sub("", value.replace("=", "")) for name, value in pairs if name}
    return _without_quoting(found)


def _taken_apart(name: str, value: str) -> Iterator[tuple[str, str]]:
    """A parameter, or those that an escaped & or = has made one of."""
    name, value = (_unescaped(text) for text in (name, value))
    whole = f"{name}={value}" if value else name
    if "&" in whole:
        for one, other in parse_qsl(whole.lstrip("?"), keep_blank_values=True):
            yield _name(one), other
    else:
        yield _whole_name(*(whole.lstrip("?").partition("=")[::2]))


def _unescaped(text: str) -> str:
    for _ in range(_TIMES):
        if not _ESCAPED.search(text):
            break
        text = unquote(text)
    return _BLANK.sub("", text)


def _whole_name(name: str, value: str) -> tuple[str, str]:
    """A name that was broken off: st=ep=Wv_f was step=Wv_f, and am=p;t=3 was t=3."""
    rest, sign, after = value.partition("=")
    joined = name + rest
    is_one = _AND.match(joined) or _name(joined) in RESERVED
    if sign and is_one and not (_AND.match(name) or _name(name) in RESERVED):
        return _name(joined), after
    return _name(name), value


def _name(text: str) -> str:
    return re.sub(r"[^a-z_]", "", _AND.sub("", text))


def _without_quoting(found: dict[str, str]) -> dict[str, str]:
    """Each = as =3D, of which the browser has taken the =."""
    filled = [value for value in found.values() if value]
    if not all(value.startswith("3D") for value in filled) or _is_code(filled):
        return found
    return {name: value.removeprefix("3D") for name, value in found.items()}


def _is_code(values: list[str]) -> bool:
    return len(values) == 1 and bool(_CODE.fullmatch(values[0]))
