"""The page on gradients, as blocks: the way back row by row, one unit's memory, a comparison."""

from collections.abc import Callable, Mapping

from lstm_core.lesson.reasons import reason
from lstm_core.ops import Array
from lstm_ui.figures.parts import Figure
from lstm_ui.figures.view import View
from lstm_ui.gradients.choices import (
    AXIS,
    FORGET,
    LOSS,
    RECURRENT,
    SHOW,
    STEPS,
    TARGETS,
    since_choice,
)
from lstm_ui.gradients.figure import compare_figure, memory_figure, row_figure
from lstm_ui.gradients.questions import compare_questions, memory_questions
from lstm_ui.gradients.reach import GONE, MUCH, Reach, chosen_reach
from lstm_ui.gradients.walk import (
    back_desk,
    index_of,
    row_of,
    walk_back,
)
from lstm_ui.gradients.words import (
    LOSSES,
    WORDS,
    curves_sentences,
    memory_sentences,
    walk_sentences,
)
from lstm_ui.session.address import cell_id
from lstm_ui.session.session import Session
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Coins, Controls, Group
from lstm_ui.sheet.choices import unit_control
from lstm_ui.sheet.controls import Control, cell_slider, field, segments, select, slider
from lstm_ui.sheet.desk import Desk, desk
from lstm_ui.sheet.letters import readable
from lstm_ui.sheet.matrices import COLUMNS, ROWS, equation_items
from lstm_ui.sheet.panels import (
    SheetData,
    WalkBar,
    entry_block,
    formulas,
    ledger,
    lights,
    notice,
    questions,
    sheet_data,
    toolbar,
    walk_bar,
)
from lstm_ui.sheet.window import window

PARTS = {"walk": "The way back", "memory": "One unit's memory", "compare": "LSTM and RNNs"}


def gradients_page(session: Session) -> tuple[SheetData, Figure]:
    """Return what the sheet shows, and the page's figure."""
    part = SHOW.of(session.options)
    if part == "walk":
        return _walk_page(back_desk(session))
    found = chosen_reach(desk(session))
    inner, draw = _OF_REACH[part]
    shown = [*_top(session, WORDS.text(part, "what")), notice(session), *inner(found)]
    return sheet_data(found.desk, shown), draw(found)


def _top(session: Session, what: str, *more: Control) -> list[Block]:
    choice = segments(session, SHOW, "Show", PARTS)
    return [
        blocks.heading(WORDS.text("page", "title"), 1, "top", what=readable(what)),
        blocks.controls("part", choice, *more),
    ]


# ---- the way back --------------------------------------------------------------------------------


def _walk_page(back: Desk) -> tuple[SheetData, Figure]:
    session, name = back.session, row_of(back.session)
    row, index = back.trace.cell[name], index_of(back.session, name)
    shown = [
        *_top(session, walk_sentences(back), *_loss(back)),
        _walk(back),
        notice(session),
        blocks.group("backward", _row(back, name, index), "backward"),
        blocks.figure(),
        blocks.ledger(ledger(back, row)),
        toolbar(session),
        *questions(back, row),
    ]
    data = sheet_data(back, shown)
    data["open"], data["lights"] = cell_id(name, index), _lights(back, name)
    return data, row_figure(View(back, name, index))


def _row(back: Desk, name: str, index: tuple[int, ...]) -> list[Block]:
    """The row itself: what it is, its equation in letters and in numbers, one entry of it."""
    row, words = back.trace.cell[name], reason(back.trace.cell, name)
    what, why = readable(words.what), readable(words.why)
    return [
        blocks.heading(row.title, what=what, why=why, stage=row.stage),
        blocks.formula(formulas(back, row)),
        blocks.equation(equation_items(back, row)),
        entry_block(back, row, index[1] if len(index) == 2 else None),
    ]


def _loss(back: Desk) -> list[Control]:
    """What the gradients are gradients of: the choice, and its numbers."""
    session, n, kind = back.session, back.exercise.n, LOSS.of(back.session.options)
    items = [select(session, LOSS, "Loss L =", LOSSES)]
    if kind == "entry":
        items.append(unit_control(session, n, {str(j): f"h_T[{j}]" for j in range(1, n + 1)}))
    if kind == "squared":
        items += [field(session, one, f"target[{j}]") for j, one in enumerate(TARGETS[:n], 1)]
    return items


def _walk(back: Desk) -> WalkBar:
    """The controls that walk back through the rows, and through the time steps."""
    way = walk_back(back.exercise)
    return {**walk_bar(way, row_of(back.session), back.t, back.exercise.T), "way": "back"}


