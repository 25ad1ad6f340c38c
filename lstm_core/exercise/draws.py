"""Numbers drawn at random: for new entries, for one array, and for a whole exercise.

They are drawn from the exercise itself: the same exercise gives the same numbers on every machine,
after a reload and in a test, and another press, on what the last one drew, gives others. Each has
two or three decimals and is not 0, and is kept just as it is printed: so a hand calculation goes
on with the very numbers.
"""

import math
import random
import zlib
from collections.abc import Iterable, Mapping

import numpy as np

from lstm_core.cell import Order
from lstm_core.ops import Array
from lstm_core.shapes import letters, shape_in

Sizes = Mapping[str, int]
UNIFORM, GLOROT, ORTHOGONAL = RULES = ("uniform", "glorot", "orthogonal")


class _Draw:
    """A source of chance, and what is drawn from it."""

    def __init__(self, source: random.Random):
        self.random = source

    def within(self, bound: float, shape: tuple[int, ...]) -> Array:
        """Return hundredths between ±bound, each as likely as any other, and none of them 0."""
        most = round(100 * bound)
        found = [self._signed(1 + int(self.random.random() * most)) for _ in np.ndindex(shape)]
        return np.array(found, np.float64).reshape(shape) / 100

    def _signed(self, size: int) -> int:
        return size if self.random.random() < 0.5 else -size

    def normal(self) -> float:
        """Return a number of the normal distribution (Box & Muller 1958)."""
        # Of Python's source of chance, only random() is promised to stay as it is.
        length = math.sqrt(-2.0 * math.log(1.0 - self.random.random()))
        return length * math.cos(2.0 * math.pi * self.random.random())


def reach(name: str, sizes: Sizes, rule: str = UNIFORM) -> float:
    """Return how far from 0 the numbers of an array may go.

    Inputs: 1. Anything else: 1/√n, as in PyTorch; but by the rules that begin with Glorot a matrix
    has √(6 / (rows + columns)) (Glorot & Bengio 2010), of an orthogonal one the columns for x.
    """
    if name == "xs":
        return 1.0
    shape = shape_in(name, sizes)
    size = (
        math.sqrt(6.0 / sum(shape)) if len(shape) == 2 and rule != UNIFORM else sizes["n"] ** -0.5
    )
    return math.floor(100 * size + 1e-9) / 100


def drawn(
    names: Iterable[str],
    arrays: Mapping[str, Array],
    sizes: Sizes,
    order: Order,
    rule: str = UNIFORM,
) -> dict[str, Array]:
    """Return these arrays in the given sizes (m, n, T, p), drawn anew by one of the RULES.

    `arrays` are all that the exercise holds now: they are the seed.
    """
    wanted = tuple(names)
    draw = _Draw(random.Random(_seed(arrays, wanted)))
    found = {name: _uniform(name, sizes, rule, draw) for name in wanted}
    if rule == ORTHOGONAL:
        start, of_h = 0 if order == "hx" else sizes["m"], sizes.get("r", sizes["n"])
        for name in (name for name in wanted if letters(name) == ("n", "n+m")):
            found[name][:, start : start + of_h] = _orthogonal(sizes["n"], of_h, draw)
    return found


def _uniform(name: str, sizes: Sizes, rule: str, draw: _Draw) -> Array:
    return draw.within(reach(name, sizes, rule), shape_in(name, sizes))


def _orthogonal(n: int, of_h: int, draw: _Draw) -> Array:
    """A matrix (n, of_h) that keeps lengths, to three decimals (Saxe et al. 2014); of_h ≤ n."""
    Q, R = np.linalg.qr(np.array([[draw.normal() for _ in range(of_h)] for _ in range(n)]))
    square = np.round(Q * np.sign(np.diag(R)), 3)
    return np.where(square == 0.0, 0.001, square)


def _seed(arrays: Mapping[str, Array], names: tuple[str, ...]) -> int:
    """A number that is another one for other numbers, and the same on every machine."""
    seed = zlib.crc32(",".join(names).encode())
    for array in arrays.values():
        seed = zlib.crc32(array.astype("<f8").tobytes(), seed)
    return seed
