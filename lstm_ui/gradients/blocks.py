"""The page on gradients, as blocks: the way back row by row, one unit's memory, a comparison."""

from collections.abc import Callable, Mapping

from lstm_core.cells import facts
from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.reasons import reason
from lstm_core.lesson.words import of_kind
from lstm_core.looks.reach import fate
from lstm_ui.figures.parts import Figure
from lstm_ui.figures.view import View
from lstm_ui.gradients.choices import (
    AXIS,
    EXAMPLES,
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
from lstm_ui.gradients.reach import Reach, chosen_reach
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
from lstm_ui.sheet.blocks import Block, Controls, Group, Toolbar
from lstm_ui.sheet.choices import unit_control
from lstm_ui.sheet.coins import Coins, coins
from lstm_ui.sheet.controls import (
    Control,
    cell_slider,
    field,
    segments,
    select,
    slider,
    start_of,
)
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


def gradients_page(session: Session) -> tuple[SheetData, Figure]:
    """Return what the sheet shows, and the page's figure."""
    part = SHOW.of(session.options)
    if part == "walk":
        return _walk_page(back_desk(session))
    found = chosen_reach(desk(session))
    inner, draw = _OF_REACH[part]
    what = WORDS.text(of_kind(session.exercise.cell, part), "what")
    shown = [*_top(session, what), notice(session), *inner(found)]
    return sheet_data(found.desk, shown), draw(found)


def _top(session: Session, what: str, *more: Control) -> list[Block]:
    heading = of_kind(session.exercise.cell, "parts")
    choice = segments(
        session, SHOW, "Show", {part: WORDS.text(heading, part) for part in SHOW.words}
    )
    return [
        blocks.lead(readable(what)),
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
        toolbar(session),
        blocks.text("why", readable(reason(back.trace.cell, name).why)),
        blocks.formula(formulas(back, row)[-1:], "entry-formula"),
        blocks.ledger(ledger(back, row)),
        *questions(back, row),
    ]
    data = sheet_data(back, shown)
    data["open"], data["lights"] = cell_id(name, index), _lights(back, name)
    return data, row_figure(View(back, name, index))


def _row(back: Desk, name: str, index: tuple[int, ...]) -> list[Block]:
    """The row itself: what it is, in letters, in numbers with one entry of it, and as a figure."""
    row, what = back.trace.cell[name], readable(reason(back.trace.cell, name).what)
    entry = entry_block(back, row, index[1] if len(index) == 2 else None)
    title = [
        blocks.heading(row.title, what=what, stage=row.stage),
        blocks.formula([{"latex": line["latex"]} for line in formulas(back, row)[:-1]]),
    ]
    numbers = [blocks.equation(equation_items(back, row)), entry]
    shown = [blocks.group("numbers-of-row", numbers, "back-numbers"), blocks.figure()]
    return [
        blocks.group("title", title, "back-title"),
        blocks.group("operation", shown, "back-operation"),
    ]


def _loss(back: Desk) -> list[Control]:
    """What the gradients are gradients of: the choice, and its numbers."""
    session, n, kind = back.session, back.exercise.r, LOSS.of(back.session.options)
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
        slider(session, RECURRENT, _h_columns(found), 0.05, f"× {found.trial.recurrent:g}"),
        *own,
        slider(session, STEPS, "Time steps T", 1, str(found.T)),
        slider(session, since, "Look back to t =", 1, str(found.since + 1)),
    )


def _h_columns(found: Reach) -> str:
    """What the first slider scales: a plain RNN has one W."""
    matrices = [name for name in found.exercise.params if name[0] == "W" and name != "W_y"]
    of = "every W" if len(matrices) > 1 else found.desk.plain(matrices[0])
    return f"h columns of {of}"


def _forget(found: Reach) -> list[Control]:
    """The bias that decides what is kept, of all units, as a trial."""
    return [_added(found, f"{found.desk.plain(found.bias.name)}, all units")] if found.bias else []


