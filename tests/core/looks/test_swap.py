import numpy as np
import pytest

from lstm_core.cells import gru, lstm, rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.activations import ACTIVATIONS, activated, activation
from lstm_core.looks.swap import (
    RUNAWAY,
    STEPS,
    difference,
    findings,
    product,
    prolonged,
    series,
    swap,
)
from lstm_core.trace import Address
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

FOUNDING, UNSATURATED = PRESETS["founding"], PRESETS["unsaturated"]


def tried(exercise, name, code):
    return swap(exercise, name, ACTIVATIONS[code])


def found(exercise, name, code, unit=0):
    return {one.code: one.at for one in findings(tried(exercise, name, code), unit)}


def still(n=1, **arrays):
    """A cell whose weights are 0: every z is its bias, at every time step."""
    exercise = some(n=n, m=1, T=1)
    for name, array in exercise.arrays.items():
        exercise = exercise.with_array(name, np.zeros(array.shape))
    for name, value in arrays.items():
        exercise = exercise.with_array(name, np.broadcast_to(value, exercise.arrays[name].shape))
    return exercise


@pytest.mark.parametrize(
    ("cell", "name", "memory", "factors"),
    [
        (lstm(), "f", "C", ("kept", "C_prev")),
        (lstm(), "C_tilde", "C", ("written", "i")),
        (lstm(), "o", "h", ("h", "squashed")),
        (lstm(readout=True), "y", "y", None),
        (gru(), "r", "h", ("reset_h", "h_prev")),
        (rnn(), "h", "h", None),
    ],
)
def test_what_a_step_works_on(cell, name, memory, factors):
    trial = tried(some(cell), name, "none")
    assert (trial.memory, product(trial)) == (memory, factors)


