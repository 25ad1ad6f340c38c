"""W·v and Wᵀ·dz drawn: W, the terms under the v that they come from, and the sums of the rows.

All of it is one grid of cells in one plot, because plotly.js takes longer over each further plot
than over many cells: operands in one colour scale, products in another, names in a third layer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lstm_core.ops import Array, columns
from lstm_core.text.numerals import numeral
from lstm_ui.figures import grid
from lstm_ui.figures.grid import Layer, Patch, Plan
from lstm_ui.figures.parts import (
    Figure,
    Part,
    cell_width,
    colour_axis,
    frame,
    layout,
    named_axis,
    scale,
)
from lstm_ui.figures.view import View
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme
from lstm_ui.sheet.letters import column_labels, entry_labels

BELOW_PX = 26  # room for the labels of the columns
NAME_PX = 13
CLEAR = [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]]


@dataclass(frozen=True, eq=False)
class Product:
    """A product of a matrix and a vector, with all that is written on it: made once, drawn twice.

    Of a GRU's W_h·v only some columns of the weights are used; of Wᵀ·dz the transposed ones.
    """

    view: View
    weights: str  # their names
    vector: str

    @cached_property
    def transposed(self) -> bool:
        """Whether the rows of the figure are columns of the weights."""
        return self.view.step.op.name.startswith("matvec_t")

    @cached_property
    def used_columns(self) -> slice:
        """The columns of W that are used: they meet the vector or, of Wᵀ, make the result."""
        along = self.view.result if self.transposed else self.v
        return columns(self.view.step.op, self.view.desk.values(self.weights), along)

    @cached_property
    def W(self) -> Array:
        """The matrix as it is drawn, (r, k)."""
        block = self.view.desk.values(self.weights)[:, self.used_columns]
        return block.T if self.transposed else block

    @property
    def v(self) -> Array:
        """The vector, (k,)."""
        return self.view.desk.values(self.vector)

    def place(self, j: int, k: int) -> tuple[int, int]:
        """Return where in the weights the cell in row j and column k of the figure stands."""
        start = self.used_columns.start
        return (k, start + j) if self.transposed else (j, start + k)

    def called(self, mark: str, name: Callable[[str], str]) -> tuple[str, str]:
        """Return the names of the matrix, marked where it is transposed, and of the vector."""
        matrix = name(self.weights)
        return (matrix + mark if self.transposed else matrix), name(self.vector)

    @property
    def across(self) -> list[str]:
        """What the columns of the figure are for: entries of v or, of Wᵀ, units."""
        exercise = self.view.exercise
        if self.transposed:
            return entry_labels(exercise, self.vector)
        return column_labels(exercise, self.weights)[self.used_columns]

    @property
    def down(self) -> list[str]:
        """What the rows are for: the entries of the result."""
        return entry_labels(self.view.exercise, self.view.name)

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Where the scales of the operands and of the products end."""
        return theme.limit(self.W, self.v), theme.limit(self.W * self.v, self.view.result)

    @cached_property
    def patches(self) -> tuple[Patch, Patch, Patch, Patch]:
        """W, v, the terms and the sums; a click on a row opens that row's sum."""
        desk, (r, k) = self.view.desk, self.W.shape
        at = [cell_id(self.view.name, (j,)) for j in range(r)]
        rows, sums, terms = [[cell] * k for cell in at], self.view.result, self.W * self.v
        W_hover, v_hover, term_hover = self._hovers(terms)
        sum_hover = [[self.view.hover(self.view.name, (j,), sums[j])] for j in range(r)]
        v_at = [[cell_id(self.vector, (i,)) for i in range(k)]]
        totals = [[text] for text in desk.texts(self.view.name)]

        def texts(name: str, numbers: Array) -> list[list[str]]:
            return [desk.printed(name, row) for row in numbers]

        return (
            Patch(self.W, texts(self.weights, self.W), W_hover, rows),
            Patch(self.v[None, :], [desk.texts(self.vector)], v_hover, v_at),
            Patch(terms, texts(self.vector, terms), term_hover, rows),
            Patch(sums[:, None], totals, sum_hover, [[cell] for cell in at]),
        )

    def _hovers(self, terms: Array) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
        """Return W_f[1,2] = 2, v[2] = 2 and W_f[1,2] · v[2] = 2 · 2 = 4, with all digits."""
        desk = self.view.desk
        v = [(desk.entry(self.vector, i), _digits(x)) for i, x in enumerate(self.v.tolist())]
        W = [
            [(desk.entry(self.weights, *self.place(j, i)), _digits(x)) for i, x in enumerate(row)]
            for j, row in enumerate(self.W.tolist())
        ]
        return (
            [[f"{name} = {x}" for name, x in row] for row in W],
            [[f"{name} = {x}" for name, x in v]],
            [
                [
                    f"{a} · {b} = {x} · {y} = {_digits(term)}"
                    for (a, x), (b, y), term in zip(row, v, products, strict=True)
                ]
                for row, products in zip(W, terms.tolist(), strict=True)
            ],
        )


