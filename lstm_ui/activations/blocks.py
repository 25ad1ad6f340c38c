"""The blocks of the page on activations, with the figure's place among them. No Streamlit here."""

from typing import Any

import numpy as np

from lstm_core.looks.activations import activation
from lstm_core.trace import Address
from lstm_ui.activations.choices import swapped_in, unit_choice
from lstm_ui.activations.figure import activations
from lstm_ui.activations.questions import questions
from lstm_ui.activations.trial import gate_control, trial_blocks
from lstm_ui.activations.units import SHOWN, counted, mover, said, units
from lstm_ui.figures.parts import Part, View
from lstm_ui.session.address import entry_name
from lstm_ui.sheet.controls import controls, select
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.matrices import Block
from lstm_ui.sheet.panels import notice, sheet_data, toolbar, walk
from lstm_ui.shell import link

_WHAT = (
    "Every z of your exercise on its curve, and below on the derivative: how much a change of z "
    "still counts."
)


def activations_sheet(desk: Desk, here: View) -> Block:
    """Return the whole page as data for the sheet."""
    with np.errstate(all="ignore"):  # an overflow is a value to show, not a warning to print
        return sheet_data(desk, [], _blocks(desk, here)) | {"open": None}


def _blocks(desk: Desk, here: View) -> list[Block]:
    return [
        {"kind": "heading", "id": "heading", "level": 1, "title": "Activations", "what": _WHAT},
        notice(desk.session),
        {"kind": "group", "id": "choices", "blocks": _choices(desk, here)},
        {"kind": "group", "id": "look", "name": "look", "blocks": _look(desk, here)},
        *trial_blocks(desk, here),
        questions(here),
    ]


def activations_figure(desk: Desk, here: View) -> Part:
    """Return the page's figure: with the curve of what is tried in the gate's place."""
    with np.errstate(all="ignore"):
        return activations(here, (swapped_in(desk, here),))


def _choices(desk: Desk, here: View) -> list[Block]:
    size = len(here.values(here.step.name))
    timed = [walk(desk.session, steps=False)] if desk.exercise.T > 1 else []
    unit = select(desk.session, unit_choice(size), "Unit", {})
    chosen = controls("gate", gate_control(desk), *([unit] if size > SHOWN else []))
    return [chosen, *timed, toolbar(desk.session)]


def _look(desk: Desk, here: View) -> list[Block]:
    """The numbers and, beside them where there is room, the figure."""
    numbers = [
        mover(desk, here),
        units(desk, here),
        {"kind": "text", "id": "said", "lines": _said(desk, here)},
        _formulas(here),
    ]
    left = {"kind": "group", "id": "numbers", "name": "numbers", "blocks": numbers}
    return [left, {"kind": "figure", "id": "figure"}]


def _said(desk: Desk, here: View) -> list[dict[str, Any]]:
    name = entry_name(here.exercise.cell, here.step.name, (here.entry,))
    place = Address(here.step.name, here.place.t, (here.entry,))
    href = link.href(desk.session, "", place)
    to = {"page": "", "step": place.step, "t": place.t, "entry": here.entry}
    visit = {"label": f"{name} step by step", "href": href, **to}
    return [{"text": said(here), "visit": visit}, {"text": counted(here)}]


def _formulas(here: View) -> Block:
    own = activation(here.step)
    lines = [{"latex": own.latex, "gloss": ""}, {"latex": own.slope_latex, "gloss": ""}]
    return {"kind": "formula", "id": "formula", "lines": lines}
