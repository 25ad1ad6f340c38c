"""Weights from other frameworks and back: gate order, transposition, one bias or two.

A Conversion tells it block by block; the parameters are put together from that same table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from numpy.typing import ArrayLike

from lstm_core.cell import Order
from lstm_core.cells import cell_named, concat
from lstm_core.exercise.parts import as_array
from lstm_core.frameworks.blocks import WeightBlock, blocks, gathered, scattered
from lstm_core.frameworks.find import FoundLayer, find_layers, framework_named, loosened, the_layer
from lstm_core.frameworks.layouts import Framework, Gates, Layout, in_numbers, is_weight, letters
from lstm_core.frameworks.names import flat, full_name, nested
from lstm_core.frameworks.part import checked_range, left_out, part_of
from lstm_core.lesson.words import words
from lstm_core.ops import Array
from lstm_core.shapes import expect

__all__ = [
    "Conversion",
    "FoundLayer",
    "WeightBlock",
    "conversion_of",
    "describe_conversion",
    "find_layers",
]
__all__ += ["from_framework", "named_arrays", "to_framework"]

_READOUT = ("W_y", "b_y")


@dataclass(frozen=True, eq=False)
class Conversion:
    """How the arrays of one layer become our parameters.

    `blocks` tell it rectangle by rectangle, for the whole layer, whose `arrays` are here by their
    full names; `params` are the result, for the chosen `units` and `inputs`. `gates` pairs the
    framework's gates, in its order, with ours; `board` has ours in the order of the board. `notes`
    say what is done differently there, `left_out` what the choice leaves out, a sentence each.
    """

    found: FoundLayer
    order: Order
    gates: Gates
    board: tuple[str, ...]
    blocks: tuple[WeightBlock, ...]
    arrays: Mapping[str, Array]
    params: Mapping[str, Array]
    units: range
    inputs: range
    notes: tuple[str, ...]
    left_out: tuple[str, ...]


def from_framework(
    framework: str, arrays: Mapping[str, Any] | Sequence[ArrayLike], **options: Any
) -> dict[str, Array]:
    """Return our parameters, {"W_f": (n, n+m), "b_f": (n,), …}, from a framework's arrays.

    `arrays` have the framework's own names, with whatever stands before them; the shapes tell
    which cell it is. The options are those of `describe_conversion`. Raises ValueError, naming the
    array, the shape that was expected, in letters and in numbers, and the shape given.
    """
    return dict(describe_conversion(framework, arrays, **options).params)


def describe_conversion(
    framework: str,
    arrays: Mapping[str, Any] | Sequence[ArrayLike],
    *,
    cell: str | None = None,
    layer: int = 0,
    direction: str = "forward",
    place: str | None = None,
    units: range | None = None,
    inputs: range | None = None,
    order: Order = "hx",
) -> Conversion:
    """Return how a framework's arrays become our parameters, block by block.

    Parameters
    ----------
    framework : "pytorch", "keras", "onnx", "flax", or another key of FRAMEWORKS.
    arrays : its arrays by its own names; dicts may be nested (Flax), a list is get_weights (Keras).
    cell : "lstm", "gru" or "rnn", or exactly the name of our cell, such as "gru_before"; where it
        is None, and the shapes suit several, the framework's own default is taken.
    layer, direction, place : which one, where there are several; as `find_layers` tells them.
    units, inputs : ranges, from 0, that keep a part of a large layer.
    order : "hx" or "xh", the order of the columns of every W.
    """
    concat(order)
    given = flat(arrays)
    found, layout = the_layer(framework, given, cell, (layer, direction, place))
    units = checked_range("units", units, found.n)
    inputs = checked_range("inputs", inputs, found.m)
    sizes = {**found.sizes, "d": found.index}
    ours = _arrays_of(framework, given, found)
    table = blocks(layout, sizes, order, ours)
    whole = gathered(layout.cell, sizes, table, ours)
    for name, more in layout.added.items():
        whole[name] += more
    return Conversion(
        found=found,
        order=order,
        gates=layout.gates,
        board=_board(layout),
        blocks=tuple(replace(block, source=found.names[block.source]) for block in table),
        arrays=MappingProxyType({found.names[plain]: array for plain, array in ours.items()}),
        params=MappingProxyType(part_of(whole, order, found.m, units, inputs)),
        units=units,
        inputs=inputs,
        notes=_notes(layout, ours),
        left_out=left_out(found.n, found.m, units, inputs),
    )


def _arrays_of(framework: str, given: Mapping[str, Any], found: FoundLayer) -> dict[str, Array]:
    """The layer's own arrays, by their plain names."""
    own = {plain: given[name] for plain, name in found.names.items()}
    own = loosened(own) if framework_named(framework).loose else own
    return {plain: as_array(found.names[plain], array) for plain, array in own.items()}


