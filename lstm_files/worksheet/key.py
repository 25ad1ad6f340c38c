"""The key to a worksheet: every step at the stated rounding, and its first entry worked out."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from lstm_core.cell import Step
from lstm_core.lesson.explain import explain
from lstm_core.lesson.latex import formula
from lstm_core.lesson.printing import rounded_names
from lstm_core.lesson.stages import STAGES
from lstm_core.ops import CONCAT
from lstm_core.trace import Address, Trace
from lstm_core.worksheets.recipe import ASKED, Recipe, generate
from lstm_files.markup.html import formula_html, matrix_html
from lstm_files.worksheet.parts import (
    Article,
    at_time,
    equations,
    given_numbers,
    head,
    time_step_heading,
)

_NOTE = (
    "Worked out with all digits and printed with {} decimals; whoever carried on with rounded "
    "numbers can differ in the last one or two, and is right. A bar and the word “asked” mark what "
    "the worksheet asks for."
)


def key(recipe: Recipe, link: str) -> Article:
    """Return the key as a part of a larger page."""
    exercise, title = generate(recipe), f"Key to worksheet {recipe.code}"
    trace = exercise.trace()
    parts = [
        head(title, recipe, link, f"<p>{_NOTE.format(recipe.decimals)}</p>"),
        "<h2>Given</h2>",
        given_numbers(exercise, recipe.level),
        equations(exercise),
        *(_time_step(trace, recipe, t) for t in range(recipe.T)),
    ]
    return Article(title, "\n".join(parts))


def _time_step(trace: Trace, recipe: Recipe, t: int) -> str:
    stages = groupby(trace.cell.steps, key=lambda step: step.stage)
    parts = (_stage(trace, recipe, stage, steps, t) for stage, steps in stages)
    heading = time_step_heading(trace.cell, t + 1)
    return f'{heading}<div class="answers">{"".join(parts)}</div>'


def _stage(trace: Trace, recipe: Recipe, stage: str, steps: Iterable[Step], t: int) -> str:
    answers = (_answer(trace, recipe, step, t) for step in steps)
    return f"<h3>{STAGES[stage].printed_title}</h3>{''.join(answers)}"


def _answer(trace: Trace, recipe: Recipe, step: Step, t: int) -> str:
    asked = step.name in ASKED[recipe.steps].names
    rounded = step.name in rounded_names(trace.cell, t)
    numbers = matrix_html(trace[t, step.name], recipe.decimals, rounded)
    line = formula_html(at_time(formula(trace.cell, step.name), t + 1))
    classes, mark = ("answer asked", "<small>asked</small>") if asked else ("answer", "")
    return (
        f'<div class="{classes}"><span>{numbers}</span><div>{line}{mark}'
        f"<p>{escape(_first_entry(trace, recipe, step, t))}</p></div></div>"
    )


def _first_entry(trace: Trace, recipe: Recipe, step: Step, t: int) -> str:
    worked = explain(trace, Address(step.name, t, (0,)), recipe.decimals)
    line = f"Entry 1: {worked.substitution} = {worked.result}"
    return worked.rule if step.op is CONCAT else line  # there is nothing to work out in v
