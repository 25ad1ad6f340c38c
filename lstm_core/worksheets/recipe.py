"""Worksheets from a code: the code says everything, and gives the same exercise for ever.

    exercise, steps = from_code("…")  # or generate(recipe), asked(recipe)

Which seeds make good worksheets is another question: generator_search.py answers it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lstm_core.cell import Order
from lstm_core.cells import lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.worksheets.code import decode, encode
from lstm_core.worksheets.draw import LEVELS, drawn

_EVERY = lstm().names


@dataclass(frozen=True)
class Asked:
    """Which steps a worksheet asks for."""

    title: str
    names: tuple[str, ...]


ASKED: Mapping[str, Asked] = {
    "every": Asked("Every step", _EVERY),
    "gates": Asked("Gates and states", ("f", "i", "C_tilde", "C", "o", "h")),
    "states": Asked("Cell state and hidden state", ("C", "h")),
    "forget": Asked("The forget gate alone", ("Wv_f", "z_f", "f")),
    "input": Asked("The input gate alone", ("Wv_i", "z_i", "i")),
    "candidate": Asked("The candidate alone", ("Wv_C", "z_C", "C_tilde")),
    "output": Asked("The output gate alone", ("Wv_o", "z_o", "o")),
}
SEEDS = 100_000
# What a code says: the choices, and how many there may ever be. On paper a code stays as it is, so
# choices can be added at the end, up to that number, and nothing else here can change.
FIELDS: dict[str, tuple[Sequence[Any], int]] = {
    "m": (range(1, 7), 8),
    "n": (range(1, 7), 8),
    "T": (range(1, 5), 8),
    "order": (("hx", "xh"), 2),
    "decimals": (range(2, 7), 8),
    "level": (tuple(LEVELS), 4),
    "steps": (tuple(ASKED), 8),
    "seed": (range(SEEDS), SEEDS),
}


@dataclass(frozen=True)
class Recipe:
    """What a worksheet is made from: sizes, order of v, decimals, level, steps asked and seed.

    `level` is a key of LEVELS, `steps` one of ASKED. Raises ValueError, in one plain sentence, for
    a value that FIELDS does not have.
    """

    m: int = 2
    n: int = 3
    T: int = 1
    order: Order = "hx"
    decimals: int = 3
    level: str = "one-decimal"
    steps: str = "every"
    seed: int = 0

    def __post_init__(self) -> None:
        for name, (choices, _) in FIELDS.items():
            value = getattr(self, name)
            if type(value) is not type(choices[0]) or value not in choices:
                raise ValueError(f"{name} must be {_choices_sentence(choices)}.")

    @cached_property
    def code(self) -> str:
        """The code on the sheet, such as K7QF-3MXD."""
        number = 0
        for name, (choices, radix) in FIELDS.items():
            number = number * radix + choices.index(getattr(self, name))
        return encode(number)

    @classmethod
    def from_code(cls, code: str) -> "Recipe":
        """Return what a code stands for; ValueError, in one plain sentence, where it is wrong."""
        number, values = decode(code), dict[str, Any]()
        for name in reversed(FIELDS):
            choices, radix = FIELDS[name]
            number, at = divmod(number, radix)
            values[name] = choices[at] if at < len(choices) else None
        if number or None in values.values():
            raise ValueError(
                "No worksheet has this code; it may be of a later version of this app."
            )
        return cls(**values)


def _choices_sentence(choices: Sequence[Any]) -> str:
    if isinstance(choices, range):
        return f"a whole number from {choices[0]} to {choices[-1]}"
    return f"one of {', '.join(choices)}"


def generate(recipe: Recipe) -> Exercise:
    """Return the exercise of a recipe: an LSTM with the numbers that its seed draws."""
    level = LEVELS[recipe.level]
    sizes = recipe.m, recipe.n, recipe.T
    numbers = drawn(level, *sizes, recipe.order, recipe.seed)

    def scaled(values: ArrayLike) -> Array:
        return np.asarray(values, np.float64) / level.scale

    params = {f"W_{gate}": scaled(rows) for gate, rows in numbers.W.items()}
    params |= {f"b_{gate}": scaled(row) for gate, row in numbers.b.items()}
    return Exercise(
        cell=lstm(recipe.order),
        params=params,
        xs=scaled(numbers.xs),
        start={"h_prev": scaled(numbers.h), "C_prev": scaled(numbers.C)},
        decimals=recipe.decimals,
        title=f"Worksheet {recipe.code}",
        source=f"Made from the code {recipe.code}: {level.title.lower()}.",
    )


def asked(recipe: Recipe) -> tuple[tuple[int, str], ...]:
    """Return the time steps and steps that the worksheet asks for, in the order of calculation."""
    return tuple((t, name) for t in range(recipe.T) for name in ASKED[recipe.steps].names)


def from_code(code: str) -> tuple[Exercise, tuple[tuple[int, str], ...]]:
    """Return the exercise of a code, and what it asks for; ValueError where the code is wrong."""
    recipe = Recipe.from_code(code)
    return generate(recipe), asked(recipe)
