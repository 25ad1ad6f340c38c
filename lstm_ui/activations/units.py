"""The units of a gate: z, gate, derivative and what becomes of it; and the slider that moves a z.

A z is moved by moving its bias, which is a number of the exercise itself.
"""

import math
from collections.abc import Callable, Sequence
from typing import NotRequired, TypedDict

import numpy as np

from lstm_core.lesson.letters import letter
from lstm_core.looks.activations import SATURATED, Activation, activation
from lstm_core.looks.connected import following
from lstm_core.text.numerals import how_many, numeral
from lstm_ui.activations.choices import letter_of
from lstm_ui.activations.words import WORDS
from lstm_ui.figures.view import View
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Block
from lstm_ui.sheet.controls import cell_slider, start_of
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.window import from_to, window

SHOWN = 5  # units in the table at most: those around the one that is open
REACH, STEP = 10.0, 0.05  # how far a slider moves z to either side of 0, and in what steps
NUDGE = 0.1  # how far z is moved in a sentence
FAR = 1e6  # with a z from here on, such a step is nothing
FOLLOWERS = ("reset_h", "h_tilde", "kept", "written", "C", "h")  # what a gate's value goes into
_PRIMES = {"σ′": r"\sigma'", "tanh′": r"\tanh'", "ReLU′": r"\mathrm{ReLU}'"}
_PRIMES |= {"hard σ′": r"\text{hard}\,\sigma'", "hard σ′ (z/6)": r"\text{hard}\,\sigma_6'"}


class UnitCell(TypedDict):
    """One number of a unit: as it is printed, with all digits, and before the last edit.

    Where a setting is pinned, `was` is the number there, and `gap` how far it is from it.
    `flat` is what the unit is called where its derivative is all but 0.
    """

    text: str
    full: str
    was: str
    gap: NotRequired[str]
    flat: NotRequired[str]


class Unit(TypedDict):
    """One column of the table; `on` is the unit that is open."""

    unit: str
    on: bool
    cells: list[UnitCell]


class UnitTable(Block):
    """The table of units; `heads` are the letters of its rows, as LaTeX."""

    name: str
    caption: str
    option: str
    heads: list[str]
    units: list[Unit]


Row = Callable[[int], UnitCell]  # one row of the table: a cell for each unit


def units(here: View) -> UnitTable:
    """Return the table: a column for each unit, with what its numbers were before the last edit."""
    desk, own, z = here.desk, activation(here.step), here.step.inputs[0]
    later = [step.name for step in following(here.exercise.cell.steps, [here.name])]
    # Beside a projection h has no entry for each unit.
    size = len(here.result)
    names = [name for name in FOLLOWERS if name in later and len(desk.values(name)) == size]
    rows = [_entries(desk, z), _entries(desk, here.name), _slopes(desk, own, z)]
    rows += [_entries(desk, name) for name in names]
    shown = window(here.entry, len(here.result), SHOWN)
    return {
        "kind": "units",
        "id": "units",
        "name": f"The units of {desk.plain(here.name)}",
        "caption": _caption(here, shown),
        "option": "unit",
        "heads": _heads(here, names),
        "units": [
            {"unit": str(j + 1), "on": j == here.entry, "cells": [row(j) for row in rows]}
            for j in shown
        ],
    }


def _heads(here: View, followers: Sequence[str]) -> list[str]:
    cell, prime = here.exercise.cell, activation(here.step).prime
    z, y, *more = (letter(cell, name) for name in (*here.step.inputs, here.name, *followers))
    slope = rf"{_PRIMES[prime]}({z})" if prime else r"\text{slope}"
    return [z, y, slope, *more]


def _entries(desk: Desk, name: str) -> Row:
    """Return the row of a vector of the trace."""
    values, changed = desk.values(name), desk.changed(name)

    def cell(j: int) -> UnitCell:
        was = desk.was(name, (j,)) if changed is not None and changed[j] else ""
        found: UnitCell = {
            "text": desk.text(name, values[j]),
            "full": _digits(values[j]),
            "was": was,
        }
        return _beside(found, desk.beside(name, (j,)))

    return cell


def _slopes(desk: Desk, own: Activation, z: str) -> Row:
    """Return the row of the derivative, which is no step of the cell."""
    old, changed = desk.old(z), desk.changed(z)
    slopes, before = own.slope(desk.values(z)), own.slope(old) if old is not None else None
    flat, word = own.saturated(desk.values(z)), _flat_words(own)["word"]

    def cell(j: int) -> UnitCell:
        moved = before is not None and changed is not None and changed[j]
        text = _slope_text(desk, slopes[j])
        was = _slope_text(desk, before[j]) if before is not None and moved else text
        found: UnitCell = {
            "text": text,
            "full": _digits(slopes[j]),
            "was": was if was != text else "",
            "flat": word if flat[j] else "",
        }
        if desk.session.pinned is None or before is None:
            return found
        return _beside(found, desk.gap("", before[j], slopes[j]))

    return cell


