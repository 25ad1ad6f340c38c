"""The affine maps of a cell that do not depend on each other, worked out as one product."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.cell import Cell, Step
from lstm_core.ops import ADD, MATVEC, Array
from lstm_core.trace import Trace


def stacked(cell: Cell, params: Mapping[str, ArrayLike]) -> tuple[tuple[str, ...], Array, Array]:
    """Return the affine maps of v as one: the names of the k sums, W (k·n, n+m) and b (k·n,).

    W·v + b holds, one below the other, what the cell works out apart: z_f, z_i, z_C, z_o in an
    LSTM. A GRU's candidate is not among them, for it needs the reset gate first.
    """
    maps = affine_maps(cell)
    W = np.concatenate([np.asarray(params[product.inputs[0]], float) for product, _ in maps])
    b = np.concatenate([np.asarray(params[total.inputs[1]], float) for _, total in maps])
    return tuple(total.name for _, total in maps), W, b


def affine_maps(cell: Cell) -> tuple[tuple[Step, Step], ...]:
    """Return the affine maps of v: of each, the step W·v, and the step that adds the bias."""
    products = (step for step in cell.steps if step.op is MATVEC and step.inputs[1] == "v")
    return tuple((p, s) for p in products for s in cell.readers(p.name) if _adds_a_bias(cell, s))


def _adds_a_bias(cell: Cell, step: Step) -> bool:
    return step.op is ADD and step.inputs[1] in cell.params


def at_once(trace: Trace, t: int) -> Mapping[str, tuple[Array, Array]]:
    """Return each affine sum of v at time t: cut from one stacked product, and as the cell made it.

    {"z_f": (at once, one by one), …}: equal, but for the rounding of the last digit.
    """
    names, W, b = stacked(trace.cell, trace.params)
    with np.errstate(all="ignore"):  # as in run: an overflow is a value to show
        parts = np.split(W @ trace[t, "v"] + b, len(names))
    return {name: (part, trace[t, name]) for name, part in zip(names, parts, strict=True)}
