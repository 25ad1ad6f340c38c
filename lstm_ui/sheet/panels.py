"""The blocks of the sheet, as data: the walk, heading, formula, entry, shapes, questions.

No Streamlit here. A block says what is shown; the sheet's scripts say how it looks.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from lstm_core.cell import Step
from lstm_core.lesson.explain import explain, sources
from lstm_core.lesson.latex import entry_formula, equation, formula
from lstm_core.lesson.reasons import reason, step_questions
from lstm_core.lesson.stages import stage_title
from lstm_core.shapes import letters, written
from lstm_core.trace import Address
from lstm_ui.session.address import cell_id, entry_name
from lstm_ui.session.grids import shape_of
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.matrices import Block, equation_items, legend
from lstm_ui.shell.sharing import share


def step_blocks(desk: Desk, step: Step) -> list[Block]:
    """Return everything that one step shows, from its name to its questions."""
    words = reason(desk.exercise.cell, step.name)
    heading = {"title": step.title, "stage": step.stage}
    heading |= {"what": readable(words.what), "why": readable(words.why)}
    return [
        walk(desk.session),
        notice(desk.session),
        {"kind": "heading", "id": "heading", "level": 2, **heading},
        {"kind": "formula", "id": "formula", "lines": formulas(desk, step)},
        {"kind": "equation", "id": "equation", "items": equation_items(desk, step)},
        toolbar(desk.session),
        {"kind": "legend", "id": "legend", "text": legend(desk, step)},
        entry_block(desk, step),
        {"kind": "ledger", "id": "ledger", "rows": ledger(desk, step)},
        *questions(desk, step),
        _folded_note(desk, step),
    ]


def formulas(desk: Desk, step: Step) -> list[Block]:
    """Return the step's formula, the equation that it is part of, and the formula of one entry."""
    cell = desk.trace.cell
    whole, here = equation(cell, step.name), formula(cell, step.name)
    lines = [{"latex": here, "gloss": ""}]
    if whole != here:
        lines.append({"latex": whole, "gloss": "the equation that it is part of"})
    lines.append({"latex": entry_formula(cell, step.name), "gloss": "for one entry"})
    return lines


def entry_block(desk: Desk, step: Step, column: int | None = None) -> Block:
    """Return the arithmetic of the entry that is open, term by term, with its operands.

    Of a row of the backward pass that is a matrix, `column` says which entry of the row.
    """
    index = (desk.row(step.name),) if column is None else (desk.row(step.name), column)
    told = explain(desk.trace, Address(step.name, desk.t, index), desk.exercise.decimals)
    used = [cell_id(source.step, source.index) for source in told.sources]
    terms = list(told.terms) or [told.substitution]
    pairs = [used[2 * k : 2 * k + 2] for k in range(len(terms))]
    return {
        "kind": "entry",
        "id": "entry",
        "name": entry_name(desk.trace.cell, step.name, index),
        "terms": terms,
        "joiner": " + ",
        "uses": pairs if len(terms) > 1 and len(used) == 2 * len(terms) else [used] * len(terms),
        "result": told.result,
        "rule": told.rule,
        "note": told.note,
    }


def lights(desk: Desk, steps: Iterable[Step]) -> dict[str, list[str]]:
    """Return, for each result cell of these steps, the operand cells that it was made from."""
    return {
        cell_id(step.name, (j,)): [
            cell_id(source.step, source.index)
            for source in sources(desk.trace, Address(step.name, desk.t, (j,)))
        ]
        for step in steps
        for j in range(len(desk.values(step.name)))
    }


def ledger(desk: Desk, step: Step) -> list[str]:
    """Return the step's shapes in letters and in numbers."""
    return [
        _shapes(step, lambda name: letters(name)),
        _shapes(step, lambda name: shape_of(desk.exercise, name)),
    ]


def _shapes(step: Step, of: Any) -> str:
    def one(name: str) -> str:
        shape = of(name)
        return f"({written(shape)})" if len(shape) > 1 else f"({shape[0]} × 1)"

    return f"{' , '.join(one(name) for name in step.operands)} → {one(step.name)}"


def questions(desk: Desk, step: Step) -> list[Block]:
    """Return the questions that people ask at this step, with their answers."""
    asked = step_questions(desk.trace, step.name)
    if not asked:
        return []
    items = [{"question": readable(q), "answer": readable(a)} for q, a in asked]
    return [{"kind": "questions", "id": "questions", "items": items}]


def notice(session: Session) -> Block:
    """Return what there is to say about the last act; an empty block keeps its place."""
    return {"kind": "notice", "id": "notice", "text": session.notice}


def note(desk: Desk, step: Step) -> Block:
    """Return the teacher's own note on a step, as text to change."""
    text = desk.exercise.notes.get(step.name, "")
    problem = desk.session.problems.get("note", "")
    return {"kind": "note", "id": "note", "step": step.name, "text": text, "problem": problem}


def _folded_note(desk: Desk, step: Step) -> Block:
    title, noted = "My note on this step", step.name in desk.exercise.notes
    return {"kind": "fold", "id": f"note-{noted}", "title": title, "open": noted} | {
        "blocks": [note(desk, step)]
    }


def toolbar(session: Session) -> Block:
    """Return undo, redo, reset and keep."""
    edited = session.exercise != session.base
    acts = (
        ("undo", "Undo", bool(session.past), "Ctrl+Z"),
        ("redo", "Redo", bool(session.future), "Ctrl+Y"),
        ("reset", "Reset", edited, "Back to your starting values: as you opened or kept them"),
        ("keep", "Keep as start", edited, "Make the numbers as they are your starting values"),
        ("share", "Share", True, "The link of this screen, and its QR code"),
    )
    keys = ("act", "label", "on", "help")
    items = [dict(zip(keys, act, strict=True)) for act in acts]
    return {"kind": "toolbar", "id": "toolbar", "items": items}


def walk(session: Session, steps: bool = True) -> Block:
    """Return the controls that move through the steps and the time steps."""
    cell, place, T = session.exercise.cell, session.place, session.exercise.T
    names = [step.name for step in cell.steps]
    choices = [
        {
            "stage": stage_title(step.stage),
            "name": step.name,
            "title": f"{k} of {len(names)} · {step.title}",
        }
        for k, step in enumerate(cell.steps, 1)
    ]
    at = place.t * len(names) + names.index(place.step)
    return {
        "kind": "walk",
        "id": "walk",
        "steps": choices if steps else [],
        "at": place.step,
        "t": place.t,
        "T": T,
        "first": at == 0,
        "last": at == T * len(names) - 1,
    }


def sheet_data(desk: Desk, steps: Sequence[Step], blocks: Sequence[Block]) -> Block:
    """Return all that the sheet needs to draw these blocks and to answer the pointer."""
    session = desk.session
    return {
        "seq": session.seen,
        "open": cell_id(session.place.step, (desk.row(session.place.step),)),
        "lights": lights(desk, steps),
        "blocks": [*blocks, share(session)],
    }
