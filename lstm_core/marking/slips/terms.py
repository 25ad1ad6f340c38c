"""Slips inside a sum of products: which product, and what became of it.

One product of W·v went wrong in one entry; so the entry is off by a multiple of it, or by another
product. Where neither W·v nor what follows it was written, the slip shows later, in z or the gate.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lstm_core.backpropagation.ops import SUM
from lstm_core.lesson.letters import plain
from lstm_core.marking.batch import products
from lstm_core.marking.program import Row
from lstm_core.marking.typed import Place
from lstm_core.marking.work import LazyValues, Work
from lstm_core.ops import ADD, RELU, SIGMOID, TANH, Array

_DIGITS = 4  # decimals of a factor that are looked at one by one
_BY_HAND = 12  # products of one sum that are looked at digit by digit


@dataclass(frozen=True, eq=False)
class Off:
    """One way in which an entry of W·v can be off: `by` so much, of product number `k`."""

    code: str
    phrase: str
    k: int
    by: float


def offsets(work: Work, row: Row, j: int) -> tuple[Place, list[Off]] | None:
    """Return the W·v that an entry of a row rests on alone, and by how much its entry may be off.

    None where there is none, or where it was written and is another row.
    """
    source = _source(work, row, j)
    if source is None:
        return None
    if len(source.reads) < 2 or work.carried[source.reads[0]].ndim != 2:
        return None
    W, v = (work.carried[read] for read in source.reads[:2])
    like = [work.carried[read] for read in source.reads[2:]]
    terms, weights = (products(source.step.op, [W, x, *like]) for x in (v, np.ones_like(v)))
    if terms is None or weights is None:
        return None
    names = [plain(work.table, name) for name in source.step.inputs[:2]]
    return source.at, list(_off(terms, weights, v, j, names))


def _source(work: Work, row: Row, j: int) -> Row | None:
    """Return the row W·v that this row leads to with nothing written on the way."""
    while row.step.op in (ADD, SUM, SIGMOID, TANH, RELU):
        made = [read for read in row.reads if read in work.program.by_place]
        if len(made) != 1 or work.number(made[0], j):
            return None
        row = work.program.by_place[made[0]]
    return row


def _off(terms: Array, W: Array, v: Array, j: int, names: list[str]) -> Iterator[Off]:
    rows, columns = terms.shape
    for k in range(columns):
        p, which = float(terms[j, k]), f"product number {k + 1} of {names[0]}·{names[1]}"
        yield Off("term-sign", f"off by twice {which}: its sign is wrong", k, -2 * p)
        yield Off("term-dropped", f"without {which}", k, -p)
        yield Off("term-doubled", f"with {which} added twice", k, p)
        yield Off("term-decimal", f"with {which} ten times too large", k, 9 * p)
        yield Off("term-decimal", f"with {which} ten times too small", k, -0.9 * p)
        for i, c, where in (
            (j - 1, k, "the row above"),
            (j + 1, k, "the row below"),
            (j, k - 1, "the column before"),
            (j, k + 1, "the next column"),
        ):
            if 0 <= i < rows and 0 <= c < columns:
                phrase = f"with a weight of {where} in {which}"
                yield Off("term-neighbour", phrase, k, float(W[i, c] * v[k]) - p)
        for c in (k - 1, k + 1):
            if 0 <= c < columns:
                phrase = f"with the neighbouring entry of {names[1]} in {which}"
                yield Off("term-neighbour", phrase, k, float(W[j, k] * v[c]) - p)
        yield Off("term-product", f"with a sum in the place of {which}", k, W[j, k] + v[k] - p)
        for by in _wrong_products(W[j, k], v[k]) if columns <= _BY_HAND else ():
            yield Off("term-product", f"with a slip in {which}", k, by)


def _wrong_products(a: float, b: float) -> list[float]:
    """Return by how much a·b is off with one digit times digit a row too far in the tables."""
    found: dict[float, None] = {}
    pairs = [(x, y) for x, y in ((_digits(a), _digits(b)), (_digits(b), _digits(a)))]
    for one, other in pairs:
        for digit, place in one:
            for _, beside in other:
                size = round(digit * 10.0 ** (place + beside), 12)
                found |= {size: None, -size: None}
    return list(found)


def _digits(x: float) -> list[tuple[int, int]]:
    """Return the digits of a number that are not 0, each with its power of ten."""
    text = f"{abs(x):.{_DIGITS}f}".rstrip("0")
    whole, _, decimals = text.partition(".")
    digits = [(int(d), len(whole) - 1 - k) for k, d in enumerate(whole)]
    digits += [(int(d), -1 - k) for k, d in enumerate(decimals)]
    return [(digit, power) for digit, power in digits if digit]


def carried_to(values: LazyValues, row: Row, source: Place, j: int, by: Array) -> Array:
    """Return what entry j of a row becomes where entry j of W·v is off by so much, (offsets,)."""
    if row.at == source:
        return np.asarray(float(values.made(row)[j]) + by)
    operands = [
        carried_to(values, values.program.by_place[read], source, j, by)
        if read in values.program.by_place
        else np.full(by.shape, float(values[read][j]))
        for read in row.reads
    ]
    return np.asarray(row.step.op.forward(*operands))
