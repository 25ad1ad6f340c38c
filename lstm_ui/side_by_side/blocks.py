"""The page side by side, as blocks: two cells, their steps beside each other, and over time."""

from functools import lru_cache
from typing import TypedDict

import numpy as np

from lstm_core.cell import Cell
from lstm_core.cells import CELLS, facts
from lstm_core.lesson.latex import RULES, formula
from lstm_core.lesson.letters import as_plain, letter
from lstm_core.looks.side_by_side import Pair, differs
from lstm_ui.session.cells import cell_title, title_of_cell
from lstm_ui.session.session import valid_place
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block, Visit
from lstm_ui.sheet.choices import unit_control
from lstm_ui.sheet.controls import Control, segments, select
from lstm_ui.sheet.matrices import matrix
from lstm_ui.sheet.panels import notice, toolbar, walk
from lstm_ui.shell import link
from lstm_ui.side_by_side.choices import (
    CURVES,
    EDITED,
    LEFT,
    ON_SCREEN,
    RIGHT,
    ROWS,
    SWAPPED,
    Beside,
    Side,
)
from lstm_ui.side_by_side.words import WORDS, curve_sentences, sentences, shown_formula

MOST_SHOWN = 4  # entries of a vector in the table


class Made(TypedDict):
    """A step in one of the two cells: its formula, its numbers, and what they are called."""

    latex: str
    numbers: str
    name: str


class Row(TypedDict):
    """A step of both cells; the cell that has no such step has None. `mark` says how they differ.

    A click on a number leads to the step `opens`, of the cell on screen; "" where it has none.
    """

    title: str
    mark: str
    said: str
    cells: list[Made | None]
    opens: list[str]


class Table(Block):
    """The steps of two cells beside each other; `heads` are the cells, `visits` open them."""

    name: str
    heads: list[str]
    visits: list[Visit | None]
    rows: list[Row]


def side_by_side_blocks(here: Beside) -> list[Block]:
    """Return the whole page; its figure stands under what is said of the steps."""
    session = here.desk.session
    with np.errstate(all="ignore"):  # an overflow is a value to show
        return [
            blocks.lead(WORDS.text("page", "what")),
            blocks.group("bar", [walk(session, steps=False), toolbar(session)]),
            notice(session),
            blocks.controls("sides", *_sides(here)),
            *_swap(here),
            blocks.text("said", *sentences(here)),
            _table(here),
            blocks.controls("curves", *_curves(here)),
            blocks.figure(),
            blocks.text("curved", *curve_sentences(here)),
            *_numbers(here),
        ]


# ---- what can be chosen --------------------------------------------------------------------------


def _sides(here: Beside) -> list[Control]:
    title = facts(here.desk.exercise.cell).title
    names = {key: cell_title(key) for key in CELLS}
    names |= {
        ON_SCREEN: WORDS.text("page", "screen", {"title": title}),
        SWAPPED: WORDS.text("page", "swapped"),
    }
    session = here.desk.session
    return [
        select(session, LEFT, WORDS.text("page", "left"), names),
        select(session, RIGHT, WORDS.text("page", "right"), names),
        segments(session, ROWS, WORDS.text("page", "lines"), _named("page", ROWS.words)),
    ]


def _named(heading: str, words: tuple[str, ...]) -> dict[str, str]:
    return {word: WORDS.text(heading, word) for word in words}


def _swap(here: Beside) -> list[Block]:
    """The three controls that say which row is swapped, and for what."""
    swap, session = here.swap, here.desk.session
    chosen_somewhere = SWAPPED in (LEFT.of(session.options), RIGHT.of(session.options))
    if not chosen_somewhere:
        return []
    rows = {name: _plain_formula(swap.cell, name) for name in swap.row_choice.words}
    made = {word: _made_of(swap.cell, swap.op, word) for word in swap.inputs_choice.words}
    controls = blocks.controls(
        "swap",
        select(session, swap.row_choice, WORDS.text("swap", "row"), rows),
        segments(
            session,
            swap.op_choice,
            WORDS.text("swap", "op"),
            _named("operations", swap.op_choice.words),
        ),
        select(session, swap.inputs_choice, WORDS.text("swap", "inputs"), made),
    )
    return [controls, *([_refused(here.problem)] if here.problem else [])]


def _refused(why: str) -> Block:
    return blocks.text(
        "problem", {"text": WORDS.text("swap", "refused", {"why": why}), "strong": True}
    )


# The lists hold the same at every edit.
@lru_cache(maxsize=1024)
def _plain_formula(cell: Cell, name: str) -> str:
    return as_plain(formula(cell, name))


