"""The equation of a step with its numbers: the operands on screen are the editors."""

from collections.abc import Iterable
from dataclasses import replace

from lstm_core.backpropagation.rows import is_sum
from lstm_core.cell import Step
from lstm_core.lesson.letters import letter
from lstm_core.shapes import written
from lstm_core.text.numerals import numeral
from lstm_ui.session.address import Index, at_time, cell_id
from lstm_ui.session.draws import WORDS, can_be_drawn
from lstm_ui.session.grids import Entry, entries
from lstm_ui.sheet import theme
from lstm_ui.sheet.blocks import Matrix, MatrixCell, Offering, Sign
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import column_labels, entry_labels
from lstm_ui.sheet.window import from_to, screenful

FEW_TIMES = 6  # whose shares in a sum over time are all shown
ROWS, COLUMNS = 8, 16  # what a matrix shows at most; of a larger one the part with its entry

_SIGNS = {"add": "+", "hadamard": r"\circ", "concat": ";"}
_SIGNS |= {"sum": "+", "outer": r"\cdot", "beside": ";"}
_SIGNS |= dict.fromkeys(
    ("matvec_t", "matvec_t_first", "matvec_t_last"), r"{}^{\textstyle\top} \cdot"
)
_PREFIX = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\mathrm{ReLU}", "one_minus": "1 -"}
_PREFIX |= {"negative": "-", "hard": r"\text{hard}\,\sigma", "hard_six": r"\text{hard}\,\sigma_6"}
# What stands before the result where a plain = would not tell how it was made.
_ARROWS = {
    "outer": r"{}^{\textstyle\top} =",
    "sigmoid_slope": r"\xrightarrow{\;y\,(1 - y)\;}",
    "tanh_slope": r"\xrightarrow{\;1 - y^2\;}",
    "relu_slope": r"\xrightarrow{\;1 \text{ if } z > 0\;}",
    "hard_slope": r"\xrightarrow{\;0.2 \text{ if } -2.5 < z < 2.5\;}",
    "hard_six_slope": r"\xrightarrow{\;1/6 \text{ if } -3 < z < 3\;}",
    "part_first": r"\xrightarrow{\text{first part}}",
    "part_last": r"\xrightarrow{\text{last part}}",
}


def equation_items(
    desk: Desk, step: Step, most: tuple[int, int] = (ROWS, COLUMNS)
) -> list[Matrix | Sign]:
    """Return the operands, the signs between them and the result, each matrix with its shape.

    `most` is how many rows and columns of a matrix are shown; of a vector as many as columns.
    """
    before, between = _PREFIX.get(step.op.name), _SIGNS.get(step.op.name)
    items: list[Matrix | Sign] = [{"sign": before}] if before else []
    for k, name in enumerate(() if is_sum(step) else step.operands):
        if k and between:
            items.append({"sign": between})
        items.append(matrix(desk, name, most))
    items += _shares(desk, *step.operands) if is_sum(step) else []
    return [*items, {"sign": _ARROWS.get(step.op.name, "=")}, matrix(desk, step.name, most)]


def _shares(desk: Desk, name: str) -> list[Matrix | Sign]:
    """Return the shares that a sum over time adds up: of many, the first and the last few.

    Gradients fade on the way back, so it is mostly the last ones that count.
    """
    T = len(desk.trace)
    times = range(T) if T <= FEW_TIMES else (0, *range(T - FEW_TIMES + 2, T))
    items: list[Matrix | Sign] = []
    for before, t in zip((None, *times), times, strict=False):
        if before is not None:
            items.append({"sign": "+" if t == before + 1 else r"+ \cdots +"})
        items.append(_share(desk, name, t))
    return items


def _share(desk: Desk, name: str, t: int) -> Matrix:
    """Return one time step's share, whose cells are told from those of other time steps."""
    there = replace(desk, session=replace(desk.session, place=replace(desk.session.place, t=t)))
    found, when = matrix(there, name), f"t={t + 1}"
    for cell in (cell for row in found["rows"] for cell in row):
        cell["at"] = cell["at"].replace(name, at_time(name, t))
        cell["name"] = cell["name"].replace("|t", f"|{when}")
    label = found["label"].replace("_{t}", f"_{{{when}}}")
    said = found["name"].replace("|t", f"|{when}")
    return {**found, "id": at_time(name, t), "label": label, "name": said}


