"""What people ask about activations, answered with the numbers on screen."""

from collections.abc import Callable, Sequence

import numpy as np

from lstm_core.cell import Cell
from lstm_core.cells import facts
from lstm_core.lesson.questions import question
from lstm_core.lesson.words import of_kind
from lstm_core.looks.activations import ACTIVATIONS, Activation, activation, gates_of
from lstm_core.looks.reach import deciding_bias
from lstm_core.looks.swap import series
from lstm_core.ops import HADAMARD, TANH
from lstm_core.text.numerals import numeral
from lstm_core.variants.changes import changed_steps
from lstm_ui.figures.view import View
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Questions
from lstm_ui.sheet.desk import Desk

PLACE = "activations"
LATER = 10  # time steps, for what is left of a value
_TANH, _SIGMOID, _RELU = (ACTIVATIONS[code] for code in ("tanh", "sigmoid", "relu"))
Known = dict[str, object]  # what an answer is filled in with


class OpenUnit:
    """The numbers of the unit that is open, by name, as the desk prints them."""

    def __init__(self, here: View):
        # The read-out may have more units than the cell: then its last one answers.
        self.desk: Desk = here.desk
        self.cell: Cell = here.exercise.cell
        self.j = min(here.entry, here.exercise.n - 1)
        self.gate = gate_of(self.cell)  # the one that keeps, where there is one
        self.candidate = facts(self.cell).candidate

    def value(self, name: str) -> float:
        """Return the unit's entry of a vector."""
        return float(self.desk.values(name)[self.at(name)])

    def equals(self, name: str) -> str:
        """Return the unit's entry of a vector with its number: f[1] = 0.63."""
        return self.desk.equals(name, self.at(name))

    def at(self, name: str) -> int:
        """Return which entry that is: the last one of a vector with fewer, as a projected h is."""
        return min(self.j, len(self.desk.values(name)) - 1)

    @property
    def z(self) -> str:
        """What the candidate is squashed from: z_C, or z_h."""
        return self.cell[self.candidate].inputs[0]

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


def gate_of(cell: Cell) -> str:
    """Return the gate that keeps, else the first of the gates; nothing where there is none."""
    gates, keeps = [step.name for step in gates_of(cell)], facts(cell).keeps
    return keeps if keeps in gates else next(iter(gates), "")


def _zero_or_one(unit: OpenUnit) -> Known:
    lacks, _ = _SIGMOID.at(-unit.value(unit.cell[unit.gate].inputs[0]))
    return {
        "gate": unit.equals(unit.gate),
        "percent": numeral(100.0 * unit.value(unit.gate), 1),
        "other": unit.desk.entry(_let_through(unit), unit.j),
        "lacks": unit.number(lacks),
    }


def _let_through(unit: OpenUnit) -> str:
    """What the gate multiplies: C_prev of f, C_tilde of i, h_prev of z."""
    products = (s for s in unit.cell.steps if s.op is HADAMARD and unit.gate in s.inputs)
    return next(name for step in products for name in step.inputs if name != unit.gate)


def _both(unit: OpenUnit) -> Known:
    tanh, sigma, relu = (unit.number(one.at(unit.value(unit.z))[1]) for one in _THREE)
    return {
        "candidate": unit.equals(unit.candidate),
        "h": unit.equals("h"),
        "z": unit.equals(unit.z),
        "σ of z": unit.through(_SIGMOID, unit.z),
        "ReLU of z": unit.through(_RELU, unit.z),
        "tanh slope": tanh,
        "σ slope": sigma,
        "ReLU slope": relu,
    }


_THREE = (_TANH, _SIGMOID, _RELU)


def _slopes(unit: OpenUnit) -> Known:
    return {**_both(unit), "gate": unit.equals(unit.gate) if unit.gate else ""}


def _squash(unit: OpenUnit) -> Known:
    off = activation(unit.cell["h"]).saturated(unit.desk.values(unit.z))
    return {**_both(unit), "off": int(np.count_nonzero(off)), "units": len(off)}


def _shown(cell: Cell) -> str:
    """Return the step at which the output gate shows the squashed C: h, or what is projected."""
    found = (s.name for s in cell.steps if s.op is HADAMARD and s.inputs == ("o", "squashed"))
    return next(found, "")


