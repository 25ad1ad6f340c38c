import math
import warnings
from dataclasses import replace
from decimal import Decimal, localcontext

import numpy as np
import pytest

from lstm_core.backpropagation.ops import ALL_OPS
from lstm_core.ops import OPS, sigmoid
from lstm_core.variants.ops import FORWARD_OPS

SHAPES = {
    "concat": [((3,), (2,)), ((1,), (1,)), ((1,), (4,))],
    "matvec": [((3, 5), (5,)), ((1, 1), (1,)), ((2, 1), (1,))],
    "matvec_first": [((3, 5), (2,)), ((1, 2), (1,)), ((2, 2), (2,))],
    "matvec_last": [((3, 5), (2,)), ((1, 2), (1,)), ((2, 2), (2,))],
    "add": [((3,), (3,)), ((1,), (1,))],
    "hadamard": [((3,), (3,)), ((1,), (1,))],
    "one_minus": [((3,),), ((1,),)],
    "sigmoid": [((3,),), ((1,),)],
    "tanh": [((3,),), ((1,),)],
    "relu": [((5,),), ((1,),)],
    **{name: [((5,),), ((1,),)] for name in ("hard", "hard_six", "none", "left_out")},
}
CASES = [(name, shapes) for name, many in SHAPES.items() for shapes in many]


def check_vjp(op, xs, rng, h=1e-5):
    """Compare dy·J·dx, for random dy and dx, with a central difference along dx.

    One random inner product sees every entry of the Jacobian at once.
    """
    y = op.forward(*xs)
    dy, dxs = rng.normal(size=y.shape), [rng.normal(size=x.shape) for x in xs]
    parts = op.vjp(dy, y, *xs)
    assert [part.shape for part in parts] == [x.shape for x in xs]
    above = op.forward(*(x + h * dx for x, dx in zip(xs, dxs, strict=True)))
    below = op.forward(*(x - h * dx for x, dx in zip(xs, dxs, strict=True)))
    found = sum(np.sum(part * dx) for part, dx in zip(parts, dxs, strict=True))
    wanted = np.sum(dy * (above - below)) / (2 * h)
    assert found == pytest.approx(wanted, rel=1e-7, abs=1e-8)


def operands(shapes, rng):
    """Random numbers away from 0, where ReLU has no derivative."""
    return [rng.choice([-1.0, 1.0], shape) * rng.uniform(0.1, 2.0, shape) for shape in shapes]


def test_every_op_is_checked():
    assert {name for name, op in ALL_OPS.items() if op.vjp} == set(SHAPES) == set(FORWARD_OPS)
    assert all(op.name == name for name, op in FORWARD_OPS.items())


@pytest.mark.parametrize(("name", "shapes"), CASES)
def test_vjp_against_central_differences(name, shapes, rng):
    for _ in range(5):
        check_vjp(FORWARD_OPS[name], operands(shapes, rng), rng)


@pytest.mark.parametrize(("name", "shapes"), CASES)
@pytest.mark.parametrize("which", [0, 1])
def test_a_planted_wrong_gradient_is_caught(name, shapes, which, rng):
    right, which = FORWARD_OPS[name], min(which, len(shapes) - 1)

    def wrong(dy, y, *xs):
        parts = list(right.vjp(dy, y, *xs))
        parts[which] = parts[which].copy()
        parts[which].flat[-1] += 0.01  # one entry of one operand, a little
        return tuple(parts)

    with pytest.raises(AssertionError):
        check_vjp(replace(right, vjp=wrong), operands(shapes, rng), rng)


@pytest.mark.parametrize(("name", "shapes"), CASES)
def test_ops_leave_their_operands_alone(name, shapes, rng):
    xs = operands(shapes, rng)
    for x in xs:
        x.setflags(write=False)
    y = FORWARD_OPS[name].forward(*xs)
    assert y.flags.writeable
    FORWARD_OPS[name].vjp(np.ones_like(y), y, *xs)


def test_values():
    a, b = np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])
    W = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]])
    assert OPS["hadamard"].forward(a, b).tolist() == [3, 4, 3]
    assert OPS["concat"].forward(a, b).tolist() == [1, 2, 3, 3, 2, 1]
    assert OPS["matvec_first"].forward(W, a).tolist() == [14, 38]
    assert OPS["matvec_last"].forward(W, a).tolist() == [20, 44]
    assert OPS["one_minus"].forward(a).tolist() == [0, -1, -2]
    assert OPS["relu"].forward(a - b).tolist() == [0, 0, 2]


def exact_sigmoid(z):
    with localcontext() as context:
        context.prec = 60
        context.traps = dict.fromkeys(context.traps, False)
        return float(1 / (1 + (-Decimal(z)).exp()))


def test_sigmoid_keeps_every_digit_in_both_tails():
    for z in np.concatenate([np.linspace(-745, 745, 1491), np.linspace(-50, 50, 1001)]):
        got, truth = sigmoid(np.array([z]))[0], exact_sigmoid(float(z))
        assert abs(got - truth) <= max(8e-15 * truth, 5e-324), z


@pytest.mark.parametrize("z", [0.0, -0.0, 5e-324, -5e-324, 1e-310, 92.0, -92.0, 745.0, -745.0])
@pytest.mark.parametrize("errors", ["ignore", "raise"])
def test_sigmoid_at_the_edges(z, errors):
    with np.errstate(over=errors, invalid=errors, divide=errors):
        assert sigmoid(np.array([z]))[0] == pytest.approx(exact_sigmoid(z), rel=8e-15, abs=0)


@pytest.mark.parametrize(("z", "y"), [(1e308, 1), (-1e308, 0), (math.inf, 1), (-math.inf, 0)])
def test_sigmoid_at_the_ends(z, y):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert sigmoid(np.array([z]))[0] == y


def test_sigmoid_of_one_number_and_into_an_array():
    assert float(sigmoid(np.asarray(0.0))) == 0.5
    assert float(sigmoid(np.float64(0.0))) == 0.5
    z, out = np.array([-1.0, 0.0, 2.0]), np.empty(3)
    assert sigmoid(z, out) is out
    assert out.tolist() == sigmoid(z).tolist()
    assert z.tolist() == [-1.0, 0.0, 2.0]
    assert np.isnan(sigmoid(np.array([np.nan]))[0])


def test_sigmoid_of_92_is_not_1():
    assert 1 - exact_sigmoid(-92.0) == 1.0
    assert sigmoid(np.array([-92.0]))[0] == pytest.approx(1.1e-40, rel=0.01)
