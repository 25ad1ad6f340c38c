import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.exercise.exercise import Exercise
from tests.core.exercises import VALUES, identical, refused, rounded, some, survives
from tests.core.samples import CELLS, NAMES


def test_the_json_form_is_readable():
    exercise = rounded(n=1, m=1).with_array("xs", [[-0.0], [1e-20]])
    numbers = {name: exercise.params[name].tolist() for name in ("W_f", "b_f")}
    text = exercise.to_json()
    assert text.startswith('{\n  "version": 1,\n  "cell": "lstm",\n  "order": "hx",\n')
    assert f'    "W_f": [\n      {numbers["W_f"][0]}\n    ],' in text
    assert f'    "b_f": {numbers["b_f"]}' in text
    assert '  "xs": [\n    [-0.0],\n    [1e-20]\n  ],\n' in text
    assert text.endswith('  "decimals": 4,\n  "title": "σ",\n  "source": "a “b”"\n}')


def test_brackets_in_a_title_stay_as_they_are():
    exercise = some(title="[1,   2] [", source="]  [\\n 1 ]")
    assert Exercise.from_json(exercise.to_json()) == exercise


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
@pytest.mark.parametrize("decimals", [2, None])
def test_both_forms_are_exact_for_every_cell(cell, decimals):
    exercise = some(cell, title="Ünit", source="here", decimals=decimals)
    exercise = exercise.with_entry("xs", (0, 0), -0.0).with_entry("h_prev", (1,), 5e-324)
    for again in (Exercise.from_json(exercise.to_json()), Exercise.from_token(exercise.token())):
        assert identical(again, exercise)
        assert again == exercise
        assert hash(again) == hash(exercise)
        assert again.cell.steps == cell.steps
        assert (again.title, again.source, again.decimals) == ("Ünit", "here", decimals)


def edited(**changes):
    record = json.loads(rounded().to_json()) | changes
    return json.dumps({key: value for key, value in record.items() if value != "gone"})


def test_what_has_a_default_can_be_left_out():
    again = Exercise.from_json(edited(version="gone", readout="gone", decimals="gone"))
    assert again == rounded()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"it is not JSON \(line 1, column 1\)."),
        ("{", r"it is not JSON \(line 1, column 2\)."),
        ("[" * 100_000, "it is not JSON that can be read."),
        ("9" * 5000, "it is not JSON that can be read."),
        (" " * 4_000_001, "it is too long."),
        ("[]", "it must be a JSON object, in braces."),
        (edited(order="gone"), '"order" is missing.'),
        (edited(decimal=3), "it must hold no 'decimal', only cell, .*"),
        (edited(version=2), "it has another version; this app reads version 1."),
        (edited(cell="gpt"), "the cell must be one of .*"),
        (edited(cell=["lstm"]), "the cell must be a name, .*"),
        (edited(order="xxh"), "the cell must be a name, its order .*"),
        (edited(readout=1), "the cell must be a name, .*"),
        (edited(readout=True), "W_y is missing.*"),
        (edited(params=[]), '"params" must be a JSON object, in braces.'),
        (edited(params={"W_y": [1]}), "\"params\" must hold no 'W_y', only W_f, .*"),
        (edited(start={"C": [1]}), "\"start\" must hold no 'C', only h_prev, C_prev."),
        (edited(start={"h_prev": [1, 2]}), "C_prev is missing.*"),
        (edited(start={"h_prev": [1, 2], "C_prev": [3]}), "C_prev must be n = 2 .*"),
        (edited(xs=5), "xs must be a list of numbers, or of rows of the same length."),
        (edited(xs="12"), "xs must be a list of numbers, .*"),
        (edited(xs=[]), "xs must be T × m .*"),
        (edited(xs=[[]]), "xs must be T × m .*"),
        (edited(xs=[[1, 2], [3]]), "xs must be a list of numbers, or of rows .*"),
        (edited(xs=[[1, 2], 3]), "xs must be a list of numbers, or of rows .*"),
        (edited(xs=[1, [2]]), "xs must hold finite numbers, and nothing else."),
        (edited(xs=[[1, True]]), "xs must hold finite numbers, .*"),
        (edited(xs=[[1, "2"]]), "xs must hold finite numbers, .*"),
        (edited(xs=[[1, None]]), "xs must hold finite numbers, .*"),
        (edited(xs=[[1, 10**400]]), "xs must hold finite numbers, .*"),
        (edited(xs=[[1, float("nan")]]), "xs must hold finite numbers, .*"),
        (edited(xs=[[1, float("inf")]]), "xs must hold finite numbers, .*"),
        (edited(xs=[[1, 2]] * 1001), "T must be a whole number from 1 to 1000."),
        (edited(decimals=4.0), "decimals must be .*"),
        (edited(decimals="4"), "decimals must be .*"),
        (edited(title=None), "title must be one line .*"),
        (edited(source="a\u2028b"), "source must be one line .*"),
    ],
)
def test_json_that_is_not_an_exercise_is_refused(text, told):
    assert re.fullmatch(told, refused(Exercise.from_json, text))


@pytest.mark.no_cover  # chance covers nothing for certain
@given(st.text())
def test_any_text_is_an_exercise_or_a_value_error(text):
    refused(Exercise.from_json, text)


@pytest.mark.no_cover  # chance covers nothing for certain
@given(st.sampled_from(list(json.loads(edited()))), VALUES)
def test_any_value_in_any_place_is_read_or_refused(key, value):
    if value != "gone":
        survives(Exercise.from_json, json.dumps(json.loads(edited()) | {key: value}))
