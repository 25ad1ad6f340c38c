"""From a trace and an address to a figure: plain data for plotly.js. No Streamlit, no session.

Every number drawn is the trace's own. Numbers stand in their cells, scales are symmetric about 0,
fixed in steps and labelled, and each figure comes with a sentence or two for those who cannot see
it. A cell's `customdata` is its address on the sheet, so that a click opens that entry.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_core.cell import Step
from lstm_core.exercise import Exercise
from lstm_core.numerals import numeral
from lstm_core.ops import Array
from lstm_core.trace import Address, Trace
from lstm_ui import theme
from lstm_ui.grids import cell_id
from lstm_ui.letters import column_labels, entry_labels, entry_name, marked, plain

Dict = dict[str, Any]
REACH = 8.0  # an activation curve is drawn from −8 to 8; a unit beyond stands at the edge
SATURATED = 0.01  # where the derivative is smaller than this


@dataclass(frozen=True, eq=False)
class View:
    """What a figure shows: a step, at a time step, of an exercise, and the entry that is open."""

    exercise: Exercise
    trace: Trace
    place: Address

    @property
    def step(self) -> Step:
        """The step on screen."""
        return self.exercise.cell[self.place.step]

    @property
    def entry(self) -> int:
        """The entry of the result that is open."""
        return min(self.place.index[0], len(self.values(self.place.step)) - 1)

    def values(self, name: str) -> Array:
        """Return the trace's array of that name."""
        return self.trace[self.place.t, name]

    def texts(self, name: str) -> list[str]:
        """Return each entry of a vector as it is printed."""
        return [self.text(x, name) for x in self.values(name)]

    def text(self, x: float, name: str) -> str:
        """Return a number as the exercise's decimals print it."""
        cell = self.exercise.cell
        return numeral(float(x), self.exercise.decimals, name in cell.rounded)

    def mark(self, name: str) -> str:
        """Return a name as figures write it."""
        return marked(self.exercise.cell, name)


def figure(view: View) -> Dict:
    """Return {"data", "layout", "alt"} of the figure that shows the view's operation itself."""
    return _FIGURES[view.step.op.name](view)


def _heat(
    z: Array, text: Sequence[Sequence[str]], hover: Sequence[Sequence[str]], cells: Any, **more: Any
) -> Dict:
    """One heatmap whose cells print their number."""
    shown = "%{text}" if z.shape[1] <= theme.FULL_TEXT else ""
    return {
        "type": "heatmap",
        "z": np.where(np.isfinite(z), z, 0.0).tolist(),
        "text": text,
        "texttemplate": shown,
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": cells,
        "xgap": 2,
        "ygap": 2,
        **more,
    }


def _colour_axis(end: float, label: str, **bar: Any) -> Dict:
    """A fixed symmetric scale, its ends and its middle labelled."""
    ticks = [-end, 0, end]
    return {
        "cmin": -end,
        "cmax": end,
        "colorbar": {
            "orientation": "h",
            "thickness": 10,
            "tickvals": ticks,
            "ticktext": [numeral(tick, 2) for tick in ticks],
            "title": {"text": label, "side": "top"},
            **bar,
        },
    }


def _axis(labels: Sequence[str] | None, domain: Sequence[float], anchor: str, **more: Any) -> Dict:
    shown = labels is not None
    return {
        "domain": list(domain),
        "anchor": anchor,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "showticklabels": shown,
        "ticks": "",
        **({"tickvals": list(range(len(labels))), "ticktext": list(labels)} if labels else {}),
        **more,
    }


def _title(text: str, x: float, y: float) -> Dict:
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "center",
        "yanchor": "bottom",
        "showarrow": False,
    }


def _layout(height: float, **more: Any) -> Dict:
    return {"height": round(height), "margin": {"l": 44, "r": 12, "t": 34, "b": 12}, **more}


# ---- W · v: the terms, whose rows add up ---------------------------------------------------------


