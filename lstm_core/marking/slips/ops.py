"""The wrong operations that mistakes are made of, in words and as functions."""

from collections.abc import Callable

import numpy as np

from lstm_core.ops import Array, Op, sigmoid

Forward = Callable[..., Array]
Named = tuple[str, str, Forward]


def _no_vjp(dy: Array, y: Array, *xs: Array) -> tuple[Array, ...]:
    """Nobody differentiates a mistake."""
    return ()


def _op(name: str, forward: Forward) -> Op:
    return Op(name, forward, _no_vjp)


def added(a: Array, b: Array) -> Array:
    """Return a + b at the top of a vector as long as v, above zeros."""
    out = np.zeros(len(a) + len(b))
    out[: len(a)] = a
    out[: len(b)] += b
    return out


LEFT_OUT: tuple[Forward, Forward] = (
    lambda a, b: np.concatenate((0 * a, b)),
    lambda a, b: np.concatenate((a, 0 * b)),
)


def _square_transposed(W: Array, v: Array, first: bool) -> Array:
    n = min(W.shape)
    turned = W.copy()
    block = slice(0, n) if first else slice(W.shape[1] - n, None)
    turned[:n, block] = W[:n, block].T
    return turned @ v


def _square(W: Array, v: Array, first: bool) -> Array:
    n = min(W.shape)
    return W[:, :n] @ v[:n] if first else W[:, -n:] @ v[-n:]


PRODUCTS: tuple[tuple[str, str, Op], ...] = (
    (
        "weights-transposed",
        "{W} read down its columns, times v",
        _op("read_down", lambda W, v: W.ravel("F").reshape(W.shape) @ v),
    ),
    (
        "weights-transposed",
        "{W} written down its columns, times v",
        _op("written_down", lambda W, v: W.ravel().reshape(W.shape, order="F") @ v),
    ),
    (
        "weights-transposed",
        "{W} with its first square block transposed, times v",
        _op("turned_first", lambda W, v: _square_transposed(W, v, True)),
    ),
    (
        "weights-transposed",
        "{W} with its last square block transposed, times v",
        _op("turned_last", lambda W, v: _square_transposed(W, v, False)),
    ),
    ("rows-shifted", "the row of {W} above, times v", _op("up", lambda W, v: np.roll(W @ v, 1))),
    ("rows-shifted", "the row of {W} below, times v", _op("dn", lambda W, v: np.roll(W @ v, -1))),
    (
        "shape-n-by-n",
        "the first n columns of {W} alone, times v",
        _op("square_first", lambda W, v: _square(W, v, True)),
    ),
    (
        "shape-n-by-n",
        "the last n columns of {W} alone, times v",
        _op("square_last", lambda W, v: _square(W, v, False)),
    ),
)


def term_dropped(k: int) -> Op:
    """Return the product W·v from which the product with v[k] is left out."""
    # A slice, since the W of a read-out may have no column k.
    return _op("term_dropped", lambda W, v: W @ v - W[:, k : k + 1] @ v[k : k + 1])


def _softmax(z: Array) -> Array:
    e = np.exp(z - np.max(z))
    return np.asarray(e / np.sum(e))


def _steep(slope: float) -> Forward:
    return lambda z: np.clip(slope * z + 0.5, 0.0, 1.0)


ACTIVATIONS: dict[str, tuple[Named, ...]] = {
    "sigmoid": (
        ("tanh-for-sigmoid", "tanh({z}) and not σ({z})", np.tanh),
        ("not-squashed", "{z}, not squashed", lambda z: z),
        ("sigmoid-of-minus-z", "1 − σ({z})", lambda z: sigmoid(-z)),
        ("softmax-for-sigmoid", "the softmax of {z}", _softmax),
        ("hard-sigmoid", "0.2·{z} + 0.5, clipped", _steep(0.2)),
        ("hard-sigmoid", "{z}/6 + 0.5, clipped", _steep(1 / 6)),
        ("exp-for-sigmoid", "e to the power {z}", np.exp),
        ("exp-for-sigmoid", "e to the power −{z}", lambda z: np.exp(-z)),
        ("gate-rounded-to-integer", "σ({z}) rounded to 0 or 1", lambda z: np.round(sigmoid(z))),
        ("derivative-for-function", "the derivative σ′({z})", lambda z: sigmoid(z) * sigmoid(-z)),
    ),
    "tanh": (
        ("sigmoid-for-tanh", "σ({z}) and not tanh({z})", sigmoid),
        ("not-squashed", "{z}, not squashed", lambda z: z),
        ("derivative-for-function", "the derivative tanh′({z})", lambda z: 1 - np.tanh(z) ** 2),
    ),
}

FOR_TANH_OF_C: tuple[Named, ...] = (
    ("tanh-on-C-omitted", "C, without tanh", lambda C: C),
    ("sigmoid-on-C", "σ(C) and not tanh(C)", sigmoid),
    ("derivative-for-function", "the derivative tanh′(C)", lambda C: 1 - np.tanh(C) ** 2),
)


def _dot(a: Array, b: Array) -> Array:
    return np.full(len(a), a @ b)


ROWS: tuple[tuple[str, str, Op], ...] = (
    ("matrix-product-for-hadamard", "the dot product of both vectors", _op("dot", _dot)),
    (
        "outer-product-for-hadamard",
        "a row of the outer product, added up",
        _op("outer_rows", lambda a, b: a * np.sum(b)),
    ),
    (
        "outer-product-for-hadamard",
        "a column of the outer product, added up",
        _op("outer_columns", lambda a, b: b * np.sum(a)),
    ),
)
