"""Which names belong together: the arrays of one layer and direction, by their names alone."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lstm_core.frameworks.layouts import Framework

_BACKWARD = re.compile(r"(?:^|/)backward_")
_DIRECTION = re.compile(r"(?:^|/)(?:for|back)ward_[^/]*")
_NUMBERED = r"(?:_l(?P<layer>[0-9]{1,4})(?P<reverse>_reverse)?)?"
_PLAIN = "(?P<layer>)(?P<reverse>)"
_Key = tuple[str, int | None, str]  # place, layer, direction


@dataclass(frozen=True)
class Group:
    """Arrays that belong together: `names` gives the full name for each plain one."""

    place: str
    layer: int | None
    direction: str
    names: Mapping[str, str]


def flat(arrays: Mapping[Any, Any] | Sequence[Any], place: str = "") -> dict[str, Any]:
    """Return arrays by name: a dict within a dict is parted by "/", a list is numbered from 0."""
    pairs: Iterable[tuple[Any, Any]]
    pairs = arrays.items() if isinstance(arrays, Mapping) else enumerate(arrays)
    found: dict[str, Any] = {}
    for name, value in pairs:
        deeper = isinstance(value, Mapping)
        found |= flat(value, f"{place}{name}/") if deeper else {f"{place}{name}": value}
    return found


def nested(arrays: Mapping[str, Any]) -> dict[str, Any]:
    """Return the dicts within a dict that `flat` made one of."""
    found: dict[str, Any] = {}
    for name, value in arrays.items():
        *places, last = name.split("/")
        inner = found
        for place in places:
            inner = inner.setdefault(place, {})
        inner[last] = value
    return found


def groups(framework: Framework, names: Iterable[str]) -> list[Group]:
    """Return the names that this framework could have given, one group a layer and direction."""
    found: dict[_Key, dict[str, str]] = {}
    for name, key, plain in _readings(framework, names):
        found.setdefault(key, {}).setdefault(plain, name)
    return [Group(*key, plain) for key, plain in sorted(found.items(), key=_natural)]


def _readings(framework: Framework, names: Iterable[str]) -> Iterator[tuple[str, _Key, str]]:
    """Give each name that can be read, with where it belongs and its plain name."""
    if framework.spelled:
        stems = {*framework.stems}
        for name, (place, plain) in framework.spelled(names).items():
            if plain in stems:
                yield name, (place, None, "forward"), plain
        return
    pattern = _pattern(framework)
    for name in names:
        for key, plain in _read(framework, pattern, name):
            yield name, key, plain


def _read(framework: Framework, pattern: re.Pattern[str], name: str) -> Iterator[tuple[_Key, str]]:
    """Give place, layer and direction, and the plain name, where the name is one of these."""
    text = name.replace(".", "/").removesuffix(":0")
    if found := pattern.fullmatch(text):
        place, stem = found["place"], found["stem"]
        backward = found["reverse"] or _BACKWARD.search(place)
        layer = int(found["layer"]) if found["layer"] else None
        key = name[: len(place)], layer, "reverse" if backward else "forward"
        yield key, framework.aliases.get(stem, stem)


def _pattern(framework: Framework) -> re.Pattern[str]:
    stems = "|".join(map(re.escape, framework.stems))
    ending = _NUMBERED if framework.numbered else _PLAIN
    return re.compile(f"(?P<place>(?:.*[{framework.joints}])?)(?P<stem>{stems}){ending}")


def full_name(framework: Framework, name: str, layer: int | None, direction: str) -> str:
    """Return the name of an array with its layer and direction, where the framework says them."""
    if direction not in ("forward", "reverse"):
        raise ValueError(f"direction must be forward or reverse; given “{direction:.40}”.")
    if not framework.numbered or layer is None:
        return name
    return f"{name}_l{layer}{'_reverse' if direction == 'reverse' else ''}"


def _natural(item: tuple[_Key, object]) -> tuple[list[str | int], int, str]:
    """Sort lstm_2 before lstm_10."""
    place, layer, direction = item[0]
    return in_order(without_direction(place)), -1 if layer is None else layer, direction


def in_order(place: str) -> list[str | int]:
    """Return a key that sorts names with numbers in them as people do."""
    return [int(part) if k % 2 else part for k, part in enumerate(re.split("([0-9]{1,9})", place))]


def without_direction(place: str) -> str:
    """Return a place without the part that tells forward from backward, as in Bidirectional."""
    return _DIRECTION.sub("/", place)


def readable(name: str) -> str:
    """Return a name as a sentence can show it: printable, and its last 60 letters at most."""
    printable = "".join(c if c.isprintable() else "�" for c in name[-60:])
    return f"…{printable}" if len(name) > 60 else printable
