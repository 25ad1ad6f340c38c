"""Another cell on the reader's own numbers: what each is called, and what a change does."""

from collections.abc import Sequence

from lstm_core.cell import Cell
from lstm_core.cells import CELLS, cell_named, facts
from lstm_core.exercise.changing import CellChange, change_of
from lstm_core.exercise.parts import same_cell
from lstm_core.lesson.letters import plain
from lstm_core.lesson.words import words
from lstm_core.variants.changes import base_of, is_variant
from lstm_ui.session.session import Session

WORDS = words("sidebar")


def cell_title(name: str) -> str:
    """Return what a cell of CELLS is called where all of them are to be told apart."""
    return WORDS.text("cell", name)


def known_name(cell: Cell) -> str:
    """Return the name of a cell as CELLS has it; nothing where a step of it was changed."""
    name = cell.name
    known = name in CELLS and same_cell(cell, cell_named(name, cell.order, cell.readout))
    return name if known else ""


def title_of_cell(cell: Cell) -> str:
    """Return what any cell is called among the others, also one of which a step was changed."""
    name = known_name(cell)
    if name or is_variant(cell):
        return cell_title(name) if name else facts(cell).title
    return WORDS.text("other cell", "own", {"title": facts(cell).title})


def change_cell(session: Session, name: str) -> None:
    """Put the cell of this name in the place of the one on screen: an edit, to be undone."""
    if name not in ("", known_name(session.exercise.cell)):
        old = session.exercise.cell
        new, change = session.exercise.in_cell(name)
        session.change(new, change_sentence(old, new.cell, change))


def open_base(session: Session) -> None:
    """Put the cell that a variant was made from in its place: an edit, to be undone."""
    old = session.exercise.cell
    if (base := base_of(old)) and is_variant(old):
        new = session.exercise.in_variant(base)
        session.change(new, change_sentence(old, base, change_of(old, base)))


def change_sentence(old: Cell, new: Cell, change: CellChange) -> str:
    """Return in one sentence which cell it is now, what is new in it, and what is left out."""
    parts = [WORDS.text("other cell", "now", {"cell": title_of_cell(new)})]
    if change.renamed:
        went, came = ([pair[k] for pair in change.renamed] for k in (0, 1))
        renamed = {"old": listed(old, went), "new": listed(new, came)}
        parts.append(WORDS.text("other cell", "renamed", renamed))
    if change.new:
        parts.append(WORDS.text("other cell", "new", {"names": listed(new, change.new)}))
    if change.left_out:
        parts.append(WORDS.text("other cell", "left out", {"names": listed(old, change.left_out)}))
    return f"{'; '.join(parts)}."


def listed(cell: Cell, names: Sequence[str]) -> str:
    """Return names as a sentence lists them: W_f, b_f and Cₜ₋₁."""
    *most, last = (plain(cell, name) for name in names)
    return f"{', '.join(most)} and {last}" if most else last
