"""Another activation in a gate's place: both cells run side by side, and what breaks is said."""

import numpy as np

from lstm_core.lesson.latex import plain
from lstm_core.looks.activations import ACTIVATIONS, activation
from lstm_core.looks.swap import STEPS, Swap, findings, swap
from lstm_core.ops import SIGMOID, TANH, Array
from lstm_core.text.numerals import numeral
from lstm_ui.activations.choices import gate_choice, gates, swap_choice, swapped_in
from lstm_ui.activations.words import printed, sentence
from lstm_ui.figures.parts import View
from lstm_ui.session.address import entry_name
from lstm_ui.sheet import theme
from lstm_ui.sheet.controls import controls, segments
from lstm_ui.sheet.desk import Desk
from lstm_ui.sheet.matrices import Block

SWAP_NAMES = {code: one.name for code, one in ACTIVATIONS.items()} | {"hard": "hard σ (0.2z)"}
WIDEST = 5.0  # times its own size: what grows beyond leaves the plot


def trial_blocks(desk: Desk, here: View) -> list[Block]:
    """Return the trial: what to swap, what breaks, and a unit that shows it, over time.

    It is the unit that is open, if something breaks in it.
    """
    trial = swap(desk.exercise, here.step.name, ACTIVATIONS[swapped_in(desk, here)])
    found = findings(trial, here.entry)
    unit, names = found[0].at.index[0], dict.fromkeys((trial.name, trial.memory))
    lines = [{"text": sentence(trial, one, here)} for one in found]
    return [
        _heading(here),
        controls("swap", gate_control(desk), _swap_control(desk, here)),
        {"kind": "text", "id": "found", "lines": lines},
        {"kind": "sparks", "id": "sparks", "items": [_spark(trial, here, n, unit) for n in names]},
    ]


def _heading(here: View) -> Block:
    cell, T = here.exercise.cell, here.exercise.T
    both = {SIGMOID, TANH} <= {step.op for step in cell.steps}
    own, y = activation(here.step).name, here.plain(here.step.name)
    title = (
        "Why a sigmoid for a gate and tanh for the candidate?" if both else f"Why {own} for {y}?"
    )
    inputs = "your inputs, then the last one again and again" if T < STEPS else "your inputs"
    what = f"Put another activation in its place, and see {STEPS} time steps: {inputs}."
    return {"kind": "heading", "id": "why", "level": 2, "title": title, "what": what}


def gate_control(desk: Desk) -> Block:
    """Return the choice of a gate."""
    cell = desk.exercise.cell
    names = {word: plain(cell, step.name) for word, step in gates(cell).items()}
    return segments(desk.session, gate_choice(cell), "Gate", names)


def _swap_control(desk: Desk, here: View) -> Block:
    label = f"In place of {activation(here.step).name}"
    return segments(desk.session, swap_choice(here.step), label, SWAP_NAMES)


def _spark(trial: Swap, here: View, name: str, unit: int) -> Block:
    """One entry over time, as it is and with the other activation."""
    both = trial.values if name == trial.name else trial.memories
    values = [one[:, unit] for one in both]
    (low, high), entry = _ends(*values), entry_name(here.exercise.cell, name, (unit,))
    names, T = (trial.kind.name, trial.other.name), here.exercise.T
    outside = np.abs(values[1]) > high
    last = [printed(float(one[-1]), here.exercise.decimals) for one in values]
    return {
        "title": f"{entry}, solid with {names[0]}, dashed with {names[1]}"
        + ", which leaves the plot" * bool(outside.any()),
        "low": low,
        "high": high,
        "ends": [numeral(low, 2), numeral(high, 2)],
        "marks": sorted(mark for mark in _marks(trial, name) if low < mark < high),
        "until": T - 1 if 1 < T < STEPS else None,
        "time": f"t = 1 to {STEPS}" + f"; your inputs end at t = {T}" * (1 < T < STEPS),
        "lines": [[float(x) if np.isfinite(x) else None for x in one] for one in values],
        "alt": f"{entry} over {STEPS} time steps: with {names[0]} it ends at {last[0]}, "
        f"with {names[1]} at {last[1]}.",
    }


def _marks(trial: Swap, name: str) -> set[float]:
    """What values are seen against: 0 and, of the swapped step, the bounds that it had."""
    bounds = (trial.kind.low, trial.kind.high) if name == trial.name else ()
    return {0.0, *(bound for bound in bounds if np.isfinite(bound))}


def _ends(own: Array, changed: Array) -> tuple[float, float]:
    """Where a plot ends: at a round number that both stay within, or that its own are well within.

    What grows to many times its own size would press the rest flat: it leaves the plot instead.
    """
    usual, whole = theme.limit(own), theme.limit(own, changed)
    end = whole if whole <= WIDEST * usual else 2.0 * usual
    both = np.concatenate((own, changed))
    negative = both[np.isfinite(both)].min(initial=0.0) < 0.0
    return (-end if negative else 0.0), end
