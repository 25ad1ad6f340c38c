import numpy as np
import pytest

from lstm_core.cells import cell_named
from lstm_core.frameworks.convert import describe_conversion, from_framework, named_arrays
from lstm_core.trace import run
from tests.core.frameworks.layers import random_params, same


def chosen(units, inputs, order="hx", cell="lstm", n=5, m=4):
    arrays = named_arrays("onnx", random_params(cell, n, m))
    return describe_conversion("onnx", arrays, units=units, inputs=inputs, order=order)


def test_rows_and_columns_of_the_chosen_units_and_inputs():
    whole = random_params("peephole_lstm", 5, 4)
    part = chosen(range(1, 3), range(3, 4), cell="peephole_lstm").params
    assert np.array_equal(part["W_f"], whole["W_f"][1:3][:, [1, 2, 8]])
    assert np.array_equal(part["b_o"], whole["b_o"][1:3])
    assert np.array_equal(part["p_i"], whole["p_i"][1:3])
    assert same(chosen(range(5), range(4), cell="peephole_lstm").params, whole)


def test_the_other_order_of_the_columns():
    whole = random_params("lstm", 5, 4)
    part = chosen(range(1, 3), range(2, 4), order="xh").params
    assert np.array_equal(part["W_C"], whole["W_C"][1:3][:, [7, 8, 1, 2]])


@pytest.mark.parametrize("order", ["hx", "xh"])
def test_a_part_is_what_the_whole_does_where_the_rest_is_zero(order):
    """With h = 0 and the other inputs 0, the chosen units do what they do in the whole layer."""
    part = chosen(range(2, 4), range(1, 3), order)
    cell, whole = cell_named("lstm", order), from_onnx(order)
    x, C = np.array([0, 0.3, -0.8, 0]), np.linspace(-1, 1, 5)
    all_of_it = run(cell, whole, [x], {"h_prev": np.zeros(5), "C_prev": C})
    ours = run(cell, part.params, [x[1:3]], {"h_prev": np.zeros(2), "C_prev": C[2:4]})
    np.testing.assert_allclose(ours[0, "h"], all_of_it[0, "h"][2:4], rtol=0, atol=1e-15)


def from_onnx(order):
    return from_framework("onnx", named_arrays("onnx", random_params("lstm", 5, 4)), order=order)


@pytest.mark.parametrize(
    ("units", "inputs", "told"),
    [
        (None, None, ()),
        (range(5), range(4), ()),
        (
            range(2),
            None,
            ("Units 1 to 2 of 5: the other 3 units’ influence through h is not in the numbers.",),
        ),
        (
            range(1, 5),
            range(2, 3),
            (
                "Units 2 to 5 of 5: the other unit’s influence through h is not in the numbers.",
                "Input 3 of 4: the other 3 inputs count as 0.",
            ),
        ),
        (None, range(3), ("Inputs 1 to 3 of 4: the other input counts as 0.",)),
    ],
)
def test_what_is_left_out_is_said(units, inputs, told):
    assert chosen(units, inputs).left_out == told


@pytest.mark.parametrize(
    ("units", "told"),
    [
        (range(6), "units must be a range within 1 to 5; given 1 to 6."),
        (range(-1, 3), "units must be a range within 1 to 5; given 0 to 3."),
        (range(2, 2), "units must be a range within 1 to 5; given 3 to 2."),
        (range(0, 4, 2), "units must be a range within 1 to 5; given 1 to 4."),
    ],
)
def test_a_range_that_is_none(units, told):
    with pytest.raises(ValueError, match=r"^units must be") as caught:
        chosen(units, None)
    assert str(caught.value) == told
    with pytest.raises(ValueError, match=r"^inputs must be a range within 1 to 4; given 5 to 9\.$"):
        chosen(None, range(4, 9))
