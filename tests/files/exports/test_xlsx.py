"""The spreadsheet: another program makes the trace of its formulas, before and after edits."""

import io
import re
import zipfile

import numpy as np
import pytest
from openpyxl import load_workbook

from lstm_core import PRESETS
from lstm_files.exports.names import frame_names
from lstm_files.exports.spreadsheet import CALCULATION, GIVEN
from lstm_files.exports.table import EXPORTS
from tests.core.exercises import SHORT, some
from tests.core.samples import CELLS, NAMES
from tests.files.exports.exported import EVERY_CELL, HOSTILE, overflowing, titled
from tests.files.exports.recalculated import recalculated

FIRST_X = "B6"  # the first number of x in the sheet Given
SMALL = {name: some(cell, n=2, m=1, T=2) for name, cell in zip(NAMES, CELLS, strict=True)}


def written(exercise):
    return EXPORTS["xlsx"].write(exercise)


def book(exercise, stored=False):
    return load_workbook(io.BytesIO(written(exercise)), data_only=stored)


def rows(sheet):
    """The entries of each row of the calculation."""
    return [
        [cell for cell in row[4:] if cell.value is not None]
        for row in sheet.iter_rows(min_row=2)
        if row[1].value is not None
    ]


def expected(exercise):
    trace = exercise.trace()
    return [trace[t, name] for t in range(exercise.T) for name in frame_names(exercise.cell)]


def agrees(found, exercise):
    assert len(found) == len(expected(exercise))
    for ours, theirs in zip(expected(exercise), found, strict=True):
        np.testing.assert_allclose(theirs, ours, rtol=1e-12, atol=1e-12)
    return True


@pytest.mark.parametrize("name", NAMES)
def test_another_program_works_out_our_numbers(name, tmp_path):
    assert agrees(recalculated(written(SMALL[name]), tmp_path), SMALL[name])


@pytest.mark.parametrize("name", ["lstm-xh", "gru_after-xh", "rnn_tanh-xh"])
def test_another_program_follows_an_edit(name, tmp_path):
    exercise = SMALL[name]
    xs = exercise.xs.copy()
    xs[0, 0] = 0.625
    edited = exercise.with_array("xs", xs)
    found = recalculated(written(exercise), tmp_path, [(FIRST_X, 0.625)])
    assert agrees(found, edited)
    assert not np.allclose(found[-1], expected(exercise)[-1], rtol=1e-3)


def test_another_program_works_saturated_gates_out(tmp_path):
    steep = some(n=2, m=2, T=1).with_array("W_f", [[9e5, 0, 0, 0], [-9e5, 0, 0, 0]])
    steep = steep.with_array("W_i", [[800, 0, 0, 0], [-800, 0, 0, 0]])
    steep = steep.with_array("h_prev", [1.0, 1.0])
    assert agrees(recalculated(written(steep), tmp_path), steep)
    assert set(steep.trace()[0, "f"]) == {0.0, 1.0}


@pytest.mark.parametrize("exercise", EVERY_CELL.values(), ids=EVERY_CELL)
def test_every_entry_of_the_calculation_is_a_formula(exercise):
    found = rows(book(exercise)[CALCULATION])
    assert [len(row) for row in found] == [len(values) for values in expected(exercise)]
    assert all(cell.data_type == "f" for row in found for cell in row)
    assert not any("." in cell.value for row in found for cell in row)


@pytest.mark.parametrize("exercise", [*EVERY_CELL.values(), *SHORT.values()])
def test_the_values_stored_with_the_formulas_are_the_traces_to_the_last_bit(exercise):
    found = rows(book(exercise, stored=True)[CALCULATION])
    for ours, theirs in zip(expected(exercise), found, strict=True):
        assert [cell.value for cell in theirs] == ours.tolist()


@pytest.mark.parametrize("exercise", [*EVERY_CELL.values(), *SHORT.values()])
def test_what_is_given_keeps_every_digit(exercise):
    sheet = book(exercise)[GIVEN]
    found = [
        [cell.value for cell in row[1:] if cell.value is not None]
        for row in sheet.iter_rows(min_row=5)
        if any(cell.data_type == "n" and cell.value is not None for cell in row[1:])
    ]
    names = ("xs", *exercise.cell.states, *exercise.params)
    ours = [row for name in names for row in np.atleast_2d(exercise.arrays[name]).tolist()]
    assert found == ours


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_becomes_a_formula(title):
    sheet = book(titled(title))[GIVEN]
    assert sheet["A1"].value == (title.translate({0xFFFE: "�", 0xFFFF: "�"}) or sheet["A1"].value)
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []


def test_an_overflow_is_left_to_the_spreadsheet():
    exercise = overflowing()
    found = rows(book(exercise)[CALCULATION])
    assert all(cell.data_type == "f" for row in found for cell in row)
    with zipfile.ZipFile(io.BytesIO(written(exercise))) as parts:
        xml = parts.read("xl/worksheets/sheet2.xml").decode()
    assert not re.search("<v>[^<]*(inf|nan)", xml)


def test_formulas_are_short_and_say_what_they_use():
    found = rows(book(PRESETS["founding"])[CALCULATION])
    by_name = dict(zip(frame_names(PRESETS["founding"].cell), found, strict=True))
    first = {name: row[0].value for name, row in by_name.items()}
    assert first["x"] == "=Given!$B$6"
    assert first["Wv_f"] == "=SUMPRODUCT(Given!$B$15:$G$15,$E$7:$J$7)"
    assert first["f"] == "=EXP(MIN($E$9,0))/(1+EXP(-ABS($E$9)))"
    assert first["C"] == "=$E$17+$E$18"


def test_labels_tell_the_columns_of_the_weights_apart():
    for name, labels in (("unsaturated", "h1 h2 h3 x1 x2"), ("founding", "x1 x2 x3 h1 h2 h3")):
        sheet = book(PRESETS[name])[GIVEN]
        row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "W_f")
        assert [label for label in row[1:] if label] == labels.split()