def _beside(cell: UnitCell, gap: str) -> UnitCell:
    return {**cell, "gap": gap} if gap and cell["was"] else cell


def _digits(x: float) -> str:
    return numeral(float(x), None)


def _slope_text(desk: Desk, slope: float) -> str:
    """Print a derivative; of one that is all but 0, its size is enough."""
    text = desk.slope(slope)
    return numeral(float(slope), 1) if "e" in text else text


def _caption(here: View, shown: range) -> str:
    size, z = len(here.result), here.desk.plain(here.step.inputs[0])
    bounded = f"Units {from_to(shown)} of {size}. " if len(shown) < size else ""
    if here.exercise.T == 1 or f"b_{letter_of(here.step)}" not in here.exercise.params:
        return bounded.strip()
    known = {"t": here.desk.t + 1, "z": z, "T": here.exercise.T}
    return bounded + WORDS.text("move", "at every time step", known)


# ---- the slider ----------------------------------------------------------------------------------


def mover(here: View) -> Block:
    """Return the slider that moves the open unit's z, or a sentence where nothing does."""
    desk, lever, z, j = here.desk, _lever(here), here.step.inputs[0], here.entry
    at, name = float(desk.values(z)[j]), desk.entry(z, j)
    if lever is None:
        return blocks.text("move", WORDS.text("move", "no bias", {"name": name}))
    if not abs(at) < FAR:
        known = {"name": name, "at": desk.text(z, at)}
        return blocks.text("move", WORDS.text("move", "too far", known))
    value = float(here.exercise.arrays[lever][j])
    # The bias at which z is 0. Of C_prev, which is scaled by a gate on its way to C, there is none.
    middle = value - at if lever.startswith("b_") else 0.0
    low, high = (_on_grid(end + middle) for end in (-REACH, REACH))
    shown = f"{desk.text(z, at)}, by {desk.entry(lever, j)} = {desk.text(lever, value)}"
    start, label = start_of(desk.session, lever, (j,)), f"Move {name}"
    slider = cell_slider(cell_id(lever, (j,)), label, value, low, high, STEP, shown, start)
    return blocks.controls("move", slider)


def _lever(here: View) -> str | None:
    """What moves z: its bias; C has none, but at the first time step what C_prev is kept of."""
    bias = f"b_{letter_of(here.step)}"
    if bias in here.exercise.params:
        return bias
    starts = here.step.inputs[0] == "C" and here.desk.t == 0
    return "C_prev" if starts and "C_prev" in here.exercise.start else None


def _on_grid(x: float) -> float:
    """Round to a step of the slider, so that what it sets is short."""
    return round(round(x / STEP) * STEP, 6)


# ---- sentences -----------------------------------------------------------------------------------


def slope_sentence(here: View) -> str:
    """Say what the derivative of the open unit means, with its numbers."""
    desk, own, z, j = here.desk, activation(here.step), here.step.inputs[0], here.entry
    values = desk.values(z)
    slope = float(own.slope(values)[j])
    known = {
        "unit": j + 1,
        "z": desk.plain(z),
        "at": desk.text(z, values[j]),
        "slope": own.prime,
        "steep": _slope_text(desk, slope),
        "y": desk.plain(here.name),
        "nudge": NUDGE,
        "moved": numeral(NUDGE * slope, 4),
        **_flat_words(own),
    }
    if not np.isfinite(values[j]):
        return WORDS.text("slope", "no number", known)
    return WORDS.text("slope", "flat" if own.saturated(values)[j] else "steep", known)


def _flat_words(own: Activation) -> dict[str, str]:
    """What a unit is called in a flat part of its curve, and what that means."""
    heading = "relu saturated" if own.code == "relu" else "saturated"
    return {name: WORDS.text(heading, name) for name in ("word", "so what")}


def saturation_sentence(here: View) -> str:
    """Say how many units are saturated, and where that begins."""
    own, z = activation(here.step), here.desk.values(here.step.inputs[0])
    edge = max((low for low, _ in own.flat if math.isfinite(low)), default=0.0)
    known = {
        "flat": int(np.count_nonzero(own.saturated(z))),
        "units": how_many(len(z), "unit"),
        "slope": own.prime,
        "limit": SATURATED,
        "z": here.desk.plain(here.step.inputs[0]),
        "edge": numeral(edge, 1),
        **_flat_words(own),
    }
    return WORDS.text("count of saturated", "beyond" if edge else "off", known)
