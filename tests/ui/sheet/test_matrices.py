import json

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.printing import rounded_names
from lstm_core.text.numerals import numeral
from lstm_ui.all_steps.blocks import all_blocks
from lstm_ui.sheet.desk import desk
from tests.core.exercises import some
from tests.ui.blocks import blocks_of, cells, matrices, matrix_of, shown, texts
from tests.ui.sessions import FOUNDING, UNSATURATED, do, session_at


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


@pytest.mark.parametrize(
    ("step", "t", "drawn"),
    [
        ("v", 0, ["h_prev", "x"]),
        ("v", 1, ["x"]),
        ("Wv_f", 0, ["W_f"]),
        ("z_f", 0, ["b_f"]),
        ("kept", 0, ["C_prev"]),
        ("kept", 1, []),
        ("C", 0, []),
    ],
)
def test_what_can_be_set_as_a_whole_can_be_drawn_as_a_whole(step, t, drawn):
    found = matrices(blocks_of(session_at(step, UNSATURATED, t)))
    assert [matrix["id"] for matrix in found if "random" in matrix] == drawn
    assert all(matrix["random"].startswith("Randomise ") for matrix in found if "random" in matrix)


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


def edited(step):
    return do(session_at(step), "edit", cell="W_f:0:1", text="0")


def test_after_an_edit_only_the_changed_numbers_show_what_they_were():
    session = edited("Wv_f")
    assert shown(session, "Wv_f") == ["87", "175", "133"]
    assert shown(session, "Wv_f", "was") == ["91", None, None]
    assert shown(session, "W_f", "was")[0] == [None, "2", None, None, None, None]
    assert shown(session, "v", "was") == [None] * 6
    session.go("z_f")
    assert shown(session, "z_f", "was") == ["92", None, None]
    session.go("z_i")
    assert shown(session, "z_i", "was") == [None] * 3


def test_a_change_too_small_to_print_is_not_shown():
    session = do(session_at("z_f"), "edit", cell="b_f:0", text="1.000001")
    assert shown(session, "b_f")[0] == "1"
    session = do(session, "edit", cell="b_f:0", text="1.000002")
    assert (shown(session, "b_f")[0], shown(session, "b_f", "was")[0]) == ("1", "")


def test_undo_marks_what_it_brought_back():
    assert shown(do(edited("Wv_f"), "undo"), "Wv_f", "was") == ["87", None, None]


def test_no_marks_where_the_shape_is_another():
    session = session_at("Wv_f")
    session.change(FOUNDING.resized(n=4)[0])
    assert shown(session, "Wv_f", "was") == [None] * 4


def test_what_is_no_number_stays_in_its_cell_with_its_sentence():
    session = do(session_at(), "edit", cell="W_f:0:1", text="abc")
    cell = matrix_of(blocks_of(session), "W_f")["rows"][0][1]
    assert cell["text"] == "abc"
    assert cell["error"].startswith("“abc” is not a number")


def test_a_refused_block_is_told_at_its_matrix_with_an_offer():
    session = do(session_at(), "paste", cell="W_f:0:0", text="1 2 3\n4 5 6\n7 8 9")
    matrix = matrix_of(blocks_of(session), "W_f")
    assert matrix["problem"] == session.problems["W_f"]
    assert matrix["offer"]["label"] == "Fill in just these 3 × 3 entries"
    assert matrix_of(blocks_of(session), "v")["offer"] is None
