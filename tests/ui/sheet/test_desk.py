import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_ui.sheet.desk import desk, desk_now
from tests.ui.sessions import UNSATURATED, do, session_at

HERE = desk(session_at("f"))


@pytest.mark.parametrize(
    ("name", "x", "text"),
    [
        ("W_f", 0.5, "0.5"),
        ("W_f", 1 / 3, "0.3333"),
        ("f", 0.5, "0.5000"),  # made by a squash, so it is not a half, to the last digit
        ("h", -1e-9, "−1e−9"),
        ("", 2.0, "2"),
    ],
)
def test_a_number_is_printed_as_the_array_that_it_belongs_to(name, x, text):
    assert HERE.text(name, x) == text


def test_a_state_is_a_squash_s_from_the_second_time_step_on():
    assert desk(session_at(exercise=UNSATURATED)).text("h_prev", 0.5) == "0.5"
    assert desk(session_at(exercise=UNSATURATED, t=1)).text("h_prev", 0.5) == "0.5000"


@pytest.mark.parametrize("name", PRESETS)
def test_an_array_is_printed_entry_by_entry(name):
    here = desk(session_at("h", PRESETS[name]))
    for step in here.exercise.cell.names:
        assert here.texts(step) == [here.text(step, x) for x in here.values(step)]


def test_a_derivative_keeps_its_zeros():
    assert (HERE.slope(1.0), HERE.text("", 1.0)) == ("1.0000", "1")


def test_names_are_those_of_the_board():
    names = HERE.plain("Wv_f"), HERE.mark("Wv_f"), HERE.entry("Wv_f", 1), HERE.equals("z_f", 0)
    assert names == ("W_f·v", "W<sub>f</sub>·v", "(W_f·v)[2]", "z_f[1] = 92")


def test_what_an_edit_changed_is_what_has_another_number_now():
    here = desk(do(session_at("f"), "edit", cell="W_f:0:1", text="0"))
    np.testing.assert_array_equal(here.changed("z_f"), [True, False, False])
    assert (here.was("z_f", (0,)), here.text("z_f", here.values("z_f")[0])) == ("92", "88")
    assert desk_now(here.session).changed("z_f") is None


def test_an_entry_was_nothing_else_where_both_print_alike():
    before = UNSATURATED.with_entry("b_f", (0,), 1 / 3)
    here = desk(do(session_at("z_f", before), "edit", cell="b_f:0", text="0.33333"))
    assert here.changed("z_f")[0]
    assert here.was("b_f", (0,)) == here.was("z_f", (0,)) == ""


def rounded_otherwise(name, **changes):
    """A desk on which every sum of a row is 0 on paper; an edit gives it another rounding."""
    exercise = UNSATURATED.with_array("W_C", 0 * UNSATURATED.params["W_C"])
    exercise = exercise.with_array("b_C", 0 * UNSATURATED.params["b_C"])
    exercise = exercise.with_array("xs", np.full_like(UNSATURATED.xs, 1.0))
    session = session_at(name, exercise)
    for array, value in changes.items():
        exercise = exercise.with_entry("W_C", (0, int(array[1:])), value)
    session.change(exercise)
    return desk(session)


@pytest.mark.parametrize("name", ["Wv_C", "z_C", "C_tilde"])
def test_the_rounding_of_a_sum_that_cancels_is_no_change(name):
    here = rounded_otherwise(name, c3=0.1 + 0.2, c4=-0.3)
    assert here.values(name)[0] == 0
    assert not here.changed(name).any()


@pytest.mark.parametrize("name", ["Wv_C", "z_C", "C_tilde"])
def test_a_small_change_is_one(name):
    assert rounded_otherwise(name, c3=1e-9).changed(name).tolist() == [True, False, False]


def test_a_gate_all_but_closed_that_opens_a_little_has_changed():
    closed = UNSATURATED.with_entry("b_f", (0,), -90.0)
    here = desk(do(session_at("f", closed), "edit", cell="b_f:0", text="-89"))
    assert here.values("f")[0] < 1e-30
    assert here.changed("f")[0]
    assert "e−" in here.was("f", (0,))
