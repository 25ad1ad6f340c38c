"""Where books differ: the other form is what plain NumPy makes of the same numbers."""

import numpy as np
import pytest

from lstm_core.cells import gru, lstm, peephole_lstm, rnn
from lstm_core.looks.forms import forms
from tests.core.exercises import some

sigma = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731


def other(exercise, name, t=1):
    return forms(exercise, exercise.trace(), t, name)


def seen(exercise, t=1):
    trace = exercise.trace()
    return exercise.params, trace[t, "x"], trace[t, "h_prev"], trace


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize("reset", ["before", "after"])
def test_the_other_gru_has_its_reset_on_the_other_side_of_the_product(order, reset):
    exercise = some(gru(order, reset), n=3, m=2)
    found, (p, x, h, trace) = other(exercise, "reset_h"), seen(exercise)
    of_h, of_x = (slice(3), slice(3, 5)) if order == "hx" else (slice(2, 5), slice(2))
    W_h, W_x, z, r = p["W_h"][:, of_h], p["W_h"][:, of_x], trace[1, "z"], trace[1, "r"]
    if reset == "before":
        h_tilde = np.tanh(W_x @ x + p["b_h"] + r * (W_h @ h))
    else:
        h_tilde = np.tanh(W_x @ x + p["b_h"] + p["b_hh"] + W_h @ (r * h))
    assert np.allclose(found.other, (1 - z) * h_tilde + z * h, rtol=1e-12)
    assert np.array_equal(found.own, trace[1, "h"])
    assert (found.topic, found.case) == ("reset", reset)
    assert found.exercise.cell.name == f"gru_{'after' if reset == 'before' else 'before'}"


@pytest.mark.parametrize("reset", ["before", "after"])
def test_the_other_way_round_z_writes_and_turning_the_sign_of_z_turns_it_back(reset):
    exercise = some(gru(reset=reset))
    found, (p, _, h, trace) = other(exercise, "one_minus_z"), seen(exercise)
    z, h_tilde = trace[1, "z"], trace[1, "h_tilde"]
    assert np.allclose(found.other, z * h_tilde + (1 - z) * h, rtol=1e-12)
    turned = exercise.with_array("W_z", -p["W_z"]).with_array("b_z", -p["b_z"])
    assert np.allclose(other(turned, "one_minus_z", 0).other, trace[0, "h"], rtol=1e-12)


def test_the_other_peephole_of_o_sees_the_old_state():
    exercise = some(peephole_lstm())
    found, (p, _, _, trace) = other(exercise, "pC_f"), seen(exercise)
    z_o = p["W_o"] @ trace[1, "v"] + p["b_o"] + p["p_o"] * trace[1, "C_prev"]
    assert np.allclose(found.other, sigma(z_o) * np.tanh(trace[1, "C"]), rtol=1e-12)
    assert found.exercise is None
    assert not np.allclose(found.own, found.other)


def test_elsewhere_there_is_but_one_form():
    for cell in (lstm(), rnn(), gru(), peephole_lstm()):
        exercise = some(cell)
        asked = {name for name in cell.names if other(exercise, name)}
        assert asked <= {"reset_h", "one_minus_z", "pC_f", "pC_i", "pC_o"}
