import numpy as np
import pytest

from lstm_core.looks.signals import SIGNALS, WAVE, signal


@pytest.mark.parametrize("kind", SIGNALS)
@pytest.mark.parametrize(("T", "m"), [(1, 1), (2, 3), (24, 2), (200, 8)])
def test_every_signal_has_its_shape_and_short_numbers(kind, T, m):
    xs = signal(kind, T, m)
    assert xs.shape == (T, m)
    assert (np.abs(xs) <= 1).all()
    np.testing.assert_array_equal(xs, xs.round(3))
    assert not np.signbit(xs[xs == 0]).any()


def test_a_pulse_is_one_and_each_input_has_it_later():
    np.testing.assert_array_equal(signal("pulse", 3, 2), [[1, 0], [0, 1], [0, 0]])


def test_a_step_stays_up():
    np.testing.assert_array_equal(signal("step", 4, 1)[:, 0], [0, 0, 1, 1])


def test_a_sine_comes_back_after_its_period():
    xs = signal("sine", 3 * WAVE, 2)
    np.testing.assert_array_equal(xs[:WAVE], xs[WAVE : 2 * WAVE])
    assert xs[3, 0] == 1


def test_an_outbreak_rises_and_is_over():
    counts = signal("counts", 40, 1)[:, 0]
    assert counts[0] == 0
    assert counts.max() == 0.9
    assert not counts[30:].any()
