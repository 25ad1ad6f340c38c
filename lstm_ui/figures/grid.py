"""A grid of cells that holds the parts of a figure, with nothing in the cells between them."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from lstm_core.ops import Array
from lstm_ui.figures.parts import Part, Texts, cells

Place = tuple[int, int]  # row and column of the grid


class Patch(NamedTuple):
    """Neighbouring cells, (rows, columns): numbers, what is printed, what hovering says, addresses.

    A click on a cell opens the entry at its address; without an address it opens nothing.
    """

    z: Array
    text: Texts
    hover: Texts
    at: Texts


def word(text: str) -> Patch:
    """Return a single cell that holds a word, and no number."""
    return Patch(np.zeros((1, 1)), [[text]], [[""]], [[""]])


@dataclass(frozen=True)
class Plan:
    """Where the parts of a product stand in the grid: the place of each part's first cell.

    Without a place for W, neither W nor its name is drawn.
    """

    W: Place | None
    v: Place
    terms: Place
    sums: Place
    size: Place
    names: tuple[Place | None, Place, Place, Place]  # of W, v, "Σ =" and the sums


def beside(r: int, k: int) -> Plan:
    """Put v over the terms, and W (r, k) to the left of both."""
    names = (1, (k - 1) // 2), (0, k), (2 + (r - 1) // 2, 2 * k + 1), (1, 2 * k + 2)
    return Plan((2, 0), (0, k + 1), (2, k + 1), (2, 2 * k + 2), (r + 2, 2 * k + 3), names)


def terms_alone(r: int, k: int) -> Plan:
    """Put v over the terms, (r, k), and leave W out: it stands on the sheet beside the figure."""
    names = None, (0, k), (2 + (r - 1) // 2, k), (1, k + 1)
    return Plan(None, (0, 0), (2, 0), (2, k + 1), (r + 2, k + 2), names)


class Layer:
    """One layer of the grid, (rows, columns): patches, and empty cells around them.

    Numbers of another scale of colours need another layer: a heatmap has one scale.
    """

    def __init__(self, size: Place):
        self.z = np.full(size, np.nan)
        self.text, self.hover, self.at = (np.full(size, "", object) for _ in range(3))

    def put(self, place: Place, patch: Patch) -> None:
        """Put a patch with its first cell at this place."""
        where = tuple(slice(a, a + b) for a, b in zip(place, patch.z.shape, strict=True))
        self.z[where], self.text[where] = patch.z, patch.text
        self.hover[where], self.at[where] = patch.hover, patch.at

    def trace(self, **style: Any) -> Part:
        """Return the layer for plotly.js."""
        return cells(self.z, self.text.tolist(), self.hover.tolist(), self.at.tolist(), **style)
