"""The operations on many operands at once: a row for each way to work that is tried."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from lstm_core.ops import Array, Op


def _joined(axes: int) -> Callable[[Array, Array], Array]:
    """Join vectors (1 axis) or blocks of columns (2), of which either may be many."""

    def join(a: Array, b: Array) -> Array:
        many = np.broadcast_shapes(a.shape[:-axes], b.shape[:-axes])
        both = (np.broadcast_to(x, many + x.shape[-axes:]) for x in (a, b))
        return np.concatenate(tuple(both), axis=-1)

    return join


def _times(W: Array, v: Array) -> Array:
    """W·v for each v by itself: one large product starts threads, which takes longer than it."""
    return np.asarray((W @ v[..., None])[..., 0])


# Of a matrix and vectors: the vectors are many, the matrix is one.
_MANY: Mapping[str, Callable[..., Array]] = {
    "concat": _joined(1),
    "matvec": _times,
    "matvec_first": lambda W, a: _times(W[:, : a.shape[-1]], a),
    "matvec_last": lambda W, a: _times(W[:, W.shape[1] - a.shape[-1] :], a),
    "matvec_t": lambda W, a: _times(W.T, a),
    "matvec_t_first": lambda W, a, like: _times(W[:, : like.shape[-1]].T, a),
    "matvec_t_last": lambda W, a, like: _times(W[:, W.shape[1] - like.shape[-1] :].T, a),
    "part_first": lambda a, like: a[..., : like.shape[-1]],
    "part_last": lambda a, like: a[..., a.shape[-1] - like.shape[-1] :],
    "outer": lambda a, b: a[..., :, None] * b[..., None, :],
    "beside": _joined(2),
}


def for_many(op: Op, operands: Sequence[Array]) -> Array:
    """Return what an operation makes of operands some of which have a row for each mistake.

    Operations that are not in the table go entry by entry, and so by rows as well.
    """
    return np.asarray(_MANY.get(op.name, op.forward)(*operands))


# The same without the sum: how each entry's products are laid out, (…, rows, products).
_PRODUCTS: Mapping[str, Callable[..., Array]] = {
    "matvec": lambda W, v: W * v[..., None, :],
    "matvec_first": lambda W, a: W[:, : a.shape[-1]] * a[..., None, :],
    "matvec_last": lambda W, a: W[:, W.shape[1] - a.shape[-1] :] * a[..., None, :],
    "matvec_t": lambda W, a: W.T * a[..., None, :],
    "matvec_t_first": lambda W, a, like: W[:, : like.shape[-1]].T * a[..., None, :],
    "matvec_t_last": lambda W, a, like: W[:, W.shape[1] - like.shape[-1] :].T * a[..., None, :],
}


def products(op: Op, operands: Sequence[Array]) -> Array | None:
    """Return the products that a matrix times a vector adds up, (…, rows, products); else None."""
    return _PRODUCTS[op.name](*operands) if op.name in _PRODUCTS else None


def has_products(op: Op) -> bool:
    """Tell whether `products` has any for an operation."""
    return op.name in _PRODUCTS