def conversion_of(
    arrays: Mapping[str, Any],
    found: FoundLayer,
    units: range | None = None,
    inputs: range | None = None,
    order: Order = "hx",
) -> Conversion:
    """Return `describe_conversion` of a layer that `find_layers` found among the arrays."""
    return describe_conversion(
        found.framework,
        arrays,
        cell=found.cell,
        layer=found.layer,
        direction=found.direction,
        place=found.place,
        units=units,
        inputs=inputs,
        order=order,
    )


def _board(layout: Layout) -> tuple[str, ...]:
    names = cell_named(layout.cell, "hx").params
    return tuple(name[2:] for name in names if name.startswith("W_") and name != "W_p")


def _notes(layout: Layout, names: Mapping[str, Array]) -> tuple[str, ...]:
    biases = [s.name for s in layout.sources if not is_weight(layout, s)]
    return (
        layout.notes
        if {*biases} & {*names}
        else (*layout.notes, words("frameworks").text("notes", "no biases"))
    )


def to_framework(
    framework: str,
    params: Mapping[str, ArrayLike],
    *,
    order: Order = "hx",
    layer: int | None = 0,
    direction: str = "forward",
) -> dict[str, Any]:
    """Return the framework's arrays, by its own names, from our parameters.

    Where it adds two biases, the first is b and the second 0, so `from_framework` gives exactly
    our parameters again. `order` is that of the columns of every W. For PyTorch, layer None gives
    the names of a cell (weight_ih), a number those of a layer (weight_ih_l0); Flax's dicts are
    nested, as it has them. A read-out is no part of the layer, and is left out. Raises ValueError
    where the framework has no such cell, or where a shape does not fit.
    """
    arrays = named_arrays(framework, params, order=order, layer=layer, direction=direction)
    return nested(arrays) if framework_named(framework).nested else dict(arrays)


def named_arrays(
    framework: str,
    params: Mapping[str, ArrayLike],
    *,
    order: Order = "hx",
    layer: int | None = 0,
    direction: str = "forward",
) -> dict[str, Array]:
    """Return what `to_framework` does, as one flat dict: for a file."""
    concat(order)
    there = framework_named(framework)
    ours = {name: as_array(name, values) for name, values in params.items()}
    layout = _layout(there, [name for name in ours if name not in _READOUT])
    sizes = _sizes(layout, ours)
    if there.short_h and sizes.get("r") == sizes["n"]:
        known = {"framework": there.title, "n": sizes["n"]}
        raise ValueError(words("frameworks").text("refused", "short h", known))
    shapes = {
        source.name: tuple(in_numbers(axis, sizes) for axis in letters(layout, source))
        for source in layout.sources
    }
    stored = {name: array - layout.added.get(name, 0.0) for name, array in ours.items()}
    table = blocks(layout, {**sizes, "d": 0}, order, shapes)
    arrays = scattered(table, stored, shapes)
    return {full_name(there, name, layer, direction): array for name, array in arrays.items()}


def _layout(framework: Framework, names: Sequence[str]) -> Layout:
    for layout in framework.layouts:
        if {*cell_named(layout.cell, "hx").params} == {*names}:
            return layout
    known = ", ".join(dict.fromkeys(layout.cell for layout in framework.layouts))
    raise ValueError(
        f"{framework.title} has no cell with {', '.join(names) or 'no parameters'}; "
        f"expected the parameters of one of {known}."
    )


def _sizes(layout: Layout, ours: Mapping[str, Array]) -> dict[str, int]:
    """What most arrays say n and m are: one wrong array is blamed, and not the others."""
    names = cell_named(layout.cell, "hx").params
    rows = [ours[name].shape[:1] for name in names]
    n = max(rows, key=rows.count)
    widths = [ours[name].shape[1:] for name in names if name.startswith("W_") and name != "W_p"]
    width = max(widths, key=widths.count)
    sizes = {"n": n[0] if n else 1, "d": 1}
    if "W_p" in ours:
        sizes["r"] = len(ours["W_p"])
    of_h = sizes.get("r", sizes["n"])
    sizes["m"] = max(1, width[0] - of_h if width else 1)
    for name in names:
        expect(name, ours[name].shape, sizes)
    return sizes
