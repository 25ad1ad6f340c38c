"""Blocks that several pages have, made from a desk: formulas, arithmetic, shapes, the toolbar."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NotRequired, TypedDict

from lstm_core.backpropagation.rows import is_sum
from lstm_core.cell import Step
from lstm_core.lesson.explain import explain, sources
from lstm_core.lesson.latex import entry_formula, equation, formula
from lstm_core.lesson.questions import QUESTIONS, question
from lstm_core.lesson.reasons import step_questions
from lstm_core.lesson.stages import stage_title
from lstm_core.shapes import letters, written
from lstm_core.trace import Address
from lstm_ui.session.address import Index, at_time, cell_id
from lstm_ui.session.grids import shape_of
from lstm_ui.session.names import name_of
from lstm_ui.session.session import Session
from lstm_ui.session.walk import Walk, walk_on
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import (
    Arithmetic,
    Block,
    FormulaLine,
    Note,
    Notice,
    Question,
    Tool,
    Toolbar,
)
from lstm_ui.sheet.compare import compared, pin_tool
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import readable
from lstm_ui.shell.sharing import share


class SheetData(TypedDict):
    """All that the sheet draws: see assets/core/sheet.js.

    `lights` are the operand cells of each result cell, `open` is the cell that is open, and `seq`
    the number of the last event that was dealt with.
    """

    seq: int
    open: str | None
    lights: Mapping[str, list[str]]
    blocks: Sequence[Block]
    lecture: NotRequired[bool]


def sheet_data(desk: Desk, inner: Sequence[Block], steps: Iterable[Step] = ()) -> SheetData:
    """Return all that the sheet needs to draw these blocks and to answer the pointer.

    Of the `steps` on screen, results light the operands that they were made from, and one is open.
    """
    session, on_screen = desk.session, list(steps)
    place = session.place
    lit: dict[str, list[str]] = {}
    for step in on_screen:
        lit |= lights(desk, step.name, ((j,) for j in range(len(desk.values(step.name)))))
    return {
        "seq": session.last_event,
        "open": cell_id(place.step, (desk.row(place.step),)) if on_screen else None,
        "lights": lit,
        # What is pinned is said below what a page begins with; a dialog has no place of its own.
        "blocks": [*inner[:1], *compared(desk), *inner[1:], share(session)],
    }


def lights(desk: Desk, name: str, indices: Iterable[Index]) -> dict[str, list[str]]:
    """Return, for each of these cells of a result, the operand cells that it was made from."""
    step, t = desk.trace.cell[name], desk.t
    return {
        cell_id(name, index): _cells_of(step, sources(desk.trace, Address(name, t, index)))
        for index in indices
    }


def _cells_of(step: Step, used: Iterable[Address]) -> list[str]:
    """Return the cells on the sheet from which a step's entry was made."""
    if is_sum(step):
        return [cell_id(at_time(source.step, source.t), source.index) for source in used]
    return [cell_id(source.step, source.index) for source in used]


# ---- of one step ---------------------------------------------------------------------------------


def formulas(desk: Desk, step: Step) -> list[FormulaLine]:
    """Return the step's formula, the equation that it is part of, and the formula of one entry."""
    cell, name = desk.trace.cell, step.name
    lines: list[FormulaLine] = [{"latex": formula(cell, name), "gloss": ""}]
    if equation(cell, name) != formula(cell, name):
        part_of = "the equation that it is part of"
        lines.append({"latex": equation(cell, name), "gloss": part_of})
    return [*lines, {"latex": entry_formula(cell, name), "gloss": "for one entry"}]


def entry_block(desk: Desk, step: Step, column: int | None = None) -> Arithmetic:
    """Return the arithmetic of the entry that is open, term by term, with its operands.

    Of a row of the backward pass that is a matrix, `column` says which entry of the row.
    """
    index = (desk.row(step.name),) if column is None else (desk.row(step.name), column)
    found = explain(desk.trace, Address(step.name, desk.t, index), desk.exercise.decimals)
    used = _cells_of(step, found.sources)
    terms = list(found.terms) or [found.substitution]
    # A sum of products has two operands in each term, and one over time one of each time step; of
    # anything else, all belong to every term.
    each = 1 if is_sum(step) else 2
    uses = [used[each * k : each * (k + 1)] for k in range(len(terms))]
    if len(terms) == 1 or len(used) != each * len(terms):
        uses = [used] * len(terms)
    name = desk.entry(step.name, *index)
    return blocks.entry(name, terms, uses, found.result, found.rule, found.note)


