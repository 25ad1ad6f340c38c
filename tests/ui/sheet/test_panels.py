import json

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.explain import explain
from lstm_core.lesson.printing import rounded_names
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.all_steps.blocks import all_blocks
from lstm_ui.sheet.desk import desk
from lstm_ui.sheet.panels import entry_block, ledger, lights, sheet_data
from lstm_ui.step_by_step.blocks import step_blocks
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES
from tests.ui.blocks import blocks_of, cells, matrices, matrix_of, shown, texts
from tests.ui.sessions import FOUNDING, UNSATURATED, session_at


@pytest.mark.parametrize(
    ("step", "numbers"),
    [
        ("v", ["1", "2", "3", "4", "5", "6"]),
        ("Wv_f", ["91", "175", "133"]),
        ("z_f", ["92", "177", "136"]),
        ("Wv_i", ["21", "42", "63"]),
        ("z_i", ["22", "43", "64"]),
        ("f", ["1.0000", "1.0000", "1.0000"]),
    ],
)
def test_the_founding_example_has_its_numbers(step, numbers):
    assert shown(session_at(step), step) == numbers


def test_operands_stand_before_the_result():
    found = matrices(blocks_of(session_at("Wv_f")))
    assert [matrix["id"] for matrix in found] == ["W_f", "v", "Wv_f"]
    assert [matrix["shape"] for matrix in found] == ["3 × 6", "6 × 1", "3 × 1"]
    assert texts(found[0])[1] == ["5", "6", "7", "8", "9", "10"]
    assert found[0]["columns"] == ["x₁", "x₂", "x₃", "h₁", "h₂", "h₃"] == found[1]["units"]


def test_an_entry_is_worked_out_term_by_term():
    entry = entry_block(desk(session_at(entry=1)), FOUNDING.cell["Wv_f"])
    assert entry["terms"] == ["5·1", "6·2", "7·3", "8·4", "9·5", "10·6"]
    assert entry["uses"][3] == ["W_f:1:3", "v:3"]
    assert (entry["result"], entry["name"]) == ("175", "(W_f·v)[2]")


def test_an_entry_of_one_term_uses_all_its_operands():
    entry = entry_block(desk(session_at("z_f", entry=2)), FOUNDING.cell["z_f"])
    assert (entry["terms"], entry["result"]) == (["133", "3"], "136")
    assert entry["uses"] == [["Wv_f:2", "b_f:2"]] * 2


def test_a_saturated_gate_is_said_not_to_be_one():
    entry = entry_block(desk(session_at("f")), FOUNDING.cell["f"])
    assert entry["note"] == "σ(92) is not 1: 1 − σ(92) ≈ 1.1e−40."


def test_the_ledger_says_the_shapes_in_letters_and_numbers():
    assert ledger(desk(session_at()), FOUNDING.cell["Wv_f"]) == [
        "(n × (n+m)) , (n+m × 1) → (n × 1)",
        "(3 × 6) , (6 × 1) → (3 × 1)",
    ]


@pytest.mark.parametrize("name", PRESETS)
def test_every_cell_prints_its_number_and_carries_all_its_digits(name):
    exercise = PRESETS[name]
    for t in range(exercise.T):
        session = session_at("v", exercise, t)
        trace = exercise.trace()
        for cell in cells(all_blocks(desk(session))):
            step, *index = cell["at"].split(":")
            value = float(trace[t, step][tuple(map(int, index))])
            rounded = step in rounded_names(exercise.cell, t)
            assert cell["text"] == numeral(value, exercise.decimals, rounded)
            assert cell["full"] == numeral(value, None)
            assert np.sign(cell["share"]) in (0, np.sign(value))


def test_all_steps_are_on_the_one_page():
    names = [matrix["id"] for matrix in matrices(all_blocks(desk(session_at())))]
    assert {step.name for step in FOUNDING.cell.steps} <= set(names)


@pytest.mark.parametrize(
    ("step", "t", "name", "settable"),
    [
        ("v", 0, "v", 5),
        ("v", 1, "v", 2),
        ("v", 1, "h_prev", 0),
        ("kept", 0, "C_prev", 3),
        ("kept", 1, "C_prev", 0),
        ("Wv_f", 1, "W_f", 15),
        ("C", 0, "C", 0),
    ],
)
def test_the_cells_to_type_in_are_those_with_a_number_behind(step, t, name, settable):
    matrix = matrix_of(blocks_of(session_at(step, UNSATURATED, t)), name)
    assert sum("edit" in cell for row in matrix["rows"] for cell in row) == settable


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_a_result_lights_exactly_what_it_was_worked_out_from(cell):
    exercise = some(cell)
    on_desk = desk(session_at("v", exercise, t=1))
    for step in cell.steps:
        for at, lit in lights(
            on_desk, step.name, np.ndindex(on_desk.values(step.name).shape)
        ).items():
            told = explain(on_desk.trace, Address(step.name, 1, (int(at.split(":")[1]),)), 4)
            assert lit == [":".join([a.step, *map(str, a.index)]) for a in told.sources]


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_step_of_every_cell_has_its_blocks(cell):
    exercise = some(cell)
    on_desk = desk(session_at("v", exercise, t=1))
    for step in cell.steps:
        data = sheet_data(on_desk, step_blocks(on_desk, step), [step])
        ids = [block["id"] for block in data["blocks"]]
        assert len(set(ids)) == len(ids)
        assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_numbers_beyond_double_precision_are_shown_as_such():
    exercise = FOUNDING.with_entry("W_f", (0, 0), 1.7e308).with_entry("W_f", (1, 5), -1.7e308)
    session = session_at("Wv_f", exercise.with_entry("xs", (0, 0), 100.0))
    assert shown(session, "Wv_f")[:2] == ["∞", "−∞"]
    assert json.dumps(blocks_of(session), allow_nan=False)


@pytest.mark.parametrize("entry", [0, 40, 63])
def test_of_a_large_matrix_the_part_around_the_entry_is_shown(entry):
    session = session_at("Wv_f", some(n=64, m=64), entry=entry)
    found = {matrix["id"]: matrix for matrix in matrices(blocks_of(session))}
    assert (len(found["W_f"]["rows"]), len(found["W_f"]["rows"][0])) == (8, 16)
    assert str(entry + 1) in found["W_f"]["units"]
    assert str(entry + 1) in found["Wv_f"]["units"]
    assert len(found["Wv_f"]["rows"]) == 16 == len(found["v"]["rows"])
