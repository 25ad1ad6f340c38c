"""Slips inside a sum of products: which product, and what became of it.

One product of W·v went wrong in one entry; so the entry is off by a multiple of it, or by another
product. Where neither W·v nor what follows it was written, the slip shows later, in z or the gate.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lstm_core.lesson.letters import plain
from lstm_core.marking.batch import products
from lstm_core.marking.program import Row
from lstm_core.marking.slips.earlier import sources
from lstm_core.marking.typed import Place
from lstm_core.marking.work import Work
from lstm_core.ops import Array

_DIGITS = 4  # decimals of a factor that are looked at one by one
_FEW = 2  # sums that one number may rest on, if a slip is looked for in each
_BY_HAND = 12  # products of one sum that are looked at digit by digit


@dataclass(frozen=True, eq=False)
class Off:
    """One way in which an entry of W·v can be off: `by` so much, of product number `k`."""

    code: str
    phrase: str
    k: int
    by: float


def offsets(work: Work, row: Row, j: int) -> Iterator[tuple[Place, list[Off]]]:
    """Give each W·v that an entry of a row rests on, and by how much its entry may be off.

    None where it was written and is another row, nor where there are so many that any would fit.
    """
    rows = work.program.by_place
    made = (rows[one.at] for one in sources(work, row, j) if one.at in rows and not one.written)
    sums = [one for one in (row, *made) if one.step.op.name.startswith("matvec")]
    for source in sums if len(sums) <= _FEW else ():
        W, v = (work.carried[read] for read in source.reads[:2])
        like = [work.carried[read] for read in source.reads[2:]]
        terms, weights = (products(source.step.op, [W, x, *like]) for x in (v, np.ones_like(v)))
        assert terms is not None  # every product of a matrix has its terms
        assert weights is not None
        names = [plain(work.table, name) for name in source.step.inputs[:2]]
        yield source.at, list(_off(terms, weights, v, j, names))


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
