"""Which recurrent layers there are among many arrays, in whose layout, and how large."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from lstm_core.cells import CELLS
from lstm_core.frameworks.by_hand import BY_HAND
from lstm_core.frameworks.fit import Fit, Shape, check_fit, fitted
from lstm_core.frameworks.frameworks import FRAMEWORKS
from lstm_core.frameworks.layouts import Framework, Layout
from lstm_core.frameworks.names import Group, flat, groups, in_order, readable, without_direction
from lstm_core.frameworks.numbered import numbered

Wanted = tuple[int, str, str | None]  # layer, direction, and place where it has to be said

READABLE: Mapping[str, Framework] = MappingProxyType(
    {**FRAMEWORKS, "onnx, numbered": replace(FRAMEWORKS["onnx"], spelled=numbered), **BY_HAND}
)
_SHOWN = 6  # names or layers in a sentence
_KINDS = {"lstm": "LSTM", "gru": "GRU", "rnn": "plain RNN", "peephole": "LSTM with peepholes"}
_KINDS |= {"coupled": "coupled LSTM", "no": "LSTM without forget gate"}


@dataclass(frozen=True)
class FoundLayer:
    """A recurrent layer among the arrays: n units, m inputs; `names` gives each array's full name.

    `cell` is the name of our cell; `place` is what stands before the names; `layer` counts from 0,
    by the names where they say it, else in the order of the places; `direction` is "forward" or
    "reverse", and `directions` is 2 where the same arrays hold both.
    """

    framework: str
    cell: str
    place: str
    layer: int
    direction: str
    n: int
    m: int
    names: Mapping[str, str]
    directions: int = 1
    r: int | None = None  # how many entries h has, where a projection makes them

    @property
    def sizes(self) -> dict[str, int]:
        """n, m and, with a projection, r."""
        return {"n": self.n, "m": self.m} | ({"r": self.r} if self.r else {})

    @property
    def index(self) -> int:
        """Which of the directions it is that one array holds, counted from 0."""
        return int(self.direction == "reverse" and self.directions == 2)

    @property
    def title(self) -> str:
        """What to call it in a list: framework, kind, layer, direction, sizes and place."""
        kind = _KINDS.get(self.cell.split("_")[0], CELLS[self.cell].title)
        words = f"{READABLE[self.framework].title} {kind}, layer {self.layer}, {self.direction}"
        place = self.place.strip("/._:").removesuffix("/cell/vars")
        sizes = ", ".join(f"{letter} = {size}" for letter, size in self.sizes.items())
        return f"{words}: {sizes}" + (f" ({place})" if place else "")


def find_layers(
    arrays: Mapping[str, Any] | Sequence[Any],
    framework: str | None = None,
    cell: str | None = None,
) -> list[FoundLayer]:
    """Return every recurrent layer, guessed from names and shapes, in the order of their names.

    `framework` and `cell` ("gru", or exactly "gru_before") narrow the search.
    """
    given = flat(arrays)
    if framework:
        return _layers(framework, given, cell, guessing=False)
    return _likeliest([f for key in READABLE for f in _layers(key, given, cell, guessing=True)])


def _likeliest(every: list[FoundLayer]) -> list[FoundLayer]:
    """Of the frameworks that could have given an array, keep the one that explains most names."""
    taken: set[str] = set()
    kept: set[int] = set()  # two directions may share their names
    for found in sorted(every, key=lambda found: -len(found.names)):
        if id(found.names) in kept or taken.isdisjoint(found.names.values()):
            kept.add(id(found.names))
            taken.update(found.names.values())
    return [found for found in every if id(found.names) in kept]


def _layers(
    key: str, given: Mapping[str, Any], cell: str | None, guessing: bool
) -> list[FoundLayer]:
    framework = framework_named(key)
    fits = []
    for group in groups(framework, given):
        if guessing and framework.inside not in group.place.lower():
            continue
        try:
            fits.append((group, group_fit(framework, group, given, cell)))
        except ValueError:
            continue  # another layer's kernel and bias, say: no recurrent layer
    places = sorted({without_direction(group.place) for group, _ in fits}, key=in_order)
    return [found for group, fit in fits for found in _found(key, group, fit, places)]


def _found(key: str, group: Group, fit: Fit, places: list[str]) -> Iterator[FoundLayer]:
    rank = places.index(without_direction(group.place))
    layer = rank if group.layer is None else group.layer
    n, m, d = (fit.sizes[letter] for letter in "nmd")
    for direction in ("forward", "reverse") if d == 2 else (group.direction,):
        cell, r = fit.layout.cell, fit.sizes.get("r")
        yield FoundLayer(key, cell, group.place, layer, direction, n, m, group.names, d, r)


def the_layer(
    key: str, given: Mapping[str, Any], cell: str | None, wanted: Wanted
) -> tuple[FoundLayer, Layout]:
    """Return the one layer that is wanted, and its layout; ValueError, saying why, for none."""
    framework = framework_named(key)
    every = find_layers(given, key, cell)
    layer, direction, place = wanted
    meant = [f for f in every if f.direction == direction and place in (None, f.place)]
    if place is None or framework.numbered:  # else the place says it: other cells are not counted
        meant = [f for f in meant if f.layer == layer]
    if not meant:
        raise ValueError(_why_none(framework, given, cell, wanted, every))
    if len(meant) > 1:
        places = ", ".join(readable(found.place) for found in meant[:_SHOWN])
        raise ValueError(f"Layer {layer}, {direction}, is in {len(meant)} places: {places}.")
    return meant[0], next(x for x in framework.layouts if x.cell == meant[0].cell)


def _why_none(
    framework: Framework,
    given: Mapping[str, Any],
    cell: str | None,
    wanted: Wanted,
    every: Sequence[FoundLayer],
) -> str:
    layer, direction, place = wanted
    for group in groups(framework, given):
        if not every or group.layer == layer:
            try:
                group_fit(framework, group, given, cell)
            except ValueError as error:
                return str(error)
    if every:
        there = "; ".join(readable(found.title) for found in every[:_SHOWN])
        where = f" in {readable(place)}" if place is not None else ""
        return f"There is no layer {layer}, {direction}{where}; there is {there}."
    expected = ", ".join(source.name for source in framework.layouts[0].sources[:_SHOWN])
    names = ", ".join(readable(name) for name in [*given][:_SHOWN]) or "nothing"
    like = "".join(f", as in {READABLE[f.framework].title}" for f in find_layers(given)[:1])
    return f"No weights of {framework.title} are here: expected {expected}; given {names}{like}."


def framework_named(key: str) -> Framework:
    """Return the framework; ValueError, naming those that there are."""
    if key not in READABLE:
        raise ValueError(f"The framework must be one of {', '.join(FRAMEWORKS)}.")
    return READABLE[key]


def group_fit(
    framework: Framework, group: Group, given: Mapping[str, Any], cell: str | None
) -> Fit:
    """Return how a group of arrays fits; ValueError, naming what is wrong, where it does not."""
    arrays = {plain: given[name] for plain, name in group.names.items()}
    loose = loosened(arrays) if framework.loose else arrays
    shapes = {plain: _shape(group.names[plain], array) for plain, array in loose.items()}
    fit = fitted(framework, shapes, cell)
    check_fit(fit, shapes, group.names)
    return fit


def loosened(arrays: Mapping[str, Any]) -> dict[str, Any]:
    """Return b as vectors where they are columns or rows, and W as matrices where they are lists.

    A list is cut into as many rows as there are entries in a b.
    """
    found = {name: np.asarray(array) for name, array in arrays.items()}
    for name, array in found.items():
        if name[0] in "bp" and array.ndim == 2 and 1 in array.shape:
            found[name] = array.reshape(-1)
    sizes = [len(array) for name, array in found.items() if name[0] == "b" and array.ndim == 1]
    rows = max(sizes, key=sizes.count, default=0)
    for name, array in found.items():
        if name[0] == "W" and array.ndim == 1 and rows and len(array) % rows == 0:
            found[name] = array.reshape(rows, -1)
    return found


def alternatives(arrays: Mapping[str, Any] | Sequence[Any], found: FoundLayer) -> list[FoundLayer]:
    """Return every way to read the arrays of a layer, the likeliest first: other cells, layouts.

    More than one where names and shapes do not say which it is.
    """
    given = flat(arrays)
    ways = [found]
    for key, framework in READABLE.items():
        for cell in dict.fromkeys(layout.cell for layout in framework.layouts):
            ways += [
                other
                for other in _layers(key, given, cell, guessing=True)
                if other.cell == cell
                and {*other.names.values()} == {*found.names.values()}
                and other.direction == found.direction
                and (other.framework, other.cell) not in {(w.framework, w.cell) for w in ways}
            ]
    return ways


def why_none(arrays: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return why no layer was found, in a sentence on the arrays that come nearest to one."""
    given = flat(arrays)
    reasons: dict[str, int] = {}
    for framework in READABLE.values():
        for group in groups(framework, given):
            if framework.inside in group.place.lower():
                try:
                    group_fit(framework, group, given, None)
                except ValueError as error:
                    reasons.setdefault(str(error), len(group.names))
    if reasons:
        return max(reasons, key=lambda reason: reasons[reason])
    names = ", ".join(readable(name) for name in [*given][:_SHOWN]) or "nothing"
    return (
        "No recurrent layer was found in this file: expected the names of a framework, such as "
        f"weight_ih_l0 or kernel, or W_f and b_f; given {names}."
    )


def _shape(name: str, array: Any) -> Shape:
    try:
        return tuple(np.shape(array))
    except ValueError:
        raise ValueError(f"{name} must have as many numbers in each row.") from None