def _digits(x: float) -> str:
    return numeral(x, None)


def matvec(view: View) -> Figure:
    """Return the figure of a product, W beside the terms; with little room, the terms alone."""
    product = Product(view, *view.step.operands)
    wide, narrow = (plan(*product.W.shape) for plan in (grid.beside, grid.terms_alone))
    needed = cell_width([row for patch in product.patches for row in patch.text])
    names = " and ".join(product.called("ᵀ", view.desk.plain))
    return Figure(
        data=_data(product, wide),
        layout=_layout(product, wide),
        narrow={"data": _data(product, narrow), "layout": _layout(product, narrow)},
        most=wide.size[1] * 1.6 * needed,
        least=wide.size[1] * needed,
        narrowest=narrow.size[1] * needed,
        scales=[scale(names, product.ends[0]), scale("terms and sums", product.ends[1])],
        alt=_alt(product),
    )


def _data(product: Product, plan: Plan) -> list[Part]:
    """Operands, products and names."""
    W, v, terms, sums = product.patches
    operands, products = Layer(plan.size), Layer(plan.size)
    if plan.W:
        operands.put(plan.W, W)
    operands.put(plan.v, v)
    products.put(plan.terms, terms)
    products.put(plan.sums, sums)
    printed = "%{text}" if product.W.shape[1] <= theme.FULL_TEXT else ""
    return [
        operands.trace(coloraxis="coloraxis", texttemplate=printed),
        products.trace(coloraxis="coloraxis2", texttemplate=printed),
        _names(product, plan),
    ]


def _names(product: Product, plan: Plan) -> Part:
    """The letters, in cells that are otherwise empty and stay clear."""
    layer, mark = Layer(plan.size), product.view.desk.mark
    W, v = product.called("<sup>T</sup>", mark)
    marks = (f"<b>{W}</b>", f"<b>{v}</b>", "Σ =", f"<b>{mark(product.view.name)}</b>")
    for place, text in zip(plan.names, marks, strict=True):
        if place:
            layer.put(place, grid.word(text))
    return layer.trace(
        colorscale=CLEAR,
        showscale=False,
        hoverinfo="skip",
        texttemplate="%{text}",
        # Without a size, the longest name would decide how small all of them are.
        textfont={"size": NAME_PX},
    )


def _layout(product: Product, plan: Plan) -> Part:
    (r, k), (rows, across) = product.W.shape, plan.size
    labels, units = [""] * across, [""] * rows
    for top, left in filter(None, (plan.W, plan.terms)):
        labels[left : left + k] = product.across
        units[top : top + r] = product.down
    (top, left), (_, right) = plan.terms, plan.sums
    here = (top + product.view.entry, top + product.view.entry)
    return layout(
        rows * theme.CELL_PX + BELOW_PX,
        (30, 12, 4, BELOW_PX),
        named_axis(labels, range=[-0.5, across - 0.5]),
        named_axis(units, range=[rows - 0.5, -0.5]),
        coloraxis=colour_axis(product.ends[0]),
        coloraxis2=colour_axis(product.ends[1]),
        shapes=[frame((left, left + k - 1), here), frame((right, right), here)],
    )


def _alt(product: Product) -> str:
    desk, (W, v) = product.view.desk, product.called("ᵀ", product.view.desk.plain)
    sums = ", ".join(desk.texts(product.view.name))
    return (
        f"Heatmap of the terms {W}[j,k]·{v}[k]. "
        f"The rows of terms add up to {desk.plain(product.view.name)} = {sums}."
    )
