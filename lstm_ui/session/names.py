"""Exercises that have a name: the presets, and the worksheets, which go by their codes."""

import re
from dataclasses import replace
from functools import cache, lru_cache

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.worksheets.recipe import from_code

WORKSHEET = "Worksheet "  # before the code, in the title of a worksheet's exercise
_CODE = re.compile("[A-Za-z0-9]{4}-?[A-Za-z0-9]{4}")


@cache
def _names() -> dict[Exercise, str]:
    return {_all_digits(preset): name for name, preset in PRESETS.items()}


def _all_digits(exercise: Exercise) -> Exercise:
    return replace(exercise, decimals=None)


@lru_cache(maxsize=256)
def name_of(exercise: Exercise) -> str:
    """Return the name of this exercise, whatever decimals are shown; nothing where it has none.

    A preset has its own, an exercise of a worksheet the code that is printed there.
    """
    digits = _all_digits(exercise)
    code = exercise.title.removeprefix(WORKSHEET)
    known = exercise_named(code) if code != exercise.title else None
    return _names().get(digits) or (code if known and _all_digits(known) == digits else "")


def exercise_named(name: str) -> Exercise | None:
    """Return the preset or the worksheet of this name, None where there is none of this form.

    ValueError, in one plain sentence, where it looks like the code of a worksheet, and is none.
    """
    if name in PRESETS:
        return PRESETS[name]
    return from_code(name)[0] if _CODE.fullmatch(name) else None


def steps_asked(exercise: Exercise, t: int) -> list[str]:
    """Return the steps that the worksheet of this exercise asks for at a time step."""
    name = name_of(exercise)
    if not name or name in PRESETS:
        return []
    return [step for at, step in from_code(name)[1] if at == t]
