"""What people ask about activations, answered with the numbers on screen."""

from collections.abc import Callable, Sequence

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.looks.activations import ACTIVATIONS, Activation, activated
from lstm_core.looks.swap import series
from lstm_core.ops import SIGMOID, TANH
from lstm_core.text.numerals import numeral
from lstm_ui.figures.view import View
from lstm_ui.sheet import blocks
from lstm_ui.sheet.blocks import Questions

LATER = 10  # time steps, for what is left of a value
_TANH, _SIGMOID = ACTIVATIONS["tanh"], ACTIVATIONS["sigmoid"]


class Seen:
    """The numbers of the unit that is open, by name, as the desk prints them."""

    def __init__(self, here: View):
        # The read-out may have more units than the cell: then the last one answers.
        self.desk, self.j = here.desk, min(here.entry, here.exercise.n - 1)

    @property
    def exercise(self) -> Exercise:
        """The exercise on screen."""
        return self.desk.exercise

    def value(self, name: str) -> float:
        """Return the unit's entry of a vector."""
        return float(self.desk.values(name)[self.j])

    def text(self, name: str) -> str:
        """Return it as it is printed."""
        return self.desk.text(name, self.value(name))

    def entry(self, name: str) -> str:
        """Return its name: f[1]."""
        return self.desk.entry(name, self.j)

    def equals(self, name: str) -> str:
        """Return both: f[1] = 0.63."""
        return self.desk.equals(name, self.j)

    def number(self, x: float) -> str:
        """Return a number that is none of the trace's."""
        return self.desk.text("", x)

    def of(self, one: Activation, name: str) -> str:
        """Return what an activation makes of the unit's entry of a vector."""
        return self.number(one.at(self.value(name))[0])

    def largest(self, name: str) -> str:
        """Return the largest entry of a vector over all units and time steps, with its place."""
        sizes = np.abs(series(self.desk.trace, name))
        t, j = (int(k) for k in np.unravel_index(int(np.argmax(sizes)), sizes.shape))
        return f"|{self.desk.entry(name, j)}| = {self.number(float(sizes[t, j]))} at t = {t + 1}"


def _zero_or_one(seen: Seen) -> str:
    lacks, _ = _SIGMOID.at(-seen.value("z_f"))
    return (
        f"Neither. σ gives every number between them and reaches neither: {seen.equals('f')} keeps "
        f"{numeral(100.0 * seen.value('f'), 1)} % of {seen.entry('C_prev')}, and lacks "
        f"{seen.number(lacks)} to 1."
    )


def _why_both(seen: Seen) -> str:
    slopes = [seen.number(one.at(seen.value("z_C"))[1]) for one in (_TANH, _SIGMOID)]
    return (
        "A gate is a share, from nothing (0) to all (1), and σ gives that. The candidate is what "
        "is written: it has to lower C as well as raise it, and tanh gives both signs. Here "
        f"{seen.equals('C_tilde')}; σ would make {seen.of(_SIGMOID, 'z_C')} of the same z, and "
        f"never less than 0. tanh is steeper, too: tanh′(z) = {slopes[0]}, σ′(z) = {slopes[1]}."
    )


def _second_tanh(seen: Seen) -> str:
    bare = seen.number(seen.value("o") * seen.value("C"))
    return (
        f"C is not bounded, and h has to be: every gate of the next time step sees it. "
        f"{seen.equals('C')}, tanh makes {seen.text('squashed')} of it, and of that "
        f"{seen.equals('o')} shows {seen.equals('h')}. Without this tanh it would be {bare}."
    )


def _beyond_one(seen: Seen) -> str:
    return (
        "C can: each time step may add almost 1 to what is kept, so after t steps |C| can reach "
        f"|C_0| + t. Here the largest is {seen.largest('C')}. h cannot: it is o times tanh(C), and "
        f"both are below 1 in size. Here the largest is {seen.largest('h')}."
    )


def _keras(seen: Seen) -> str:
    step = next(step for step in activated(seen.exercise.cell) if step.op is SIGMOID)
    (z,), y = step.inputs, step.name
    old, new = (seen.of(ACTIVATIONS[code], z) for code in ("hard", "hard_six"))
    return (
        f"Keras before 2.3 had a hard sigmoid in its gates: 0.2·z + 0.5, cut off at 0 and 1. For "
        f"{seen.equals(z)} that is {old}, while {seen.equals(y)}. The hard_sigmoid of Keras 3 is "
        f"z/6 + 0.5, here {new}. If it is not that, look at the order of the gates: Keras stacks "
        "i, f, C, o."
    )


def _forget_bias(seen: Seen) -> str:
    (start, _), now = _SIGMOID.at(1.0), seen.value("f")
    left = [seen.number(f**LATER) for f in (0.5, start, now)]
    bias = seen.desk.text("b_f", float(seen.exercise.params["b_f"][seen.j]))
    return (
        "At first the weights are small, so f is about σ(b_f). With b_f = 0 that is 0.5, and "
        f"after {LATER} time steps {left[0]} of a value is left; with b_f = 1 it is "
        f"{seen.number(start)}, and {left[1]} is left, of the gradient too. Here "
        f"{seen.entry('b_f')} = {bias} and {seen.equals('f')}, which would leave {left[2]}."
    )


def _above_one(seen: Seen) -> str:
    scaled = seen.number(10.0 * seen.value("h"))
    bare = "y = W_y·h + b_y without σ can be any number"
    if seen.exercise.cell.readout:
        z, y = (seen.desk.equals(name, 0) for name in ("z_y", "y"))
        return f"By leaving the last σ out: {z} is not bounded, {y} is. {bare}."
    return (
        f"h is bounded, but what is read from it need not be: {bare}. {seen.equals('h')} with a "
        f"weight of 10 is {scaled}. Or the targets are scaled to between −1 and 1 first."
    )


# Each question, what the cell must have for it, and its answer.
_ASKED: Sequence[tuple[str, tuple[str, ...], Callable[[Seen], str]]] = (
    ("Is f 0 or 1?", ("f",), _zero_or_one),
    ("Why sigmoid for gates and tanh for the candidate?", ("f", "C_tilde"), _why_both),
    ("Why a second tanh on C?", ("squashed",), _second_tanh),
    ("Can C exceed 1, can h?", ("squashed",), _beyond_one),
    ("Why does my NumPy result differ from Keras's?", ("σ",), _keras),
    ("Why is the forget bias often started at 1?", ("b_f",), _forget_bias),
    ("How does it predict values above 1?", ("tanh",), _above_one),
)


def questions(here: View) -> Questions:
    """Return the questions that arise at this cell, with answers about the unit that is open."""
    cell, seen = here.exercise.cell, Seen(here)
    ops = {step.op for step in cell.steps}
    has = {*(step.name for step in cell.steps), *cell.params}
    has |= {word for word, op in (("σ", SIGMOID), ("tanh", TANH)) if op in ops}
    return blocks.questions(
        [
            {"question": question, "answer": answer(seen)}
            for question, needs, answer in _ASKED
            if has.issuperset(needs)
        ]
    )
