"""Columns are toggles: what each entry of v adds to a pre-activation, through its column of W.

W·v = Σ_k v_k·(column k of W): each entry pushes every unit up or down, and the bias sets where the
sum starts. The pushes and what is added beside them make z again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.looks.activations import activated
from lstm_core.ops import (
    ADD,
    CONCAT,
    HADAMARD,
    MATVEC,
    MATVEC_FIRST,
    MATVEC_LAST,
    Array,
    columns,
)
from lstm_core.trace import Address, Trace
from lstm_core.variants.ops import LEFT_OUT

_PRODUCTS = (MATVEC, MATVEC_FIRST, MATVEC_LAST)


class Part(NamedTuple):
    """Neighbouring columns that meet one vector: the h part, the x part."""

    name: str
    start: int
    stop: int


@dataclass(frozen=True, eq=False)
class Contributions:
    """A pre-activation z (n,) taken apart: Σ_k values[k]·slopes[:, k] + Σ others."""

    z: str
    entries: tuple[Address, ...]  # where each multiplier stands: v[0], v[1], …
    weights: tuple[tuple[str, int], ...]  # where each column stands: the matrix and the column
    values: Array  # (k,), the entries' numbers
    slopes: Array  # (n, k): how much z grows with an entry; W itself, but for GRU's inner product
    others: Mapping[str, Array]  # what is added beside the columns, each (n,): b_f, pC_f
    parts: tuple[Part, ...]
    scales: Mapping[str, str]  # what a gate multiplies afterwards: {"h_prev": "r", "b_hh": "r"}

    @property
    def pushes(self) -> Array:
        """What each column adds to each unit, (n, k)."""
        with np.errstate(all="ignore"):  # an overflow is a value to show
            return self.slopes * self.values


def gates(cell: Cell) -> dict[str, str]:
    """Return the squashed sums over v by their letter: {"f": "f", "i": "i", "C": "C_tilde", …}."""
    return {
        step.inputs[0][2:]: step.name
        for step in cell.steps
        if step.inputs[0][:2] == "z_" and step.name != "y" and _squashes_a_sum(cell, step)
    }


def _squashes_a_sum(cell: Cell, step: Step) -> bool:
    """Return whether a step is an activation of a sum with a product in it, as W_f·v + b_f."""
    addends = _addends(cell, step.inputs[0], "") if step in activated(cell) else ()
    return any(_is_product(cell, name) for name, _ in addends)


def contributions(trace: Trace, t: int, gate: str) -> Contributions:
    """Take the pre-activation of a gate apart at time step t; KeyError where there is no such gate.

    Where a product is scaled afterwards, as in the GRU whose reset comes after the product, the
    scale is in the slopes, and what it scales is held to be a constant.
    """
    z = trace.cell[gate].inputs[0]
    with np.errstate(all="ignore"):  # an overflow is a value to show
        addends = list(_addends(trace.cell, z, ""))
        products = [_product(trace, t, *one) for one in addends if _is_product(trace.cell, one[0])]
        rest = [one for one in addends if not _is_product(trace.cell, one[0])]
        others = {name: trace[t, name] * _scale(trace, t, scale) for name, scale in rest}
    # In the order of the columns of W: those for h may come first in v, and second in the table.
    products.sort(key=lambda found: found.weights[0][1])
    nothing = np.zeros((len(trace[t, z]), 0))
    scales = {name: scale for name, scale in rest if scale}
    start = Contributions(z, (), (), np.zeros(0), nothing, others, (), scales)
    return reduce(_beside, products, start)


def _scale(trace: Trace, t: int, gate: str) -> Array:
    return trace[t, gate] if gate else np.ones(1)


def _beside(a: Contributions, b: Contributions) -> Contributions:
    """The columns of two products as those of one."""
    k = len(a.values)
    return Contributions(
        z=a.z,
        entries=a.entries + b.entries,
        weights=a.weights + b.weights,
        values=np.concatenate((a.values, b.values)),
        slopes=np.concatenate((a.slopes, b.slopes), axis=1),
        others=a.others,
        parts=(*a.parts, *(Part(name, start + k, stop + k) for name, start, stop in b.parts)),
        scales={**a.scales, **b.scales},
    )


def _is_product(cell: Cell, name: str) -> bool:
    step = cell.get(name)
    return step is not None and step.op in _PRODUCTS


def _addends(cell: Cell, name: str, scale: str) -> Iterator[tuple[str, str]]:
    """What a sum is made of, each with the gate that multiplies it afterwards; "" for none."""
    step = cell.get(name)
    if step is not None and step.op in (ADD, LEFT_OUT):
        for part in step.inputs:
            yield from _addends(cell, part, scale)
    elif step is not None and step.op is HADAMARD and _sums_a_product(cell, step.inputs[1]):
        yield from _addends(cell, step.inputs[1], step.inputs[0])
    else:
        yield name, scale


def _sums_a_product(cell: Cell, name: str) -> bool:
    step = cell.get(name)
    return step is not None and step.op is ADD and any(_is_product(cell, n) for n in step.inputs)


def _product(trace: Trace, t: int, name: str, scale: str) -> Contributions:
    """The columns of one product W·a, each row times the gate that scales it."""
    step = trace.cell[name]
    (W, a), here = step.inputs, columns(step.op, *(trace[t, part] for part in step.inputs))
    values, parts = trace[t, a], tuple(_parts(trace, t, a))
    return Contributions(
        z=name,
        entries=tuple(Address(a, t, (k,)) for k in range(len(values))),
        weights=tuple((W, k) for k in range(here.start, here.stop)),
        values=values,
        slopes=_scale(trace, t, scale)[:, None] * trace[t, W][:, here],
        others={},
        parts=parts,
        scales={part.name: scale for part in parts if scale},
    )


def _parts(trace: Trace, t: int, name: str) -> Iterator[Part]:
    step, start = trace.cell.get(name), 0
    for part in step.inputs if step is not None and step.op is CONCAT else (name,):
        yield Part(part, start, start + len(trace[t, part]))
        start += len(trace[t, part])