def test_short_inputs_are_prolonged_by_their_last_and_long_ones_cut():
    xs = np.array([[1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_array_equal(prolonged(xs, 4), [[1, 2], [3, 4], [3, 4], [3, 4]])
    np.testing.assert_array_equal(prolonged(xs, 1), [[1, 2]])


def test_both_traces_are_as_long_and_begin_as_the_exercise():
    trial = tried(UNSATURATED, "f", "tanh")
    assert len(trial.own) == len(trial.changed) == STEPS == 50
    for t in range(UNSATURATED.T):
        np.testing.assert_allclose(trial.own[t, "C"], UNSATURATED.trace()[t, "C"], rtol=1e-12)
    z = UNSATURATED.trace()[0, "z_f"]
    np.testing.assert_allclose(trial.changed[0, "f"], np.tanh(z), rtol=1e-12)
    for values, trace in zip(trial.values, (trial.own, trial.changed), strict=True):
        np.testing.assert_array_equal(values, series(trace, "f"))
    np.testing.assert_array_equal(trial.memories[1], [frame["C"] for frame in trial.changed.frames])


def test_a_gate_below_0_turns_the_memory_over():
    exercise = still(b_f=-2.0, C_prev=3.0)
    assert found(exercise, "f", "tanh") == {"below": Address("f", 0, (0,))}
    trial = tried(exercise, "f", "tanh")
    assert trial.changed[0, "C"][0] == pytest.approx(3.0 * np.tanh(-2.0))


def test_a_gate_above_1_makes_a_cell_run_away():
    exercise = still(b_f=2.0, C_prev=3.0)
    assert found(exercise, "f", "relu") == {
        "above": Address("f", 0, (0,)),
        "runaway": Address("C", STEPS - 1, (0,)),
    }
    assert tried(exercise, "f", "relu").changed[STEPS - 1, "C"][0] == 3.0 * 2.0**STEPS


def test_a_cell_that_grows_and_stays_bounded_has_not_run_away():
    growing = still(b_f=0.8, b_i=0.0, b_C=3.0, C_prev=1.0)
    assert "runaway" not in found(growing, "f", "none")
    assert found(growing, "f", "none").keys() == {"differs"}


def test_what_is_as_large_as_a_number_can_be_has_run_away():
    assert "runaway" in found(still(b_f=1e9, C_prev=1.0), "f", "none")
    beyond = found(still(b_f=1e9, C_prev=1.0), "f", "none")["runaway"]
    assert not np.isfinite(tried(still(b_f=1e9, C_prev=1.0), "f", "none").changed[beyond])


def test_nothing_is_said_to_run_away_from_what_is_no_number():
    exercise = FOUNDING.with_entry("xs", (0, 0), 100.0).with_entry("W_f", (0, 0), 1.7e308)
    trial = tried(exercise.with_entry("W_f", (0, 5), -1.7e308), "f", "relu")
    assert np.isnan(trial.own[0, "C"][0])
    assert "runaway" not in {one.code for one in findings(trial, 0)}


@pytest.mark.parametrize("code", ["sigmoid", "relu", "hard", "hard_six"])
def test_a_candidate_that_is_never_below_0_can_only_add(code):
    exercise = still(b_C=-1.0, b_f=50.0, C_prev=0.5)
    assert found(exercise, "C_tilde", code)["one-sided"] == Address("C_tilde", 0, (0,))
    trial = tried(exercise, "C_tilde", code)
    assert np.all(np.diff(series(trial.changed, "C")[:, 0]) >= 0.0)
    assert np.all(np.diff(series(trial.own, "C")[:, 0]) < 0.0)


def test_a_candidate_beyond_1():
    assert found(still(b_C=3.0), "C_tilde", "none")["beyond"] == Address("C_tilde", 0, (0,))


def test_an_activation_that_breaks_nothing_differs():
    exercise = still(b_f=[0.3, 0.6], C_prev=1.0, n=2)
    at = found(exercise, "f", "hard")["differs"]
    differences = np.abs(np.diff(tried(exercise, "f", "hard").memories, axis=0))[0]
    assert (at.step, differences[at.t, at.index[0]]) == ("C", differences.max())
    assert differences[0, 1] == pytest.approx(abs(0.2 * 0.6 + 0.5 - 1 / (1 + np.exp(-0.6))))


def test_the_unit_that_is_open_is_preferred():
    exercise = still(n=3, b_f=[-1.0, 0.5, -1.0], C_prev=1.0)
    assert [found(exercise, "f", "tanh", j)["below"].index[0] for j in range(3)] == [0, 0, 2]
    exercise = still(n=3, b_f=[3.0, 0.5, 2.0], C_prev=1.0)
    assert [found(exercise, "f", "none", j)["runaway"].index[0] for j in range(3)] == [0, 0, 2]


def test_a_place_where_it_can_be_seen_is_preferred():
    exercise = still(b_f=-1.0, b_C=1.0, C_prev=0.0)
    at = found(exercise, "f", "tanh")["below"]
    assert at.t == 1  # at t = 0 it multiplies a memory of 0
    assert tried(exercise, "f", "tanh").changed[1, "C_prev"][0] != 0.0
    unseen = found(still(b_f=-1.0), "f", "tanh")["below"]
    assert unseen.t == 0


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_finding_is_true_in_every_cell(cell):
    exercise = some(cell)
    for step in activated(cell):
        for other in ACTIVATIONS.values():
            if other is not activation(step):
                check(swap(exercise, step.name, other))


def check(trial):
    own, changed = trial.own, trial.changed
    for one in findings(trial, 1):
        value = changed[one.at]
        if one.code == "below":
            assert value < 0.0 <= own[one.at]
        elif one.code == "above":
            assert value > 1.0 >= own[one.at]
        elif one.code == "beyond":
            assert abs(value) > 1.0 >= abs(own[one.at])
        elif one.code == "one-sided":
            assert trial.values[1].min() >= 0.0
        elif one.code == "runaway":
            assert not abs(value) <= RUNAWAY * max(1.0, np.abs(trial.memories[0]).max())
        else:
            inside = trial.values[1][np.isfinite(trial.values[1])]
            assert trial.kind.code == "relu" or (inside.min() >= trial.kind.low)
            assert trial.kind.code == "relu" or (inside.max() <= trial.kind.high)


def test_a_candidate_is_shown_where_it_would_have_gone_below_0():
    exercise = still(n=3, b_C=[1.0, -1.0, 2.0], C_prev=0.5)
    assert [found(exercise, "C_tilde", "sigmoid", j)["one-sided"].index[0] for j in range(3)] == [
        1,
        1,
        1,
    ]
    never = still(n=2, b_C=[1.0, 2.0], C_prev=0.5)
    assert found(never, "C_tilde", "sigmoid").keys() == {"differs"}


def test_the_difference_is_that_of_the_two_memories():
    trial = tried(still(b_f=[0.3, 0.6], C_prev=1.0, n=2), "f", "hard")
    (one,) = findings(trial, 0)
    apart = abs(trial.changed[one.at] - trial.own[one.at])
    assert difference(trial)[one.at.t, one.at.index[0]] == apart == difference(trial).max()


def test_where_both_are_the_same_that_is_found():
    """Where z is so large that σ and tanh are both 1, nothing is to be seen, in whichever unit."""
    exercise = still(n=2, b_f=60.0, C_prev=1.0)
    assert found(exercise, "f", "tanh", 1) == {"same": Address("C", STEPS - 1, (1,))}
