"""Matrices that the backward pass makes, drawn: the outer product, and two blocks side by side."""

from lstm_core.ops import Array
from lstm_ui.figures.grid import Layer, Patch, Place
from lstm_ui.figures.parts import (
    Figure,
    Scale,
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

LEFT_PX, TOP_PX = 64, 30  # room for the labels of the rows, and of the columns
Labels = tuple[list[str], list[str]]  # across and down


def outer(view: View) -> Figure:
    """Draw a down the left side, b along the top, and a[j]·b[k] where row and column meet."""
    (a, b), desk, y = view.step.operands, view.desk, view.result
    column, row = desk.values(a)[:, None], desk.values(b)[None, :]
    operands, products = (Layer((len(y) + 2, y.shape[1] + 2)) for _ in range(2))
    operands.put((2, 0), _patch(view, a, column))
    operands.put((0, 2), _patch(view, b, row))
    products.put((2, 2), _patch(view, view.name, y))
    across = [desk.mark(a), "", *entry_labels(view.exercise, b)]
    down = [desk.mark(b), "", *entry_labels(view.exercise, a)]
    factors = f"each entry of {desk.plain(a)} times each entry of {desk.plain(b)}"
    scales = [
        scale(f"{desk.plain(a)} and {desk.plain(b)}", theme.limit(column, row)),
        scale(desk.plain(view.name), theme.limit(y)),
    ]
    alt = f"Heatmap of the outer product: {factors}. {_open_row(view)}"
    here = 2 + view.entry, 2 + view.column
    return _figure([operands, products], (across, down), here, scales, alt)


def beside(view: View) -> Figure:
    """Draw the matrix that the two blocks make, with a gap between them."""
    (left, _), desk, y = view.step.operands, view.desk, view.result
    split = desk.values(left).shape[1]
    blocks = Layer((len(y), y.shape[1] + 1))
    blocks.put((0, 0), _patch(view, view.name, y[:, :split]))
    blocks.put((0, split + 1), _patch(view, view.name, y[:, split:], split))
    labels = column_labels(view.exercise, view.name)
    across, down = [*labels[:split], "", *labels[split:]], entry_labels(view.exercise, view.name)
    names = " beside ".join(desk.plain(name) for name in view.step.operands)
    gap = 1 if view.column >= split else 0
    scales = [scale(desk.plain(view.name), theme.limit(y))]
    alt = f"Heatmap of {names}. {_open_row(view)}"
    return _figure([blocks], (across, down), (view.entry, view.column + gap), scales, alt)


def _patch(view: View, name: str, z: Array, start: int = 0) -> Patch:
    """Return an array (rows, columns) for the grid; of a block, `start` is its first column."""
    rows, columns = range(z.shape[0]), range(z.shape[1])
    if view.desk.values(name).ndim == 1:  # a vector, set up as a column or as a row
        at: list[list[tuple[int, ...]]] = [[(j + k,) for k in columns] for j in rows]
    else:
        at = [[(j, start + k) for k in columns] for j in rows]
    return Patch(
        z,
        [view.desk.printed(name, row) for row in z],
        [[view.hover(name, at[j][k], z[j, k]) for k in columns] for j in rows],
        [[cell_id(name, index) for index in row] for row in at],
    )


def _figure(
    layers: list[Layer], labels: Labels, here: Place, scales: list[Scale], alt: str
) -> Figure:
    """Return the layers, each in colours of its own, with a frame around the open cell."""
    (across, down), (row, column) = labels, here
    printed = "%{text}" if len(across) <= theme.FULL_TEXT else ""
    axes = dict(zip(("coloraxis", "coloraxis2"), layers, strict=False))
    needed = cell_width([row for layer in layers for row in layer.text.tolist()])
    return Figure(
        data=[layer.trace(coloraxis=name, texttemplate=printed) for name, layer in axes.items()],
        layout=layout(
            len(down) * theme.CELL_PX + TOP_PX,
            (LEFT_PX, 12, TOP_PX, 4),
            named_axis(across, side="top", range=[-0.5, len(across) - 0.5]),
            named_axis(down, range=[len(down) - 0.5, -0.5]),
            **{name: colour_axis(theme.limit(layer.z)) for name, layer in axes.items()},
            shapes=[frame((column, column), (row, row))],
        ),
        scales=scales,
        least=LEFT_PX + len(across) * needed,
        most=LEFT_PX + len(across) * 1.6 * needed,
        alt=alt,
    )


def _open_row(view: View) -> str:
    """The open row in numbers: the whole matrix would be too long to listen to."""
    texts = ", ".join(view.desk.printed(view.name, view.result[view.entry]))
    return f"Row {view.entry + 1} of {view.desk.plain(view.name)} = {texts}."
