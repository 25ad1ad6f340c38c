"""The operations for many sequences at once, a column for each: forward, back, and for parameters.

A value is (entries, B) here; of all time steps it is (T, entries, B). Results go where the last
argument says. Going back, a gradient is added to what is already there, since a value may be read
by several steps.
"""

from collections.abc import Callable, Mapping

import numpy as np

from lstm_core.ops import Array, sigmoid

_ONE = np.ones(())


def _concat(a: Array, b: Array, out: Array) -> None:
    out[: len(a)] = a
    out[len(a) :] = b


def _first(W: Array, a: Array) -> Array:
    return W[:, : len(a)]


def _last(W: Array, a: Array) -> Array:
    return W[:, W.shape[1] - len(a) :]


FORWARD: Mapping[str, Callable[..., object]] = {
    "concat": _concat,
    "matvec": np.dot,
    "matvec_first": lambda W, a, out: np.dot(_first(W, a), a, out),
    "matvec_last": lambda W, a, out: np.dot(_last(W, a), a, out),
    "add": np.add,
    "hadamard": np.multiply,
    "one_minus": lambda a, out: np.subtract(_ONE, a, out),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu": lambda z, out: np.maximum(z, 0.0, out=out),
}


def _add(into: Array | None, part: Array) -> None:
    if into is not None:
        np.add(into, part, into)


def _concat_back(
    dy: Array, y: Array, a: Array, b: Array, da: Array | None, db: Array | None
) -> None:
    _add(da, dy[: len(a)])
    _add(db, dy[len(a) :])


def _add_back(dy: Array, y: Array, a: Array, b: Array, da: Array | None, db: Array | None) -> None:
    _add(da, dy)
    _add(db, dy)


def _hadamard_back(
    dy: Array, y: Array, a: Array, b: Array, da: Array | None, db: Array | None
) -> None:
    for into, other in ((da, b), (db, a)):
        if into is not None:
            np.add(into, dy * other, into)


BACKWARD: Mapping[str, Callable[..., object]] = {
    "concat": _concat_back,
    "matvec": lambda dy, y, W, v, dW, dv: _add(dv, W.T.dot(dy)),
    "matvec_first": lambda dy, y, W, a, dW, da: _add(da, _first(W, a).T.dot(dy)),
    "matvec_last": lambda dy, y, W, a, dW, da: _add(da, _last(W, a).T.dot(dy)),
    "add": _add_back,
    "hadamard": _hadamard_back,
    "one_minus": lambda dy, y, a, da: np.subtract(da, dy, da),
    "sigmoid": lambda dy, y, z, dz: np.add(dz, dy * (y * (_ONE - y)), dz),
    "tanh": lambda dy, y, z, dz: np.add(dz, dy * (_ONE - y * y), dz),
    "relu": lambda dy, y, z, dz: np.add(dz, dy * (z > 0.0), dz),
}


def _outer(dy: Array, v: Array) -> Array:
    """Σ over time and sequences of dy·vᵀ, as one product of two long matrices."""
    rows, columns = (np.moveaxis(each, 1, 0).reshape(each.shape[1], -1) for each in (dy, v))
    return np.asarray(rows @ columns.T)


def _total(dy: Array) -> Array:
    return np.asarray(dy.sum((0, 2))[:, None])


# By the operation and by which operand the parameter is; a parameter may be read by several steps.
PARAMETERS: Mapping[tuple[str, int], Callable[..., object]] = {
    ("matvec", 0): lambda dy, v, into: _add(into, _outer(dy, v)),
    ("matvec_first", 0): lambda dy, a, into: _add(into[:, : a.shape[1]], _outer(dy, a)),
    ("matvec_last", 0): lambda dy, a, into: _add(into[:, -a.shape[1] :], _outer(dy, a)),
    ("add", 0): lambda dy, other, into: _add(into, _total(dy)),
    ("add", 1): lambda dy, other, into: _add(into, _total(dy)),
    ("hadamard", 0): lambda dy, other, into: _add(into, _total(dy * other)),
    ("hadamard", 1): lambda dy, other, into: _add(into, _total(dy * other)),
}
