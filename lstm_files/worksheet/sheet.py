"""Worksheets and their keys as pages of HTML that stand alone and print well.

    worksheet_html(recipe, link)  # to hand out: the numbers, and boxes to fill in
    key_html(recipe, link)        # for the teacher: every step, at the stated rounding

The same recipe and link give the same bytes. `link` is where the exercise is opened, for the QR.
"""

from itertools import groupby

from lstm_core.cell import Cell, Step
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.latex import equation, formula
from lstm_core.lesson.stages import STAGES
from lstm_core.shapes import letters, numbers
from lstm_core.worksheets.recipe import ASKED, Recipe, generate
from lstm_files.markup.html import formula_html
from lstm_files.worksheet.key import key
from lstm_files.worksheet.parts import (
    Article,
    at_time,
    document,
    equations,
    given_numbers,
    head,
    time_step_heading,
)

_BLANKS = '<p class="blank">Name <span></span> Date <span></span></p>'


def worksheet_html(recipe: Recipe, link: str) -> str:
    """Return the worksheet; ValueError, in one plain sentence, for a link that is none."""
    return document(f"Worksheet {recipe.code}", [sheet(recipe, link)])


def key_html(recipe: Recipe, link: str) -> str:
    """Return the key, with every step of the calculation; errors as in `worksheet_html`."""
    return document(f"Key to worksheet {recipe.code}", [key(recipe, link)])


def sheet(recipe: Recipe, link: str) -> Article:
    """Return the worksheet as a part of a larger page."""
    exercise, title = generate(recipe), f"Worksheet {recipe.code}"
    parts = [
        head(title, recipe, link, _BLANKS + _task(recipe)),
        "<h2>Given</h2>",
        given_numbers(exercise, recipe.level),
        equations(exercise),
        *(_time_step(exercise, recipe, t) for t in range(1, recipe.T + 1)),
    ]
    return Article(title, "\n".join(parts))


def _task(recipe: Recipe) -> str:
    return (
        f"<p>Fill in the boxes. Round every number to {recipe.decimals} decimals. Carry on with "
        "the rounded numbers or with all digits: both are marked right.</p>"
    )


def _time_step(exercise: Exercise, recipe: Recipe, t: int) -> str:
    names = ASKED[recipe.steps].names
    steps = [step for step in exercise.cell.steps if step.name in names]
    box = 12 + 2.5 * recipe.decimals  # millimetres: room for a number written by hand
    rows = (_row(exercise, list(group), names, t) for _, group in groupby(steps, key=_row_of))
    heading = time_step_heading(exercise.cell, t)
    return f'<section style="--box: {box}mm">{heading}{"".join(rows)}</section>'


def _row_of(step: Step) -> str:
    """Return the stage in whose row a step stands: v beside what it is multiplied with first."""
    return "forget" if step.name == "v" else step.stage


def _row(exercise: Exercise, steps: list[Step], names: tuple[str, ...], t: int) -> str:
    stages = dict.fromkeys(STAGES[step.stage].printed_title for step in steps)
    title = " and ".join(stages).capitalize()
    boxes = "".join(_boxes(exercise, step.name, names, t) for step in steps)
    return f'<div class="row"><h3>{title}</h3>{boxes}<div class="working"></div></div>'


def _boxes(exercise: Exercise, name: str, names: tuple[str, ...], t: int) -> str:
    (size,) = numbers(letters(name), exercise.sizes)
    line = at_time(_formula(exercise.cell, name, names), t)
    return f"<div><p>{formula_html(f'{line} =')}</p><ol>{'<li></li>' * size}</ol></div>"


def _formula(cell: Cell, name: str, names: tuple[str, ...]) -> str:
    """Return the step by itself where its operands are asked as well, else the whole equation."""
    alone = {*cell.names}.intersection(cell[name].inputs) <= {*names, "v"}
    return formula(cell, name) if alone else equation(cell, name)
