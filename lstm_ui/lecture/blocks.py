"""Lecture mode, as blocks: one step that fills the screen."""

from collections.abc import Sequence

from lstm_core.cell import Step
from lstm_core.lesson.latex import entry_formula, equation, formula
from lstm_ui.figures.parts import Figure
from lstm_ui.figures.step import figure
from lstm_ui.figures.view import View
from lstm_ui.lecture.bar import WORDS, bar
from lstm_ui.lecture.choices import FOLD, NOTE, SHOW, SPOT, is_hidden
from lstm_ui.lecture.title import slide_title
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Arithmetic, Block, FormulaLine, Matrix, MatrixCell, Sign
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.matrices import COLUMNS, ROWS, equation_items
from lstm_ui.sheet.panels import SheetData, entry_block, note, notice, sheet_data

FITTING, ALL = (ROWS, COLUMNS), (128, 256)  # rows and columns of a matrix on the slide


def lecture_data(desk: Desk) -> SheetData:
    """Return what the sheet shows in lecture mode."""
    here = desk.exercise.cell[desk.session.place.step]
    return {**sheet_data(desk, _blocks(desk, here), [here]), "lecture": True}


def _blocks(desk: Desk, step: Step) -> list[Block]:
    session = desk.session
    noted = step.name in desk.exercise.notes and NOTE.of(session.options) == "on"
    return [
        blocks.group(
            "title",
            [slide_title(desk.exercise.cell, step), blocks.formula(_formulas(desk, step))],
            "slide-title",
        ),
        blocks.group("operation", _operation(desk, step), "slide-operation"),
        *([note(desk, step)] if noted else []),
        notice(session),
        bar(desk),
    ]


def _formulas(desk: Desk, step: Step) -> list[FormulaLine]:
    """Two lines at most, which can be read from the last row."""
    cell, name = desk.exercise.cell, step.name
    lines = dict.fromkeys([formula(cell, name), entry_formula(cell, name), equation(cell, name)])
    return [{"latex": latex, "gloss": ""} for latex in list(lines)[:2]]


def _operation(desk: Desk, step: Step) -> Sequence[Block]:
    """The operation in numbers, as its figure, or both."""
    shown = SHOW.of(desk.session.options)
    numbers = blocks.group("numbers", _numbers(desk, step), "slide-numbers")
    return [
        *([numbers] if shown != "figure" else []),
        *(
            [blocks.group("picture", [blocks.figure()], "slide-figure")]
            if shown != "numbers"
            else []
        ),
    ]


def _numbers(desk: Desk, step: Step) -> list[Block]:
    session = desk.session
    spot = SPOT.of(session.options) == "on"
    return [
        blocks.equation(_items(desk, step), spot=spot),
        *([_in_the_spot(desk, step)] if spot and not is_hidden(session) else []),
        *_folded(desk, step),
        blocks.text("no-room", WORDS.text("fold", "no room")),  # seen where that is so
    ]


def _folded(desk: Desk, step: Step) -> list[Block]:
    """What is said where a matrix is too large for the slide."""
    rows, columns = (max(sizes) for sizes in zip(*_shapes(desk, step), strict=True))
    if rows <= ROWS and columns <= COLUMNS:
        return []
    state = "folded" if FOLD.of(desk.session.options) == "on" else "unfolded"
    return [blocks.text("fold", WORDS.text("fold", state))]


def _shapes(desk: Desk, step: Step) -> list[tuple[int, int]]:
    """The rows and columns of each operand and of the result; a vector stands as tall as W wide."""
    arrays = [desk.values(name) for name in (*step.operands, step.name)]
    return [a.shape if a.ndim == 2 else (0, len(a)) for a in arrays]


def _items(desk: Desk, step: Step) -> list[Matrix | Sign]:
    """The operands and the result; while the result is to be predicted, not its numbers."""
    most = FITTING if FOLD.of(desk.session.options) == "on" else ALL
    *items, result = equation_items(desk, step, most)
    if is_hidden(desk.session) and "rows" in result:
        result = _masked(result)
    return [*items, result]


def _masked(matrix: Matrix) -> Matrix:
    rows = [[_unknown(cell) for cell in row] for row in matrix["rows"]]
    return {**matrix, "rows": rows}


def _unknown(cell: MatrixCell) -> MatrixCell:
    known: MatrixCell = {
        "at": cell["at"],
        "name": cell["name"],
        "text": "?",
        "full": "to be predicted",
        "share": 0,
    }
    return known


def _in_the_spot(desk: Desk, step: Step) -> Arithmetic:
    """The arithmetic of the entry in the spotlight, without what can be read on another page."""
    return {**entry_block(desk, step), "rule": "", "note": ""}


# ---- the figure ----------------------------------------------------------------------------------


def slide_figure(desk: Desk) -> Figure:
    """Return the step's figure; while the result is to be predicted, a figure that shows nothing.

    It is always there, so it stays mounted; a slide without a place for it does not show it.
    """
    place = desk.session.place
    found = figure(View(desk, place.step, place.index))
    return _covered(found) if is_hidden(desk.session) else found


def _covered(figure: Figure) -> Figure:
    bare = {"visible": False, "fixedrange": True}
    said = WORDS.text("figure", "covered")
    layout = {"height": figure["layout"]["height"], "xaxis": bare, "yaxis": bare}
    return {"data": [], "layout": layout, "alt": said, "least": 100, "scales": []}