def _lights(back: Desk, name: str) -> Mapping[str, list[str]]:
    """Which operands each entry on screen was made from."""
    shape = back.values(name).shape
    columns = [(k,) for k in range(min(shape[1], COLUMNS))] if len(shape) == 2 else [()]
    on_screen = window(back.row(name), shape[0], 2 * ROWS)
    return lights(back, name, ((j, *k) for j in on_screen for k in columns))


# ---- how far it reaches: what both parts share ---------------------------------------------------


def _panes(left: list[Block]) -> Group:
    """The blocks beside the place of the figure."""
    sides = [blocks.group("moving", left), blocks.group("curves", [blocks.figure()])]
    return blocks.group("reaching", sides, "reaching")


def _moves(found: Reach, *own: Control) -> Controls:
    """The sliders: the numbers that move the curves, and where to look."""
    session, since = found.session, since_choice(found.T)
    return blocks.controls(
        "moves",
        slider(session, RECURRENT, "h columns of every W", 0.05, f"× {found.trial.recurrent:g}"),
        *_forget(found),
        *own,
        slider(session, STEPS, "Time steps T", 1, str(found.T)),
        slider(session, since, "Look back to t =", 1, str(found.since + 1)),
    )


def _forget(found: Reach) -> list[Control]:
    """The bias of the gate that keeps, of all units, as a trial."""
    if not found.keeps:
        return []
    more, letter = found.trial.forget, found.desk.plain(found.keeps)
    added = f"{'+' if more >= 0 else '−'} {abs(more):g}"
    return [slider(found.session, FORGET, f"{letter}, all units", 0.1, added)]


# ---- one unit's memory ---------------------------------------------------------------------------


def _memory_blocks(found: Reach) -> list[Block]:
    """The sliders and the numbers, the place of the figure, and the questions."""
    sentences = blocks.text("said", *memory_sentences(found))
    left = [_chosen(found), _moves(found, *_bias(found)), _paths(found), sentences]
    return [_panes(left), toolbar(found.session), blocks.questions(memory_questions(found))]


def _chosen(found: Reach) -> Controls:
    n = found.exercise.n
    unit = [unit_control(found.session, n)] if n > 1 else []
    return blocks.controls("chosen", segments(found.session, AXIS, "Scale", {}), *unit)


def _bias(found: Reach) -> list[Control]:
    """The bias of the gate that keeps, of the unit, as an edit."""
    if not (name := found.keeps):
        return []
    value = float(found.exercise.params[name][found.unit])
    label = f"{found.desk.plain(name)}[{found.unit + 1}], yours"
    shown = found.desk.text("", value)
    return [cell_slider(cell_id(name, (found.unit,)), label, value, -8, 8, 0.05, shown)]


def _paths(found: Reach) -> Coins:
    """The numbers of the unit, at the time step that is looked back to."""
    paths, t = found.paths, found.since
    table = [["whole derivative", found.text(paths.whole[t])]]
    if paths.direct is not None:
        apart = paths.whole[t] - paths.direct[t]
        table.insert(0, [found.direct_name, found.text(paths.direct[t])])
        table.append(["difference", found.text(apart)])
    return blocks.coins("numbers", [f"unit {found.unit + 1}", found.derivative], table, 1)


# ---- LSTM and RNNs -------------------------------------------------------------------------------


def _compare_blocks(found: Reach) -> list[Block]:
    """The sliders and the numbers, the place of the figure, and the questions."""
    left = [_moves(found), _fates(found), blocks.text("said", *curves_sentences(found))]
    return [_panes(left), toolbar(found.session), blocks.questions(compare_questions(found))]


def fate(y: Array, t: int) -> str:
    """Say what becomes of a push on the way from t to the end, beside one at the end itself."""
    part = y[t] / y[-1] if y[-1] else y[t]
    return "vanishes" if part < GONE else "explodes" if not part <= MUCH else "survives"


def _fates(found: Reach) -> Coins:
    """How much of a push at the time step looked back to arrives, and what that is called."""
    t = found.since
    table = [[name, found.text(y[t]), fate(y, t)] for name, y in found.curves.items()]
    return blocks.coins("numbers", ["push on", f"at t = {t + 1}", f"by T = {found.T}"], table, 0)


_OF_REACH: Mapping[str, tuple[Callable[[Reach], list[Block]], Callable[[Reach], Figure]]] = {
    "memory": (_memory_blocks, memory_figure),
    "compare": (_compare_blocks, compare_figure),
}
