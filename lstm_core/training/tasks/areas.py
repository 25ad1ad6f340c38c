"""Two areas, and a disease that travellers carry from one to the other.

Each area has its own outbreaks, as in outbreak.py. An area is at risk while the other one has a
large outbreak: so each memory is of one area, and its answer is about the other.
"""

import numpy as np

from lstm_core.ops import Array
from lstm_core.training.tasks.outbreak import LARGE, TENS, course, days, known_of
from lstm_core.training.tasks.task import Chance, Known, Task
from lstm_core.training.tasks.typed import counts


def _draw(chance: Chance, T: int) -> Array:
    return np.stack([days(chance, T) for _ in range(2)], axis=1) / TENS


def _answers(xs: Array) -> tuple[Array, Array]:
    large = [course(cases)[1] * TENS >= LARGE - 0.5 for cases in xs.T]
    targets = np.stack(large[::-1], axis=1).astype(np.float64)
    return targets, np.ones_like(targets)


def _read(text: str) -> Array:
    return counts(text, 2) / TENS


def _written(xs: Array) -> list[str]:
    return [" ".join(f"{cases:g}" for cases in day) for day in xs * TENS]


def _known(xs: Array) -> Known:
    """The same as in an outbreak, of each area, with its name behind it."""
    each = {area: known_of(cases) for area, cases in zip("AB", xs.T, strict=True)}
    return Known(
        {f"{name} {area}": fact for area, one in each.items() for name, fact in one.facts.items()},
        {f"{name} {area}": at for area, one in each.items() for name, at in one.events.items()},
        np.ones(len(xs), bool),
    )


AREAS = Task(
    "areas",
    ("A", "B"),
    ("risk A", "risk B"),
    20,
    60,
    _draw,
    _answers,
    _read,
    _written,
    _known,
)
