"""W·v drawn: W, the terms W[j,k]·v[k] under the v that they come from, and the rows' sums.

All of it is one grid of cells in one plot, because plotly.js takes longer over each further plot
than over many cells: operands in one colour scale, products in another, names in a third layer.
"""

from dataclasses import dataclass

import numpy as np

from lstm_core.latex import columns
from lstm_core.numerals import numeral
from lstm_core.ops import Array
from lstm_ui import theme
from lstm_ui.figures_view import Part, View, axis, cell_width, colour_axis, frame, heat, scale
from lstm_ui.grids import cell_id
from lstm_ui.letters import column_labels, entry_name

Place = tuple[int, int]  # row and column of the grid
Texts = list[list[str]]
BELOW_PX = 26  # room for the labels of the columns


@dataclass(frozen=True)
class Plan:
    """Where the parts stand in the grid: the place of each part's first cell."""

    W: Place
    v: Place
    terms: Place
    sums: Place
    size: Place
    names: tuple[Place, Place, Place, Place]  # of W, v, "Σ =" and the sums


def _beside(r: int, k: int) -> Plan:
    """W, and to its right v over the terms."""
    names = (1, (k - 1) // 2), (0, k), (2 + (r - 1) // 2, 2 * k + 1), (1, 2 * k + 2)
    return Plan((2, 0), (0, k + 1), (2, k + 1), (2, 2 * k + 2), (r + 2, 2 * k + 3), names)


def _above(r: int, k: int) -> Plan:
    """W, and below it v over the terms."""
    names = (0, (k - 1) // 2), (r + 2, k), (r + 4 + (r - 1) // 2, k), (r + 3, k + 1)
    return Plan((1, 0), (r + 2, 0), (r + 4, 0), (r + 4, k + 1), (2 * r + 4, k + 2), names)


def matvec(view: View) -> Part:
    """Return the figure of a product, W beside the terms; with little room, W above them."""
    W, v = _operands(view)
    sums = view.values(view.step.name)
    wide, narrow = (plan(*W.shape) for plan in (_beside, _above))
    data = _data(view, wide)
    needed = cell_width([row for trace in data[:2] for row in trace["text"]])
    names = " and ".join(view.plain(name) for name in view.step.inputs)
    return {
        "data": data,
        "layout": _layout(view, wide),
        "narrow": {"data": _data(view, narrow), "layout": _layout(view, narrow)},
        "most": wide.size[1] * 1.6 * needed,
        "least": wide.size[1] * needed,
        "narrowest": narrow.size[1] * needed,
        "scales": [
            scale(names, theme.limit(W, v)),
            scale("terms and sums", theme.limit(W * v, sums)),
        ],
        "alt": _alt(view),
    }


def _operands(view: View) -> tuple[Array, Array]:
    weights, vector = (view.values(name) for name in view.step.inputs)
    return weights[:, columns(view.step.op, weights, vector)], vector


def _layout(view: View, plan: Plan) -> Part:
    W, v = _operands(view)
    (r, k), (rows, across) = W.shape, plan.size
    labels, units = [""] * across, [""] * rows
    for _, first in (plan.W, plan.terms):
        labels[first : first + k] = column_labels(view.exercise, view.step.inputs[0])[:k]
    for first, _ in (plan.W, plan.terms):
        units[first : first + r] = [str(j + 1) for j in range(r)]
    (row, left), (_, right) = plan.terms, plan.sums
    here = (row + view.entry, row + view.entry)
    return {
        "height": rows * theme.CELL_PX + BELOW_PX,
        "margin": {"l": 30, "r": 12, "t": 4, "b": BELOW_PX},
        "xaxis": axis(labels, range=[-0.5, across - 0.5]),
        "yaxis": axis(units, range=[rows - 0.5, -0.5]),
        "coloraxis": colour_axis(theme.limit(W, v)),
        "coloraxis2": colour_axis(theme.limit(W * v, view.values(view.step.name))),
        "shapes": [
            frame((left, left + k - 1), here),
            frame((right, right), here),
        ],
    }


class _Layer:
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


def _data(view: View, plan: Plan) -> list[Part]:
    """Operands, products and names; a click on a row opens that row's sum."""
    (W, v), (weights, vector), name = _operands(view), view.step.inputs, view.step.name
    (r, k), sums = W.shape, view.values(name)
    here = [[cell_id(name, (j,))] * k for j in range(r)]
    above = [[cell_id(vector, (i,)) for i in range(k)]]
    W_hover = [[view.hover(weights, (j, i), W[j, i]) for i in range(k)] for j in range(r)]
    v_hover = [[view.hover(vector, (i,), v[i]) for i in range(k)]]
    sum_hover = [[view.hover(name, (j,), sums[j])] for j in range(r)]
    operands, products = _Layer(plan.size), _Layer(plan.size)
    operands.put(plan.W, W, _texts(view, W, weights), W_hover, here)
    operands.put(plan.v, v[None, :], [view.texts(vector)], v_hover, above)
    products.put(plan.terms, W * v, _texts(view, W * v, vector), _term_hover(view, W, v), here)
    totals, first = [[text] for text in view.texts(name)], [row[:1] for row in here]
    products.put(plan.sums, sums[:, None], totals, sum_hover, first)
    printed = {"texttemplate": "%{text}" if k <= theme.FULL_TEXT else ""}
    return [
        operands.trace(coloraxis="coloraxis", **printed),
        products.trace(coloraxis="coloraxis2", **printed),
        _names(view, plan),
    ]


def _names(view: View, plan: Plan) -> Part:
    """The letters, in cells that are otherwise empty and stay clear."""
    layer = _Layer(plan.size)
    marks = [f"<b>{view.mark(name)}</b>" for name in (*view.step.inputs, view.step.name)]
    for place, mark in zip(plan.names, (*marks[:2], "Σ =", marks[2]), strict=True):
        layer.put(place, np.zeros((1, 1)), [[mark]], [[""]], [[""]])
    clear = [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]]
    return layer.trace(colorscale=clear, showscale=False, hoverinfo="skip", texttemplate="%{text}")


def _texts(view: View, numbers: Array, name: str) -> Texts:
    return [[view.text(x, name) for x in row] for row in numbers]


def _term_hover(view: View, W: Array, v: Array) -> Texts:
    """W_f[1,2] · v[2] = 2 · 2 = 4, with all digits."""
    weights, vector = view.step.inputs
    cell = view.exercise.cell

    def told(j: int, k: int) -> str:
        names = f"{entry_name(cell, weights, (j, k))} · {entry_name(cell, vector, (k,))}"
        numbers = " · ".join(numeral(float(x), None) for x in (W[j, k], v[k]))
        return f"{names} = {numbers} = {numeral(float(W[j, k] * v[k]), None)}"

    return [[told(j, k) for k in range(len(v))] for j in range(len(W))]


def _alt(view: View) -> str:
    W, v = (view.plain(name) for name in view.step.inputs)
    sums = ", ".join(view.texts(view.step.name))
    return (
        f"Heatmaps of {W}, of {v} and of the terms {W}[j,k]·{v}[k]. "
        f"The rows of terms add up to {view.plain(view.step.name)} = {sums}."
    )
