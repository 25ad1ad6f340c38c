import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.cells import coupled_lstm, gru, lstm, rnn
from lstm_core.looks.activations import (
    ACTIVATIONS,
    SATURATED,
    activated,
    activation,
    bounded,
    swapped,
)
from lstm_core.ops import OPS, SIGMOID
from lstm_core.trace import run
from tests.core.samples import CELLS, NAMES, random_exercise
from tests.core.test_ops import check_vjp

every = pytest.mark.parametrize("one", ACTIVATIONS.values(), ids=ACTIVATIONS)
Z = np.linspace(-9.0, 9.0, 3601)
TORCH = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "hard": lambda z: torch.clip(0.2 * z + 0.5, 0.0, 1.0),
    "hard_six": torch.nn.functional.hardsigmoid,
    "none": lambda z: z * 1.0,
}


def corners(one):
    """Where the derivative jumps: there it has no value of its own."""
    return [end for ends in one.flat for end in ends if one.code in ("relu", "hard", "hard_six")]


@every
def test_value_and_derivative_agree_with_pytorch(one):
    away = np.min([np.abs(Z - corner) for corner in [*corners(one), np.inf]], axis=0) > 1e-9
    z = torch.tensor(Z[away], requires_grad=True)
    TORCH[one.code](z).sum().backward()
    np.testing.assert_allclose(one.op.forward(Z[away]), TORCH[one.code](z).detach(), atol=1e-15)
    np.testing.assert_allclose(one.slope(Z[away]), z.grad, atol=1e-15)


@pytest.mark.parametrize(
    ("code", "z", "y", "slope"),
    [
        ("sigmoid", 0.0, 0.5, 0.25),
        ("sigmoid", math.log(3.0), 0.75, 0.1875),
        ("tanh", 0.0, 0.0, 1.0),
        ("tanh", math.atanh(0.6), 0.6, 0.64),
        ("relu", 2.5, 2.5, 1.0),
        ("relu", -1.0, 0.0, 0.0),
        ("relu", 0.0, 0.0, 0.0),
        ("hard", 1.0, 0.7, 0.2),
        ("hard", 2.5, 1.0, 0.0),
        ("hard", -4.0, 0.0, 0.0),
        ("hard_six", 1.5, 0.75, 1 / 6),
        ("hard_six", 3.0, 1.0, 0.0),
        ("none", -7.0, -7.0, 1.0),
    ],
)
def test_numbers_worked_out_by_hand(code, z, y, slope):
    assert ACTIVATIONS[code].at(z) == pytest.approx((y, slope), abs=1e-15)


@every
def test_values_and_derivatives_keep_to_their_bounds_and_come_near_them(one):
    y, slopes = one.op.forward(Z), one.slope(Z)
    assert one.low <= y.min() <= one.low + 0.001 or one.low == -math.inf
    assert one.high >= y.max() >= one.high - 0.001 or one.high == math.inf
    assert slopes.min() >= 0.0
    assert slopes.max() == pytest.approx(one.steepest, abs=1e-12)


def test_the_derivative_of_the_tails_is_small_and_not_0():
    assert ACTIVATIONS["sigmoid"].slope(np.array([92.0]))[0] == pytest.approx(1.1089e-40, rel=1e-4)
    slopes = ACTIVATIONS["tanh"].slope(np.array([-50.0, 50.0]))
    np.testing.assert_allclose(slopes, 4 * math.exp(-100.0), rtol=1e-12)


@every
def test_flat_is_where_the_derivative_is_below_the_bound(one):
    inside = np.array([any(low < z < high for low, high in one.flat) for z in Z])
    edge = np.isin(Z.round(6), np.round([end for ends in one.flat for end in ends], 6))
    np.testing.assert_array_equal((one.slope(Z) < SATURATED)[~edge], inside[~edge])
    np.testing.assert_array_equal(one.saturated(Z), one.slope(Z) < SATURATED)


@pytest.mark.parametrize("code", ["sigmoid", "tanh"])
def test_at_the_edge_of_the_flat_part_the_derivative_is_the_bound(code):
    (_, low), (high, _) = ACTIVATIONS[code].flat
    assert low == -high
    ends = ACTIVATIONS[code].slope(np.array([low, high]))
    np.testing.assert_allclose(ends, SATURATED, rtol=1e-12)


@every
@settings(deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_vjp(one, seed):
    rng = np.random.default_rng(seed)
    z = rng.choice([-1.0, 1.0], 4) * rng.uniform(0.1, 2.0, 4)
    check_vjp(one.op, [z], rng)


def test_hard_sigmoids_and_nothing_are_operations_of_variants_alone():
    assert {one.code for one in ACTIVATIONS.values() if one.op.name in OPS} == {
        "sigmoid",
        "tanh",
        "relu",
    }


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (lstm(readout=True), ["f", "i", "C_tilde", "o", "squashed", "y"]),
        (coupled_lstm(), ["f", "C_tilde", "o", "squashed"]),
        (gru(), ["z", "r", "h_tilde"]),
        (rnn(activation="relu"), ["h"]),
    ],
)
def test_the_steps_with_an_activation(cell, names):
    assert [step.name for step in activated(cell)] == names
    assert all(activation(step).op is step.op for step in activated(cell))


def test_a_step_without_one_is_refused():
    with pytest.raises(KeyError):
        activation(lstm()["kept"])


def test_a_swapped_activation_changes_its_step_and_what_follows():
    cell, given = lstm(), random_exercise(lstm(), 3, 2)
    hard = swapped(cell, "f", ACTIVATIONS["hard"])
    own, changed = (run(c, given.params, given.xs, given.start) for c in (cell, hard))
    np.testing.assert_array_equal(changed[0, "z_f"], own[0, "z_f"])
    np.testing.assert_array_equal(changed[0, "f"], np.clip(0.2 * own[0, "z_f"] + 0.5, 0.0, 1.0))
    assert not np.allclose(changed[0, "C"], own[0, "C"])
    assert cell["f"].op is SIGMOID
    assert swapped(cell, "f", ACTIVATIONS["hard"]) is hard


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_h_stays_within_1_where_the_activations_are_bounded_and_only_there(cell):
    """With large weights and inputs of both signs, from a start within ±1."""
    exercise = random_exercise(cell, 3, 2, T=40)
    params = {name: 6.0 * array for name, array in exercise.params.items()}
    start = {name: np.tanh(array) for name, array in exercise.start.items()}
    trace = run(cell, params, exercise.xs, start)
    largest = max(np.abs(frame["h"]).max() for frame in trace.frames)
    assert (largest <= 1.0) == bounded(cell)
