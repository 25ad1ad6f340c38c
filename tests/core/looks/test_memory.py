import numpy as np
import pytest

from lstm_core.cells import rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.memory import (
    FORGOTTEN,
    HELD,
    companion,
    first_input,
    memory,
    memory_beside,
    plain_rnn,
)
from lstm_core.looks.signals import SIGNALS, signal
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

LONG = PRESETS["unsaturated"].with_array("xs", signal("sine", 40, 2) + 0.5)


def test_what_is_left_is_the_difference_that_the_first_input_made():
    xs = LONG.xs.copy()
    xs[0] = 0
    other = LONG.with_array("xs", xs).trace()
    apart = [np.linalg.norm(LONG.trace()[t, "C"] - other[t, "C"]) for t in range(40)]
    np.testing.assert_allclose(memory(LONG, 0).left, np.array(apart) / apart[0])
    assert memory(LONG, 0).left[0] == 1


def test_the_last_time_step_that_remembers_is_counted_from_one():
    found = memory(LONG, 0)
    assert found.left[found.until - 1] >= FORGOTTEN
    assert (found.left[found.until :] < FORGOTTEN).all()


def test_more_forget_bias_remembers_longer():
    longer = LONG.with_array("b_f", LONG.params["b_f"] + 4)
    assert memory(longer, 0).until > memory(LONG, 0).until


@pytest.mark.parametrize("since", [0, 3, 39])
def test_any_input_can_be_left_out(since):
    xs = LONG.xs.copy()
    xs[since] = 0
    other = LONG.with_array("xs", xs).trace()
    apart = [np.linalg.norm(LONG.trace()[t, "C"] - other[t, "C"]) for t in range(40)]
    found = memory(LONG, since)
    assert (found.since, found.left[:since].any(), found.left[since]) == (since, False, 1)
    np.testing.assert_allclose(found.left, np.array(apart) / apart[since])


def test_to_leave_out_zeros_changes_nothing():
    silent = LONG.with_array("xs", 0 * LONG.xs)
    for found in (memory(silent, 5), memory_beside(silent, 5)):
        assert (found.left.any(), found.until) == (False, 0)
    assert first_input(silent) is None


@pytest.mark.parametrize("kind", SIGNALS)
def test_every_signal_is_remembered_for_a_while(kind):
    made = LONG.with_array("xs", signal(kind, 24, 2))
    since = first_input(made)
    assert made.xs[since].any()
    assert not made.xs[:since].any()
    assert memory(made, since).until > since
    assert memory_beside(made, since).until > since


def test_the_plain_rnn_is_tanh_of_the_candidate_s_weights():
    h = LONG.start["h_prev"]
    for t, x in enumerate(LONG.xs):
        h = np.tanh(LONG.params["W_C"] @ np.r_[h, x] + LONG.params["b_C"])
        np.testing.assert_allclose(plain_rnn(LONG)[t, "h"], h, atol=1e-14)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_cell_has_another_beside_it(cell):
    exercise = some(cell, T=4)
    assert memory(exercise, 1).left.shape == memory_beside(exercise, 1).left.shape == (4,)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_beside_a_plain_rnn_stands_an_lstm_that_holds_its_gates_and_has_its_weights(activation):
    exercise = some(rnn("xh", activation), T=6)
    W, b, f = exercise.params["W_h"], exercise.params["b_h"], 1 / (1 + np.exp(-HELD))
    h, C, trace = exercise.start["h_prev"], np.zeros(3), companion(exercise)
    for t, x in enumerate(exercise.xs):
        C = f * C + 0.5 * np.tanh(W @ np.r_[x, h] + b)
        h = 0.5 * np.tanh(C)
        np.testing.assert_allclose(trace[t, "h"], h, atol=1e-14)
