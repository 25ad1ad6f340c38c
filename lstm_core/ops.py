"""The closed set of operations that every cell is made of: a value and a vector-Jacobian product.

An operation knows mathematics and nothing else. How it is typeset, explained, drawn or got wrong
stands in other files, each a table with one row per operation. The operations that only a backward
pass needs, when it is spelt out step by step, are in backpropagation/ops.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Op:
    """One operation y = forward(*xs) on one operand or more.

    vjp(dy, y, *xs) gives dy · ∂y/∂x for each operand x, in order; None where nobody asks for it.
    `sized` says that the last operand only tells how long y is: its numbers play no part.
    """

    name: str
    forward: Callable[..., Array]
    vjp: Callable[..., tuple[Array, ...]] | None = None
    sized: bool = False


_ONE = np.ones(())  # an array already: a plain 1.0 would be turned into one at each call
_BEYOND = np.full((), 40.0)  # from here on σ(z) is 1 to the last digit, and e^z need not overflow


def sigmoid(z: Array, out: Array | None = None) -> Array:
    """σ(z) = 1 / (1 + e^−z) = e^z / (e^z + 1), elementwise, for any z, both tails exact.

    `out` is where the result goes, as of any NumPy function.
    """
    e: Array = np.exp(np.minimum(z, _BEYOND, out=out), out=out)
    return np.divide(e, e + _ONE, out=out)


def _concat(a: Array, b: Array, out: Array | None = None) -> Array:
    return np.concatenate((a, b), out=out)


def columns(op: Op, W: Array, a: Array) -> slice:
    """Return which columns of W meet the vector a: all of them, the first or, by name, the last."""
    start = W.shape[1] - len(a) if op.name.endswith("_last") else 0
    return slice(start, start + len(a))


def _product_of_columns(name: str) -> Op:
    """Return the product of a vector and those columns of W that meet it."""

    def forward(W: Array, a: Array) -> Array:
        return W[:, columns(op, W, a)] @ a

    def vjp(dy: Array, y: Array, W: Array, a: Array) -> tuple[Array, ...]:
        here, dW = columns(op, W, a), np.zeros_like(W)
        dW[:, here] = np.outer(dy, a)
        return dW, W[:, here].T @ dy

    op = Op(name, forward, vjp)
    return op


CONCAT = Op("concat", _concat, lambda dy, y, a, b: (dy[: len(a)], dy[len(a) :]))
MATVEC = Op("matvec", np.ndarray.dot, lambda dy, y, W, v: (np.outer(dy, v), W.T @ dy))
MATVEC_FIRST = _product_of_columns("matvec_first")
MATVEC_LAST = _product_of_columns("matvec_last")
ADD = Op("add", np.add, lambda dy, y, a, b: (dy, dy))
HADAMARD = Op("hadamard", np.multiply, lambda dy, y, a, b: (dy * b, dy * a))
ONE_MINUS = Op("one_minus", lambda a: 1.0 - a, lambda dy, y, a: (-dy,))
SIGMOID = Op("sigmoid", sigmoid, lambda dy, y, z: (dy * y * (1.0 - y),))
TANH = Op("tanh", np.tanh, lambda dy, y, z: (dy * (1.0 - y * y),))
RELU = Op("relu", lambda z: np.maximum(z, 0.0), lambda dy, y, z: (dy * (z > 0.0),))

_ROWS = (CONCAT, MATVEC, MATVEC_FIRST, MATVEC_LAST, ADD, HADAMARD, ONE_MINUS, SIGMOID, TANH, RELU)
OPS = {op.name: op for op in _ROWS}
