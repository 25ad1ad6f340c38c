"""The mistakes of v and of the affine maps W·v + b."""

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.lesson.letters import plain
from lstm_core.marking.slips.slip import MINUS, Change, Forward, Slips, slip, wrong_op
from lstm_core.ops import ADD, CONCAT, MATVEC, SIGMOID, TANH, Array, Op


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
        wrong_op("read_down", lambda W, v: W.ravel("F").reshape(W.shape) @ v),
    ),
    (
        "weights-transposed",
        "{W} written down its columns, times v",
        wrong_op("written_down", lambda W, v: W.ravel().reshape(W.shape, order="F") @ v),
    ),
    (
        "weights-transposed",
        "{W} with its first square block transposed, times v",
        wrong_op("turned_first", lambda W, v: _square_transposed(W, v, True)),
    ),
    (
        "weights-transposed",
        "{W} with its last square block transposed, times v",
        wrong_op("turned_last", lambda W, v: _square_transposed(W, v, False)),
    ),
    (
        "rows-shifted",
        "the row of {W} above, times v",
        wrong_op("up", lambda W, v: np.roll(W @ v, 1)),
    ),
    (
        "rows-shifted",
        "the row of {W} below, times v",
        wrong_op("dn", lambda W, v: np.roll(W @ v, -1)),
    ),
    (
        "shape-n-by-n",
        "the first n columns of {W} alone, times v",
        wrong_op("square_first", lambda W, v: _square(W, v, True)),
    ),
    (
        "shape-n-by-n",
        "the last n columns of {W} alone, times v",
        wrong_op("square_last", lambda W, v: _square(W, v, False)),
    ),
)


def term_dropped(k: int) -> Op:
    """Return the product W·v from which the product with v[k] is left out."""
    # A slice, since the W of a read-out may have no column k.
    return wrong_op("term_dropped", lambda W, v: W @ v - W[:, k : k + 1] @ v[k : k + 1])


def affine(cell: Cell) -> list[tuple[str, str, str, str, str]]:
    """Return the affine maps of a cell: the names W, v, W·v, z, b."""
    found = []
    for step in cell.steps:
        product = _product_of(cell, step)
        if product is not None:
            W, v = product.inputs
            found.append((W, v, product.name, step.name, step.inputs[1]))
    return found


def _product_of(cell: Cell, total: Step) -> Step | None:
    if total.op is not ADD or not total.inputs[1].startswith("b_"):
        return None
    step = cell[total.inputs[0]]
    return step if step.op is MATVEC else None


def products(cell: Cell, columns: int) -> Slips:
    """Give the mistakes in W·v: weights, rows, single products."""
    for W, v, Wv, z, _ in affine(cell):
        for code, phrase, op in PRODUCTS:
            yield slip(cell, code, phrase.format(W=W), (Wv, op, (W, v)))
        for k in range(columns):
            phrase = f"{W}·v without its product number {k + 1}"
            yield slip(cell, "term-dropped", phrase, (Wv, term_dropped(k), (W, v)))
        for other, _, _, _, b in affine(cell):
            if other != W and "W_y" not in (W, other):
                phrase = f"worked out with {other} and {b} of another gate"
                changes: tuple[Change, Change] = (Wv, MATVEC, (other, v)), (z, ADD, (Wv, b))
                yield slip(cell, "wrong-gate-weights", phrase, *changes)
                phrase = f"worked out with {other} of another gate"
                yield slip(cell, "wrong-gate-weights", phrase, changes[0])


def biases(cell: Cell) -> Slips:
    """Give the mistakes of the bias."""
    for W, v, Wv, z, b in affine(cell):
        label = f"{W}·{v}"
        alone = wrong_op("alone", lambda a, b: a)  # b is still an operand: the parameters stay
        yield slip(cell, "bias-omitted", f"{label} before the bias", (z, alone, (Wv, b)))
        yield slip(cell, "bias-subtracted", f"{label} minus the bias", (z, MINUS, (Wv, b)))
        twice = wrong_op("twice", lambda a, b: a + 2 * b)
        yield slip(cell, "bias-twice", f"{label} with the bias added twice", (z, twice, (Wv, b)))
        for _, _, _, _, other in affine(cell):
            if other not in (b, "b_y") and b != "b_y":
                phrase = f"{label} with the bias {other}"
                yield slip(cell, "wrong-gate-bias", phrase, (z, ADD, (Wv, other)))
        for step in _squashes(cell, z):
            outside = wrong_op("outside", lambda a, b, f=step.op.forward: f(a) + b)
            phrase = "the bias added after the activation and not before"
            yield slip(cell, "bias-outside-activation", phrase, (step.name, outside, (Wv, b)))


def _squashes(cell: Cell, z: str) -> list[Step]:
    return [step for step in cell.steps if step.inputs == (z,) and step.op in (SIGMOID, TANH)]


def concatenation(cell: Cell) -> Slips:
    """Give the mistakes in v: its parts in the other order, added, or one of them left out."""
    first, second = cell["v"].inputs
    yield slip(cell, "concat-order", f"{second} before {first}", ("v", CONCAT, (second, first)))
    joined = wrong_op("sum", added)
    phrase = f"{first} + {second} and not both in a row"
    yield slip(cell, "concat-as-sum", phrase, ("v", joined, (first, second)))
    for name, forward in zip((first, second), LEFT_OUT, strict=True):
        code = "h-omitted" if name == "h_prev" else "x-omitted"
        phrase = f"v without {plain(cell, name)}"
        yield slip(cell, code, phrase, ("v", wrong_op(code, forward), (first, second)))
