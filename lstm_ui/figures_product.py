"""W·v drawn: W, the terms W[j,k]·v[k] under the v that they come from, and the rows' sums."""

from lstm_core.latex import columns
from lstm_core.numerals import numeral
from lstm_core.ops import Array
from lstm_ui import theme
from lstm_ui.figures_view import Part, View, axis, cell_width, colour_axis, frame, heat, note
from lstm_ui.grids import cell_id
from lstm_ui.letters import column_labels, entry_name

Span = tuple[float, float]
BELOW_PX = 74  # room for the colour bars


def matvec(view: View) -> Part:
    """Return the figure of a product, W beside the terms; with little room, W above them."""
    W, v = _operands(view)
    data = _data(view, W, v)
    needed = cell_width([*data[0]["text"], *data[1]["text"], *data[3]["text"]])
    return {
        "data": data,
        "layout": _beside(view, W, v),
        "narrow": _above(view, W, v),
        "most": (2 * W.shape[1] + 3) * 1.6 * needed,
        "least": (2 * W.shape[1] + 3) * needed,
        "narrowest": (W.shape[1] + 3) * needed,
        "alt": _alt(view),
    }


def _operands(view: View) -> tuple[Array, Array]:
    weights, vector = (view.values(name) for name in view.step.inputs)
    return weights[:, columns(view.step.op, weights, vector)], vector


def _beside(view: View, W: Array, v: Array) -> Part:
    rows, k = W.shape
    unit = 1.0 / (2 * k + 4)  # the width of one cell
    top = 1.0 / (rows + 1.5)  # the height of one
    spans = {
        "W": (0.0, k * unit),
        "terms": (1 - (k + 2.4) * unit, 1 - 2.4 * unit),
        "sums": (1 - 1.4 * unit, 1.0),
    }
    heights = {"W": (0.0, 1 - 1.5 * top), "terms": (0.0, 1 - 1.5 * top), "v": (1 - top, 1.0)}
    return _layout(view, W, v, spans, heights, (rows + 1.5) * theme.CELL_PX)


def _above(view: View, W: Array, v: Array) -> Part:
    rows, k = W.shape
    unit, lines = 1.0 / (k + 2.4), 2 * rows + 4.5
    spans = {"W": (0.0, k * unit), "terms": (0.0, k * unit), "sums": (1 - 1.4 * unit, 1.0)}
    heights = {
        "W": (1 - rows / lines, 1.0),
        "v": ((rows + 0.5) / lines, (rows + 1.5) / lines),
        "terms": (0.0, rows / lines),
    }
    return _layout(view, W, v, spans, heights, lines * theme.CELL_PX)


def _layout(
    view: View, W: Array, v: Array, spans: dict[str, Span], heights: dict[str, Span], height: float
) -> Part:
    rows, k = W.shape
    labels = column_labels(view.exercise, view.step.inputs[0])[:k]
    units = [str(j + 1) for j in range(rows)]
    downwards = {"autorange": "reversed"}
    operands, products = theme.limit(W, v), theme.limit(W * v, view.values(view.step.name))
    names = " and ".join(view.mark(name) for name in view.step.inputs)
    return {
        "height": round(height + 44 + BELOW_PX),
        "margin": {"l": 30, "r": 12, "t": 44, "b": BELOW_PX},
        "xaxis": axis(labels, spans["W"], "y", side="top"),
        "yaxis": axis(units, heights["W"], "x", **downwards),
        "xaxis2": axis(None, spans["terms"], "y2"),
        "yaxis2": axis(None, heights["terms"], "x2", **downwards),
        "xaxis3": axis(labels, spans["terms"], "y3", side="top"),
        "yaxis3": axis(None, heights["v"], "x3"),
        "xaxis4": axis(None, spans["sums"], "y4"),
        "yaxis4": axis(None, heights["terms"], "x4", **downwards),
        "coloraxis": colour_axis(operands, names, 0.22, 0.42),
        "coloraxis2": colour_axis(products, "terms and sums", 0.78, 0.42),
        "annotations": _notes(view, spans, heights),
        "shapes": [
            frame(("x2", "y2"), (0, k - 1), (view.entry, view.entry)),
            frame(("x4", "y4"), (0, 0), (view.entry, view.entry)),
        ],
    }


def _notes(view: View, spans: dict[str, Span], heights: dict[str, Span]) -> list[Part]:
    W, v = (f"<b>{view.mark(name)}</b>" for name in view.step.inputs)
    sums = sum(spans["sums"]) / 2
    between = (spans["terms"][1] + spans["sums"][0]) / 2
    return [
        note(W, sum(spans["W"]) / 2, heights["W"][1], yshift=20, xanchor="center"),
        note(v, spans["terms"][1], heights["v"][0], xanchor="left", xshift=8, yshift=6),
        note("Σ =", between, sum(heights["terms"]) / 2, yanchor="middle", xanchor="center"),
        note(f"<b>{view.mark(view.step.name)}</b>", sums, heights["terms"][1], xanchor="center"),
    ]


def _data(view: View, W: Array, v: Array) -> list[Part]:
    """W, terms, v and sums, each on its axes; a click on a row opens that row's sum."""
    (weights, vector), name, sums = view.step.inputs, view.step.name, view.values(view.step.name)
    rows, k = W.shape
    here = [[cell_id(name, (j,))] * k for j in range(rows)]
    above = [[cell_id(vector, (i,)) for i in range(k)]]
    W_hover = [[view.hover(weights, (j, i), W[j, i]) for i in range(k)] for j in range(rows)]
    v_hover = [[view.hover(vector, (i,), v[i]) for i in range(k)]]
    sum_hover = [[view.hover(name, (j,), sums[j])] for j in range(rows)]
    terms = W * v
    parts = (
        (W, _texts(view, W, weights), W_hover, here),
        (terms, _texts(view, terms, vector), _term_hover(view, W, v), here),
        (v[None, :], [view.texts(vector)], v_hover, above),
        (sums[:, None], [[text] for text in view.texts(name)], sum_hover, [c[:1] for c in here]),
    )
    colours = ("coloraxis", "coloraxis2", "coloraxis", "coloraxis2")
    return [
        heat(*part, coloraxis=colour, xaxis=f"x{n}", yaxis=f"y{n}")
        for part, colour, n in zip(parts, colours, ("", 2, 3, 4), strict=True)
    ]


def _texts(view: View, numbers: Array, name: str) -> list[list[str]]:
    return [[view.text(x, name) for x in row] for row in numbers]


def _term_hover(view: View, W: Array, v: Array) -> list[list[str]]:
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