@lru_cache(maxsize=1024)
def _made_of(cell: Cell, op: str, word: str) -> str:
    """What a row would be made of, as people write it: i∘C, tanh(kept)."""
    return as_plain(RULES[op](*(letter(cell, name) for name in word.split(","))))


def _curves(here: Beside) -> list[Control]:
    session, n = here.desk.session, here.desk.exercise.n
    show = segments(session, CURVES, WORDS.text("curves", "show"), _named("curves", CURVES.words))
    return [show, *([unit_control(session, n)] if here.curves == "states" and n > 1 else [])]


def _numbers(here: Beside) -> list[Block]:
    """What both cells work on, to edit: the input and what they start from or, by gate, W and b."""
    session, desk = here.desk.session, here.desk
    choice = segments(session, EDITED, WORDS.text("page", "edited"), _named("page", EDITED.words))
    shown = [blocks.controls("edited", choice)]
    if EDITED.of(session.options) == "weights":
        return [*shown, *_parameters(here)]
    names = ("x", *(desk.exercise.cell.states if desk.t == 0 else ()))
    return [*shown, blocks.equation([matrix(desk, name) for name in names], "inputs")]


def _parameters(here: Beside) -> list[Block]:
    """The weights and biases of the exercise on screen, gate by gate, to edit."""
    desk = here.desk
    gates: dict[str, list[str]] = {}
    for name in desk.exercise.params:
        gates.setdefault(name.partition("_")[2], []).append(name)
    shown = (
        blocks.equation([matrix(desk, name) for name in names], f"of {gate}")
        for gate, names in gates.items()
    )
    return [blocks.legend(WORDS.text("page", "help"), "help"), *shown]


# ---- the steps beside each other -----------------------------------------------------------------


def _table(here: Beside) -> Table:
    sides = here.left, here.right
    return {
        "kind": "beside",
        "id": "beside",
        "name": WORDS.text("page", "table"),
        "heads": [
            WORDS.text("page", f"head {key}", {"title": title})
            for key, title in zip(("left", "right"), _titles(*sides), strict=True)
        ],
        "visits": [_opening(here, side) for side in sides],
        "rows": [_row(here, pair) for pair in here.pairs],
    }


def _titles(left: Side, right: Side) -> tuple[str, str]:
    """What the two cells are called: in full where they would else be called alike, as two GRUs."""
    if left.title == right.title and left.cell is not right.cell:
        return title_of_cell(left.cell), title_of_cell(right.cell)
    return left.title, right.title


def _row(here: Beside, pair: Pair) -> Row:
    left, right = pair.left, pair.right
    mark = _mark(here, pair)
    there = here.desk.exercise.cell.names
    return {
        "title": _title(here, pair),
        "mark": mark,
        "said": WORDS.text("marks", mark),
        "cells": [_made(here, here.left, left), _made(here, here.right, right)],
        "opens": [name if name in there else "" for name in (left or "", right or "")],
    }


def _title(here: Beside, pair: Pair) -> str:
    """What the step is called in both cells, once where that is the same."""
    sides = (here.left, pair.left), (here.right, pair.right)
    titles = [side.cell[name].title for side, name in sides if name]
    if pair.left == pair.right:
        return min(titles, key=len)  # and not "…, changed", which the mark says
    return " | ".join(dict.fromkeys(titles))


def _mark(here: Beside, pair: Pair) -> str:
    """How a step differs in the two cells: in its formula, in its numbers, or not at all."""
    if not (pair.left and pair.right):
        return "left" if pair.left else "right"
    formulas = (
        shown_formula(here, side, name)
        for side, name in ((here.left, pair.left), (here.right, pair.right))
    )
    if len({*formulas}) > 1:
        return "other"
    return "numbers" if differs(here.left.trace, here.right.trace, here.desk.t, pair) else "same"


def _made(here: Beside, side: Side, name: str | None) -> Made | None:
    if name is None:
        return None
    values = side.desk.values(name)
    numbers = ", ".join(side.desk.printed(name, values[:MOST_SHOWN]))
    more = ", …" if len(values) > MOST_SHOWN else ""
    return {
        "latex": shown_formula(here, side, name),
        "numbers": f"[{numbers}{more}]",
        "name": side.desk.plain(name),
    }


def _opening(here: Beside, side: Side) -> Visit | None:
    """The link that makes a cell the exercise, and shows it step by step; none where it is open."""
    if side.is_open:
        return None
    place = valid_place(side.exercise, here.desk.session.place)
    return link.opening(side.exercise, place, WORDS.text("page", "open"))
