"""The questions of the index: where each is answered, and an example for a cell that lacks it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

import numpy as np

from lstm_core.cell import Cell
from lstm_core.cells import CELLS, facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.reasons import step_topics
from lstm_core.lesson.words import words
from lstm_core.shapes import letters
from lstm_ui.activations.choices import letter_of
from lstm_ui.activations.questions import asked_here
from lstm_ui.session.names import name_of

WORDS = words("index")
_SIZES = {"n": 3, "m": 2, "n+m": 5, "p": 2}


@dataclass(frozen=True)
class Row:
    """A question by its topic in words/questions.txt, and the page and step that answer it.

    `steps` are the steps that may answer it, by name: of a cell, the first of them at which it
    arises. On the page Step by step a question arises where the step asks it, elsewhere on a cell
    that has the step and of which `when` is true. `chosen` are options of the page, as in an
    address, in which {letter} is that of the step. `example` is what is opened where it does not
    arise.
    """

    group: str
    topic: str
    page: str
    steps: tuple[str, ...]
    chosen: str = ""
    when: Callable[[Cell], bool] = lambda _: True
    example: str = "lstm"

    def step(self, exercise: Exercise) -> str:
        """Return the step that answers it on this exercise; nothing where it does not arise."""
        return next((name for name in self.steps if self._arises(exercise, name)), "")

    def options(self, cell: Cell, step: str) -> dict[str, str]:
        """Return what has to be chosen on the page."""
        letter = letter_of(cell[step]) if "{letter}" in self.chosen else ""
        return dict(parse_qsl(self.chosen.replace("{letter}", letter)))

    def _arises(self, exercise: Exercise, step: str) -> bool:
        cell = exercise.cell
        if self.topic == f"founding {step}":
            return name_of(exercise) == "founding"
        if step not in cell.names:
            return False
        if self.page == "":
            return self.topic in step_topics(exercise.trace(), step)
        if self.page == "activations" and self.topic not in asked_here(cell):
            return False
        return self.when(cell)


def _is_kept(cell: Cell) -> bool:
    """Whether a gate keeps the memory, so that its gradient has a direct path through it."""
    return facts(cell).keeps is not None


def _f_keeps(cell: Cell) -> bool:
    """Whether f is the gate that keeps: in a minimal gated unit it writes."""
    return facts(cell).keeps == "f"


def _is_made_anew(cell: Cell) -> bool:
    """Whether nothing of the memory is carried on: that of a plain RNN."""
    return not facts(cell).carried


# On the page on gradients: one unit's memory, or the cell beside RNNs.
_MEMORY, _COMPARE = "part=memory", "part=compare"
_GATES = ("f", "z", "i")  # the gate that is asked about: the one that keeps, where there is one
_FIRST = ("Wv_f", "Wv_z", "Wv_i", "Wv_h")  # the first product of a cell
ROWS = (
    Row("state", "matrix", "", ("C",)),
    Row("state", "C and h", "", ("h",)),
    Row("state", "C beyond 1", "activations", ("squashed",)),
    Row("state", "h beyond 1", "", ("h",)),
    Row("state", "growing", "through_time", ("C", "h")),
    Row("state", "second tanh", "activations", ("squashed",)),
    Row("state", "long-term memory", "", ("C",)),
    Row("state", "first states", "", ("v",)),
    Row("state", "copied", "through_time", ("v",)),
    Row("state", "start beyond 1", "", ("v",), example="as published"),
    Row("gates", "zero or one", "activations", _GATES, "gate={letter}"),
    Row("gates", "forget gate near 1", "gate_space", ("f",), "gate=f", when=_f_keeps),
    Row("gates", "sigmoid and tanh", "activations", ("C_tilde", "h_tilde"), "gate={letter}"),
    Row("gates", "why this squash", "activations", ("h",), example="rnn_tanh"),
    Row("gates", "slope of 1", "activations", ("C_tilde", "h_tilde", "h"), "gate={letter}"),
    Row("gates", "side by side", "", ("Wv_f",)),
    Row("gates", "at random", "", ("f", "z")),
    Row("gates", "probability", "gate_space", _GATES, "gate={letter}&look=coin"),
    Row("gates", "unit", "gate_space", (*_GATES, "h"), "gate={letter}"),
    Row("gates", "one gate fewer", "", ("i",), example="coupled_lstm"),
    Row("gradient", "not vanishing", "gradients", ("f", "z"), _MEMORY, when=_is_kept),
    Row("gradient", "exactly f", "", ("kept", "written")),
    Row("gradient", "vanish or explode", "", ("written",)),
    Row("gradient", "why vanish or explode", "gradients", ("v",), _COMPARE),
    Row("gradient", "forget bias", "activations", ("f", "z"), "gate={letter}"),
    Row("counting", "parameters", "", _FIRST),
    Row("counting", "two biases", "", ("z_f", "a_f", "z_z", "z_i", "z_h")),
    Row("counting", "inner bias", "", ("a_h",), example="gru_after"),
    Row("counting", "Keras", "activations", ("o", *_GATES), "gate={letter}"),
    Row("counting", "order of gates", "", ("Wv_C", "Wv_r")),
    Row("counting", "founding z_i", "", ("z_i",), example="as published"),
    Row("relatives", "outputs", "", ("Wv_y",), example="with read-out"),
    Row("relatives", "values above 1", "activations", ("squashed", "h_tilde", "h")),
    Row("relatives", "which C peepholes see", "", ("pC_f",), example="peephole_lstm"),
    Row("relatives", "which GRU", "", ("reset_h",), example="gru_before"),
    Row("relatives", "two GRU formulas", "", ("one_minus_z",), example="gru_before"),
    Row("relatives", "plain RNN forgets", "gradients", ("h",), _MEMORY, _is_made_anew, "rnn_tanh"),
    Row("layers", "stacked layers", "layers", ("h",)),
    Row("layers", "C in a stack", "layers", ("C",)),
    Row("layers", "both directions", "layers", ("h",)),
    Row("layers", "h of a whole sequence", "layers", ("h",)),
)


@cache
def example(name: str) -> Exercise:
    """Return the exercise that is opened where the reader's own cell lacks what is asked about."""
    special: dict[str, Callable[[], Exercise]] = {
        "lstm": lambda: PRESETS["unsaturated"],
        "as published": lambda: PRESETS["founding"],
        "with read-out": lambda: PRESETS["unsaturated"].with_readout(2),
    }
    return special[name]() if name in special else _drawn(name)


def example_name(name: str) -> str:
    """Return what such an example is, in a few words."""
    return WORDS.text("page", name) if WORDS.has("page", name) else CELLS[name].title


def _drawn(name: str) -> Exercise:
    """Return a cell of another kind, with random numbers that are always the same."""
    cell = CELLS[name].make("hx")
    shapes = {key: tuple(_SIZES[side] for side in letters(key)) for key in cell.params}
    states = {state: np.zeros(_SIZES["n"]) for state in cell.states}
    title = WORDS.text("page", "title", {"cell": CELLS[name].title})
    params = {key: np.zeros(shape) for key, shape in shapes.items()}
    xs = np.zeros((4, _SIZES["m"]))
    return Exercise(
        cell=cell, params=params, xs=xs, start=states, decimals=4, title=title
    ).redrawn()
