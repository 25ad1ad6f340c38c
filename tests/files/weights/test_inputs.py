import numpy as np
import pytest

from lstm_files.weights.inputs import inputs_of

XS = np.arange(6.0).reshape(3, 2)  # three time steps of two inputs


@pytest.mark.parametrize(
    "arrays",
    [
        {"xs": XS},
        {"x": XS},
        {"X": XS[None]},
        {"inputs": XS[:, None]},
        {"x": XS.T},
        {"x_1": XS[0], "x_2": XS[1], "x_3": XS[2]},
        {"x": np.ones((7, 7)), "xs": XS},
    ],
)
def test_inputs_in_every_layout(arrays):
    np.testing.assert_array_equal(inputs_of(arrays, 4, 2).xs, XS)


def test_one_time_step_may_be_a_vector():
    assert inputs_of({"x": [1, 2]}, 4, 2).xs.tolist() == [[1, 2]]


def test_states_by_their_many_names():
    found = inputs_of({"h0": np.ones((1, 1, 3)), "c_0": np.zeros(3), "C_prev": [1, 2, 3]}, 3, 2)
    assert {name: state.tolist() for name, state in found.start.items()} == {
        "h_prev": [1, 1, 1],
        "C_prev": [1, 2, 3],
    }
    assert found.remarks == ()


def test_what_does_not_fit_is_not_taken_and_said():
    found = inputs_of({"x": np.ones((3, 5)), "h0": np.ones(2), "x_1": [1, 2, 3]}, 3, 2)
    assert (found.xs, found.start) == (None, {})
    assert found.remarks == (
        "x is 3 × 5, and m = 2: it was not taken.",
        "h0 has 2 entries, not n = 3: it was not taken.",
    )


def test_turned_inputs_are_said():
    assert inputs_of({"x": XS.T}, 4, 2).remarks == (
        "A column of x was read as a time step: it has m = 2 rows.",
    )
