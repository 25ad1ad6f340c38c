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
