"""Whether a group of arrays fits a layout, and in which sizes; if not, which array is to blame."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from lstm_core.frameworks.layouts import (
    Framework,
    Layout,
    Letters,
    Source,
    in_letters,
    in_numbers,
    is_weight,
    letters,
)
from lstm_core.frameworks.names import readable
from lstm_core.shapes import written

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Fit:
    """A layout with the sizes n, m and d (directions) that suit most of the arrays.

    `suited` counts those; `knows_m` is whether one of them has m in its shape.
    """

    layout: Layout
    sizes: Mapping[str, int]
    suited: int
    knows_m: bool
    missing: tuple[str, ...]


def fitted(framework: Framework, shapes: Mapping[str, Shape], cell: str | None = None) -> Fit:
    """Return the layout and the sizes of arrays whose `shapes` are given by their plain names.

    `cell` narrows the choice: "gru", or exactly "gru_before". Raises ValueError, naming the array
    and both shapes, where nothing fits.
    """
    layouts = [layout for layout in framework.layouts if not cell or _is(layout.cell, cell)]
    if not layouts:
        known = ", ".join(layout.cell for layout in framework.layouts)
        raise ValueError(f"{framework.title} has no cell “{cell:.40}” here, only {known}.")
    holding = [layout for layout in layouts if {*shapes} <= {s.name for s in layout.sources}]
    if not holding:
        raise ValueError(f"{', '.join(shapes)} do not belong to one cell of {framework.title}.")
    return max(
        (_fit(layout, shapes) for layout in holding), key=lambda f: (not f.missing, f.suited)
    )


def _is(cell: str, wanted: str) -> bool:
    return cell == wanted or cell.split("_")[0] == wanted


def _fit(layout: Layout, shapes: Mapping[str, Shape]) -> Fit:
    given = [(letters(layout, s), shapes[s.name]) for s in layout.sources if s.name in shapes]

    def suited(sizes: Mapping[str, int]) -> list[tuple[Letters, ...]]:
        return [axes for axes, shape in given if _expected(axes, sizes) == shape]

    sizes = max(_guesses(given), key=lambda sizes: len(suited(sizes)))
    fits = suited(sizes)
    knows_m = any("m" in axis for axes in fits for axis in axes)
    return Fit(layout, sizes, len(fits), knows_m, _missing(layout, shapes))


def _expected(axes: Sequence[Letters], sizes: Mapping[str, int]) -> Shape:
    return tuple(in_numbers(axis, sizes) for axis in axes)


def _guesses(given: Sequence[tuple[tuple[Letters, ...], Shape]]) -> Iterator[dict[str, int]]:
    """Every n and m that at least one axis speaks for: so one wrong array is blamed, not all."""
    pairs = [
        pair
        for axes, shape in given
        if len(axes) == len(shape)
        for pair in zip(axes, shape, strict=True)
    ]
    d = max([1, *(size for axis, size in pairs if "d" in axis and size <= 2)])
    ns = {size // axis["n"] for axis, size in pairs if {*axis} == {"n"} and not size % axis["n"]}
    rs = {size for axis, size in pairs if {*axis} == {"r"}}
    for n, r in product(sorted(ns - {0}) or [1], sorted(rs - {0}) or [0]):
        ms = {size - n * axis["n"] - r * axis["r"] for axis, size in pairs if "m" in axis}
        known = {"n": n, "d": d} | ({"r": r} if r else {})
        yield from (known | {"m": m} for m in sorted(m for m in ms if m > 0) or [1])


def _missing(layout: Layout, names: Collection[str]) -> tuple[str, ...]:
    """What the cell cannot do without: all its weights, and all its biases where it has one."""
    weights = [s.name for s in layout.sources if is_weight(layout, s)]
    biases = [s.name for s in layout.sources if s.name not in weights]
    needed = [*weights, *(biases if {*biases} & {*names} else ())]
    return tuple(name for name in needed if name not in names)


def check_fit(fit: Fit, shapes: Mapping[str, Shape], names: Mapping[str, str]) -> None:
    """Raise ValueError, in one plain sentence, unless every array is there and has its shape.

    `names` gives the full names of the arrays.
    """
    if fit.missing:
        given = ", ".join(map(readable, names.values()))
        needed = ", ".join(source.name for source in fit.layout.sources)
        first = next(s for s in fit.layout.sources if s.name == fit.missing[0])
        raise ValueError(
            f"{first.name} is missing: expected {needed}, of which {first.name} is "
            f"{_shape_words(fit, first)}; given {given}."
        )
    for source in fit.layout.sources:
        if source.name in shapes:
            _check_shape(fit, source, shapes[source.name], names[source.name])


def _check_shape(fit: Fit, source: Source, given: Shape, name: str) -> None:
    axes = letters(fit.layout, source)
    if given == _expected(axes, fit.sizes):
        return
    expected = tuple(_axis_length(axis, fit) for axis in axes)
    transposed = len(given) == 2 and all(map(_matches, expected, given[::-1]))
    known = ", ".join(f"{letter} = {fit.sizes[letter]}" for letter in "nm"[: 1 + fit.knows_m])
    hint = ": it is transposed" if transposed else ""
    raise ValueError(
        f"{readable(name)} must be {written(tuple(map(in_letters, axes)))} = {written(expected)} "
        f"({known}); given {written(given) or 'a single number'}{hint}."
    )


def _shape_words(fit: Fit, source: Source) -> str:
    """The shape of an array in letters and numbers: 4n × m = 16 × 3."""
    axes = letters(fit.layout, source)
    lengths = tuple(_axis_length(axis, fit) for axis in axes)
    return f"{written(tuple(map(in_letters, axes)))} = {written(lengths)}"


def _axis_length(axis: Letters, fit: Fit) -> int | str:
    """How long an axis must be; where only this array could tell m, in letters."""
    if "m" not in axis or fit.knows_m:
        return in_numbers(axis, fit.sizes)
    other = in_numbers(Counter({k: v for k, v in axis.items() if k != "m"}), fit.sizes)
    return f"{other}+m" if other else "m"


def _matches(expected: int | str, given: int) -> bool:
    return expected in (given, "m")
