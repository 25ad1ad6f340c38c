"""A grid of cells that holds the parts of a figure, with nothing in the cells between them."""

from dataclasses import dataclass

import numpy as np

from lstm_core.ops import Array
from lstm_ui.figures.parts import Part, heat

Place = tuple[int, int]  # row and column of the grid
Texts = list[list[str]]


@dataclass(frozen=True)
class Plan:
    """Where the parts stand in the grid: the place of each part's first cell."""

    W: Place
    v: Place
    terms: Place
    sums: Place
    size: Place
    names: tuple[Place, Place, Place, Place]  # of W, v, "Σ =" and the sums


def beside(r: int, k: int) -> Plan:
    """W, and to its right v over the terms."""
    names = (1, (k - 1) // 2), (0, k), (2 + (r - 1) // 2, 2 * k + 1), (1, 2 * k + 2)
    return Plan((2, 0), (0, k + 1), (2, k + 1), (2, 2 * k + 2), (r + 2, 2 * k + 3), names)


def above(r: int, k: int) -> Plan:
    """W, and below it v over the terms."""
    names = (0, (k - 1) // 2), (r + 2, k), (r + 4 + (r - 1) // 2, k), (r + 3, k + 1)
    return Plan((1, 0), (r + 2, 0), (r + 4, 0), (r + 4, k + 1), (2 * r + 4, k + 2), names)


class Layer:
    """One layer of the grid: numbers, texts, hover texts and cells, empty where nothing stands."""

    def __init__(self, size: Place):
        self.z = np.full(size, np.nan)
        self.text, self.hover, self.cells = (np.full(size, "", object) for _ in range(3))

    def put(self, place: Place, z: Array, text: Texts, hover: Texts, cells: Texts) -> None:
        """Put a part of the figure at its place."""
        where = tuple(slice(a, a + b) for a, b in zip(place, z.shape, strict=True))
        self.z[where], self.text[where] = z, text
        self.hover[where], self.cells[where] = hover, cells

    def trace(self, **more: object) -> Part:
        """Return the layer for plotly.js; what is empty stays empty, and says nothing."""
        texts = (self.text.tolist(), self.hover.tolist(), self.cells.tolist())
        part = heat(self.z, *texts, **more)
        empty = self.text == ""
        part["z"] = np.where(empty, None, np.array(part["z"], object)).tolist()
        return {**part, "hoverongaps": False}
