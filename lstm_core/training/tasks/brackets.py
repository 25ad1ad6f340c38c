"""Brackets: each a opens, each b closes, and a word is some a's and as many b's.

After each letter it is asked whether the word is complete, that is, whether there have been as many
b's as a's (Gers & Schmidhuber 2001 learned this language, aⁿbⁿ). A cell has to count.
"""

import numpy as np

from lstm_core.ops import Array
from lstm_core.training.tasks.task import Chance, Known, Task
from lstm_core.training.tasks.typed import letters

DEEP, DEEPER = 4, 8  # the most a's of a word: in training, and where it is tried on longer ones
LENGTH = 20


def _draw(chance: Chance, T: int) -> Array:
    most, word = DEEP if T <= LENGTH else DEEPER, ""
    while len(word) < T:
        n = 1 + chance.randint(most)
        word += "a" * n + "b" * n
    return _coded(word[:T])


def _coded(word: str) -> Array:
    return np.array([[letter == "a", letter == "b"] for letter in word], np.float64)


def _open(xs: Array) -> Array:
    """How many a's are still open (T,)."""
    return np.asarray(np.cumsum(xs[:, 0] - xs[:, 1]))


def _answers(xs: Array) -> tuple[Array, Array]:
    open_ = _open(xs)
    targets = (open_ <= 0)[:, None].astype(np.float64)
    return targets, np.ones_like(targets)


def _read(text: str) -> Array:
    return _coded(letters(text, "ab"))


def _written(xs: Array) -> list[str]:
    return ["ab"[k] for k in xs.argmax(axis=1)]


def _known(xs: Array) -> Known:
    events = {"a": xs[:, 0] > 0, "b": xs[:, 1] > 0}
    facts = {"open": _open(xs), "closing": xs[:, 1]}
    return Known(facts, events, np.ones(len(xs), bool))


BRACKETS = Task(
    "brackets",
    ("a", "b"),
    ("complete",),
    LENGTH,
    60,
    _draw,
    _answers,
    _read,
    _written,
    _known,
)
