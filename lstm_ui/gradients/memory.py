"""One unit's memory, as blocks: the direct product against the whole derivative, and what moves."""

import numpy as np

from lstm_core.lesson.latex import plain
from lstm_core.text.numerals import numeral
from lstm_ui.gradients.questions import memory_questions
from lstm_ui.gradients.reach import (
    AXIS,
    FORGET,
    RECURRENT,
    STEPS,
    Reach,
    derivative,
    direct_name,
    since_choice,
)
from lstm_ui.gradients.walk import unit_choice
from lstm_ui.session.address import cell_id
from lstm_ui.sheet.controls import cell_slider, controls, segments, select, slider
from lstm_ui.sheet.matrices import Block
from lstm_ui.sheet.panels import toolbar

_FEW = 8
HAIR = 1e-9  # of the larger one: from here on, two derivatives are the same number


def memory_blocks(found: Reach) -> list[Block]:
    """Return the sliders and the numbers, the place of the figure, and the questions."""
    left = [_chosen(found), moves(found), _table(found), *_said(found)]
    return [
        panes(left),
        toolbar(found.session),
        {"kind": "questions", "id": "questions", "items": memory_questions(found)},
    ]


def panes(left: list[Block]) -> Block:
    """Return the blocks beside the place of the figure."""
    figure = {"kind": "figure", "id": "figure"}
    sides = [
        {"kind": "group", "id": "moving", "blocks": left},
        {"kind": "group", "id": "curves", "blocks": [figure]},
    ]
    return {"kind": "group", "id": "reaching", "name": "reaching", "blocks": sides}


def _chosen(found: Reach) -> Block:
    session, unit = found.session, unit_choice(found.exercise.n)
    items = [segments(session, AXIS, "Scale", {})]
    if len(unit.words) > 1:
        items.append((segments if len(unit.words) <= _FEW else select)(session, unit, "Unit", {}))
    return controls("chosen", *items)


def moves(found: Reach, unit: bool = True) -> Block:
    """Return the sliders: the numbers that move the curves, and where to look."""
    session, since = found.session, since_choice(found.T)
    items = [
        slider(session, RECURRENT, "h columns of every W", 0.05, f"× {found.trial.recurrent:g}"),
        *_biases(found, unit),
        slider(session, STEPS, "Time steps T", 1, str(found.T)),
        slider(session, since, "Look back to t =", 1, str(found.since + 1)),
    ]
    return controls("moves", *items)


def _biases(found: Reach, unit: bool) -> list[Block]:
    """The bias of the gate that keeps: of all units as a trial, of one as an edit."""
    if not (name := found.keeps):
        return []
    letter, more, cell = plain(found.exercise.cell, name), found.trial.forget, (found.unit,)
    added = f"{'+' if more >= 0 else '−'} {abs(more):g}"
    every = slider(found.session, FORGET, f"{letter}, all units", 0.1, added)
    if not unit:
        return [every]
    value = float(found.exercise.params[name][cell])
    label, at = f"{letter}[{found.unit + 1}], yours", cell_id(name, cell)
    return [
        every,
        cell_slider(at, label, value, -8, 8, 0.05, numeral(value, found.exercise.decimals)),
    ]


def _table(found: Reach) -> Block:
    """The numbers of the unit, at the time step that is looked back to."""
    paths, t = found.paths, found.since
    rows = [["whole derivative", found.text(paths.whole[t])]]
    if paths.direct is not None:
        apart = paths.whole[t] - paths.direct[t]
        rows.insert(0, [direct_name(found), found.text(paths.direct[t])])
        rows.append(["difference", found.text(apart)])
    heads = [f"unit {found.unit + 1}", derivative(found)]
    return {"kind": "coins", "id": "numbers", "heads": heads, "rows": rows, "here": 1}


def same(a: float, b: float) -> bool:
    """Tell whether two derivatives agree, but for the rounding of the last digits."""
    return bool(np.isclose(a, b, rtol=HAIR, atol=0.0, equal_nan=True))


def _said(found: Reach) -> list[Block]:
    sentences = [s for s in (*_compared(found), _without_h(found), found.cut) if s]
    return [{"kind": "text", "id": "said", "lines": [{"text": s} for s in sentences]}]


def _compared(found: Reach) -> list[str]:
    paths, t = found.paths, found.since
    if paths.direct is None:
        return ["All of h is made anew at each time step: there is no direct path in this cell."]
    whole, direct = float(paths.whole[t]), float(paths.direct[t])
    if t == found.T - 1:
        return ["At t = T nothing lies between: both are 1. Look back further."]
    if same(whole, direct):
        return [f"They agree: {found.text(direct)}."]
    return [
        f"They are not the same: the product is {found.text(direct)}, the whole derivative "
        f"{found.text(whole)}. The rest, {found.text(whole - direct)}, comes through h and gates."
    ]


def _without_h(found: Reach) -> str:
    """Say what is left of the difference where no gate sees h."""
    other, t = found.other(recurrent=0.0).paths, found.since
    if other.direct is None or t == found.T - 1:
        return ""
    whole, direct = float(other.whole[t]), float(other.direct[t])
    told = f"With the h columns of W at 0 they are {found.text(direct)} and {found.text(whole)}: "
    if same(whole, direct):
        return told + "no gate sees h then, only the direct path is left, and they agree."
    return (
        told
        + "the peepholes still let the gates see C, so they differ even then."
        * ("peephole" in found.exercise.cell.name)
        + "h reaches the new state in another way, too."
        * ("peephole" not in found.exercise.cell.name)
    )
