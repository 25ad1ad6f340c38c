"""The equation of a step with its numbers: the operands on screen are the editors."""

from collections.abc import Iterable
from typing import Any

from lstm_core.cell import Step
from lstm_core.lesson.latex import letter, plain
from lstm_core.shapes import written
from lstm_core.text.numerals import numeral
from lstm_ui.session.address import Index, cell_id, entry_name
from lstm_ui.session.grids import Entry, entries
from lstm_ui.sheet import theme
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import column_labels, entry_labels

Block = dict[str, Any]
ROWS, COLUMNS = 8, 16  # what a matrix shows at most; a larger one shows the part around its entry

_SIGNS = {"add": "+", "hadamard": r"\circ", "concat": ";"}
_SIGNS |= {"sum": "+", "outer": r"\cdot", "beside": ";"}
_SIGNS |= dict.fromkeys(
    ("matvec_t", "matvec_t_first", "matvec_t_last"), r"{}^{\textstyle\top} \cdot"
)
_PREFIX = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\mathrm{ReLU}", "one_minus": "1 -"}
_PREFIX |= {"negative": "-"}
# What stands before the result where a plain = would not tell how it was made.
_ARROWS = {
    "outer": r"{}^{\textstyle\top} =",
    "sigmoid_slope": r"\xrightarrow{\;y\,(1 - y)\;}",
    "tanh_slope": r"\xrightarrow{\;1 - y^2\;}",
    "relu_slope": r"\xrightarrow{\;1 \text{ if } z > 0\;}",
    "part_first": r"\xrightarrow{\text{first part}}",
    "part_last": r"\xrightarrow{\text{last part}}",
}


def equation_items(desk: Desk, step: Step) -> list[Block]:
    """Return the operands, the signs between them and the result, each matrix with its shape."""
    before, between = _PREFIX.get(step.op.name), _SIGNS.get(step.op.name)
    items: list[Block] = [{"sign": before}] if before else []
    for k, name in enumerate(step.operands):
        if k and between:
            items.append({"sign": between})
        items.append(matrix(desk, name))
    return [*items, {"sign": _ARROWS.get(step.op.name, "=")}, matrix(desk, step.name)]


def matrix(desk: Desk, name: str) -> Block:
    """Return one matrix or vector: its letter, shape, labels, and cells to edit or to open."""
    values, exercise = desk.values(name), desk.exercise
    rows, columns = _shown(desk, name)
    is_matrix = values.ndim == 2
    labels = [str(j + 1) for j in range(len(values))] if is_matrix else entry_labels(exercise, name)
    above = column_labels(exercise, name) if is_matrix else []
    cells = _Cells(desk, name)
    return {
        "id": name,
        "label": letter(desk.trace.cell, name),
        "name": plain(desk.trace.cell, name),
        "shape": _shape(values.shape, rows, columns),
        "rows": [[cells.at((j, k)[: values.ndim]) for k in columns] for j in rows],
        "units": [labels[j] for j in rows],
        "columns": [above[k] for k in columns] if is_matrix else None,
        "problem": desk.session.problems.get(name),
        "offer": _offer(desk, name),
    }


def _shown(desk: Desk, name: str) -> tuple[range, range]:
    """The rows and columns on screen: all, or as many as fit around the row that is open."""
    rows, columns = (*desk.values(name).shape, 1)[:2]
    most = ROWS if desk.values(name).ndim == 2 else COLUMNS
    start = max(0, min(desk.row(name) - most // 2, rows - most))
    return range(start, min(rows, start + most)), range(min(columns, COLUMNS))


def _shape(shape: tuple[int, ...], rows: range, columns: range) -> str:
    whole = written(shape) if len(shape) == 2 else f"{shape[0]} × 1"
    if len(rows) == shape[0] and len(columns) == (*shape, 1)[1]:
        return whole
    return f"{whole}, of which rows {rows[0] + 1} to {rows[-1] + 1}" + (
        f", columns 1 to {len(columns)}" if len(shape) == 2 else ""
    )


def _offer(desk: Desk, name: str) -> Block | None:
    offer = desk.session.offer
    return {"id": name, "label": offer.label} if offer and offer.matrix == name else None


class _Cells:
    """The cells of one array: what they have in common is worked out once."""

    def __init__(self, desk: Desk, name: str):
        self.desk, self.name = desk, name
        self.values = desk.values(name)
        self.end = theme.limit(self.values)
        self.changed = desk.changed(name)
        self.settable: dict[Index, Entry] = entries(desk.exercise, name, desk.t)

    def at(self, index: Index) -> Block:
        """Return one cell: its number, shading and name, and what it was before the last edit."""
        value, at = float(self.values[index]), cell_id(self.name, index)
        cell = {
            "at": at,
            "text": self.desk.text(self.name, value),
            "full": numeral(value, None),
            "share": round(theme.share(value, self.end), 3),
            "name": entry_name(self.desk.trace.cell, self.name, index),
        }
        if index in self.settable:
            cell["edit"] = True
        if self.changed is not None and self.changed[index]:
            cell["was"] = self.desk.was(self.name, index)
        if draft := self.desk.session.draft(at):
            cell |= {"text": draft.text, "full": draft.text, "error": draft.problem}
        return cell


def cells(desk: Desk, name: str, indices: Iterable[Index]) -> list[Block]:
    """Return only these cells of an array, to be shown outside a matrix."""
    array = _Cells(desk, name)
    return [array.at(index) for index in indices]


def legend(desk: Desk, step: Step) -> str:
    """Say what the shading means, and where each scale ends."""
    names = dict.fromkeys((*step.operands, step.name))
    cell = desk.trace.cell
    ends = [f"{plain(cell, n)} ±{numeral(theme.limit(desk.values(n)), 2)}" for n in names]
    return f"Shading: blue above 0, red below; darkest at {', '.join(ends)}."