def _second_tanh(unit: OpenUnit) -> Known:
    return {
        **{name: unit.equals(name) for name in ("C", "o")},
        "shown": unit.equals(_shown(unit.cell)),
        "squashed": unit.desk.text("squashed", unit.value("squashed")),
        "without": unit.number(unit.value("o") * unit.value("C")),
    }


def _beyond_one(unit: OpenUnit) -> Known:
    states = ("C", "h") if "C" in unit.cell.names else ("h",)
    return {f"largest {name}": unit.largest(name) for name in states}


def _keras(unit: OpenUnit) -> Known:
    z = unit.cell[unit.gate].inputs[0]
    old, new = (unit.through(ACTIVATIONS[code], z) for code in ("hard", "hard_six"))
    return {"z": unit.equals(z), "gate": unit.equals(unit.gate), "Keras 2": old, "Keras 3": new}


def _forget_bias(unit: OpenUnit) -> Known:
    (start, _), now = _SIGMOID.at(1.0), unit.value(facts(unit.cell).keeps or "")
    name = f"b_{unit.gate}"
    bias = float(unit.desk.exercise.params[name][unit.j])
    half, one, own = (unit.number(f**LATER) for f in (0.5, start, now))
    return {
        "gate": unit.equals(unit.gate),
        "steps": LATER,
        "left of 0": half,
        "σ of 1": unit.number(start),
        "left of 1": one,
        "bias": f"{unit.desk.entry(name, unit.j)} = {unit.desk.text(name, bias)}",
        "left": own,
    }


def _scaled(unit: OpenUnit) -> Known:
    return {"h": unit.equals("h"), "ten times": unit.number(10.0 * unit.value("h"))}


def _readout(unit: OpenUnit) -> Known:
    return {name: unit.desk.equals(name, 0) for name in ("z_y", "y")}


# Each question, what the cell must have for it, and what fills in its answer.
_ASKED: Sequence[tuple[str, set[str], Callable[[OpenUnit], Known]]] = (
    ("why this squash", {"no gate", "h"}, _squash),
    ("zero or one", {"gate"}, _zero_or_one),
    ("sigmoid and tanh", {"gate", "candidate"}, _both),
    ("slope of 1", set(), _slopes),
    ("second tanh", {"squashed", "o", "shown"}, _second_tanh),
    ("C beyond 1", {"squashed", "C", "h"}, _beyond_one),
    ("h beyond 1", {"no C", "h"}, _beyond_one),
    ("Keras", {"gate"}, _keras),
    ("forget bias", {"deciding bias"}, _forget_bias),
    ("values above 1", {"tanh", "no y"}, _scaled),
    ("values above 1", {"y"}, _readout),
)


def asked_here(cell: Cell) -> list[str]:
    """Return the topics that arise at a cell, in the order in which the page answers them."""
    return [topic for topic, needs, _ in _ASKED if needs <= _features(cell)]


def _features(cell: Cell) -> set[str]:
    """What a cell has and lacks, of what a question needs; no step that a variant has changed."""
    gate, known, changed = gate_of(cell), facts(cell), changed_steps(cell)
    keeping, bias = {known.memory, "kept", known.keeps, gate, f"z_{gate}"}, deciding_bias(cell)
    found = {
        "gate": bool(gate) and gate not in changed,
        "no gate": not gate,
        "candidate": known.candidate not in {*cell.carry, *changed},
        "deciding bias": bias is not None and bias.name == f"b_{gate}" and not keeping & changed,
        "shown": bool(_shown(cell)) and _shown(cell) not in changed,
        "tanh": any(step.op is TANH for step in cell.steps),
        "no C": "C" not in cell.names,
        "no y": not cell.readout,
    }
    return {*cell.names, *(word for word, there in found.items() if there)} - changed


def questions(here: View) -> Questions:
    """Return the questions that arise at this cell, with answers about the unit that is open."""
    cell, unit = here.exercise.cell, OpenUnit(here)
    asked = [
        question(
            of_kind(cell, topic), PLACE, known(unit), "with a read-out" if "y" in needs else ""
        )
        for topic, needs, known in _ASKED
        if needs <= _features(cell)
    ]
    return blocks.questions([{"question": q, "answer": a} for q, a in asked])
