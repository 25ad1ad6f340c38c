"""Worksheets and their keys as pages of HTML that stand alone and print well.

    worksheet_html(task_of(recipe), link)  # to hand out: the numbers, and boxes to fill in
    key_html(task_of(recipe), link)        # for the teacher: every step, at the stated rounding

The same task and link give the same bytes. `link` is where the exercise is opened, for the QR.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from lstm_core.cell import Cell, Step
from lstm_core.lesson.latex import equation, formula
from lstm_core.lesson.stages import STAGES, stage_title
from lstm_core.ops import CONCAT
from lstm_core.shapes import shape_in
from lstm_core.worksheets.task import Task
from lstm_files.markup.html import formula_html
from lstm_files.worksheet.given import given_numbers
from lstm_files.worksheet.key import key
from lstm_files.worksheet.paper import PAGE, Row, is_wide, laid_out, row_height, top_height
from lstm_files.worksheet.parts import (
    Article,
    at_time,
    document,
    equations,
    head,
    time_step_heading,
)

MOST_BOXES = 600  # what a class can be asked to fill in


@dataclass(frozen=True)
class Handout:
    """Whose a sheet is, "" where that is to be written in, and its points, 0 for none."""

    name: str = ""
    points: int = 0


ANYONE = Handout()


def worksheet_html(task: Task, link: str, handout: Handout = ANYONE) -> str:
    """Return the worksheet.

    Raises ValueError, in one plain sentence, for a link that is none and for a task of too many
    boxes.
    """
    return document(task.title, [sheet(task, link, handout)])


def key_html(task: Task, link: str) -> str:
    """Return the key, with every step of the calculation; errors as in `worksheet_html`."""
    article = key(task, link)
    return document(article.title, [article])


def sheet(task: Task, link: str, handout: Handout = ANYONE) -> Article:
    """Return the worksheet as a part of a larger page."""
    _check_boxes(task)
    top = [
        head(task, task.title, link, _blanks(handout) + _what_to_do(task)),
        "<h2>Given</h2>",
        given_numbers(task),
        equations(task),
    ]
    height = top_height(task)
    pages, sides = laid_out("\n".join(top), height, _rows(task))
    kinds = ["long" if height > PAGE else "paper", *["paper"] * (len(pages) - 1)]
    html = (
        f'<div class="{kind}">\n{"".join(page.parts)}\n</div>'
        for kind, page in zip(kinds, pages, strict=True)
    )
    return Article(task.title, "\n".join(html), sides)


def _check_boxes(task: Task) -> None:
    sizes = task.exercise.sizes
    boxes = sum(shape_in(name, sizes)[0] for name in task.asked.names) * task.exercise.T
    if boxes > MOST_BOXES:
        raise ValueError(
            f"This worksheet would have {boxes:,} boxes to fill in; at most {MOST_BOXES} make one: "
            "ask for fewer steps, or choose smaller sizes."
        )


def _blanks(handout: Handout) -> str:
    name = f"<b>{escape(handout.name)}</b>" if handout.name else "<span></span>"
    points = f" <em>Points <u></u> / {handout.points}</em>" if handout.points else ""
    return f'<p class="blank">Name {name} Date <span></span>{points}</p>'


def _what_to_do(task: Task) -> str:
    return (
        f"<p>Fill in the boxes. Round every number to {task.decimals} decimals. Carry on with "
        "the rounded numbers or with all digits: both are marked right.</p>"
    )


def _rows(task: Task) -> Iterator[Row]:
    """Give a row for each stage of each time step, the first of a time step with its heading."""
    cell = task.exercise.cell
    steps = [step for step in cell.steps if step.name in task.asked.names]
    for t in range(1, task.exercise.T + 1):
        heading = time_step_heading(cell, t)
        for _, group in groupby(steps, key=lambda step: _row_of(cell, step)):
            yield _row(task, list(group), t, heading)
            heading = ""


def _row_of(cell: Cell, step: Step) -> str:
    """Return the stage in whose row a step stands: v beside what it is multiplied with first."""
    if step.op is not CONCAT or step.name != "v":
        return step.stage
    return cell.readers("v")[0].stage


def _row(task: Task, steps: list[Step], t: int, heading: str) -> Row:
    stages = dict.fromkeys(_printed(step.stage) for step in steps)
    title = " and ".join(stages).capitalize()
    box = 12 + 2.5 * task.decimals  # millimetres: room for a number written by hand
    columns = [_formula(task, step.name, t) for step in steps]
    sizes = [shape_in(step.name, task.exercise.sizes)[0] for step in steps]
    boxes = "".join(map(_boxes, columns, sizes))
    below = is_wide([(_plainly(column), box) for column in columns])
    html = (
        f'<div class="row{" wide" * below}" style="--box: {box}mm"><h3>{escape(title)}</h3>'
        f'<div class="boxes">{boxes}</div><div class="working"></div></div>'
    )
    return Row(html, row_height(max(sizes), below), heading)


def _plainly(latex: str) -> str:
    return latex.replace("\\", "").replace("{", "").replace("}", "")


def _printed(stage: str) -> str:
    return STAGES[stage].printed_title if stage in STAGES else stage_title(stage)


def _boxes(line: str, size: int) -> str:
    return f"<div><p>{formula_html(f'{line} =')}</p><ol>{'<li></li>' * size}</ol></div>"


def _formula(task: Task, name: str, t: int) -> str:
    """Return the step by itself where its operands are asked as well, else the whole equation."""
    cell = task.exercise.cell
    asked = {*task.asked.names, "v"}
    alone = {*cell.names}.intersection(cell[name].inputs) <= asked
    return at_time(formula(cell, name) if alone else equation(cell, name), t)
