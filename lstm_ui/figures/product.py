"""W·v and Wᵀ·dz drawn: W, the terms under the v that they come from, and the sums of the rows.

All of it is one grid of cells in one plot, because plotly.js takes longer over each further plot
than over many cells: operands in one colour scale, products in another, names in a third layer.
"""

from collections.abc import Callable

import numpy as np

from lstm_core.ops import Array, columns
from lstm_core.text.numerals import numeral
from lstm_ui.figures.grid import Layer, Place, Plan, Texts, above, beside
from lstm_ui.figures.parts import Part, View, axis, cell_width, colour_axis, frame, scale
from lstm_ui.session.address import cell_id, entry_name
from lstm_ui.sheet import theme
from lstm_ui.sheet.letters import column_labels, entry_labels

BELOW_PX = 26  # room for the labels of the columns
NAME_PX = 13


def matvec(view: View) -> Part:
    """Return the figure of a product, W beside the terms; with little room, W above them."""
    W, v = _operands(view)
    sums = view.values(view.step.name)
    wide, narrow = (plan(*W.shape) for plan in (beside, above))
    data = _data(view, wide)
    needed = cell_width([row for trace in data[:2] for row in trace["text"]])
    names = " and ".join(_called(view, "ᵀ", view.plain))
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
    weights, vector = (view.values(name) for name in view.step.operands)
    block = weights[:, _columns(view)]
    return block.T if _transposed(view) else block, vector


def _transposed(view: View) -> bool:
    return view.step.op.name.startswith("matvec_t")


def _columns(view: View) -> slice:
    """The columns of W that are used: they meet the vector or, of Wᵀ, make the result."""
    weights, vector = (view.values(name) for name in view.step.operands)
    along = view.values(view.step.name) if _transposed(view) else vector
    return columns(view.step.op, weights, along)


def _place(view: View, j: int, k: int) -> Place:
    """Where in W the cell in row j and column k of the figure stands."""
    start = _columns(view).start
    return (k, start + j) if _transposed(view) else (j, start + k)


def _called(view: View, mark: str, name: Callable[[str], str]) -> tuple[str, str]:
    """The names of the matrix, marked where it is transposed, and of the vector."""
    weights, vector = (name(operand) for operand in view.step.operands)
    return weights + mark * _transposed(view), vector


def _labels(view: View) -> list[str]:
    """What the columns of the figure are for: entries of v or, of Wᵀ, units."""
    weights, vector = view.step.operands
    if _transposed(view):
        return entry_labels(view.exercise, vector)
    return column_labels(view.exercise, weights)[_columns(view)]


def _layout(view: View, plan: Plan) -> Part:
    W, v = _operands(view)
    (r, k), (rows, across) = W.shape, plan.size
    labels, units = [""] * across, [""] * rows
    for _, first in (plan.W, plan.terms):
        labels[first : first + k] = _labels(view)
    for first, _ in (plan.W, plan.terms):
        units[first : first + r] = entry_labels(view.exercise, view.step.name)
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


def _data(view: View, plan: Plan) -> list[Part]:
    """Operands, products and names; a click on a row opens that row's sum."""
    (W, v), (weights, vector), name = _operands(view), view.step.operands, view.step.name
    (r, k), sums = W.shape, view.values(name)
    here = [[cell_id(name, (j,))] * k for j in range(r)]
    above = [[cell_id(vector, (i,)) for i in range(k)]]
    W_hover = [
        [view.hover(weights, _place(view, j, i), W[j, i]) for i in range(k)] for j in range(r)
    ]
    v_hover = [[view.hover(vector, (i,), v[i]) for i in range(k)]]
    sum_hover = [[view.hover(name, (j,), sums[j])] for j in range(r)]
    operands, products = Layer(plan.size), Layer(plan.size)
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
    layer = Layer(plan.size)
    names = (*_called(view, "<sup>T</sup>", view.mark), view.mark(view.step.name))
    marks = [f"<b>{name}</b>" for name in names]
    for place, mark in zip(plan.names, (*marks[:2], "Σ =", marks[2]), strict=True):
        layer.put(place, np.zeros((1, 1)), [[mark]], [[""]], [[""]])
    clear = [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]]
    fixed = {"size": NAME_PX}  # or the longest name would decide how small all of them are
    return layer.trace(
        colorscale=clear,
        showscale=False,
        hoverinfo="skip",
        texttemplate="%{text}",
        textfont=fixed,
    )


def _texts(view: View, numbers: Array, name: str) -> Texts:
    return [[view.text(x, name) for x in row] for row in numbers]


def _term_hover(view: View, W: Array, v: Array) -> Texts:
    """W_f[1,2] · v[2] = 2 · 2 = 4, with all digits."""
    weights, vector = view.step.operands
    cell = view.trace.cell

    def told(j: int, k: int) -> str:
        names = (
            f"{entry_name(cell, weights, _place(view, j, k))} · {entry_name(cell, vector, (k,))}"
        )
        numbers = " · ".join(numeral(float(x), None) for x in (W[j, k], v[k]))
        return f"{names} = {numbers} = {numeral(float(W[j, k] * v[k]), None)}"

    return [[told(j, k) for k in range(len(v))] for j in range(len(W))]


def _alt(view: View) -> str:
    W, v = _called(view, "ᵀ", view.plain)
    sums = ", ".join(view.texts(view.step.name))
    return (
        f"Heatmaps of {W}, of {v} and of the terms {W}[j,k]·{v}[k]. "
        f"The rows of terms add up to {view.plain(view.step.name)} = {sums}."
    )