def matrix(desk: Desk, name: str, most: tuple[int, int] = (ROWS, COLUMNS)) -> Matrix:
    """Return one matrix or vector: its letter, shape, labels, and cells to edit or to open."""
    values, exercise = desk.values(name), desk.exercise
    rows, columns = _on_screen(desk, name, *most)
    is_matrix = values.ndim == 2
    labels = [str(j + 1) for j in range(len(values))] if is_matrix else entry_labels(exercise, name)
    above = column_labels(exercise, name) if is_matrix else []
    cells = _Cells(desk, name)
    found: Matrix = {
        "id": name,
        "label": letter(desk.trace.cell, name),
        "name": desk.plain(name),
        "shape": _shape(values.shape, rows, columns),
        "rows": [[cells.at((j, k)[: values.ndim]) for k in columns] for j in rows],
        "units": [labels[j] for j in rows],
        "columns": [above[k] for k in columns] if is_matrix else None,
        "problem": desk.session.problems.get(name),
        "offer": _offer(desk, name),
    }
    if can_be_drawn(exercise, name, desk.t) and not (name == "x" and desk.session.reads):
        found["random"] = WORDS.text("choices", "one", {"name": desk.plain(name)})
    return found


def _on_screen(desk: Desk, name: str, most: int, across: int) -> tuple[range, range]:
    """The rows and columns on screen: all, or the screenful of rows that the open one is on."""
    rows, columns = (*desk.values(name).shape, 1)[:2]
    down = most if desk.values(name).ndim == 2 else across
    return screenful(desk.row(name), rows, down), range(min(columns, across))


def _shape(shape: tuple[int, ...], rows: range, columns: range) -> str:
    text = written(shape) if len(shape) == 2 else f"{shape[0]} × 1"
    if len(rows) == shape[0] and len(columns) == (*shape, 1)[1]:
        return text
    across = f", columns {from_to(columns)}" if len(shape) == 2 else ""
    return f"{text}, of which rows {from_to(rows)}{across}"


def _offer(desk: Desk, name: str) -> Offering | None:
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
        if desk.session.reads:  # x is worked out by the layer below
            self.settable = {at: of for at, of in self.settable.items() if of[0] != "xs"}

    def at(self, index: Index) -> MatrixCell:
        """Return one cell: its number, shading and name, and what it was before the last edit."""
        value, text = self.values[index], self.desk.text(self.name, self.values[index])
        cell = shaded(
            cell_id(self.name, index), self.desk.entry(self.name, *index), text, value, self.end
        )
        if index in self.settable:
            cell["edit"] = True
        if self.changed is not None and self.changed[index]:
            cell["was"] = self.desk.was(self.name, index)
            if cell["was"] and (gap := self.desk.beside(self.name, index)):
                cell["gap"] = gap
        return with_draft(self.desk, cell)


def shaded(at: str, name: str, text: str, value: float, end: float) -> MatrixCell:
    """Return a cell for a number: its shade is full where the number is `end` or more in size."""
    share = round(theme.share(float(value), end), 3)
    return {
        "at": at,
        "name": name,
        "text": text,
        "full": numeral(float(value), None),
        "share": share,
    }


def with_draft(desk: Desk, cell: MatrixCell) -> MatrixCell:
    """Return the cell with what was typed into it and is no number, if something was."""
    if not (draft := desk.session.draft(cell["at"])):
        return cell
    return {**cell, "text": draft.text, "full": draft.text, "error": draft.problem}


def cells(desk: Desk, name: str, indices: Iterable[Index]) -> list[MatrixCell]:
    """Return only these cells of an array, to be shown outside a matrix."""
    array = _Cells(desk, name)
    return [array.at(index) for index in indices]


def legend(desk: Desk, step: Step) -> str:
    """Say what the shading means, and where each scale ends."""
    names = dict.fromkeys((*step.operands, step.name))
    ends = [f"{desk.plain(name)} ±{numeral(theme.limit(desk.values(name)), 2)}" for name in names]
    return f"Shading: blue above 0, red below; darkest at {', '.join(ends)}."
