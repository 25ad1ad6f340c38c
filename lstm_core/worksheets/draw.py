"""The numbers of a worksheet: whole numbers drawn from a seed, to be divided by 1, 10 or 100.

A code on paper must give the same numbers for ever. So they come from Python's `random()`, which is
promised to stay as it is, and from whole numbers alone; what can be told apart is not asked here.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lstm_core.cell import Order

Ints = list[int]
IntRows = list[Ints]
_TRIES = 200  # changes of one row before it is taken as it is: the search leaves such a seed out
_GATES = "fiCo"


@dataclass(frozen=True)
class Level:
    """How hard a worksheet is: what its numbers are, and how far z may go.

    The smallest and largest size of each kind of number are counted in 1/`scale`; of W, for each n.
    """

    title: str
    meaning: str
    scale: int
    W: tuple[tuple[int, int], ...]
    b: tuple[int, int]
    x: tuple[int, int]
    h: tuple[int, int]
    C: tuple[int, int]
    gate: float  # the largest |z| of a gate at the first time step
    candidate: float  # and of the candidate
    later: float  # the share of it that x and b alone may come to at a later time step


LEVELS: Mapping[str, Level] = {
    "integers": Level(
        "Whole numbers",
        "Whole numbers from −4 to 4: z at the first time step can be worked out in the head.",
        scale=1,
        W=((1, 3), (1, 3), (1, 3), (1, 2), (1, 2), (1, 1)),
        b=(1, 4),
        x=(1, 3),
        h=(1, 2),
        C=(1, 3),
        gate=3,
        candidate=2,
        later=0.7,
    ),
    "one-decimal": Level(
        "One decimal",
        "Numbers with one decimal, from −2 to 2.",
        scale=10,
        W=((2, 15),) * 6,
        b=(1, 9),
        x=(3, 20),
        h=(2, 9),
        C=(3, 15),
        gate=3,
        candidate=2,
        later=0.9,
    ),
    "unsaturated": Level(
        "Two decimals, far from saturation",
        "Numbers with two decimals, from −1.5 to 1.5: every gate is well away from 0 and 1.",
        scale=100,
        W=((20, 120),) * 6,
        b=(10, 75),
        x=(30, 150),
        h=(20, 95),
        C=(30, 150),
        gate=2,
        candidate=1.5,
        later=0.9,
    ),
}


class Numbers(NamedTuple):
    """What was drawn, counted in 1/scale: xs, starting states, and by gate the rows of W and b."""

    xs: IntRows
    h: Ints
    C: Ints
    W: Mapping[str, IntRows]
    b: Mapping[str, Ints]


class _Draw:
    """One draw: the source of chance, and the vectors that every row of weights will meet."""

    def __init__(self, level: Level, m: int, n: int, T: int, seed: int):
        self.level, self.n = level, n
        self.random = random.Random(seed).random
        self.xs = [self.numbers(level.x, m) for _ in range(T)]
        self.h, self.C = self.numbers(level.h, n), self.numbers(level.C, n)
        later = ([*[0] * n, *x, level.scale] for x in self.xs[1:])
        self.meets: IntRows = [[*self.h, *self.xs[0], level.scale], *later]
        self.sizes = [*[level.W[n - 1]] * (n + m), level.b]

    def number(self, sizes: tuple[int, int]) -> int:
        """Draw a number of one of these sizes, with either sign; never 0, which hides mistakes."""
        low, high = sizes
        size = low + int(self.random() * (high - low + 1))
        return size if self.random() < 0.5 else -size

    def numbers(self, sizes: tuple[int, int], count: int) -> Ints:
        """Draw so many numbers."""
        return [self.number(sizes) for _ in range(count)]

    def rows(self, largest: float) -> IntRows:
        """Draw the rows of one gate, for h, x and 1: small z, a different one for each unit."""
        rows: IntRows = []
        used: set[int] = set()
        for _ in range(self.n):
            rows.append(self.row(largest * self.level.scale**2, used))
            used.add(_product(rows[-1], self.meets[0]))
        return rows

    def row(self, largest: float, used: set[int]) -> Ints:
        """Draw a row, and change one number after the other until it is good."""
        row = [self.number(sizes) for sizes in self.sizes]
        z = [_product(row, values) for values in self.meets]
        fault = self.fault(z, largest, used)
        for _ in range(_TRIES):
            if not fault:
                break
            k = int(self.random() * len(row))
            new = self.number(self.sizes[k])
            moved = [old + (new - row[k]) * v[k] for old, v in zip(z, self.meets, strict=True)]
            if (changed := self.fault(moved, largest, used)) <= fault:
                row[k], z, fault = new, moved, changed
        return row

    def fault(self, z: Ints, largest: float, used: set[int]) -> float:
        """How far z is too large, with a little more where it is 0 or what another unit has."""
        first, *later = z
        over = max(0.0, abs(first) - largest)
        over += sum(max(0.0, abs(part) - self.level.later * largest) for part in later)
        unit = self.level.scale**2
        return over + unit * (first == 0) + unit / 4 * (first in used)


def _product(a: Sequence[int], b: Sequence[int]) -> int:
    return sum(p * q for p, q in zip(a, b, strict=True))


def drawn(level: Level, m: int, n: int, T: int, order: Order, seed: int) -> Numbers:
    """Draw the numbers of an LSTM with m inputs, n hidden units and T time steps."""
    draw = _Draw(level, m, n, T, seed)
    largest = dict.fromkeys(_GATES, level.gate) | {"C": level.candidate}
    rows = {gate: draw.rows(largest[gate]) for gate in _GATES}
    W = {gate: [_in_order(row[:-1], n, order) for row in rows[gate]] for gate in _GATES}
    return Numbers(draw.xs, draw.h, draw.C, W, {g: [row[-1] for row in rows[g]] for g in _GATES})


def _in_order(row: Ints, n: int, order: Order) -> Ints:
    return row if order == "hx" else [*row[n:], *row[:n]]
