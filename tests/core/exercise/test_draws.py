"""Numbers drawn at random: their sizes, that they are short, and that they are the same again."""

import numpy as np
import pytest

from lstm_core.cells import gru, lstm, no_forget_lstm, peephole_lstm, rnn
from lstm_core.exercise.draws import RULES, reach
from lstm_core.exercise.presets import PRESETS
from tests.core.exercises import identical, some

LARGE = some(peephole_lstm(), n=16, m=16, T=50)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("exercise", [some(lstm(readout=True)), some(gru("xh")), LARGE])
def test_every_number_is_short_and_none_is_zero(exercise, rule):
    drawn = exercise.redrawn(rule=rule)
    assert drawn.sizes == exercise.sizes
    for name, array in drawn.arrays.items():
        assert array.all()
        np.testing.assert_array_equal(array, array.round(3))
        if rule != "orthogonal" or not name.startswith("W_"):
            np.testing.assert_array_equal(array, array.round(2))
            assert np.abs(array).max() <= reach(name, exercise.sizes, rule)
        assert not np.isin(array, exercise.arrays[name]).any()


@pytest.mark.parametrize(
    ("name", "rule", "bound"),
    [
        ("xs", "uniform", 1),
        ("W_f", "uniform", 1 / 16**0.5),
        ("W_f", "glorot", (6 / (16 + 32)) ** 0.5),
        ("b_f", "glorot", 1 / 16**0.5),
        ("C_prev", "orthogonal", 1 / 16**0.5),
        ("p_o", "uniform", 1 / 16**0.5),
    ],
)
def test_numbers_go_as_far_as_the_rule_says_and_spread_over_it_evenly(name, rule, bound):
    reached = reach(name, LARGE.sizes, rule)
    assert bound - 0.01 < reached <= bound
    values, k = [], LARGE
    for _ in range(40 if name != "W_f" else 4):
        k = k.redrawn([name], rule)
        values.append(k.arrays[name].ravel())
    every = np.concatenate(values)
    assert np.abs(every).max() == reached
    assert abs(every.mean()) < 0.1 * reached
    assert every.std() == pytest.approx(reached / 3**0.5, rel=0.1)  # as uniform numbers have it


def test_the_same_exercise_gives_the_same_numbers_and_a_drawn_one_others():
    once, again = (PRESETS["founding"].redrawn() for _ in range(2))
    assert identical(once, again)
    twice = once.redrawn()
    assert not any(np.array_equal(twice.arrays[name], once.arrays[name]) for name in once.arrays)


def test_the_draw_is_the_same_on_every_machine():
    drawn = PRESETS["founding"].redrawn(["b_f"])
    assert drawn.params["b_f"].tolist() == [-0.01, -0.19, 0.47]
    assert identical(drawn.with_array("b_f", [1, 2, 3]), PRESETS["founding"])


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize("n", [1, 3, 16])
def test_the_part_for_h_is_orthogonal(order, n):
    exercise = some(gru(order, "after"), n=n, m=2).redrawn(rule="orthogonal")
    for gate in "zrh":
        W = exercise.params[f"W_{gate}"]
        square = W[:, :n] if order == "hx" else W[:, 2:]
        np.testing.assert_allclose(square.T @ square, np.eye(n), rtol=0, atol=0.01)
        x = W[:, n:] if order == "hx" else W[:, :2]
        np.testing.assert_array_equal(x, x.round(2))
    assert len({exercise.params[f"W_{gate}"].tobytes() for gate in "zrh"}) == 3


@pytest.mark.parametrize(
    ("cell", "bias"), [(lstm(), "b_f"), (gru(), "b_z"), (no_forget_lstm(), ""), (rnn(), "")]
)
def test_the_bias_of_the_gate_that_keeps_can_be_one(cell, bias):
    exercise = some(cell)
    drawn, plain = exercise.redrawn(forget_bias=True), exercise.redrawn()
    ones = [name for name, array in drawn.params.items() if (array == 1).all()]
    assert ones == [bias] * bool(bias)
    assert all(
        np.array_equal(drawn.arrays[name], plain.arrays[name])
        for name in plain.arrays
        if name != bias
    )
    other = next(name for name in exercise.params if name != bias)
    alone = exercise.redrawn([other], forget_bias=True)
    changed = [
        name
        for name in exercise.arrays
        if not np.array_equal(alone.arrays[name], exercise.arrays[name])
    ]
    assert changed == [other]


def test_what_is_not_there_cannot_be_drawn():
    with pytest.raises(ValueError, match="There is no W_q here"):
        some().redrawn(["W_q"])
