"""What to practise after a sheet: another exercise like it, or one on the step that went wrong."""

import zlib
from dataclasses import replace

from lstm_core.cells import lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.worksheets.recipe import ASKED, FIELDS, SEEDS, Recipe
from lstm_core.worksheets.search import find


def like(exercise: Exercise) -> Recipe | None:
    """Return the worksheet whose sizes come nearest to those of an exercise.

    None where worksheets are about another kind of cell.
    """
    steps = lstm(exercise.cell.order).steps
    if exercise.cell.steps[: len(steps)] != steps:
        return None
    places = exercise.decimals or Recipe.decimals
    wanted = {**exercise.sizes, "decimals": places}
    m, n, T, decimals = (_nearest(name, wanted[name]) for name in ("m", "n", "T", "decimals"))
    seed = zlib.crc32(exercise.token().encode()) % SEEDS
    return Recipe(m, n, T, exercise.cell.order, decimals, seed=seed)


def _nearest(name: str, size: int) -> int:
    choices, _ = FIELDS[name]
    return int(min(max(size, choices[0]), choices[-1]))


def after(recipe: Recipe, step: str = "") -> Recipe:
    """Return the worksheet to do after this one, with other numbers.

    With `step` it asks for as little as leads through that step. In its numbers, as in those of
    every worksheet, each known mistake shows and can be told from the others, if such are found.
    """
    about = [name for name, asked in ASKED.items() if step in asked.names]
    if about:
        recipe = replace(recipe, steps=min(about, key=lambda name: len(ASKED[name].names)))
    return find(recipe, (recipe.seed + 1) % SEEDS)
