"""A worksheet for Moodle: a cloze question for each step, with a box for each entry.

The format is that of Moodle's own importer (Question bank → Import → Moodle XML format). A box is
{1:NUMERICAL:=0.646:0.001}, the right number and how far an answer may be off: half a unit of the
last decimal, and what rounding at every step before can come to. Whoever rounds as the sheet says
is right.
"""

from collections.abc import Iterable, Mapping
from html import escape
from math import ceil
from xml.etree import ElementTree as ET

import numpy as np

from lstm_core.cell import Step
from lstm_core.lesson.explain import explain
from lstm_core.lesson.latex import equation, formula
from lstm_core.lesson.letters import plain
from lstm_core.marking.doubt import doubt
from lstm_core.ops import CONCAT, Array
from lstm_core.trace import Address, Trace
from lstm_core.worksheets.task import Task
from lstm_files.markup.html import formula_html
from lstm_files.worksheet.given import Given, groups
from lstm_files.worksheet.parts import at_time, board

_HAIR = 1 + 1e-6  # for a number that lies just between two
_WORDS = (
    "Round every number to {decimals} decimals. Carry on with the rounded numbers or with all "
    "digits: both are right."
)


def moodle_xml(task: Task) -> bytes:
    """Return the questions of a worksheet; the same task gives the same bytes."""
    quiz, trace = ET.Element("quiz"), task.exercise.trace()
    category = ET.SubElement(quiz, "question", type="category")
    _text(category, "category", f"$course$/{task.title.replace('/', '//')}")
    _question(quiz, "description", f"{task.title}: the exercise", _given(task), "")
    for t, off in enumerate(tolerances(task, trace)):
        for step in (step for step in trace.cell.steps if step.name in task.asked.names):
            name = f"{task.title}: t = {t + 1}, {step.title} ({step.name})"
            body = _cloze(task, trace, step, t, off[step.name])
            _question(quiz, "cloze", name, body, _working(task, trace, step, t))
    ET.indent(quiz)
    return bytes(ET.tostring(quiz, "utf-8", xml_declaration=True))


def tolerances(task: Task, trace: Trace) -> list[Mapping[str, Array]]:
    """Return how far each entry may be off, at each time step, by rounding at every step."""
    unit, carried = 10.0**-task.decimals, dict[str, Array]()
    found: list[Mapping[str, Array]] = []
    for frame in trace.frames:
        off = {name: np.zeros_like(values) for name, values in frame.items()} | carried
        for step in trace.cell.steps:
            operands = [frame[name] for name in step.inputs]
            before = doubt(step.op, operands, [off[name] for name in step.inputs], 0.0)
            off[step.name] = before + (0 if step.op is CONCAT else unit / 2)
        carried = {state: off[name] for name, state in trace.cell.carry.items()}
        found.append(off)
    return found


def _question(quiz: ET.Element, kind: str, name: str, body: str, feedback: str) -> None:
    question = ET.SubElement(quiz, "question", type=kind)
    _text(question, "name", name)
    _text(question, "questiontext", body, format="html")
    _text(question, "generalfeedback", feedback, format="html")
    for tag, value in (("penalty", "0"), ("hidden", "0")):
        ET.SubElement(question, tag).text = value


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(ET.SubElement(parent, tag, attributes), "text").text = text


def _cloze(task: Task, trace: Trace, step: Step, t: int, off: Array) -> str:
    """The step's formula, and a line with a box for each entry."""
    cell, letter = trace.cell, escape(plain(trace.cell, step.name))
    both = dict.fromkeys((formula(cell, step.name), equation(cell, step.name)))
    lines = " ".join(f"<p>{formula_html(at_time(line, t + 1))}</p>" for line in both)
    boxes = "".join(
        f"<p>{letter}[{j}] = {_box(float(x), float(by), task.decimals)}</p>"
        for j, (x, by) in enumerate(zip(trace[t, step.name], off, strict=True), 1)
    )
    when = f"<p>Time step {t + 1} of {len(trace)}.</p>" if len(trace) > 1 else ""
    return f"{when}{lines}{boxes}<p>{_WORDS.format(decimals=task.decimals)}</p>"


def _box(x: float, off: float, decimals: int) -> str:
    right = f"{x + 0.0:.{decimals}f}"
    right = right.removeprefix("-") if float(right) == 0 else right
    by = (off + abs(float(right) - x)) * _HAIR
    places = decimals + 1
    return f"{{1:NUMERICAL:={right}:{ceil(by * 10**places) / 10**places:.{places}f}}}"


def _working(task: Task, trace: Trace, step: Step, t: int) -> str:
    """Every entry worked out."""
    lines = []
    for j in range(len(trace[t, step.name])):
        worked = explain(trace, Address(step.name, t, (j,)), task.decimals)
        entry = f"{plain(trace.cell, step.name)}[{j + 1}]"
        line = worked.rule if step.op is CONCAT else f"{worked.substitution} = {worked.result}"
        lines.append(f"<li>{escape(f'{entry}: {line}')}</li>")
    return f"<ul>{''.join(lines)}</ul>"


def _given(task: Task) -> str:
    """The exercise: what it is, the equations, and every given number in a table."""
    cell = task.exercise.cell
    every = dict.fromkeys(equation(cell, step.name) for step in board(task))
    lines = "".join(f"<p>{formula_html(line)}</p>" for line in every)
    tables = "".join(_table(one) for group in groups(task) for one in group)
    source = task.exercise.source.strip()
    from_where = f"<p>{escape(source)}</p>" if source and not task.code else ""
    return f"<p>{escape(task.about)}</p>{from_where}{lines}{tables}"


def _table(one: Given) -> str:
    top = f"<tr>{_cells('th', map(formula_html, one.labels))}</tr>" if one.labels else ""
    values = one.values.reshape(len(one.values), -1).tolist()
    rows = "".join(f"<tr>{_cells('td', map(one.text, row))}</tr>" for row in values)
    return f"<p>{formula_html(f'{one.latex} =')}</p><table border='1'>{top}{rows}</table>"


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)