def _forget_beside(found: Reach) -> list[Control]:
    """The same of the LSTM that stands beside a plain RNN, which has no such gate."""
    cell = found.exercise.cell
    if facts(cell).carried:
        return _forget(found)
    return [_added(found, WORDS.text(of_kind(cell, "compare"), "forget"))]


def _added(found: Reach, label: str) -> Control:
    more = found.trial.forget
    return slider(found.session, FORGET, label, 0.1, f"{'+' if more >= 0 else '−'} {abs(more):g}")


# ---- one unit's memory ---------------------------------------------------------------------------


def _memory_blocks(found: Reach) -> list[Block]:
    """The sliders and the numbers, the place of the figure, and the questions."""
    sentences = blocks.text("said", *memory_sentences(found))
    moves = _moves(found, *_forget(found), *_bias(found))
    left = [_chosen(found), moves, _paths(found), sentences]
    return [_panes(left), toolbar(found.session), blocks.questions(memory_questions(found))]


def _chosen(found: Reach) -> Controls:
    n = found.exercise.n
    unit = [unit_control(found.session, n)] if n > 1 else []
    return blocks.controls("chosen", segments(found.session, AXIS, "Scale", {}), *unit)


def _bias(found: Reach) -> list[Control]:
    """The bias that decides what is kept, of the unit, as an edit."""
    if not found.bias:
        return []
    name = found.bias.name
    value = float(found.exercise.params[name][found.unit])
    label = f"{found.desk.plain(name)}[{found.unit + 1}] of the exercise"
    shown = found.desk.text("", value)
    start, cell = start_of(found.session, name, (found.unit,)), cell_id(name, (found.unit,))
    return [cell_slider(cell, label, value, -8, 8, 0.05, shown, start)]


def _paths(found: Reach) -> Coins:
    """The numbers of the unit, at the time step that is looked back to."""
    paths, t = found.paths, found.since
    table = [["whole derivative", found.text(paths.whole[t])]]
    if paths.direct is not None:
        apart = paths.whole[t] - paths.direct[t]
        table.insert(0, [found.direct_name, found.text(paths.direct[t])])
        table.append(["difference", found.text(apart)])
    return coins("numbers", [f"unit {found.unit + 1}", found.derivative], table, 1)


# ---- LSTM and RNNs -------------------------------------------------------------------------------


def _compare_blocks(found: Reach) -> list[Block]:
    """The sliders and the numbers, the place of the figure, and the questions."""
    moves, said = _moves(found, *_forget_beside(found)), curves_sentences(found)
    left = [moves, _fates(found), blocks.text("said", *said)]
    return [
        _examples(),
        _panes(left),
        toolbar(found.session),
        blocks.questions(compare_questions(found)),
    ]


def _examples() -> Toolbar:
    """The three exercises that show what can become of a gradient."""
    labels = {name: WORDS.text("examples", name) for name in EXAMPLES}
    tools = (blocks.tool(name, label, True, _titled(name)) for name, label in labels.items())
    return {**blocks.toolbar(*tools), "id": "examples"}


def _titled(name: str) -> str:
    """The title of an example, with the cell that it is of."""
    known = {"title": PRESETS[name].title, "cell": facts(PRESETS[name].cell).title}
    return WORDS.text("examples", "other cell", known)


def _fates(found: Reach) -> Coins:
    """How much of a push at the time step looked back to arrives, and what that is called."""
    t = found.since
    last = t == found.T - 1
    words = {name: "nothing between" if last else fate(y[t]) for name, y in found.curves.items()}
    table = [[name, found.text(y[t]), words[name]] for name, y in found.curves.items()]
    return coins("numbers", ["push on", f"at t = {t + 1}", f"by T = {found.T}"], table, 0)


_OF_REACH: Mapping[str, tuple[Callable[[Reach], list[Block]], Callable[[Reach], Figure]]] = {
    "memory": (_memory_blocks, memory_figure),
    "compare": (_compare_blocks, compare_figure),
}
