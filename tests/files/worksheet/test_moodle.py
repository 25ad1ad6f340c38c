"""Moodle XML, read as Moodle reads it: its parser's patterns, and every answer against NumPy.

The patterns are those of Moodle's own cloze question type: a box is {weight:TYPE:=answer:tolerance}
and its number has to match NUMBER. What is read is a file as an importer gets it, not our objects.
"""

import re
from dataclasses import replace
from itertools import product
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from lstm_core.marking.check import check
from lstm_core.marking.summary import RIGHT
from lstm_core.worksheets.recipe import Recipe, asked, generate
from lstm_core.worksheets.task import Task, asks, task_of
from lstm_files.worksheet.moodle import moodle_xml
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

NUMBER = r"-?(?:(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?)"
BOX = re.compile(r"\{([0-9]*):(?:NUMERICAL|NM):=(" + NUMBER + "):(" + NUMBER + r")\}")
ANY_BOX = re.compile(r"\{[0-9]*:[A-Z_]+:")
SHEETS = [
    Recipe(),
    Recipe(m=1, n=1, level="integers", steps="gates", decimals=2),
    Recipe(m=3, n=4, T=3, level="unsaturated", decimals=5, order="xh"),
    Recipe(T=2, steps="states"),
    Recipe.from_code("5TJ3-C56C"),
]


def read(data):
    """The questions of a file: type, name, text, feedback."""
    assert data.startswith(b"<?xml")
    quiz = ET.fromstring(data)
    assert quiz.tag == "quiz"
    return [
        (one.get("type"), *(one.findtext(f"{tag}/text") or "" for tag in TAGS))
        for one in quiz.findall("question")
    ]


TAGS = ("name", "questiontext", "generalfeedback")


def boxes(data):
    """The answers and tolerances of each cloze question, in their order."""
    found = []
    for kind, _, text, _ in read(data):
        if kind == "cloze":
            found.append([(float(a), float(b)) for _, a, b in BOX.findall(text)])
            assert len(ANY_BOX.findall(text)) == len(found[-1])
    return found


@pytest.mark.parametrize("recipe", SHEETS, ids=lambda recipe: recipe.code)
def test_every_answer_is_that_of_the_trace_within_its_tolerance(recipe):
    trace, found = generate(recipe).trace(), boxes(moodle_xml(task_of(recipe)))
    assert len(found) == len(asked(recipe))
    for (t, name), row in zip(asked(recipe), found, strict=True):
        numbers, by = np.array(row).T
        unit = 10.0**-recipe.decimals
        assert (abs(numbers - trace[t, name]) <= unit / 2 * (1 + 1e-9)).all()
        assert (abs(numbers - trace[t, name]) <= by).all()
        assert name == "v" or (by >= unit / 2).all()
        assert (by < 40 * unit).all()


def rounded_at_each_step(exercise, decimals):
    """Someone who rounds every number and goes on with it, as a loop of plain NumPy."""
    p, h, C = exercise.params, exercise.start["h_prev"], exercise.start["C_prev"]

    def r(x):
        return np.round(x, decimals)

    def s(z):
        return 1 / (1 + np.exp(-z))

    for x in exercise.xs:
        parts = [h, x] if exercise.order == "hx" else [x, h]
        v = np.concatenate(parts)
        Wv = {g: r(p[f"W_{g}"] @ v) for g in "fiCo"}
        z = {g: r(Wv[g] + p[f"b_{g}"]) for g in "fiCo"}
        f, i, o, new = r(s(z["f"])), r(s(z["i"])), r(s(z["o"])), r(np.tanh(z["C"]))
        kept, written = r(f * C), r(i * new)
        C = r(kept + written)
        squashed = r(np.tanh(C))
        h = r(o * squashed)
        yield {
            **{"v": v, "f": f, "i": i, "o": o, "C_tilde": new, "kept": kept, "written": written},
            **{f"Wv_{g}": Wv[g] for g in "fiCo"},
            **{f"z_{g}": z[g] for g in "fiCo"},
            **{"C": C, "squashed": squashed, "h": h},
        }


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("decimals", [2, 3, 5])
def test_whoever_rounds_at_each_step_is_right(seed, decimals):
    recipe = Recipe(m=2, n=3, T=2, decimals=decimals, level="unsaturated", seed=seed)
    exercise, found = generate(recipe), boxes(moodle_xml(task_of(recipe)))
    typed = list(rounded_at_each_step(exercise, decimals))
    for (t, name), row in zip(asked(recipe), found, strict=True):
        for given, (answer, by) in zip(typed[t][name], row, strict=True):
            assert abs(given - answer) <= by + 1e-9


def test_a_mistake_is_not_within_the_tolerance():
    recipe = Recipe(m=2, n=3, seed=2, level="unsaturated")
    exercise, found = generate(recipe), boxes(moodle_xml(task_of(recipe)))
    without_bias = [f"{x:.3f}" for x in exercise.trace()[0, "Wv_f"]]
    verdicts = check(exercise, {(0, "z_f"): without_bias}).values()
    assert not any(verdict.state in RIGHT for verdict in verdicts)
    row = found[[name for _, name in asked(recipe)].index("z_f")]
    assert all(
        abs(float(x) - answer) > by for x, (answer, by) in zip(without_bias, row, strict=True)
    )


@pytest.mark.parametrize(("cell", "T"), list(product(CELLS, (1, 2))))
def test_every_cell_goes_out(cell, T):
    exercise = some(cell, T=T)
    task = Task(exercise, asks(cell)["every"])
    kinds = [kind for kind, *_ in read(moodle_xml(task))]
    assert kinds == ["category", "description", *["cloze"] * (T * len(cell.names))]
    values = np.concatenate([exercise.trace()[t, n] for t in range(T) for n in cell.names])
    numbers = [answer for row in boxes(moodle_xml(task)) for answer, _ in row]
    np.testing.assert_allclose(numbers, values, atol=0.51e-4)
    assert len(NAMES) == len(CELLS)


def test_the_working_is_in_the_feedback_and_the_numbers_in_the_description():
    recipe = Recipe(steps="forget", seed=1)
    _, (kind, name, given, _), *rest = read(moodle_xml(task_of(recipe)))
    assert (kind, name) == ("description", f"Worksheet {recipe.code}: the exercise")
    assert given.count("<th>") == 5
    assert given.count("<td>") == 3 * 5 + 3 + 2 + 3
    for _, _, _, feedback in rest:
        assert feedback.count("<li>") == 3
        assert " = " in feedback


def test_what_somebody_typed_is_text():
    hostile = ']]></text><b>{1:NUMERICAL:=1}</b> & "x" / $course$'
    exercise = replace(some(T=1), title=hostile, source=f"<script>{hostile}")
    data = moodle_xml(Task(exercise, asks(exercise.cell)["states"]))
    questions = read(data)
    assert questions[1][1] == f"{hostile}: the exercise"
    assert "<script>" not in questions[1][2]
    assert all("<b>" not in text for _, _, text, _ in questions)
    category = ET.fromstring(data).findtext("question/category/text")
    assert category.startswith("$course$/]]><//text><b>")


def test_the_same_task_gives_the_same_bytes():
    assert moodle_xml(task_of(Recipe())) == moodle_xml(task_of(Recipe()))
