import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.memory import FORGOTTEN, memory, plain_rnn, rnn_memory
from lstm_core.looks.signals import SIGNALS, signal
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


def test_the_first_input_that_is_not_zero_is_left_out():
    xs = LONG.xs.copy()
    xs[:3] = 0
    late = LONG.with_array("xs", xs)
    xs[3] = 0
    other = LONG.with_array("xs", xs).trace()
    apart = [np.linalg.norm(late.trace()[t, "C"] - other[t, "C"]) for t in range(40)]
    found = memory(late)
    assert (found.since, found.left[2], found.left[3]) == (3, 0, 1)
    np.testing.assert_allclose(found.left, np.array(apart) / apart[3])


def test_where_every_input_is_zero_there_is_nothing_to_follow():
    silent = LONG.with_array("xs", 0 * LONG.xs)
    for found in (memory(silent), rnn_memory(silent)):
        assert (found.since, found.until) == (None, 0)


@pytest.mark.parametrize("kind", SIGNALS)
def test_every_signal_is_remembered_for_a_while(kind):
    made = LONG.with_array("xs", signal(kind, 24, 2))
    assert memory(made).until > memory(made).since
    assert rnn_memory(made).until > memory(made).since


def test_the_plain_rnn_is_tanh_of_the_candidate_s_weights():
    h = LONG.start["h_prev"]
    for t, x in enumerate(LONG.xs):
        h = np.tanh(LONG.params["W_C"] @ np.r_[h, x] + LONG.params["b_C"])
        np.testing.assert_allclose(plain_rnn(LONG)[t, "h"], h, atol=1e-14)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_cell_has_an_rnn_beside_it(cell):
    exercise = some(cell, T=4)
    assert memory(exercise).left.shape == rnn_memory(exercise).left.shape == (4,)
