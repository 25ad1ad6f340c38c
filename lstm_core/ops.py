"""The closed set of operations that every cell is made of: a value and a vector-Jacobian product.

An operation knows mathematics and nothing else. How it is typeset, explained, drawn or got wrong
stands in other files, each a table with one row per operation. The second half are the operations
that only the backward pass needs: backprop.py spells every vector-Jacobian product out in them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Op:
    """One operation y = forward(*xs) on one operand or more.

    vjp(dy, y, *xs) gives dy · ∂y/∂x for each operand x, in order.
    """

    name: str
    forward: Callable[..., Array]
    vjp: Callable[..., tuple[Array, ...]]


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


def _concat_vjp(dy: Array, y: Array, a: Array, b: Array) -> tuple[Array, ...]:
    return dy[: len(a)], dy[len(a) :]


def _matvec_first(W: Array, a: Array) -> Array:
    return W[:, : len(a)] @ a


def _matvec_last(W: Array, a: Array) -> Array:
    return W[:, W.shape[1] - len(a) :] @ a


def _matvec_first_vjp(dy: Array, y: Array, W: Array, a: Array) -> tuple[Array, ...]:
    dW = np.zeros_like(W)
    dW[:, : len(a)] = np.outer(dy, a)
    return dW, W[:, : len(a)].T @ dy


def _matvec_last_vjp(dy: Array, y: Array, W: Array, a: Array) -> tuple[Array, ...]:
    start = W.shape[1] - len(a)
    dW = np.zeros_like(W)
    dW[:, start:] = np.outer(dy, a)
    return dW, W[:, start:].T @ dy


def columns(op: Op, W: Array, a: Array) -> slice:
    """Return which columns of W meet the vector a: all of them, the first or, by name, the last."""
    start = W.shape[1] - len(a) if op.name.endswith("_last") else 0
    return slice(start, start + len(a))


CONCAT = Op("concat", _concat, _concat_vjp)
MATVEC = Op("matvec", np.ndarray.dot, lambda dy, y, W, v: (np.outer(dy, v), W.T @ dy))
MATVEC_FIRST = Op("matvec_first", _matvec_first, _matvec_first_vjp)  # W's first len(a) columns
MATVEC_LAST = Op("matvec_last", _matvec_last, _matvec_last_vjp)  # W's last len(a) columns
ADD = Op("add", np.add, lambda dy, y, a, b: (dy, dy))
HADAMARD = Op("hadamard", np.multiply, lambda dy, y, a, b: (dy * b, dy * a))
ONE_MINUS = Op("one_minus", lambda a: 1.0 - a, lambda dy, y, a: (-dy,))
SIGMOID = Op("sigmoid", sigmoid, lambda dy, y, z: (dy * y * (1.0 - y),))
TANH = Op("tanh", np.tanh, lambda dy, y, z: (dy * (1.0 - y * y),))
RELU = Op("relu", lambda z: np.maximum(z, 0.0), lambda dy, y, z: (dy * (z > 0.0),))


def _part_last(a: Array, like: Array) -> Array:
    return a[len(a) - len(like) :].copy()


def _part_first_vjp(dy: Array, y: Array, a: Array, like: Array) -> tuple[Array, ...]:
    return np.concatenate((dy, np.zeros(len(a) - len(dy)))), np.zeros_like(like)


def _part_last_vjp(dy: Array, y: Array, a: Array, like: Array) -> tuple[Array, ...]:
    return np.concatenate((np.zeros(len(a) - len(dy)), dy)), np.zeros_like(like)


def _matvec_t_first(W: Array, a: Array, like: Array) -> Array:
    return W[:, : len(like)].T @ a


def _matvec_t_last(W: Array, a: Array, like: Array) -> Array:
    return W[:, W.shape[1] - len(like) :].T @ a


def _matvec_t_first_vjp(dy: Array, y: Array, W: Array, a: Array, like: Array) -> tuple[Array, ...]:
    dW, da = _matvec_first_vjp(a, a, W, dy)[0], _matvec_first(W, dy)
    return dW, da, np.zeros_like(like)


def _matvec_t_last_vjp(dy: Array, y: Array, W: Array, a: Array, like: Array) -> tuple[Array, ...]:
    dW, da = _matvec_last_vjp(a, a, W, dy)[0], _matvec_last(W, dy)
    return dW, da, np.zeros_like(like)


def _beside(A: Array, B: Array) -> Array:
    return np.concatenate((A, B), axis=1)


def _beside_vjp(dy: Array, y: Array, A: Array, B: Array) -> tuple[Array, ...]:
    return dy[:, : A.shape[1]], dy[:, A.shape[1] :]


COPY = Op("copy", lambda a: a.copy(), lambda dy, y, a: (dy,))
NEGATIVE = Op("negative", np.negative, lambda dy, y, a: (-dy,))
SUM = Op("sum", lambda *xs: reduce(np.add, xs), lambda dy, y, *xs: (dy,) * len(xs))
OUTER = Op("outer", np.outer, lambda dy, y, a, b: (dy @ b, dy.T @ a))
BESIDE = Op("beside", _beside, _beside_vjp)  # two blocks of columns make one matrix
MATVEC_T = Op("matvec_t", lambda W, a: W.T @ a, lambda dy, y, W, a: (np.outer(a, dy), W @ dy))
# The last operand of these says how many entries, or columns, are meant; its numbers play no part.
MATVEC_T_FIRST = Op("matvec_t_first", _matvec_t_first, _matvec_t_first_vjp)
MATVEC_T_LAST = Op("matvec_t_last", _matvec_t_last, _matvec_t_last_vjp)
PART_FIRST = Op("part_first", lambda a, like: a[: len(like)].copy(), _part_first_vjp)
PART_LAST = Op("part_last", _part_last, _part_last_vjp)
SIZED = (MATVEC_T_FIRST, MATVEC_T_LAST, PART_FIRST, PART_LAST)
# The derivatives of the squashes, from what the squash gave (of ReLU, from what it was given).
SIGMOID_SLOPE = Op("sigmoid_slope", lambda y: y * (1.0 - y), lambda d, s, y: (d * (1.0 - 2.0 * y),))
TANH_SLOPE = Op("tanh_slope", lambda y: 1.0 - y * y, lambda d, s, y: (d * (-2.0 * y),))
RELU_SLOPE = Op("relu_slope", lambda z: 1.0 * (z > 0.0), lambda d, s, z: (0.0 * d,))

_FORWARD = (CONCAT, MATVEC, MATVEC_FIRST, MATVEC_LAST, ADD, HADAMARD, ONE_MINUS)
_SQUASHES = (SIGMOID, TANH, RELU)
_BACKWARD = (COPY, NEGATIVE, SUM, OUTER, BESIDE, MATVEC_T, *SIZED)
_SLOPES = (SIGMOID_SLOPE, TANH_SLOPE, RELU_SLOPE)
OPS = {op.name: op for op in (*_FORWARD, *_SQUASHES, *_BACKWARD, *_SLOPES)}