def ledger(desk: Desk, step: Step) -> list[str]:
    """Return the step's shapes in letters and in numbers."""
    projected = desk.exercise.cell.projected
    return [
        _shapes(step, lambda name: letters(name, projected)),
        _shapes(step, lambda name: shape_of(desk.exercise, name)),
    ]


def _shapes(step: Step, of: Callable[[str], tuple[int | str, ...]]) -> str:
    def one(name: str) -> str:
        shape = of(name)
        return f"({written(shape)})" if len(shape) > 1 else f"({shape[0]} × 1)"

    return f"{' , '.join(one(name) for name in step.operands)} → {one(step.name)}"


def questions(desk: Desk, step: Step) -> list[Block]:
    """Return the questions that people ask at this step, with their answers."""
    asked = [*step_questions(desk.trace, step.name)]
    if (topic := f"{name_of(desk.exercise)} {step.name}") in QUESTIONS.texts:
        asked.append(question(topic, "steps"))  # of a published example, while it is as published
    items: list[Question] = [{"question": readable(q), "answer": readable(a)} for q, a in asked]
    return [blocks.questions(items)] if items else []


def note(desk: Desk, step: Step) -> Note:
    """Return the teacher's own note on a step, as text to change."""
    text = desk.exercise.notes.get(step.name, "")
    return blocks.note(step.name, text, desk.session.problems.get("note", ""))


# ---- of the session ------------------------------------------------------------------------------


def notice(session: Session) -> Notice:
    """Return what there is to say about the last act; an empty block keeps its place."""
    return blocks.notice(session.notice)


def undo_and_redo(session: Session) -> tuple[Tool, Tool]:
    """Return the two buttons that every toolbar begins with."""
    return (
        blocks.tool("undo", "Undo", bool(session.past), "Ctrl+Z"),
        blocks.tool("redo", "Redo", bool(session.future), "Ctrl+Y"),
    )


def toolbar(session: Session, plays: bool = True) -> Toolbar:
    """Return what acts on the whole session; `plays` where something on the page can be played."""
    edited = session.exercise != session.base
    back, keep, moves = (
        "Back to your starting values: as you opened or kept them",
        "Make the numbers as they are your starting values",
        "Steps, time steps or a slider move by themselves, until you pause",
    )
    return blocks.toolbar(
        *undo_and_redo(session),
        blocks.tool("reset", "Reset", edited, back),
        blocks.tool("keep", "Save as starting point", edited, keep),
        *([blocks.tool("play", "Play", True, moves)] if plays else []),
        pin_tool(session),
        blocks.tool("share", "Share", True, "The link of this screen, and its QR code"),
    )


class Stop(TypedDict):
    """A step to choose in a walk, under its stage."""

    stage: str
    name: str
    title: str


class WalkBar(Block):
    """The controls that go through the steps and the time steps; `way` is another way than on."""

    steps: list[Stop]
    at: str
    t: int
    T: int
    first: bool
    last: bool
    way: NotRequired[str]
    present: NotRequired[bool]


def walk(session: Session, steps: bool = True) -> WalkBar:
    """Return the controls that move through the time steps and, with `steps`, the steps."""
    way, place = walk_on(session.exercise), session.place
    bar = walk_bar(way, place.step, place.t, session.exercise.T)
    return bar if steps else {**bar, "steps": []}


def walk_bar(way: Walk, row: str, t: int, T: int) -> WalkBar:
    """Return the controls of a walk that has come to this row and time step."""
    position = way.position(row, t)
    return {
        "kind": "walk",
        "id": "walk",
        "steps": [
            {
                "stage": stage_title(step.stage),
                "name": step.name,
                "title": f"{k} of {len(way.every_row)} · {step.title}",
            }
            for k, step in enumerate(way.every_row, 1)
        ],
        "at": row,
        "t": t,
        "T": T,
        "first": position == 0,
        "last": position == len(way) - 1,
    }
