"""Matrices that the backward pass makes, drawn: the outer product, and two blocks side by side."""

from lstm_core.ops import Array
from lstm_ui.figures.grid import Layer, Place
from lstm_ui.figures.parts import Part, View, axis, cell_width, colour_axis, frame, scale
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme
from lstm_ui.sheet.letters import column_labels, entry_labels

LEFT_PX, TOP_PX = 64, 30  # room for the labels of the rows, and of the columns
Labels = tuple[list[str], list[str]]  # of the columns, of the rows


def outer(view: View) -> Part:
    """Draw a down the left side, b along the top, and a[j]·b[k] where row and column meet."""
    (a, b), y = view.step.operands, view.step.name
    column, row, Y = view.values(a)[:, None], view.values(b)[None, :], view.values(y)
    operands, products = (Layer((len(Y) + 2, Y.shape[1] + 2)) for _ in range(2))
    _put(operands, view, a, column, (2, 0))
    _put(operands, view, b, row, (0, 2))
    _put(products, view, y, Y, (2, 2))
    labels = (
        [view.mark(a), "", *entry_labels(view.exercise, b)],
        [view.mark(b), "", *entry_labels(view.exercise, a)],
    )
    ends = theme.limit(column, row), theme.limit(Y)
    names = f"{view.plain(a)} and {view.plain(b)}"
    return {
        **_figure([operands, products], labels, (2 + view.entry, 2 + view.column)),
        "scales": [scale(names, ends[0]), scale(view.plain(y), ends[1])],
        "alt": f"Heatmap of the outer product: each entry of {view.plain(a)} times each entry of "
        f"{view.plain(b)}. {_told(view)}",
    }


def beside(view: View) -> Part:
    """Draw the matrix that the two blocks make, with a gap between them."""
    (left, _), y = view.step.operands, view.step.name
    Y, split = view.values(y), view.values(left).shape[1]
    blocks = Layer((len(Y), Y.shape[1] + 1))
    _put(blocks, view, y, Y[:, :split], (0, 0))
    _put(blocks, view, y, Y[:, split:], (0, split + 1), split)
    across = column_labels(view.exercise, y)
    labels = [*across[:split], "", *across[split:]], entry_labels(view.exercise, y)
    names = " beside ".join(view.plain(name) for name in view.step.operands)
    return {
        **_figure([blocks], labels, (view.entry, view.column + (view.column >= split))),
        "scales": [scale(view.plain(y), theme.limit(Y))],
        "alt": f"Heatmap of {names}. {_told(view)}",
    }


def _put(layer: Layer, view: View, name: str, z: Array, place: Place, start: int = 0) -> None:
    """Put an array into a layer; of a block, `start` is its first column in the whole."""
    flat = view.values(name).ndim == 1
    rows, columns = range(z.shape[0]), range(z.shape[1])
    at = [[(j + k,) if flat else (j, start + k) for k in columns] for j in rows]
    layer.put(
        place,
        z,
        [[view.text(x, name) for x in row] for row in z],
        [[view.hover(name, at[j][k], z[j, k]) for k in columns] for j in rows],
        [[cell_id(name, index) for index in row] for row in at],
    )


def _figure(layers: list[Layer], labels: Labels, here: Place) -> Part:
    """The layers, each in colours of its own, with a frame around the open cell."""
    (across, down), (row, column) = labels, here
    printed = {"texttemplate": "%{text}" if len(across) <= theme.FULL_TEXT else ""}
    axes = ["coloraxis", "coloraxis2"][: len(layers)]
    data = [
        layer.trace(coloraxis=name, **printed) for name, layer in zip(axes, layers, strict=True)
    ]
    ends = [colour_axis(theme.limit(layer.z)) for layer in layers]
    needed = cell_width([cells for trace in data for cells in trace["text"]])
    return {
        "data": data,
        "layout": {
            "height": len(down) * theme.CELL_PX + TOP_PX,
            "margin": {"l": LEFT_PX, "r": 12, "t": TOP_PX, "b": 4},
            "xaxis": axis(across, side="top", range=[-0.5, len(across) - 0.5]),
            "yaxis": axis(down, range=[len(down) - 0.5, -0.5]),
            **dict(zip(axes, ends, strict=True)),
            "shapes": [frame((column, column), (row, row))],
        },
        "least": LEFT_PX + len(across) * needed,
        "most": LEFT_PX + len(across) * 1.6 * needed,
    }


def _told(view: View) -> str:
    """The open row in numbers: the whole matrix would be too long to listen to."""
    y, row = view.step.name, view.values(view.step.name)[view.entry]
    texts = ", ".join(view.text(x, y) for x in row)
    return f"Row {view.entry + 1} of {view.plain(y)} = {texts}."