def _matvec(view: View) -> Dict:
    """W, then the terms W[j,k]·v[k] under the v that they come from, then their sums."""
    W, v = (view.values(name) for name in view.step.inputs)
    terms, sums = W * v, view.values(view.step.name)
    operands, products = theme.limit(W, v), theme.limit(terms, sums)
    rows, columns = W.shape
    height = (rows + 1.5) * theme.CELL_PX + 130
    top = 1.0 / (rows + 1.5)  # the height of v's row
    w, s = columns / (2 * columns + 4), 1.5 / (2 * columns + 4)
    spans = {"W": (0.0, w), "terms": (1 - s - 0.07 - w, 1 - s - 0.07), "sums": (1 - s, 1.0)}
    below, above = (0.0, 1 - 1.5 * top), (1 - top, 1.0)
    labels, units = column_labels(view.exercise, view.step.inputs[0]), _units(rows)
    layout = _layout(
        height,
        margin={"l": 44, "r": 12, "t": 34, "b": 74},
        xaxis=_axis(labels, spans["W"], "y", side="top"),
        yaxis=_axis(units, below, "x", autorange="reversed"),
        xaxis2=_axis(None, spans["terms"], "y2"),
        yaxis2=_axis(None, below, "x2", autorange="reversed"),
        xaxis3=_axis(labels, spans["terms"], "y3", side="top"),
        yaxis3=_axis(None, above, "x3"),
        xaxis4=_axis(None, spans["sums"], "y4"),
        yaxis4=_axis(None, below, "x4", autorange="reversed"),
        coloraxis=_colour_axis(
            operands, _operand_names(view), x=w / 2, len=w, y=-0.06, yanchor="top"
        ),
        coloraxis2=_colour_axis(
            products, "terms and sums", x=sum(spans["terms"]) / 2, len=w, y=-0.06, yanchor="top"
        ),
        annotations=_matvec_titles(view, spans, below[1]),
        shapes=[
            _frame("x2", "y2", columns, view.entry),
            _frame("x4", "y4", 1, view.entry),
        ],
    )
    return {
        "data": _matvec_data(view, W, v, terms, sums),
        "layout": layout,
        "alt": _matvec_alt(view),
    }


def _units(n: int) -> list[str]:
    return [f"{j + 1}" for j in range(n)]


def _operand_names(view: View) -> str:
    return " and ".join(view.mark(name) for name in view.step.inputs)


def _matvec_titles(view: View, spans: Dict, top: float) -> list[Dict]:
    W, v = (f"<b>{view.mark(name)}</b>" for name in view.step.inputs)
    middle = {key: sum(span) / 2 for key, span in spans.items()}
    return [
        {**_title(W, middle["W"], top), "yshift": 18},
        {**_title(v, spans["terms"][0], 1.0), "yanchor": "top", "xanchor": "right", "xshift": -10},
        {**_title("Σ =", (spans["terms"][1] + spans["sums"][0]) / 2, top / 2), "yanchor": "middle"},
        _title(f"<b>{view.mark(view.step.name)}</b>", middle["sums"], top),
    ]


def _matvec_data(view: View, W: Array, v: Array, terms: Array, sums: Array) -> list[Dict]:
    weights, vector = view.step.inputs
    name = view.step.name
    rows, columns = W.shape
    label = view.exercise.cell
    here = [[cell_id(name, (j,))] * columns for j in range(rows)]
    W_text = [[view.text(x, weights) for x in row] for row in W]
    v_text = [view.texts(vector)]
    return [
        _heat(W, W_text, _hover(label, weights, W), here, coloraxis="coloraxis"),
        _heat(
            terms,
            [[view.text(x, vector) for x in row] for row in terms],
            [
                [
                    f"{entry_name(label, weights, (j, k))} · {entry_name(label, vector, (k,))}"
                    f" = {numeral(W[j, k], None)} · {numeral(v[k], None)}"
                    f" = {numeral(terms[j, k], None)}"
                    for k in range(columns)
                ]
                for j in range(rows)
            ],
            here,
            coloraxis="coloraxis2",
            xaxis="x2",
            yaxis="y2",
        ),
        _heat(
            v[None, :],
            v_text,
            _hover(label, vector, v[None, :]),
            [[cell_id(vector, (k,)) for k in range(columns)]],
            coloraxis="coloraxis",
            xaxis="x3",
            yaxis="y3",
        ),
        _heat(
            sums[:, None],
            [[text] for text in view.texts(name)],
            [[row[0]] for row in _hover(label, name, sums[:, None])],
            [[cell_id(name, (j,))] for j in range(rows)],
            coloraxis="coloraxis2",
            xaxis="x4",
            yaxis="y4",
        ),
    ]


def _hover(cell: Any, name: str, values: Array) -> list[list[str]]:
    """Full precision for each cell; a vector's entries have one index."""
    rows, columns = values.shape

    def index(j: int, k: int) -> tuple[int, ...]:
        return (j, k) if name.startswith("W_") else (j if rows > 1 else k,)

    return [
        [
            f"{entry_name(cell, name, index(j, k))} = {numeral(values[j, k], None)}"
            for k in range(columns)
        ]
        for j in range(rows)
    ]


