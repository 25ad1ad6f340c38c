"""How far a result can be off if its operands are off by so much: the largest distance."""

from collections.abc import Sequence

import numpy as np

from lstm_core.backpropagation.ops import (
    BESIDE,
    COPY,
    NEGATIVE,
    OUTER,
    OVER_TIME,
    PART_FIRST,
    PART_LAST,
    SUM,
)
from lstm_core.marking.batch import for_many, has_products
from lstm_core.ops import ADD, CONCAT, HADAMARD, Array, Op

SINGLE = 2.0**-24  # half a unit in the last of the 24 binary digits that single precision has
_ADDS = (ADD, SUM, OVER_TIME, CONCAT, BESIDE, COPY, NEGATIVE, PART_FIRST, PART_LAST)


def doubt(op: Op, operands: Sequence[Array], doubts: Sequence[Array], own: float) -> Array:
    """Return how far op(*operands) can be off where each operand is off by its `doubts`.

    `own` is the relative error of the operation itself, of every product and sum in it. Vectors
    may be many, as for `for_many`.
    """

    def forward(*arrays: Array) -> Array:
        return for_many(op, arrays)

    sizes = [np.abs(x) for x in operands]
    if op in _ADDS:
        off, size = np.abs(forward(*doubts)), np.abs(forward(*sizes))
    elif op in (HADAMARD, OUTER) or has_products(op):
        (a, b, *like), (da, db, *_) = sizes, doubts
        size = forward(a, b, *like)
        off = forward(da, b, *like) + forward(a, db, *like)
        own *= b.shape[-1] if op is not HADAMARD else 1
    else:
        ends = [forward(operands[0] + sign * doubts[0]) for sign in (-1.0, 1.0)]
        y = forward(operands[0])
        off, size = np.max([np.abs(end - y) for end in ends], axis=0), np.abs(y)
    return np.asarray(off + own * size)
