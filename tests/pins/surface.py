"""What a reader, a link or a file holds of an exercise today, as text: what the pins are taken of.

One function gives each kind of text. Every number is rounded to ten digits, so that another build
of NumPy, whose sums may end in another bit, gives the same text.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from lstm_core import backprop, check, first_wrong, to_framework
from lstm_core.cells import lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.frameworks.frameworks import FRAMEWORKS
from lstm_core.lesson.explain import explain
from lstm_core.lesson.latex import entry_formula, equation, formula
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_core.worksheets.recipe import Recipe, asked, generate
from lstm_core.worksheets.task import task_of
from lstm_files.exports.table import EXPORTS
from lstm_files.worksheet.sheet import key_html, worksheet_html
from lstm_ui.activations.blocks import activations_figure, activations_sheet
from lstm_ui.activations.choices import gates, view
from lstm_ui.all_steps.blocks import all_blocks
from lstm_ui.check.answers import answer_desk, verdicts_on
from lstm_ui.check.blocks import check_blocks
from lstm_ui.dependencies.blocks import dependency_blocks
from lstm_ui.figures.step import figure
from lstm_ui.figures.view import View
from lstm_ui.gate_space.blocks import gate_space_blocks
from lstm_ui.gate_space.choices import LOOKS, scene
from lstm_ui.gate_space.figure import figure as gate_figure
from lstm_ui.gradients.blocks import gradients_page
from lstm_ui.gradients.choices import SHOW
from lstm_ui.gradients.walk import begin
from lstm_ui.lecture.blocks import lecture_data
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import desk, desk_now
from lstm_ui.sheet.panels import sheet_data
from lstm_ui.step_by_step.blocks import step_blocks
from lstm_ui.through_time.blocks import through_time_blocks
from lstm_ui.through_time.choices import LOOK, span
from lstm_ui.through_time.figure import figure as time_figure
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

# Sizes of a class of their own: more units than inputs, two time steps, every number not zero.
RELATIVES = {
    name: some(cell, title=f"A {name}", r=2) for name, cell in zip(NAMES, CELLS, strict=True)
}
EXERCISES: Mapping[str, Exercise] = {
    **PRESETS,
    **RELATIVES,
    "every digit": some(lstm(readout=True), decimals=None, notes={"f": "Look here."}),
}
RECIPES = [Recipe(), Recipe(seed=7), Recipe(n=3, m=2, T=2, decimals=3, seed=11)]

_LONG = re.compile(r"-?\d+\.\d{9,}(?:e[-+]?\d+)?|-?\d(?:\.\d+)?e[-+]?\d+")
_NOISE = 1e-12  # what is left of a difference that is zero on paper


def plain(value: Any) -> Any:
    """The value in lists, dictionaries and texts, with its numbers at ten digits."""
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, (float, np.floating)):
        return f"{0.0 if abs(value) < _NOISE else value:.10g}"
    if isinstance(value, str):
        return _LONG.sub(lambda found: plain(float(found[0])), value)
    return value if isinstance(value, (bool, int, type(None))) else plain(str(value))


def as_text(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, indent=0)


def links(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """The token and the JSON, to the last character: links and files must go on working."""
    yield "token", exercise.token()
    yield "json", exercise.to_json()


def numbers(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    trace = exercise.trace()
    yield "trace", [dict(frame) for frame in trace.frames]
    back = backprop(trace, {(exercise.T - 1, "h"): np.ones(exercise.r)})
    yield "backward", [{k: frame[k] for k in sorted(frame)} for frame in back.frames]


def words(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """Formulas of each step, and each entry explained, forward and backward."""
    back = backprop(exercise.trace(), {(exercise.T - 1, "h"): np.ones(exercise.r)})
    for step in back.cell.steps:
        yield (
            f"formula {step.name}",
            [f(back.cell, step.name) for f in (formula, equation, entry_formula)],
        )
        for t in range(exercise.T):
            shape = back[t, step.name].shape
            told = [
                explain(back, Address(step.name, t, i), exercise.decimals)
                for i in np.ndindex(shape)
            ]
            yield f"explain {step.name} {t}", [vars(one) for one in told]


def slipped(exercise: Exercise) -> Iterator[tuple[str, dict[tuple[int, str], list[str]]]]:
    """Sheets of answers: all right, and for each step three ways to get it wrong."""
    trace = exercise.trace()
    right = {
        (t, step.name): [numeral(float(x), 3).replace("−", "-") for x in trace[t, step.name]]
        for t in range(exercise.T)
        for step in exercise.cell.steps
    }
    yield "right", right
    for step in exercise.cell.steps:
        values = trace[0, step.name]
        yield f"{step.name} negative", right | {(0, step.name): [f"{-x:.3f}" for x in values]}
        yield f"{step.name} squashed", {(0, step.name): [f"{np.tanh(x):.4f}" for x in values]}
        operand = trace[0, step.inputs[0]]
        if operand.shape == values.shape:
            yield f"{step.name} copied", {(0, step.name): [f"{x:.4f}" for x in operand]}


def verdicts(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    for name, answers in slipped(exercise):
        found = check(exercise, answers)
        rows = [
            [
                vars(at),
                verdict.state,
                verdict.accepted,
                verdict.note,
                [[m.code, m.where, m.why] for m in verdict.mistakes],
            ]
            for at, verdict in found.items()
        ]
        yield f"verdicts {name}", [rows, str(first_wrong(found))]


def files(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """What each export contains; of an archive, what its members contain."""
    for key, export in EXPORTS.items():
        data = export.write(exercise)
        if zipfile.is_zipfile(io.BytesIO(data)):
            archive = zipfile.ZipFile(io.BytesIO(data))
            yield (
                f"export {key}",
                {name: _member(archive.read(name)) for name in archive.namelist()},
            )
        else:
            yield f"export {key}", data.decode()
    for framework in FRAMEWORKS:
        try:
            yield f"weights {framework}", to_framework(framework, exercise.params)
        except ValueError as error:
            yield f"weights {framework}", str(error)


def _member(data: bytes) -> Any:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return np.load(io.BytesIO(data))


def _session(exercise: Exercise, step: str, t: int, **options: str) -> Session:
    session = Session(exercise, exercise, Address(step, t, (0,)))
    session.options = options
    return session


def screens(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """The blocks and figures of each page, as they are sent to the browser."""
    first, last = exercise.cell.steps[0].name, exercise.T - 1
    for step in exercise.cell.steps:
        on_desk = desk(_session(exercise, step.name, last))
        yield f"step {step.name}", sheet_data(on_desk, step_blocks(on_desk, step), [step])
        yield f"figure {step.name}", figure(View(on_desk, step.name, (0,)))
        yield f"lecture {step.name}", lecture_data(on_desk)
    yield "all steps", all_blocks(desk(_session(exercise, first, last)))
    yield "dependencies", dependency_blocks(desk(_session(exercise, first, last)))
    for gate in gates(exercise.cell):
        here = view(desk(_session(exercise, first, last, gate=gate)))
        yield f"activations {gate}", activations_sheet(here)
        yield f"activations figure {gate}", activations_figure(here)
    for look in LOOKS:
        seen = scene(desk(_session(exercise, first, last, look=look)))
        yield f"gate space {look}", [gate_space_blocks(seen), gate_figure(seen)]
    for look in LOOK.words:
        here = span(desk_now(_session(exercise, first, last, over=look)))
        yield f"through time {look}", [through_time_blocks(here), time_figure(here)]
    for show in SHOW.words:
        session = _session(exercise, first, last, part=show)
        begin(session)
        yield f"gradients {show}", gradients_page(session)
    session = _session(exercise, first, 0)
    yield "check", check_blocks(answer_desk(session), verdicts_on(session))


KINDS = (numbers, words, verdicts, files, screens)
OF_MANY_STEPS = (numbers, screens)  # the rest has no more than more of the same, and takes long


def exercise_texts(name: str) -> Iterator[tuple[str, str]]:
    """Everything that an exercise shows: what it is, and its text."""
    yield from links(EXERCISES[name])
    for kind in KINDS if EXERCISES[name].T <= 3 else OF_MANY_STEPS:
        for key, value in kind(EXERCISES[name]):
            yield key, as_text(value)


def worksheet_texts(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """What a worksheet's code gives."""
    link = f"https://example.org/check_my_work?x={recipe.code}"
    yield "exercise", generate(recipe).to_json()
    yield "asked", as_text(asked(recipe))
    yield "sheet", as_text(worksheet_html(task_of(recipe), link))
    yield "key", as_text(key_html(task_of(recipe), link))
