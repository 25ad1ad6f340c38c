"""The operations of the backward pass: the numbers that they give, and what they leave alone."""

import numpy as np
import pytest

from lstm_core.backpropagation.ops import ALL_OPS, BACKWARD_OPS
from lstm_core.variants.ops import FORWARD_OPS

SHAPES = {
    "copy": [((3,),), ((1,),)],
    "negative": [((3,),), ((1,),)],
    "sum": [((3,), (3,), (3,)), ((1,), (1,)), ((2,),) * 5],
    "over_time": [((3,), (3,)), ((2, 3),) * 4],
    "outer": [((3,), (2,)), ((1,), (1,))],
    "beside": [((3, 2), (3, 4)), ((1, 1), (1, 1))],
    "matvec_t": [((3, 5), (3,)), ((1, 1), (1,)), ((1, 2), (1,))],
    "matvec_t_first": [((3, 5), (3,), (2,)), ((1, 2), (1,), (1,)), ((2, 2), (2,), (2,))],
    "matvec_t_last": [((3, 5), (3,), (2,)), ((1, 2), (1,), (1,)), ((2, 2), (2,), (2,))],
    "part_first": [((5,), (2,)), ((2,), (2,)), ((2,), (1,))],
    "part_last": [((5,), (2,)), ((2,), (2,)), ((2,), (1,))],
    "sigmoid_slope": [((3,),), ((1,),)],
    "tanh_slope": [((3,),), ((1,),)],
    **{name: [((5,),), ((1,),)] for name in ("relu_slope", "hard_slope", "hard_six_slope")},
}
CASES = [(name, shapes) for name, many in SHAPES.items() for shapes in many]


def test_every_op_is_here_or_forward():
    assert set(SHAPES) == set(BACKWARD_OPS) == set(ALL_OPS) - set(FORWARD_OPS)
    assert all(op.name == name for name, op in BACKWARD_OPS.items())


@pytest.mark.parametrize(("name", "shapes"), CASES)
def test_ops_leave_their_operands_alone(name, shapes, rng):
    xs = [rng.normal(size=shape) for shape in shapes]
    for x in xs:
        x.setflags(write=False)
    assert ALL_OPS[name].forward(*xs).flags.writeable


@pytest.mark.parametrize("name", [name for name, op in BACKWARD_OPS.items() if op.sized])
def test_the_numbers_of_what_only_says_the_size_play_no_part(name, rng):
    *xs, like = [rng.normal(size=shape) for shape in SHAPES[name][0]]
    op = BACKWARD_OPS[name]
    np.testing.assert_array_equal(op.forward(*xs, like), op.forward(*xs, like + 1.0))
    assert len(op.forward(*xs, like)) == len(like)


def test_values_on_the_way_back():
    a, b, c = np.array([1.0, 2.0, 3.0]), np.array([5.0, 7.0]), np.zeros(1)
    W = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]])
    assert ALL_OPS["outer"].forward(b, a).tolist() == [[5, 10, 15], [7, 14, 21]]
    assert ALL_OPS["beside"].forward(W, W[:, :1]).tolist() == [[1, 2, 3, 4, 1], [5, 6, 7, 8, 5]]
    assert ALL_OPS["matvec_t"].forward(W, b).tolist() == [40, 52, 64, 76]
    assert ALL_OPS["matvec_t_first"].forward(W, b, c).tolist() == [40]
    assert ALL_OPS["matvec_t_last"].forward(W, b, a).tolist() == [52, 64, 76]
    assert ALL_OPS["part_first"].forward(a, b).tolist() == [1, 2]
    assert ALL_OPS["part_last"].forward(a, b).tolist() == [2, 3]
    assert ALL_OPS["sum"].forward(a, a, a).tolist() == [3, 6, 9]
    assert ALL_OPS["negative"].forward(a).tolist() == [-1, -2, -3]
    assert ALL_OPS["relu_slope"].forward(a - 2).tolist() == [0, 0, 1]


def test_the_slopes_are_the_derivatives_that_the_squashes_hand_back():
    z = np.linspace(-6, 6, 41) + 0.01
    squashes = {"sigmoid": True, "tanh": True, "relu": False, "hard": False, "hard_six": False}
    for name, of_value in squashes.items():
        op, slope = ALL_OPS[name], ALL_OPS[f"{name}_slope"]
        y = op.forward(z)
        whole = op.vjp(np.ones_like(z), y, z)[0]
        np.testing.assert_allclose(slope.forward(y if of_value else z), whole, rtol=1e-15)


def test_a_copy_is_another_array():
    a = np.ones(3)
    for y in (ALL_OPS["copy"].forward(a), ALL_OPS["part_first"].forward(a, a)):
        assert not np.shares_memory(y, a)
