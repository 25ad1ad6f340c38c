"""Another activation in a gate's place: both cells run side by side, and what breaks is said."""

from collections.abc import Sequence
from typing import TypedDict

import numpy as np

from lstm_core.cells import facts
from lstm_core.looks.activations import ACTIVATIONS, activation
from lstm_core.looks.swap import STEPS, Swap, findings, swap
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_core.variants.changes import Change, varied
from lstm_ui.activations.choices import gate_choice, gates, swap_choice, swapped_in
from lstm_ui.activations.questions import asked_here, gate_of
from lstm_ui.activations.words import WORDS, finding_sentence, trial_number
from lstm_ui.figures.parts import finite
from lstm_ui.figures.view import View
from lstm_ui.sheet import blocks, theme
from lstm_ui.sheet.blocks import Block, Heading, Paragraph
from lstm_ui.sheet.controls import Control, segments
from lstm_ui.shell import link

SWAP_NAMES = {code: one.name for code, one in ACTIVATIONS.items()} | {"hard": "hard σ (0.2z)"}
WIDEST = 5.0  # times its own size: what grows beyond leaves the plot


class Spark(TypedDict):
    """Two lines over time in a small plot from `low` to `high`, with lines across at `marks`.

    `until` is the last time step of the reader's own inputs, where the plot goes beyond it.
    """

    title: str
    low: float
    high: float
    ends: list[str]
    marks: list[float]
    until: int | None
    time: str
    lines: list[list[float | None]]
    alt: str


class Sparks(Block):
    """Small plots, one below the other."""

    items: Sequence[Spark]


def trial_blocks(here: View) -> list[Block]:
    """Return the trial: what to swap, what breaks, and a unit that shows it, over time.

    It is the unit that is open, if something breaks in it.
    """
    trial = swap(here.exercise, here.name, ACTIVATIONS[swapped_in(here)])
    found, decimals = findings(trial, here.entry), here.exercise.decimals
    unit, names = found[0].at.index[0], dict.fromkeys((trial.name, trial.memory))
    sparks: Sparks = {
        "kind": "sparks",
        "id": "sparks",
        "items": [_spark(trial, here, name, unit) for name in names],
    }
    return [
        _heading(here),
        blocks.controls("swap", *gate_control(here), _swap_control(here)),
        blocks.text("found", *(finding_sentence(trial, one, decimals) for one in found)),
        sparks,
        *_links(here),
    ]


def _links(here: View) -> list[Block]:
    """The cell that is tried, to be opened, or to be seen beside the one on screen."""
    exercise, step = here.exercise, here.step
    change = Change(step.name, swapped_in(here), step.inputs)
    try:
        other = exercise.in_variant(varied(exercise.cell, change))
    except ValueError:  # the read-out, or one row too many
        return []
    place = Address(step.name, here.desk.t, (here.entry,))
    swap = {"swap_row": step.name, "swap_op": change.op, "swap_of": ",".join(change.inputs)}
    opened = WORDS.text("trial", "open", {"title": facts(other.cell).title})
    beside = WORDS.text("trial", "beside")
    chosen = {"left": "screen", "right": "swapped", **swap}
    visits = (
        link.opening(other, place, opened),
        link.opening(exercise, place, beside, "side_by_side", **chosen),
    )
    lines: list[Paragraph] = [{"visit": visit} for visit in visits if visit]
    return [blocks.text("opened", *lines)]


def _heading(here: View) -> Heading:
    cell, T = here.exercise.cell, here.exercise.T
    both = "sigmoid and tanh" in asked_here(cell)
    own, y = activation(here.step).name, here.desk.plain(here.name)
    title = WORDS.text("trial", "title with both" if both else "title", {"own": own, "y": y})
    what = WORDS.text("trial", "what, prolonged" if T < STEPS else "what", {"steps": STEPS})
    return blocks.heading(title, 2, "why", what=what)


def gate_control(here: View) -> list[Control]:
    """Return the choice of a gate; nothing where the cell has one squash only."""
    cell = here.exercise.cell
    names = {word: here.desk.plain(step.name) for word, step in gates(cell).items()}
    label = WORDS.text("choice", "gate" if gate_of(cell) else "squash")
    return [segments(here.desk.session, gate_choice(cell), label, names)] if len(names) > 1 else []


def _swap_control(here: View) -> Control:
    label = f"In place of {activation(here.step).name}"
    return segments(here.desk.session, swap_choice(here.step), label, SWAP_NAMES)


def _spark(trial: Swap, here: View, name: str, unit: int) -> Spark:
    """One entry over time, as it is and with the other activation."""
    both = trial.values if name == trial.name else trial.memories
    values = [one[:, unit] for one in both]
    (low, high), entry, T = _ends(*values), here.desk.entry(name, unit), here.exercise.T
    own, other = trial.kind.name, trial.other.name
    leaves = ", which leaves the plot" if (np.abs(values[1]) > high).any() else ""
    more = f"; your inputs end at t = {T}" if 1 < T < STEPS else ""
    last = [trial_number(float(one[-1]), here.exercise.decimals) for one in values]
    return {
        "title": f"{entry}, solid with {own}, dashed with {other}{leaves}",
        "low": low,
        "high": high,
        "ends": [numeral(low, 2), numeral(high, 2)],
        "marks": sorted(mark for mark in _marks(trial, name) if low < mark < high),
        "until": T - 1 if 1 < T < STEPS else None,
        "time": f"t = 1 to {STEPS}{more}",
        "lines": [finite(one) for one in values],
        "alt": f"{entry} over {STEPS} time steps: with {own} it ends at {last[0]}, "
        f"with {other} at {last[1]}.",
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
