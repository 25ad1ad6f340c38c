"""A conversion, block by block: which rectangle of whose array is which part of which of ours.

One table of blocks serves both directions, and it is what the page shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, product

import numpy as np

from lstm_core.cell import Order
from lstm_core.cells import cell_named
from lstm_core.frameworks.layouts import Layout, Segment, Source, segments
from lstm_core.ops import Array
from lstm_core.shapes import shape_in

Sizes = Mapping[str, int]
Ranges = tuple[range, ...]
_Placed = tuple[Segment, range]


@dataclass(frozen=True)
class WeightBlock:
    """A rectangle of the array `source`, and where it goes.

    `place` is a range for each axis of `source`, `into` one for each axis of `target`, counted
    from 0. `gate` is the framework's name of the gate; `part` is "h" or "x" for the columns of a
    W, "bias", "peephole" or "projection". Where `transposed`, rows become columns. Blocks with the
    same `target` and `into` are added up.
    """

    source: str
    place: Ranges
    gate: str
    transposed: bool
    target: str
    part: str
    into: Ranges

    @property
    def sentence(self) -> str:
        """The block in one line of plain words; entries count from 1."""
        words = (("row", "rows"), ("column", "columns")) if len(self.into) > 1 else _ENTRIES
        into = ", ".join(_counted(*word, r) for word, r in zip(words, self.into, strict=True))
        turned = ", transposed" if self.transposed else ""
        place = ", ".join(map(span, self.place))
        return f"{self.source}[{place}]{turned} → {self.target}, {into}"


_ENTRIES = (("entry", "entries"),)


def _counted(one: str, many: str, along: range) -> str:
    return f"{one if len(along) == 1 else many} {span(along)}"


def span(along: range) -> str:
    """Return which rows or entries a range is, counted from 1: 3 to 5, or 3 alone."""
    first, last = along.start + 1, along.stop
    return f"{first}" if first == last else f"{first} to {last}"


def blocks(
    layout: Layout, sizes: Sizes, order: Order, names: Iterable[str]
) -> tuple[WeightBlock, ...]:
    """Return the blocks of the arrays in `names`: `sizes` holds n, m, and d for the direction.

    `d` is which of the directions is meant, counted from 0.
    """
    present = [source for source in layout.sources if source.name in set(names)]
    return tuple(block for source in present for block in _of(layout, source, sizes, order))


def _of(layout: Layout, source: Source, sizes: Sizes, order: Order) -> Iterable[WeightBlock]:
    theirs = {ours: name for name, ours in layout.gates}
    axes = [_placed(segments(layout, source, axis), sizes) for axis in source.axes]
    for parts in product(*axes):
        found = [part for part, _ in parts]
        gate = next(part.gate for part in found if part.gate)
        side = next((part.side for part in found if part.side), "")
        role = next(part.role for part in found if part.role)
        target = _target(layout.cell, gate, side, role)
        is_rows = [bool(part.gate) for part in found if part.gate or part.role == "column"]
        yield WeightBlock(
            source=source.name,
            place=tuple(place for _, place in parts),
            gate=theirs.get(gate, ""),
            transposed=is_rows == [False, True],
            target=target,
            part=side if role == "column" else role,
            into=_into(role, side, sizes, order),
        )


def _placed(parts: Sequence[Segment], sizes: Sizes) -> list[_Placed]:
    """Lay the stretches of an axis one after another; of the directions, take the one meant."""
    if parts[0].letter == "d":
        return [(parts[0], range(sizes["d"], sizes["d"] + 1))]
    ends = accumulate((sizes.get(part.letter, 1) for part in parts), initial=0)
    places = (range(start, stop) for start, stop in pairwise(ends))
    return list(zip(parts, places, strict=True))


def _target(cell: str, gate: str, side: str, role: str) -> str:
    if cell == "gru_after" and (gate, side, role) == ("h", "h", "bias"):
        return "b_hh"
    return {"column": "W_", "bias": "b_", "peephole": "p_", "projection": "W_"}[role] + gate


def _into(role: str, side: str, sizes: Sizes, order: Order) -> Ranges:
    n, m = sizes["n"], sizes["m"]
    r = sizes.get("r", n)
    if role == "projection":
        return range(r), range(n)
    if role != "column":
        return (range(n),)
    size = r if side == "h" else m
    start = 0 if order.startswith(side) else r + m - size
    return range(n), range(start, start + size)


def gathered(
    cell: str, sizes: Sizes, table: Sequence[WeightBlock], arrays: Mapping[str, Array]
) -> dict[str, Array]:
    """Return our parameters, put together from the blocks; what no block fills is 0."""
    params = _empty(cell, sizes)
    seen = set()
    for block in table:
        piece = _taken(block, arrays[block.source])
        at = np.ix_(*block.into)
        again = (block.target, block.into) in seen
        params[block.target][at] = params[block.target][at] + piece if again else piece
        seen.add((block.target, block.into))
    return params


def _empty(cell: str, sizes: Sizes) -> dict[str, Array]:
    names = cell_named(cell, "hx").params
    return {name: np.zeros(shape_in(name, sizes)) for name in names}


def _taken(block: WeightBlock, array: Array) -> Array:
    """The rectangle as ours has it: axes of one direction or one row go, the others may turn."""
    shape = [len(along) for along in block.into]
    piece = array[np.ix_(*block.place)]
    return piece.reshape(shape[::-1]).T if block.transposed else piece.reshape(shape)


def scattered(
    table: Sequence[WeightBlock], params: Mapping[str, Array], shapes: Mapping[str, tuple[int, ...]]
) -> dict[str, Array]:
    """Return the framework's arrays; where two blocks are added up, the second is 0."""
    arrays = {name: np.zeros(shape) for name, shape in shapes.items()}
    seen = set()
    for block in table:
        if (block.target, block.into) not in seen:
            piece = params[block.target][np.ix_(*block.into)]
            turned = piece.T if block.transposed else piece
            shape = [len(along) for along in block.place]
            arrays[block.source][np.ix_(*block.place)] = turned.reshape(shape)
        seen.add((block.target, block.into))
    return arrays
