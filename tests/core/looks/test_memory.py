import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.memory import FORGOTTEN, memory, plain_rnn, rnn_memory
from lstm_core.looks.signals import signal
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

LONG = PRESETS["unsaturated"].with_array("xs", signal("sine", 40, 2) + 0.5)


def test_what_is_left_is_the_difference_that_the_first_input_made():
    xs = LONG.xs.copy()
    xs[0] = 0
    other = LONG.with_array("xs", xs).trace()
    apart = [np.linalg.norm(LONG.trace()[t, "C"] - other[t, "C"]) for t in range(40)]
    np.testing.assert_allclose(memory(LONG).left, np.array(apart) / apart[0])
    assert memory(LONG).left[0] == 1


def test_the_last_time_step_that_remembers_is_counted_from_one():
    found = memory(LONG)
    assert found.left[found.until - 1] >= FORGOTTEN
    assert (found.left[found.until :] < FORGOTTEN).all()


def test_more_forget_bias_remembers_longer():
    longer = LONG.with_array("b_f", LONG.params["b_f"] + 4)
    assert memory(longer).until > memory(LONG).until


def test_an_input_of_zero_is_not_remembered():
    xs = LONG.xs.copy()
    xs[0] = 0
    assert memory(LONG.with_array("xs", xs)).until == 0


def test_the_plain_rnn_is_tanh_of_the_candidate_s_weights():
    h = LONG.start["h_prev"]
    for t, x in enumerate(LONG.xs):
        h = np.tanh(LONG.params["W_C"] @ np.r_[h, x] + LONG.params["b_C"])
        np.testing.assert_allclose(plain_rnn(LONG)[t, "h"], h, atol=1e-14)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_cell_has_an_rnn_beside_it(cell):
    exercise = some(cell, T=4)
    assert memory(exercise).left.shape == rnn_memory(exercise).left.shape == (4,)
