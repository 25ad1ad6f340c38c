import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.marking.own import own_trace
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

UNSATURATED = PRESETS["unsaturated"]


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_of_someone_who_has_written_nothing_it_is_the_exercise_s_own(cell):
    exercise = some(cell)
    own, true = own_trace(exercise, {}, (1, "h")), exercise.trace()
    for t in range(exercise.T):
        for name in true.frames[t]:
            np.testing.assert_array_equal(own[t, name], true[t, name])


def test_what_was_typed_is_gone_on_with_and_the_step_itself_is_done_right():
    true = UNSATURATED.trace()
    answers = {(0, "z_f"): ["0.50", "", "-1.00"], (0, "f"): ["0.90", "", ""]}
    own = own_trace(UNSATURATED, answers, (0, "f"))
    z = [0.5, true[0, "z_f"][1], -1.0]
    np.testing.assert_array_equal(own[0, "z_f"], z)
    np.testing.assert_allclose(own[0, "f"], 1 / (1 + np.exp(np.negative(z))), rtol=1e-15)
    own = own_trace(UNSATURATED, answers, (0, "kept"))
    np.testing.assert_allclose(own[0, "kept"][0], 0.9 * true[0, "C_prev"][0], rtol=1e-15)


def test_a_state_is_handed_on_as_it_was_written():
    own = own_trace(UNSATURATED, {(0, "h"): ["0.11", "0.22", "0.33"]}, (1, "v"))
    assert own[1, "h_prev"].tolist() == [0.11, 0.22, 0.33]
    assert set(own[1, "h_prev"]) < set(own[1, "v"])


def test_an_impossible_number_is_not_gone_on_with():
    own = own_trace(UNSATURATED, {(0, "f"): ["1.7", "", ""]}, (0, "kept"))
    assert own[0, "f"][0] == UNSATURATED.trace()[0, "f"][0]


def test_a_row_of_the_backward_pass_follows_from_what_was_written():
    own = own_trace(UNSATURATED, {(2, "o"): ["0.50", "", ""]}, (2, "dsquashed"))
    assert own[2, "dsquashed"][0] == 0.5  # ∂L/∂tanh(C) = o, as ∂L/∂h = 1