def _frame(x: str, y: str, columns: int, row: int) -> Dict:
    """A frame around the row of the entry that is open."""
    return {
        "type": "rect",
        "xref": x,
        "yref": y,
        "x0": -0.5,
        "x1": columns - 0.5,
        "y0": row - 0.5,
        "y1": row + 0.5,
        "line": {"width": 3},
    }


def _matvec_alt(view: View) -> str:
    W, v = (plain(view.exercise.cell, name) for name in view.step.inputs)
    sums = ", ".join(view.texts(view.step.name))
    return (
        f"Heatmaps of {W}, of {v} and of the terms {W}[j,k]·{v}[k]. "
        f"The rows of terms add up to {plain(view.exercise.cell, view.step.name)} = {sums}."
    )


# ---- concatenation, +, ∘, 1 − : operands and result, one under the other ---------------------------


def _stacked(view: View, rows: Sequence[tuple[str, str]], sign: str) -> Dict:
    """Rows of one heatmap, aligned entry by entry; the last row is the result."""
    names = [name for name, _ in rows]
    z = np.stack([view.values(name) for name in names])
    texts = [view.texts(name) for name in names]
    cell = view.exercise.cell
    hover = [_hover(cell, name, view.values(name)[None, :])[0] for name in names]
    here = [[cell_id(view.step.name, (k,)) for k in range(z.shape[1])]] * len(names)
    return _rows_figure(view, z, texts, hover, here, [label for _, label in rows], sign)


def _rows_figure(
    view: View, z: Array, texts: Any, hover: Any, here: Any, labels: Sequence[str], sign: str
) -> Dict:
    end = theme.limit(z[np.isfinite(z)])
    columns = z.shape[1]
    frame = {**_frame("x", "y", 1, 0), "x0": view.entry - 0.5, "x1": view.entry + 0.5}
    layout = _layout(
        len(labels) * (theme.CELL_PX + 6) + 120,
        margin={"l": 110, "r": 12, "t": 34, "b": 74},
        xaxis=_axis(entry_labels(view.exercise, view.step.name), (0, 1), "y", side="top"),
        yaxis=_axis(labels, (0, 1), "x", autorange="reversed"),
        coloraxis=_colour_axis(end, "values", x=0.5, len=0.5, y=-0.06, yanchor="top"),
        shapes=[{**frame, "y1": len(labels) - 0.5}],
    )
    layout["meta"] = {"columns": columns}
    return {
        "data": [_heat(z, texts, hover, here, coloraxis="coloraxis")],
        "layout": layout,
        "alt": f"Aligned heatmap, entry by entry: {sign}. "
        f"{plain(view.exercise.cell, view.step.name)} = {', '.join(texts[-1])}.",
    }


def _binary(sign: str) -> Callable[[View], Dict]:
    def draw(view: View) -> Dict:
        a, b = view.step.inputs
        y = view.step.name
        rows = ((a, view.mark(a)), (b, f"{sign}  {view.mark(b)}"), (y, f"=  {view.mark(y)}"))
        cell = view.exercise.cell
        return _stacked(view, rows, f"{plain(cell, a)} {sign} {plain(cell, b)}")

    return draw


def _one_minus(view: View) -> Dict:
    (a,), y = view.step.inputs, view.step.name
    rows = ((a, view.mark(a)), (y, f"1 − {view.mark(a)}"))
    return _stacked(view, rows, f"1 − {plain(view.exercise.cell, a)}")


def _concat(view: View) -> Dict:
    """The parts in the upper row, where they will stand; v in the lower."""
    a, b = view.step.inputs
    parts = np.concatenate([view.values(a), view.values(b)])
    z = np.stack([parts, view.values(view.step.name)])
    cell = view.exercise.cell
    texts = [view.texts(a) + view.texts(b), view.texts(view.step.name)]
    hover = [_hover(cell, name, view.values(name)[None, :])[0] for name in (a, b, view.step.name)]
    labels = [f"{view.mark(a)},  {view.mark(b)}", view.mark(view.step.name)]
    here = [[cell_id(view.step.name, (k,)) for k in range(z.shape[1])]] * 2
    sign = f"{plain(cell, a)} followed by {plain(cell, b)}"
    return _rows_figure(view, z, texts, [hover[0] + hover[1], hover[2]], here, labels, sign)


# ---- σ and tanh: the curve, its derivative, every unit on both -------------------------------------

_WORDS = {"sigmoid": ("σ", "σ′"), "tanh": ("tanh", "tanh′"), "relu": ("ReLU", "ReLU′")}
_HEIGHTS = {"sigmoid": (-0.08, 1.12), "tanh": (-1.2, 1.25), "relu": (-0.6, REACH)}


