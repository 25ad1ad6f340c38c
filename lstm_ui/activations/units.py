"""The units of a gate: z, gate, derivative and what becomes of it; and the slider that moves a z.

A z is moved by moving its bias, which is a number of the exercise itself.
"""

import math
from collections.abc import Callable

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.latex import letter
from lstm_core.looks.activations import SATURATED, Activation, activation
from lstm_core.looks.swap import reached
from lstm_core.text.numerals import numeral
from lstm_ui.activations.choices import letter_of, unit_choice
from lstm_ui.figures.parts import View
from lstm_ui.session.address import cell_id, entry_name
from lstm_ui.sheet.controls import cell_slider, controls
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.matrices import Block

SHOWN = 5  # units in the table at most: those around the one that is open
REACH, STEP = 10.0, 0.05  # how far a slider moves z to either side of 0, and in what steps
NUDGE = 0.1  # how far z is moved in a sentence
FAR = 1e6  # with a z from here on, such a step is nothing
FOLLOWERS = ("reset_h", "h_tilde", "kept", "written", "C", "h")  # what a gate's value goes into
_PRIMES = {"σ′": r"\sigma'", "tanh′": r"\tanh'", "ReLU′": r"\mathrm{ReLU}'"}
# What a unit is called in a flat part of its curve, and what that means.
_FLAT = {"relu": ("off", "it does not learn here")}
_UNMOVED = "has no bias of its own: at t = 1 it can be moved here, and at any t by its gates"
_SATURATED = ("saturated", "it will hardly learn")

Row = Callable[[int], Block]


def units(desk: Desk, here: View) -> Block:
    """Return the table: a column for each unit, with what its numbers were before the last edit."""
    own, (z, y) = activation(here.step), (here.step.inputs[0], here.step.name)
    later = reached(here.exercise.cell, y)
    names = [name for name in FOLLOWERS if name in later]
    rows = [_entries(desk, z), _entries(desk, y), _slopes(desk, own, z)]
    rows += [_entries(desk, name) for name in names]
    shown = _shown(here)
    return {
        "kind": "units",
        "id": "units",
        "name": f"The units of {here.plain(y)}",
        "caption": _caption(here, shown),
        "option": unit_choice(1).name,
        "heads": _heads(here, names),
        "units": [
            {"unit": str(j + 1), "on": j == here.entry, "cells": [row(j) for row in rows]}
            for j in shown
        ],
    }


