import re
import zipfile
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings

from lstm_core import PRESETS, Exercise, lstm
from lstm_core.cell import Step
from lstm_core.ops import HADAMARD
from lstm_core.shapes import parameter_count
from lstm_files.exports.code import NUMPY, TORCH
from lstm_files.exports.displays import OPERANDS
from lstm_files.exports.document import document
from lstm_files.exports.latex_document import RENDER as LATEX
from lstm_files.exports.markdown import RENDER as MARKDOWN
from lstm_files.exports.print_page import RENDER as PRINT
from lstm_files.exports.spreadsheet_formulas import EXCEL, WORDS
from lstm_files.exports.table import DOCUMENT, EXPORTS, SCRIPT, SPREADSHEET, count, file_name
from tests.core.exercises import ONE_SENTENCE, some
from tests.core.samples import CELLS, VARIANTS
from tests.files.exports.exported import (
    EVERY_CELL,
    HOSTILE,
    TITLES,
    noted,
    numbers,
    overflowing,
    titled,
)

UNBOUNDED = {"csv", "npz", "json", "trace"}
LIMITS = {"xlsx": SPREADSHEET, "pytorch": SCRIPT}


@pytest.mark.parametrize("table", [NUMPY, TORCH, OPERANDS, EXCEL, WORDS])
def test_each_table_covers_every_operation_of_every_cell(table):
    assert set(table) == {step.op.name for cell in (*CELLS, *VARIANTS) for step in cell.steps}


def test_each_format_sets_every_kind_of_block():
    kinds = {type(block) for block in document(noted("a"))}
    assert set(LATEX) == set(MARKDOWN) == set(PRINT) == kinds


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("exercise", EVERY_CELL.values(), ids=EVERY_CELL)
def test_the_same_exercise_gives_the_same_bytes(name, exercise):
    again = Exercise.from_token(exercise.token())
    assert EXPORTS[name].write(exercise) == EXPORTS[name].write(again)


@pytest.mark.parametrize("name", ["xlsx", "npz"])
def test_no_archive_tells_when_or_where_it_was_made(name):
    with zipfile.ZipFile(BytesIO(EXPORTS[name].write(PRESETS["founding"]))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in archive.infolist()} == {3}
        texts = [archive.read(info) for info in archive.infolist() if "docProps" in info.filename]
    assert set(re.findall(rb"(20\d\d-\d\d)-", b"".join(texts))) <= {b"2000-01"}


@pytest.mark.parametrize("name", EXPORTS)
def test_no_array_order_changes_the_bytes(name):
    exercise = some()
    turned = {name: np.asfortranarray(array) for name, array in exercise.params.items()}
    other = Exercise(exercise.cell, turned, np.asfortranarray(exercise.xs), exercise.start)
    assert EXPORTS[name].write(exercise) == EXPORTS[name].write(other)


def test_what_is_given_and_worked_out_is_counted():
    exercise = some(lstm("xh", True), n=3, m=2, T=4)
    worked_out = len([*numbers(exercise)])
    given = parameter_count(exercise.params) + exercise.xs.size + 2 * exercise.n
    assert count(exercise) == worked_out + given


@pytest.mark.parametrize("name", sorted(set(EXPORTS) - UNBOUNDED))
def test_a_format_for_people_refuses_what_nobody_reads(name):
    largest = some(n=64, m=64, T=200)
    message = "has [0-9,]+ numbers and this format is made for at most [0-9,]+; CSV, NumPy and JSON"
    with pytest.raises(ValueError, match=message) as refusal:
        EXPORTS[name].write(largest)
    assert ONE_SENTENCE.fullmatch(str(refusal.value))


@pytest.mark.parametrize("name", sorted(set(EXPORTS) - UNBOUNDED))
def test_the_limit_is_where_it_is_said_to_be(name, monkeypatch):
    exercise, most = some(), LIMITS.get(name, DOCUMENT)
    monkeypatch.setattr("lstm_files.exports.table.count", lambda _: most)
    assert EXPORTS[name].write(exercise)
    monkeypatch.setattr("lstm_files.exports.table.count", lambda _: most + 1)
    with pytest.raises(ValueError, match="at most"):
        EXPORTS[name].write(exercise)


@pytest.mark.parametrize("name", sorted(UNBOUNDED))
def test_a_format_for_programs_takes_any_exercise(name):
    assert len(EXPORTS[name].write(some(n=64, m=64, T=20))) > 100_000


@pytest.mark.parametrize("name", sorted(set(EXPORTS) - {"xlsx", "npz"}))
@pytest.mark.parametrize("title", HOSTILE)
def test_a_text_file_is_utf_8_whatever_the_title(name, title):
    text = EXPORTS[name].write(titled(title)).decode("utf-8", "strict")
    assert "\0" not in text
    assert "\r" not in text


@pytest.mark.parametrize("name", EXPORTS)
def test_numbers_too_large_for_double_precision_break_no_export(name):
    exercise = overflowing()
    values = [value for *_, value in numbers(exercise)]
    assert np.isinf(values).any()
    assert np.isnan(values).any()
    assert EXPORTS[name].write(exercise)


@pytest.mark.parametrize("name", ["json", "trace"])
def test_a_changed_cell_has_no_written_form(name):
    exercise = some()
    cell = exercise.cell.with_step(Step("h", HADAMARD, ("o", "C"), "h_t", "", ""))
    changed = Exercise(cell, exercise.params, exercise.xs, exercise.start)
    with pytest.raises(ValueError, match="was changed"):
        EXPORTS[name].write(changed)


def test_every_export_has_words_and_a_suffix_of_its_own():
    exports = EXPORTS.values()
    assert len({export.suffix for export in exports}) == len(EXPORTS)
    assert len({export.label for export in exports}) == len(EXPORTS)
    assert all(re.fullmatch(r"[\w-]+/[\w.+-]+", export.mime) for export in exports)


@given(title=TITLES)
@settings(max_examples=50, deadline=None)
def test_a_file_name_is_plain_whatever_the_title(title):
    name = file_name(titled(title), EXPORTS["trace"])
    assert re.fullmatch(r"lstm(-[a-z0-9]+)*\.trace\.json", name)
    assert len(name) <= 71


def test_a_file_name_says_what_is_in_it():
    assert file_name(PRESETS["founding"], EXPORTS["latex"]) == "lstm-the-founding-example.tex"
