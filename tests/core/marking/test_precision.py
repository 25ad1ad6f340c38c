"""What so few decimals, or so many, can say; and what is said where no mistake is known."""

import numpy as np
import pytest

from lstm_core.cells import lstm
from lstm_core.exercise.presets import PRESETS
from lstm_core.marking.check import check, first_wrong
from tests.core.exercises import some
from tests.core.marking.marked import entry, known, one, states
from tests.core.marking.practices import PRACTICES, parts, various, worked
from tests.core.marking.sheets import problem, text


def test_a_coarse_number_is_neither_right_nor_wrong_and_says_how_many_decimals_are_needed():
    found = one(known(), "f", ["1"])[0]  # σ(2.5) = 0.924
    assert (found.state, found.mistakes) == ("too coarse", ())
    assert found.note == "Too coarse to tell: 2 decimals are needed here."
    assert states(known(), "f", ["5"]) == ["impossible"]


def test_a_coarse_number_is_not_gone_on_with():
    f = known().trace()[0, "f"][0]
    assert states(known(), "kept", [text(3 * f, 4)], f=["1"]) == ["right"]
    assert states(known(), "kept", ["3.0000"], f=["1"]) == ["wrong"]


def test_a_coarse_number_may_follow_from_a_wrong_one():
    assert states(known(), "C", ["12"], kept=["11.30"]) == ["too coarse"]


def test_a_whole_number_is_exact_where_the_right_one_is_whole():
    assert entry(PRESETS["founding"], "z_i", "22").state == "right"
    assert entry(PRESETS["founding"], "i", "1").state == "right"
    assert entry(known(), "v", "0").state == "wrong"  # 0.5, copied


def test_how_much_a_sum_is_off_is_told_where_no_mistake_is_known():
    assert entry(known(), "Wv_f", "7.7777").note == "It is 5.2777 too high."
    assert entry(known(), "Wv_f", "-7.7777").note == "It is 10.2777 too low."
    assert entry(known(), "Wv_f", "1/7").note == "It is 2.357143 too low."


def test_digits_that_a_wrong_number_may_hide_are_no_mistake():
    """Whoever has 0.61372 in mind and writes 0.61 goes on with all of it."""
    ex = known()
    found = check(ex, {(0, "f"): ["0.61"], (0, "kept"): [text(3 * 0.61372, 2)]})
    assert [v.state for v in found.values()] == ["wrong", "drift"]


def test_wrong_weights_in_a_cell_with_a_readout_are_looked_for():
    exercise = some(lstm(readout=True), T=3)
    for name in ("Wv_y", "z_y"):
        assert first_wrong(check(exercise, {(2, name): ["9.1234"]})).step == name
    assert first_wrong(check(problem(1, T=3), {(2, "kept"): ["9.1234"]})).step == "kept"


@pytest.mark.parametrize("places", [0, 1])
@pytest.mark.parametrize("name", ["half up", "half even", "all digits", "products rounded"])
def test_a_sheet_of_whole_numbers_or_of_one_decimal_is_nowhere_wrong(places, name):
    """However far numbers of that kind lead away from what is right."""
    for seed in range(3):
        exercise, rng = various(seed), np.random.default_rng(seed)
        for part in parts(worked(exercise, places, PRACTICES[name]), rng):
            found = {v.state for v in check(exercise, part).values()}
            assert found <= {"right", "too coarse", "blank"}


def test_a_whole_number_that_copies_a_whole_number_of_one_s_own_is_no_slip():
    assert states(known(), "v", ["1"], t=1, h=["1"])[0] == "too coarse"
    assert states(known(), "v", ["2"], t=1, h=["1"])[0] == "wrong"


def test_what_a_framework_leaves_of_terms_that_cancel_is_no_mistake():
    """−0.4·0.5 + 0.1·2 is 0, and 3.7e-09 in single precision."""
    cancels = known(W_i=[[-0.4, 0.1]])
    assert states(cancels, "Wv_i", ["3.72529e-09"]) == ["right"]
    assert states(cancels, "Wv_i", ["3.72529e-05"]) == ["wrong"]
