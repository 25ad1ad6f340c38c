import numpy as np
import pytest

from lstm_core.frameworks.convert import describe_conversion, from_framework, to_framework
from tests.core.frameworks.keras_oracle import (
    LAYERS,
    QUIET,
    keras,
    layer,
    listed,
    named,
    outputs,
    randomised,
)
from tests.core.frameworks.layers import CLOSE, both_directions, hidden, same

N, M, T = 4, 3, 6
pytestmark = QUIET


def made(cell, dtype="float64", **options):
    own = layer(cell, N, dtype, **options)
    own.build((None, None, M))
    return randomised(own)


def inputs(dtype):
    rng = np.random.default_rng(5)
    return rng.normal(size=(T, M)).astype(dtype), rng.normal(0, 0.5, (2, N)).astype(dtype)


@pytest.mark.parametrize("use_bias", [True, False])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("cell", LAYERS)
def test_a_layer_gives_keras_own_outputs(cell, dtype, use_bias):
    own = made(cell, dtype, use_bias=use_bias)
    xs, (h, C) = inputs(dtype)
    # Without a bias the arrays of a GRU do not say which form it is, nor those of an RNN ever.
    conversion = describe_conversion("keras", listed(own), cell=cell)
    ours = hidden(conversion, xs, {"h_prev": h, "C_prev": C})
    states = (h, C) if cell == "lstm" else (h,)
    # On PyTorch, Keras 3.15 multiplies the matrices of its other layers in float32 whatever comes.
    double = dtype == "float64" and cell in ("lstm", "gru_after")
    close = CLOSE["float64" if double else "float32"]
    np.testing.assert_allclose(ours, outputs(own, xs, states), **close)


def sigma(z):
    return 1 / (1 + np.exp(-z))


def gru_before(arrays, x, h):
    K, R, b = arrays
    z, r = (sigma(x @ K[:, s] + h @ R[:, s] + b[s]) for s in (slice(N), slice(N, 2 * N)))
    last = slice(2 * N, None)
    return z * h + (1 - z) * np.tanh(x @ K[:, last] + (r * h) @ R[:, last] + b[last])


def simple_rnn(arrays, x, h):
    K, R, b = arrays
    return np.tanh(x @ K + h @ R + b)


@pytest.mark.parametrize(
    ("cell", "formula"), [("gru_before", gru_before), ("rnn_tanh", simple_rnn)]
)
def test_what_keras_works_out_in_float32_against_its_formula(cell, formula):
    arrays = listed(made(cell))
    xs, (h, _) = inputs("float64")
    ours = hidden(describe_conversion("keras", arrays), xs, {"h_prev": h})
    for x, expected in zip(xs, ours, strict=True):
        h = formula(arrays, x, h)
        np.testing.assert_allclose(expected, h, **CLOSE["float64"])


@pytest.mark.parametrize("cell", ["lstm", "gru_after", "gru_before", "rnn_tanh"])
def test_the_shapes_tell_the_cell(cell):
    assert describe_conversion("keras", listed(made(cell))).found.cell == cell


@pytest.mark.parametrize("names", ["own", "numbers", "list"])
def test_every_way_to_name_the_arrays(names):
    own = made("lstm")
    plain = listed(own)
    arrays = {"own": named(own), "numbers": dict(enumerate(plain)), "list": plain}[names]
    assert same(from_framework("keras", arrays), from_framework("keras", plain))


def test_two_directions():
    both = keras.layers.Bidirectional(layer("gru_after", N), dtype="float64")
    both.build((None, None, M))
    randomised(both)
    xs, _ = inputs("float64")
    zero = {"h_prev": np.zeros(N)}
    ours = both_directions("keras", named(both), xs, [zero, zero])
    np.testing.assert_allclose(ours, outputs(both, xs), **CLOSE["float64"])


@pytest.mark.parametrize("cell", LAYERS)
def test_the_way_back_is_exact(cell):
    arrays = listed(made(cell))
    params = from_framework("keras", arrays, cell=cell)
    back = to_framework("keras", params)
    assert list(back) == ["kernel", "recurrent_kernel", "bias"]
    assert same(from_framework("keras", back, cell=cell), params)
    own = layer(cell, N)
    own.build((None, None, M))
    own.set_weights(list(back.values()))  # refuses another shape
    assert np.array_equal(back["recurrent_kernel"], arrays[1])
    assert np.array_equal(back["bias"], arrays[2]) or cell == "gru_after"


def test_the_inner_bias_of_a_gru_stays_apart():
    kernel, recurrent, bias = listed(made("gru_after"))
    params = from_framework("keras", [kernel, recurrent, bias])
    assert np.array_equal(params["b_hh"], bias[1, 2 * N :])
    assert np.array_equal(params["b_h"], bias[0, 2 * N :])
    assert np.array_equal(params["b_r"], bias[0, N : 2 * N] + bias[1, N : 2 * N])
