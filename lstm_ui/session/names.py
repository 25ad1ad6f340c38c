"""Exercises that have a name: the presets, and the worksheets, which go by their codes."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.parts import same_arrays, same_cell
from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.words import words
from lstm_core.worksheets.recipe import from_code

WORKSHEET = "Worksheet "  # before the code, in the title of a worksheet's exercise
TITLES = words("titles")
_CODE = re.compile("[A-Za-z0-9]{4}-?[A-Za-z0-9]{4}")
_OF_WORKSHEET = re.compile(f"(?:{WORKSHEET}|Made from the code )({_CODE.pattern}).*")


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
    if not exercise.title:
        return ""  # every published exercise has a title
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


def title_of(exercise: Exercise) -> str:
    """Return what an exercise is called on screen: numbers without a title are the reader's own."""
    title = exercise.title.strip()
    if not title:
        return TITLES.text("own numbers", "title")
    return TITLES.text(title, "title") if TITLES.has(title, "title") else title


def as_own(exercise: Exercise, begun: Exercise | None = None) -> Exercise:
    """Return an exercise without the title and the source of an example that it no longer is.

    An example that was edited, or a worksheet, has the reader's own numbers: a citation would say
    of them what is not true. What someone has typed as a title stays. With the numbers that it was
    `begun` with, it is that exercise again.
    """
    if begun and not exercise.title and _same_numbers(begun, exercise):
        return replace(exercise, title=begun.title, source=begun.source)
    words = exercise.title, exercise.source
    title, source = (text if _holds(text, exercise) else "" for text in words)
    same = (title, source) == words
    return exercise if same else replace(exercise, title=title, source=source)


def _holds(text: str, exercise: Exercise) -> bool:
    """Whether a title or source is that of these numbers, or of no published ones at all."""
    known = _said_of().get(text) or _worksheet_called(text)
    return not known or any(_same_numbers(one, exercise) for one in known)


@cache
def _said_of() -> Mapping[str, Sequence[Exercise]]:
    """The presets that each title and each source is said of."""
    found = defaultdict(list)
    for preset in PRESETS.values():
        for text in filter(None, (preset.title, preset.source)):
            found[text].append(preset)
    return found


def _worksheet_called(text: str) -> Sequence[Exercise]:
    """The worksheet that a title or source names by its code; none for any other text."""
    try:
        found = _OF_WORKSHEET.fullmatch(text)
        return [known] if found and (known := exercise_named(found[1])) else []
    except ValueError:  # it only looks like a code
        return []


def _same_numbers(one: Exercise, other: Exercise) -> bool:
    return same_cell(one.cell, other.cell) and same_arrays(one.arrays, other.arrays)
