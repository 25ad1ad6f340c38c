import numpy as np
import pytest

from lstm_core.backpropagation.paths import cell_jacobian, decay, direct_path, hidden_jacobian
from lstm_core.cells import facts, rnn
from lstm_core.looks.reach import (
    GONE,
    KEPT,
    MUCH,
    Trial,
    deciding_bias,
    direct_product,
    fate,
    keeping_bias,
    longest,
    reach,
    relative,
    tried,
    tried_lstm,
    tried_rnn,
    unit_paths,
)
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

every_cell = pytest.mark.parametrize("cell", CELLS, ids=NAMES)


@every_cell
def test_without_a_trial_it_is_the_exercise_itself(cell):
    exercise = some(cell, T=4)
    trace = tried(exercise, Trial(steps=1))
    for ours, theirs in zip(trace.frames, exercise.trace().frames, strict=True):
        for name, value in theirs.items():
            np.testing.assert_array_equal(ours[name], value)


def test_the_last_input_is_repeated_and_the_number_of_steps_is_bounded():
    exercise = some(T=3)
    trace = tried(exercise, Trial(steps=7))
    np.testing.assert_array_equal([trace[t, "x"] for t in range(3)], exercise.xs)
    for t in range(3, 7):
        np.testing.assert_array_equal(trace[t, "x"], exercise.xs[-1])
    assert len(tried(some(T=300), Trial())) == longest(3) == 200
    assert len(tried(some(n=17, T=300), Trial())) == longest(17) == 60


@every_cell
def test_recurrent_columns_and_the_deciding_bias_are_changed_and_nothing_else(cell):
    exercise = some(cell, n=3, m=2)
    changed = tried(exercise, Trial(2, recurrent=0.5, forget=2.0)).params
    of_h = slice(2, None) if cell.order == "xh" else slice(0, 3)
    for name, array in exercise.params.items():
        wanted = array.copy()
        if name.startswith("W_") and name not in ("W_p", "W_y"):
            wanted[:, of_h] *= 0.5
        if name in ("b_f", "b_z"):
            wanted += 2.0
        np.testing.assert_array_equal(changed[name], wanted)


@every_cell
def test_more_is_kept_where_the_deciding_bias_moves_by_its_sign(cell):
    exercise, bias = some(cell, T=4), deciding_bias(cell)
    assert (bias is None) == (facts(cell).keeps is None)
    assert (keeping_bias(cell) is None) == (bias is None or bias.sign < 0)
    if bias:
        more = tried(exercise, Trial(4, forget=0.5 * bias.sign))
        kept, before = (direct_product(trace, 0)[2] for trace in (more, exercise.trace()))
        assert kept > before


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@every_cell
def test_the_plain_rnn_has_the_weights_of_the_candidate(cell, activation):
    exercise = some(cell, T=5)
    gate = "C" if "W_C" in exercise.params else "h"
    trace = tried_rnn(exercise, Trial(5), activation)
    h = exercise.start["h_prev"]
    W_p = exercise.params.get("W_p", np.eye(3))
    h = np.linalg.solve(W_p, h)
    for t, x in enumerate(exercise.xs):
        h = W_p @ h
        v = np.concatenate([h, x] if cell.order == "hx" else [x, h])
        z = exercise.params[f"W_{gate}"] @ v + exercise.params[f"b_{gate}"]
        h = np.tanh(z) if activation == "tanh" else np.maximum(z, 0.0)
        np.testing.assert_allclose(trace[t, "h"], h, rtol=1e-12)


@every_cell
def test_paths_are_those_of_the_jacobians(cell):
    trace, unit = some(cell, T=6).trace(), 2
    found = unit_paths(trace, unit)
    jacobian = cell_jacobian if found.memory == "C" else hidden_jacobian
    whole = [jacobian(trace, 5, s)[unit, unit] for s in range(6)]
    np.testing.assert_allclose(found.whole, whole, rtol=1e-10, atol=1e-14)
    if found.direct is None:
        assert cell.name.startswith("rnn")
    else:
        direct = [direct_path(trace, 5, s)[unit] for s in range(6)]
        np.testing.assert_allclose(found.direct, direct, rtol=1e-12)


def test_at_twenty_steps_product_and_whole_derivative_differ():
    found = unit_paths(some(n=4, m=3, T=20).trace(), 0)
    apart = np.abs(found.whole / found.direct - 1.0)
    assert apart[-1] == 0.0
    assert apart[:-1].min() > 0.001


def test_without_recurrent_weights_they_agree():
    found = unit_paths(tried(some(n=4, m=3, T=20), Trial(20, recurrent=0.0)), 1)
    np.testing.assert_allclose(found.whole, found.direct, rtol=1e-12)


def test_reach_is_the_norm_of_the_matrix_or_of_more_units_the_length_of_a_gradient():
    small, large = some(T=5).trace(), some(n=33, T=5).trace()
    np.testing.assert_array_equal(reach(small, "C"), decay(small, "C"))
    ones = np.ones(33)
    lengths = [np.linalg.norm(ones @ hidden_jacobian(large, 4, s)) for s in range(5)]
    np.testing.assert_allclose(reach(large, "h"), lengths, rtol=1e-9)


def test_what_arrives_is_taken_beside_a_push_at_the_end():
    np.testing.assert_array_equal(relative(np.array([1.0, 4.0, 2.0])), [0.5, 2.0, 1.0])
    assert relative(np.array([np.inf, 2.0])).tolist() == [np.inf, 1.0]
    assert np.isnan(relative(np.array([3.0, 0.0]))).all()


@pytest.mark.parametrize(
    ("part", "word"),
    [
        (0.0, "vanishes"),
        (GONE * 0.99, "vanishes"),
        (GONE, "fades"),
        (KEPT * 0.99, "fades"),
        (KEPT, "survives"),
        (MUCH, "survives"),
        (MUCH * 1.01, "explodes"),
        (np.inf, "explodes"),
        (np.nan, "unknown"),
    ],
)
def test_what_becomes_of_a_push_has_a_name(part, word):
    assert fate(part) == word


def test_an_lstm_beside_a_plain_rnn_has_its_weights_and_gates_held_by_their_biases():
    exercise = some(rnn())
    trace = tried_lstm(exercise, Trial(steps=4, forget=2.0))  # held at 3 without it
    assert np.allclose(trace[3, "f"], 1 / (1 + np.exp(-5.0)), rtol=1e-12)
    v = np.concatenate((trace[2, "h"], trace[3, "x"]))
    wanted = np.tanh(exercise.params["W_h"] @ v + exercise.params["b_h"])
    assert np.allclose(trace[3, "C_tilde"], wanted, rtol=1e-12)
