"""What people ask about activations, answered with the numbers on screen."""

from collections.abc import Callable, Sequence

import numpy as np

from lstm_core.lesson.questions import question
from lstm_core.looks.activations import ACTIVATIONS, Activation, activated
from lstm_core.looks.swap import series
from lstm_core.ops import SIGMOID, TANH
from lstm_core.text.numerals import numeral
from lstm_ui.figures.view import View
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Questions
from lstm_ui.sheet.desk import Desk

PLACE = "activations"
LATER = 10  # time steps, for what is left of a value
_TANH, _SIGMOID = ACTIVATIONS["tanh"], ACTIVATIONS["sigmoid"]
Known = dict[str, object]  # what an answer is filled in with


class OpenUnit:
    """The numbers of the unit that is open, by name, as the desk prints them."""

    def __init__(self, here: View):
        # The read-out may have more units than the cell: then the last one answers.
        self.desk: Desk = here.desk
        self.j = min(here.entry, here.exercise.n - 1)

    def value(self, name: str) -> float:
        """Return the unit's entry of a vector."""
        return float(self.desk.values(name)[self.j])

    def equals(self, *names: str) -> Known:
        """Return entries with their numbers, by name: {"f": "f[1] = 0.63"}."""
        return {name: self.desk.equals(name, self.j) for name in names}

    def number(self, x: float) -> str:
        """Return a number that is none of the trace's."""
        return self.desk.text("", x)

    def through(self, one: Activation, name: str) -> str:
        """Return what an activation makes of the unit's entry of a vector."""
        return self.number(one.at(self.value(name))[0])

    def largest(self, name: str) -> str:
        """Return the largest entry of a vector over all units and time steps, with its place."""
        sizes = np.abs(series(self.desk.trace, name))
        t, j = (int(k) for k in np.unravel_index(int(np.argmax(sizes)), sizes.shape))
        return f"|{self.desk.entry(name, j)}| = {self.number(float(sizes[t, j]))} at t = {t + 1}"


def _zero_or_one(unit: OpenUnit) -> Known:
    lacks, _ = _SIGMOID.at(-unit.value("z_f"))
    return {
        **unit.equals("f"),
        "percent": numeral(100.0 * unit.value("f"), 1),
        "C_prev": unit.desk.entry("C_prev", unit.j),
        "lacks": unit.number(lacks),
    }


def _both(unit: OpenUnit) -> Known:
    tanh, sigma = (unit.number(one.at(unit.value("z_C"))[1]) for one in (_TANH, _SIGMOID))
    of_same = unit.through(_SIGMOID, "z_C")
    return {**unit.equals("C_tilde"), "σ of z": of_same, "tanh slope": tanh, "σ slope": sigma}


def _second_tanh(unit: OpenUnit) -> Known:
    return {
        **unit.equals("C", "o", "h"),
        "squashed": unit.desk.text("squashed", unit.value("squashed")),
        "without": unit.number(unit.value("o") * unit.value("C")),
    }


def _beyond_one(unit: OpenUnit) -> Known:
    return {"largest C": unit.largest("C"), "largest h": unit.largest("h")}


def _keras(unit: OpenUnit) -> Known:
    cell = unit.desk.exercise.cell
    step = next(step for step in activated(cell) if step.op is SIGMOID)
    z, y = step.inputs[0], step.name
    old, new = (unit.through(ACTIVATIONS[code], z) for code in ("hard", "hard_six"))
    (z_is, y_is) = unit.equals(z, y).values()
    return {"z": z_is, "gate": y_is, "Keras 2": old, "Keras 3": new}


def _forget_bias(unit: OpenUnit) -> Known:
    (start, _), now = _SIGMOID.at(1.0), unit.value("f")
    bias = float(unit.desk.exercise.params["b_f"][unit.j])
    half, one, own = (unit.number(f**LATER) for f in (0.5, start, now))
    return {
        **unit.equals("f"),
        "steps": LATER,
        "left of 0": half,
        "σ of 1": unit.number(start),
        "left of 1": one,
        "b_f": f"{unit.desk.entry('b_f', unit.j)} = {unit.desk.text('b_f', bias)}",
        "left": own,
    }


def _scaled(unit: OpenUnit) -> Known:
    return {**unit.equals("h"), "ten times": unit.number(10.0 * unit.value("h"))}


def _readout(unit: OpenUnit) -> Known:
    return {name: unit.desk.equals(name, 0) for name in ("z_y", "y")}


# Each question, what the cell must have for it, and what fills in its answer.
_ASKED: Sequence[tuple[str, set[str], Callable[[OpenUnit], Known]]] = (
    ("zero or one", {"f"}, _zero_or_one),
    ("sigmoid and tanh", {"f", "C_tilde"}, _both),
    ("second tanh", {"squashed"}, _second_tanh),
    ("C beyond 1", {"squashed"}, _beyond_one),
    ("Keras", {"σ"}, _keras),
    ("forget bias", {"b_f"}, _forget_bias),
    ("values above 1", {"tanh", "no y"}, _scaled),
    ("values above 1", {"tanh", "y"}, _readout),
)


def questions(here: View) -> Questions:
    """Return the questions that arise at this cell, with answers about the unit that is open."""
    cell, unit = here.exercise.cell, OpenUnit(here)
    ops = {step.op for step in cell.steps}
    has = {*cell.names, *cell.params}
    has |= {word for word, op in (("σ", SIGMOID), ("tanh", TANH)) if op in ops}
    has |= set() if cell.readout else {"no y"}
    asked = [
        question(topic, PLACE, known(unit), "with a read-out" if "y" in needs else "")
        for topic, needs, known in _ASKED
        if needs <= has
    ]
    return blocks.questions([{"question": q, "answer": a} for q, a in asked])
