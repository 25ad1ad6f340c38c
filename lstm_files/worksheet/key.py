"""The key to a worksheet: every step at the stated rounding, and its first entry worked out."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from lstm_core.cell import Step
from lstm_core.lesson.explain import explain
from lstm_core.lesson.latex import formula
from lstm_core.lesson.printing import rounded_names
from lstm_core.lesson.stages import STAGES, stage_title
from lstm_core.ops import CONCAT
from lstm_core.trace import Address, Trace
from lstm_core.worksheets.task import Task
from lstm_files.markup.html import formula_html, matrix_html
from lstm_files.worksheet.given import given_numbers
from lstm_files.worksheet.parts import Article, at_time, equations, head, time_step_heading

_NOTE = (
    "Worked out with all digits and printed with {} decimals; whoever carried on with rounded "
    "numbers can differ in the last one or two, and is right. A bar and the word “asked” mark what "
    "the worksheet asks for."
)


def key(task: Task, link: str) -> Article:
    """Return the key as a part of a larger page: the steps that are asked, and what leads there."""
    title = f"Key to {task.title[0].lower()}{task.title[1:]}" if task.code else f"Key: {task.title}"
    trace = task.exercise.trace()
    parts = [
        head(task, title, link, f"<p>{_NOTE.format(task.decimals)}</p>"),
        "<h2>Given</h2>",
        given_numbers(task),
        equations(task),
        *(_time_step(trace, task, t) for t in range(task.exercise.T)),
    ]
    return Article(title, "\n".join(parts))


def _time_step(trace: Trace, task: Task, t: int) -> str:
    stages = groupby(task.steps, key=lambda step: step.stage)
    parts = (_stage(trace, task, stage, steps, t) for stage, steps in stages)
    heading = time_step_heading(trace.cell, t + 1)
    return f'{heading}<div class="answers">{"".join(parts)}</div>'


def _stage(trace: Trace, task: Task, stage: str, steps: Iterable[Step], t: int) -> str:
    answers = (_answer(trace, task, step, t) for step in steps)
    title = STAGES[stage].printed_title if stage in STAGES else stage_title(stage)
    return f"<h3>{escape(title)}</h3>{''.join(answers)}"


def _answer(trace: Trace, task: Task, step: Step, t: int) -> str:
    asked = step.name in task.asked.names
    rounded = step.name in rounded_names(trace.cell, t)
    numbers = matrix_html(trace[t, step.name], task.decimals, rounded)
    line = formula_html(at_time(formula(trace.cell, step.name), t + 1))
    classes, mark = ("answer asked", "<small>asked</small>") if asked else ("answer", "")
    return (
        f'<div class="{classes}"><span>{numbers}</span><div>{line}{mark}'
        f"<p>{escape(first_entry(trace, step, t, task.decimals))}</p></div></div>"
    )


def first_entry(trace: Trace, step: Step, t: int, decimals: int) -> str:
    """Return the first entry of a step worked out: Entry 1: 0.5·2 + … = 1.3."""
    worked = explain(trace, Address(step.name, t, (0,)), decimals)
    line = f"Entry 1: {worked.substitution} = {worked.result}"
    return worked.rule if step.op is CONCAT else line  # there is nothing to work out in v
