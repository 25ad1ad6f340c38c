"""The gradients in CSV are those of the whole: at each time step, and summed over all of them."""

import csv
import io

import numpy as np
import pytest

from lstm_core import PRESETS, backward
from lstm_core.cells import gru, lstm
from lstm_files.exports.csv_rows import HEADER
from lstm_files.exports.table import EXPORTS
from tests.core.exercises import some
from tests.files.exports.exported import EVERY_CELL


def rows(exercise):
    text = EXPORTS["gradients"].write(exercise).decode()
    header, *body = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == HEADER
    return body


@pytest.mark.parametrize("exercise", EVERY_CELL.values(), ids=EVERY_CELL)
def test_every_gradient_is_there(exercise):
    whole = backward(exercise.trace(), {(exercise.T - 1, "h"): np.ones(exercise.n)})
    found = {(t, name, entry): float(x) for t, name, entry, _, x in rows(exercise)}
    for t, frame in enumerate(whole.frames, 1):
        for name, values in frame.items():
            for index, value in np.ndenumerate(values):
                entry = ",".join(str(i + 1) for i in index)
                there = found[str(t), f"d{name}", entry]
                np.testing.assert_allclose(there, value, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("cell", [lstm(readout=True), gru(reset="after")], ids=["lstm", "gru"])
def test_the_sums_over_time_have_no_time_step(cell):
    exercise = some(cell, T=3)
    whole = backward(exercise.trace(), {(2, "h"): np.ones(exercise.n)})
    sums = [(name, entry, float(x)) for t, name, entry, _, x in rows(exercise) if not t]
    assert {name for name, *_ in sums} == {f"d{name}_sum" for name in exercise.params}
    for name, entry, value in sums:
        index = tuple(int(i) - 1 for i in entry.split(","))
        of = whole.params[name.removeprefix("d").removesuffix("_sum")]
        np.testing.assert_allclose(value, of[index], rtol=1e-12, atol=1e-15)


def test_the_number_of_the_lesson_is_in_it_by_its_name_on_the_board():
    found = {name: float(x) for t, _, _, name, x in rows(PRESETS["unsaturated"]) if not t}
    assert round(found["∂L/∂b_f[1]"], 4) == 0.0385


def test_one_time_step_has_no_sums():
    assert all(t == "1" for t, *_ in rows(some(T=1)))
