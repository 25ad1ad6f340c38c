"""CSV, JSON and NumPy: every number comes back, to the last bit."""

import csv
import io
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import PRESETS, Exercise
from lstm_files.exports.csv_rows import HEADER
from lstm_files.exports.names import frame_names
from lstm_files.exports.table import EXPORTS
from tests.core.exercises import SHORT, some
from tests.files.exports.exported import EVERY_CELL, overflowing

EXERCISES = [*EVERY_CELL.values(), *SHORT.values(), overflowing()]
IDS = [*EVERY_CELL, *SHORT, "overflowing"]


def rows(exercise):
    text = EXPORTS["csv"].write(exercise).decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def arrays(exercise):
    with np.load(io.BytesIO(EXPORTS["npz"].write(exercise)), allow_pickle=False) as file:
        return dict(file)


def same(a, b):
    """Tell whether two arrays are the same to the last bit, the sign of 0 too; nan is nan."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    nan = np.isnan(a)
    bits = a[~nan].tobytes() == b[~np.isnan(b)].tobytes()
    return a.shape == b.shape and bits and np.array_equal(nan, np.isnan(b))


@pytest.mark.parametrize("exercise", EXERCISES, ids=IDS)
def test_csv_has_one_row_for_each_number_to_the_last_bit(exercise):
    header, *body = rows(exercise)
    assert tuple(header) == HEADER
    trace, found = exercise.trace(), {}
    for t, step, entry, _, value in body:
        index = tuple(int(i) - 1 for i in entry.split(","))
        assert (t, step, index) not in found
        found[t, step, index] = float(value)
    expected = {
        ("", name, index): array[index]
        for name, array in exercise.params.items()
        for index in np.ndindex(array.shape)
    } | {
        (str(t + 1), name, index): trace[t, name][index]
        for t in range(exercise.T)
        for name in frame_names(exercise.cell)
        for index in np.ndindex(trace[t, name].shape)
    }
    assert found.keys() == expected.keys()
    assert same(list(found.values()), [expected[key] for key in found])


def test_csv_names_numbers_as_the_board_does():
    named = {(t, step, entry): name for t, step, entry, name, _ in rows(PRESETS["unsaturated"])}
    assert named["", "W_f", "1,2"] == "W_f[1,2]"
    assert named["1", "h_prev", "3"] == "hₜ₋₁[3]"
    assert named["2", "Wv_f", "1"] == "(W_f·v)[1]"
    assert named["3", "kept", "2"] == "(fₜ∘Cₜ₋₁)[2]"
    assert named["3", "C_tilde", "2"] == "C̃ₜ[2]"


@pytest.mark.parametrize("exercise", EXERCISES, ids=IDS)
def test_json_brings_the_exercise_and_every_step_back(exercise):
    assert Exercise.from_json(EXPORTS["json"].write(exercise).decode()) == exercise
    text = EXPORTS["trace"].write(exercise).decode()
    record = json.loads(text, parse_constant=pytest.fail)
    assert Exercise.from_json(json.dumps(record["exercise"])) == exercise
    trace = exercise.trace()
    for t, frame in enumerate(record["frames"]):
        assert tuple(frame) == frame_names(exercise.cell)
        assert all(same(values, trace[t, name]) for name, values in frame.items())
    for step, told in zip(exercise.cell.steps, record["steps"], strict=True):
        assert told["name"] == step.name
        assert tuple(told["inputs"]) == step.inputs
        assert tuple(told["shape"]) == trace[0, step.name].shape


def test_json_says_what_is_too_large_in_words():
    frames = json.loads(EXPORTS["trace"].write(overflowing()))["frames"]
    texts = {x for frame in frames for row in frame.values() for x in row if isinstance(x, str)}
    assert texts == {"inf", "-inf", "nan"}


@pytest.mark.parametrize("exercise", EXERCISES, ids=IDS)
def test_npz_stacks_every_step_over_time(exercise):
    found, trace = arrays(exercise), exercise.trace()
    steps = [step.name for step in exercise.cell.steps]
    assert list(found) == [*exercise.arrays, *steps]
    assert all(same(found[name], array) for name, array in exercise.arrays.items())
    for name in steps:
        assert same(found[name], [frame[name] for frame in trace.frames])
        assert found[name].shape == (exercise.T, *trace[0, name].shape)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=2))
@settings(max_examples=30, deadline=None)
def test_any_finite_number_survives(values):
    exercise = some(n=2, m=2, T=1).with_array("b_f", values)
    assert same(arrays(exercise)["b_f"], values)
    assert same([float(row[-1]) for row in rows(exercise) if row[1] == "b_f"], values)
    found = json.loads(EXPORTS["trace"].write(exercise))["exercise"]["params"]["b_f"]
    assert same(found, values)