def slope(step: Step, y: Array, z: Array) -> Array:
    """Return the derivative of an activation at z, from the operation's own product rule."""
    return step.op.vjp(np.ones_like(z), y, z)[0]


def _curve(view: View) -> Dict:
    op = view.step.op
    z, y = view.values(view.step.inputs[0]), view.values(view.step.name)
    grid = np.linspace(-REACH, REACH, 161)
    line = op.forward(grid)
    word, derivative = _WORDS[op.name]
    return {
        "data": [
            _line(grid, line, f"{word}(z)", theme.CURVE, "solid"),
            _line(grid, slope(view.step, line, grid), f"{derivative}(z)", theme.DERIVATIVE, "dash"),
            _units_on(view, z, y, word),
            _units_on(view, z, slope(view.step, y, z), derivative, hollow=True),
        ],
        "layout": _curve_layout(view, grid, slope(view.step, line, grid)),
        "alt": _curve_alt(view, z, y, word, derivative),
    }


def _line(x: Array, y: Array, name: str, colour: str, dash: str) -> Dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x.tolist(),
        "y": y.round(6).tolist(),
        "name": name,
        "line": {"color": colour, "dash": dash, "width": 2.5},
        "hoverinfo": "skip",
    }


def _units_on(view: View, z: Array, y: Array, word: str, hollow: bool = False) -> Dict:
    """A marker for each unit; beyond the axis, a triangle at its edge that points onwards."""
    colour = theme.DERIVATIVE if hollow else theme.CURVE
    symbols = np.select([z > REACH, z < -REACH], ["triangle-right", "triangle-left"], "circle")
    beyond = np.abs(z) > REACH
    z_text = view.texts(view.step.inputs[0])
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": np.clip(np.nan_to_num(z), -REACH, REACH).tolist(),
        "y": y.tolist(),
        "text": ["" if hollow else str(j + 1) for j in range(len(z))],
        "textposition": ["top center" if j % 2 == 0 else "bottom center" for j in range(len(z))],
        "hovertext": [
            f"unit {j + 1}: z = {z_text[j]}{', beyond the axis' if beyond[j] else ''}"
            f"<br>{word}(z) = {numeral(y[j], None)}"
            for j in range(len(z))
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [cell_id(view.step.name, (j,)) for j in range(len(z))],
        "cliponaxis": False,
        "showlegend": False,
        "marker": {
            "symbol": [f"{s}-open" if hollow else s for s in symbols],
            "size": [15 if j == view.entry else 10 for j in range(len(z))],
            "color": colour,
            "line": {"width": 2},
        },
    }


def _curve_layout(view: View, grid: Array, derivative: Array) -> Dict:
    low, high = _HEIGHTS[view.step.op.name]
    flat = grid[(derivative < SATURATED) & (grid > 0)]
    edge = float(flat[0]) if len(flat) else REACH
    bands = [(-REACH, -edge), (edge, REACH)] if edge < REACH else []
    axis = {"fixedrange": True, "zeroline": True}
    return _layout(
        340,
        margin={"l": 44, "r": 24, "t": 40, "b": 44},
        xaxis={
            **axis,
            "range": [-REACH - 0.4, REACH + 0.4],
            "title": {"text": view.mark(view.step.inputs[0])},
        },
        yaxis={**axis, "range": [low, high]},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        shapes=[_band(a, b) for a, b in bands],
        annotations=[
            {**_title("saturated", 0, 0), "xref": "x", "x": (a + b) / 2, "yanchor": "bottom"}
            for a, b in bands
        ],
    )


def _band(x0: float, x1: float) -> Dict:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": x0,
        "x1": x1,
        "y0": 0,
        "y1": 1,
        "fillcolor": "rgba(128,128,128,0.14)",
        "line": {"width": 0},
        "layer": "below",
    }


def _curve_alt(view: View, z: Array, y: Array, word: str, derivative: str) -> str:
    slopes = slope(view.step, y, z)
    units = "; ".join(
        f"unit {j + 1}: z = {z_text}, {word} = {y_text}, {derivative} = {view.text(slopes[j], view.step.name)}"
        for j, (z_text, y_text) in enumerate(
            zip(view.texts(view.step.inputs[0]), view.texts(view.step.name), strict=True)
        )
    )
    return f"The curve of {word} and, dashed, its derivative. {units}."


_FIGURES: dict[str, Callable[[View], Dict]] = {
    "concat": _concat,
    "matvec": _matvec,
    "matvec_first": _matvec,
    "matvec_last": _matvec,
    "add": _binary("+"),
    "hadamard": _binary("∘"),
    "one_minus": _one_minus,
    "sigmoid": _curve,
    "tanh": _curve,
    "relu": _curve,
}
