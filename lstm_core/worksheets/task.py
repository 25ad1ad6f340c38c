"""A task: an exercise to be worked out by hand, of any cell, and which of its steps are asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.words import words
from lstm_core.looks.connected import leading_to
from lstm_core.ops import CONCAT, MATVEC, MATVEC_FIRST, MATVEC_LAST, RELU, SIGMOID, TANH
from lstm_core.worksheets.draw import LEVELS
from lstm_core.worksheets.recipe import ASKED, Asked, Recipe, generate

DECIMALS = 4  # asked for where every digit is shown
_MOST_PLACES = 8  # decimals to which the given numbers of an array are lined up
_PRODUCTS, _SQUASHES = (MATVEC, MATVEC_FIRST, MATVEC_LAST), (SIGMOID, TANH, RELU)


@dataclass(frozen=True, eq=False)
class Task:
    """What is to be worked out: an exercise, and the steps that are asked at each time step.

    `code` is that of a worksheet, "" of any other exercise. `places` are the decimals of all given
    numbers; None where each array has as many as its numbers need.
    """

    exercise: Exercise
    asked: Asked
    code: str = ""
    places: int | None = None

    @property
    def title(self) -> str:
        """What stands at the top: the title, as it is called on screen."""
        if self.code:
            return f"Worksheet {self.code}"
        known, title = words("titles"), self.exercise.title.strip()
        if not title:
            return known.text("own numbers", "title")
        return known.text(title, "title") if known.has(title, "title") else title

    @property
    def decimals(self) -> int:
        """How many decimals an answer has."""
        return self.exercise.decimals or DECIMALS

    @property
    def about(self) -> str:
        """Which cell it is, and how large: “A GRU by hand: m = 2 inputs, …”."""
        title = facts(self.exercise.cell).title
        sizes = self.exercise.sizes
        one = {"m": "input", "n": "hidden unit", "T": "time step", "p": "output"}
        many = {k: f"{name}s" for k, name in one.items()} | {"r": "entries of h"}
        said = {k: one.get(k, "entry of h") if size == 1 else many[k] for k, size in sizes.items()}
        what = (f"{k} = {size} {said[k]}" for k, size in sizes.items())
        article = "An" if title[0] in "AEIOULR" and title[1].isupper() else "A"
        return f"{article} {title} by hand: {', '.join(what)}; {self.asked.title.lower()}."

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that are asked, and those that lead to them."""
        return needed(self.exercise, self.asked.names)

    @property
    def given(self) -> frozenset[str]:
        """The names of the numbers that these steps read: parameters, x and states."""
        return frozenset(name for step in self.steps for name in step.inputs)

    def places_of(self, name: str) -> int | None:
        """Return the decimals of the given numbers of an array; None: every digit."""
        return self.places if self.places is not None else _places(self.exercise, name)


def needed(exercise: Exercise, names: tuple[str, ...]) -> tuple[Step, ...]:
    """Return the steps that lead to these, through the time steps before as well."""
    cell, wanted = exercise.cell, set(names)
    if exercise.T > 1:  # what is carried on is made by steps of the time step before
        while True:
            read = {name for step in leading_to(cell.steps, wanted) for name in step.inputs}
            made = {step for step, state in cell.carry.items() if state in read}
            if made <= wanted:
                break
            wanted |= made
    return leading_to(cell.steps, wanted)


def _places(exercise: Exercise, name: str) -> int | None:
    values = exercise.arrays[name]
    fits = (k for k in range(_MOST_PLACES + 1) if np.array_equal(values.round(k), values))
    return next(fits, None)


def task_of(recipe: Recipe) -> Task:
    """Return what a worksheet's code asks for."""
    places = len(str(LEVELS[recipe.level].scale)) - 1
    return Task(generate(recipe), ASKED[recipe.steps], recipe.code, places)


@lru_cache(maxsize=64)
def asks(cell: Cell) -> Mapping[str, Asked]:
    """Return what can be asked of any cell: everything, gates and states, states, or one gate."""
    outputs = ("y",) if cell.readout else ()
    states = tuple(name for name in cell.names if name in (*cell.carry, *outputs))
    gates = tuple(s.name for s in cell.steps if s.op in _SQUASHES or s.name in states)
    found = {"every": Asked("Every step", cell.names)}
    if gates != states:  # a plain RNN squashes its state and nothing else
        found["gates"] = Asked("Gates and states", gates)
    found["states"] = Asked("States alone", states)
    for step in cell.steps:
        if step.op in _SQUASHES and (own := _alone(cell, step)):
            found[step.name] = Asked(f"{step.title} alone", own)
    return found


def _alone(cell: Cell, squash: Step) -> tuple[str, ...]:
    """The steps from v to one gate: none where they lead through a state."""
    names, found = {squash.name}, []
    for step in reversed(cell.steps):
        if step.name in names:
            found.append(step)
            names.update(step.inputs)
    has_weights = any(step.op in _PRODUCTS for step in found)
    carried = any(step.name in cell.carry for step in found if step is not squash)
    if carried or not has_weights:
        return ()
    return tuple(step.name for step in reversed(found) if step.op is not CONCAT)
