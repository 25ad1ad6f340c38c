"""Counts of an outbreak: kept while it lasts, dropped when it has died out.

Each day has its number of cases. An outbreak begins with the first case and has died out on the
second quiet day in a row. Two answers are asked each day: whether an outbreak lasts, and whether
it is large, with LARGE cases or more since it began.
"""

import numpy as np

from lstm_core.ops import Array
from lstm_core.training.tasks.task import Chance, Known, Task
from lstm_core.training.tasks.typed import counts

LARGE, QUIET = 10, 2  # cases; days without one
TENS = 10.0  # x is in tens of cases


def days(chance: Chance, T: int) -> Array:
    """Return the cases of T days (T,): outbreaks, and quiet days between them."""
    found: list[int] = [0] * chance.randint(3)
    while len(found) < T:
        found += [
            1 + chance.randint(5) if chance.randint(6) else 0 for _ in range(chance.randint(6))
        ]
        found += [1 + chance.randint(3), *[0] * (QUIET + chance.randint(3))]
    return np.array(found[:T], np.float64)


def course(cases: Array) -> tuple[Array, Array]:
    """Return, day by day, whether an outbreak lasts (T,), and its cases so far (T,)."""
    lasts, sums, total, quiet = [], [], 0.0, QUIET
    for today in cases:
        quiet = 0 if today else quiet + 1
        total = total + today if quiet < QUIET else 0.0
        lasts.append(float(quiet < QUIET))
        sums.append(total)
    return np.array(lasts), np.array(sums)


def _draw(chance: Chance, T: int) -> Array:
    return days(chance, T)[:, None] / TENS


def _answers(xs: Array) -> tuple[Array, Array]:
    lasts, total = course(xs[:, 0])
    large = np.float64(total * TENS >= LARGE - 0.5)
    targets = np.stack((lasts, large), axis=1)
    return targets, np.ones_like(targets)


def _read(text: str) -> Array:
    return counts(text, 1) / TENS


def _written(xs: Array) -> list[str]:
    return [f"{cases:g}" for cases in xs[:, 0] * TENS]


def known_of(cases: Array) -> Known:
    """Return what there is to keep of the cases (T,) of one area, in tens."""
    lasts, total = course(cases)
    before = np.concatenate(([0.0], lasts[:-1])) > 0
    events = {
        "first case": (lasts > 0) & ~before,
        "more cases": (cases > 0) & before,
        "quiet day": (lasts > 0) & (cases == 0),
        "died out": (lasts == 0) & before,
    }
    facts = {"lasts": lasts, "cases so far": total * TENS}
    return Known(facts, events, np.ones(len(cases), bool))


def _known(xs: Array) -> Known:
    return known_of(xs[:, 0])


OUTBREAK = Task(
    "outbreak",
    ("cases",),
    ("lasts", "large"),
    20,
    60,
    _draw,
    _answers,
    _read,
    _written,
    _known,
)