def _shown(here: View) -> range:
    size = len(here.values(here.step.name))
    start = max(0, min(here.entry - SHOWN // 2, size - SHOWN))
    return range(start, min(size, start + SHOWN))


def _heads(here: View, followers: list[str]) -> list[str]:
    """The letters of the rows, as LaTeX."""
    cell, prime = here.exercise.cell, activation(here.step).prime
    z, y, *more = (letter(cell, name) for name in (*here.step.inputs, here.step.name, *followers))
    return [z, y, rf"{_PRIMES[prime]}({z})", *more]


def _entries(desk: Desk, name: str) -> Row:
    """Return what gives one entry of a named vector, as the table shows it."""
    values, changed = desk.values(name), desk.changed(name)

    def cell(j: int) -> Block:
        shown = {"text": desk.text(name, float(values[j])), "full": numeral(float(values[j]), None)}
        was = desk.was(name, (j,)) if changed is not None and changed[j] else ""
        return {**shown, "was": was}

    return cell


def _slopes(desk: Desk, own: Activation, z: str) -> Row:
    """Return the same for the derivative, which is no step of the cell."""
    old, changed = desk.old(z), desk.changed(z)
    slopes, before = own.slope(desk.values(z)), own.slope(old) if old is not None else None
    flat, (word, _) = own.saturated(desk.values(z)), _FLAT.get(own.code, _SATURATED)

    def cell(j: int) -> Block:
        moved = before is not None and changed is not None and changed[j]
        return {
            "text": _slope_text(desk.exercise, slopes[j]),
            "full": numeral(float(slopes[j]), None),
            "was": _slope_text(desk.exercise, before[j]) if before is not None and moved else "",
            "flat": word if flat[j] else "",
        }

    return cell


def _slope_text(exercise: Exercise, slope: float) -> str:
    """Print a derivative; of one that is all but 0, its size is enough."""
    text = numeral(float(slope), exercise.decimals, True)
    return numeral(float(slope), 1) if "e" in text else text


def _caption(here: View, shown: range) -> str:
    size = len(here.values(here.step.name))
    bounded = f"Units {shown[0] + 1} to {shown[-1] + 1} of {size}. " if len(shown) < size else ""
    if here.exercise.T == 1 or f"b_{letter_of(here.step)}" not in here.exercise.params:
        return bounded.strip()
    return (
        f"{bounded}A bias acts at every time step: moved here, at t = {here.place.t + 1}, "
        f"{here.plain(here.step.inputs[0])} moves at all {here.exercise.T}."
    )


def mover(desk: Desk, here: View) -> Block:
    """Return the slider that moves the open unit's z, or a sentence where nothing does."""
    lever = _lever(here)
    z, j = here.step.inputs[0], here.entry
    at, name = float(here.values(z)[j]), entry_name(here.exercise.cell, z, (j,))
    if lever is None or not abs(at) < FAR:
        why = f"is {here.text(at, z)}: no slider reaches that far" if lever else _UNMOVED
        return {"kind": "text", "id": "move", "lines": [{"text": f"{name} {why}."}]}
    value = float(here.exercise.arrays[lever][j])
    start = value - at if lever.startswith("b_") else 0.0
    low, high = (_on_grid(end + start) for end in (-REACH, REACH))
    shown = f"{here.text(at, z)}, by {entry_name(here.exercise.cell, lever, (j,))} = "
    shown += here.text(value, lever)
    slider = cell_slider(cell_id(lever, (j,)), f"Move {name}", value, low, high, STEP, shown)
    return controls("move", slider)


def _lever(here: View) -> str | None:
    """What moves z: its bias; C has none, but at the first time step what C_prev is kept of."""
    bias = f"b_{letter_of(here.step)}"
    if bias in here.exercise.params:
        return bias
    starts = here.step.inputs[0] == "C" and here.place.t == 0
    return "C_prev" if starts and "C_prev" in here.exercise.start else None


def _on_grid(x: float) -> float:
    """Round to a step of the slider, so that what it sets is short."""
    return round(round(x / STEP) * STEP, 6)


def said(here: View) -> str:
    """Say what the derivative of the open unit means, with its numbers."""
    own, j, name = activation(here.step), here.entry, here.plain(here.step.inputs[0])
    z = here.values(here.step.inputs[0])
    slope, at = float(own.slope(z)[j]), here.text(float(z[j]), here.step.inputs[0])
    steep = _slope_text(here.exercise, slope)
    numbers = f"Unit {j + 1}: {name} = {at}, {own.prime}({name}) = {steep}"
    if not np.isfinite(z[j]):
        return f"{numbers}."
    if own.saturated(z)[j]:
        return f"{numbers}: {': '.join(_FLAT.get(own.code, _SATURATED))}."
    moved = numeral(NUDGE * slope, 4)
    return (
        f"{numbers}: move {name} by {NUDGE}, and {here.plain(here.step.name)} moves by about "
        f"{moved}."
    )


def counted(here: View) -> str:
    """Say how many units are saturated, and where that begins."""
    own, z = activation(here.step), here.values(here.step.inputs[0])
    flat = int(np.count_nonzero(own.saturated(z)))
    edge = max((low for low, _ in own.flat if math.isfinite(low)), default=0.0)
    name = here.plain(here.step.inputs[0])
    beyond = f"beyond {name} = ±{numeral(edge, 1)}" if edge else f"where {name} is not above 0"
    word, _ = _FLAT.get(own.code, _SATURATED)
    return f"{flat} of {len(z)} units {word}: {own.prime} is below {SATURATED} {beyond}."
