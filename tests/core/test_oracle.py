import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.cells import (
    coupled_lstm,
    gru,
    lstm,
    mgu,
    no_forget_lstm,
    peephole_lstm,
    projected_lstm,
    rnn,
)
from lstm_core.gradients import backward
from lstm_core.trace import run
from tests.core.oracle import lstm_step
from tests.core.samples import random_exercise

SIZES = [(1, 1, 1), (1, 5, 3), (4, 1, 3), (3, 3, 1), (2, 7, 50), (8, 3, 50), (16, 16, 5)]
CLOSE = {"rtol": 0, "atol": 1e-12}


def sigma(z):
    return 1 / (1 + np.exp(-z))


def split(W, n, order):
    """The columns of W that belong to x, and those that belong to h."""
    return (W[:, n:], W[:, :n]) if order == "hx" else (W[:, : W.shape[1] - n], W[:, -n:])


def load(module, gates, params, n, order, hidden_bias):
    """Hand our weights to a torch cell, which keeps W_ih and W_hh apart and stacks the gates."""
    parts = [split(params[f"W_{gate}"], n, order) for gate in gates]
    state = {
        "weight_ih": np.vstack([of_x for of_x, _ in parts]),
        "weight_hh": np.vstack([of_h for _, of_h in parts]),
        "bias_ih": np.concatenate([params[f"b_{gate}"] for gate in gates]),
        "bias_hh": hidden_bias,
    }
    module.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
    return module


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize("sizes", SIZES)
def test_lstm_against_the_oracle(sizes, order):
    ex = random_exercise(lstm(order), *sizes)
    trace = run(lstm(order), ex.params, ex.xs, ex.start)
    h, C = ex.start["h_prev"], ex.start["C_prev"]
    for t, x in enumerate(ex.xs):
        h, C = lstm_step(ex.params, x, h, C, order)
        np.testing.assert_allclose(trace[t, "h"], h, **CLOSE)
        np.testing.assert_allclose(trace[t, "C"], C, **CLOSE)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 2**32), st.sampled_from(["hx", "xh"]))
def test_lstm_against_the_oracle_on_any_shape(n, m, seed, order):
    ex = random_exercise(lstm(order), n, m, seed=seed)
    trace = run(lstm(order), ex.params, ex.xs, ex.start)
    h, C = lstm_step(ex.params, ex.xs[0], ex.start["h_prev"], ex.start["C_prev"], order)
    np.testing.assert_allclose(trace[0, "h"], h, **CLOSE)
    np.testing.assert_allclose(trace[0, "C"], C, **CLOSE)


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize(("n", "m", "T"), SIZES)
def test_lstm_against_torch(n, m, T, order):
    ex = random_exercise(lstm(order), n, m, T)
    trace = run(lstm(order), ex.params, ex.xs, ex.start)
    cell = load(torch.nn.LSTMCell(m, n).double(), "ifCo", ex.params, n, order, np.zeros(4 * n))
    h, C = (torch.tensor(ex.start[name])[None] for name in ("h_prev", "C_prev"))
    with torch.no_grad():
        for t, x in enumerate(torch.tensor(ex.xs)):
            h, C = cell(x[None], (h, C))
            np.testing.assert_allclose(trace[t, "h"], h[0], **CLOSE)
            np.testing.assert_allclose(trace[t, "C"], C[0], **CLOSE)


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize(("n", "m", "T"), SIZES)
def test_gru_after_against_torch(n, m, T, order):
    cell = gru(order, reset="after")
    ex = random_exercise(cell, n, m, T)
    inside = np.concatenate([np.zeros(2 * n), ex.params["b_hh"]])
    theirs = load(torch.nn.GRUCell(m, n).double(), "rzh", ex.params, n, order, inside)
    h = torch.tensor(ex.start["h_prev"])[None]
    trace = run(cell, ex.params, ex.xs, ex.start)
    with torch.no_grad():
        for t, x in enumerate(torch.tensor(ex.xs)):
            h = theirs(x[None], h)
            np.testing.assert_allclose(trace[t, "h"], h[0], **CLOSE)


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize(("n", "m", "T"), SIZES)
def test_rnn_against_torch(n, m, T, activation, order):
    cell = rnn(order, activation)
    ex = random_exercise(cell, n, m, T)
    ex.params["W_h"] *= 0.5 / np.sqrt(n)  # else ReLU grows past what 1e-12 can tell apart
    theirs = torch.nn.RNNCell(m, n, nonlinearity=activation).double()
    load(theirs, "h", ex.params, n, order, np.zeros(n))
    h = torch.tensor(ex.start["h_prev"])[None]
    trace = run(cell, ex.params, ex.xs, ex.start)
    with torch.no_grad():
        for t, x in enumerate(torch.tensor(ex.xs)):
            h = theirs(x[None], h)
            np.testing.assert_allclose(trace[t, "h"], h[0], **CLOSE)


def join(h, x, order):
    return np.concatenate([h, x] if order == "hx" else [x, h])


def affine(p, gate, v):
    return p[f"W_{gate}"] @ v + p[f"b_{gate}"]


def peephole(p, v, C):
    f = sigma(affine(p, "f", v) + p["p_f"] * C)
    i = sigma(affine(p, "i", v) + p["p_i"] * C)
    C = f * C + i * np.tanh(affine(p, "C", v))
    return sigma(affine(p, "o", v) + p["p_o"] * C) * np.tanh(C), C


def coupled(p, v, C):
    f = sigma(affine(p, "f", v))
    C = f * C + (1 - f) * np.tanh(affine(p, "C", v))
    return sigma(affine(p, "o", v)) * np.tanh(C), C


def no_forget(p, v, C):
    C = C + sigma(affine(p, "i", v)) * np.tanh(affine(p, "C", v))
    return sigma(affine(p, "o", v)) * np.tanh(C), C


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize(
    ("make", "formula"),
    [(peephole_lstm, peephole), (coupled_lstm, coupled), (no_forget_lstm, no_forget)],
)
def test_relatives_against_their_formulas(make, formula, sizes, order):
    ex = random_exercise(make(order), *sizes)
    trace = run(make(order), ex.params, ex.xs, ex.start)
    h, C = ex.start["h_prev"], ex.start["C_prev"]
    for t, x in enumerate(ex.xs):
        h, C = formula(ex.params, join(h, x, order), C)
        np.testing.assert_allclose(trace[t, "h"], h, **CLOSE)
        np.testing.assert_allclose(trace[t, "C"], C, **CLOSE)


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize("sizes", SIZES)
def test_gru_before_against_its_formula(sizes, order):
    ex = random_exercise(gru(order), *sizes)
    trace, p, h = run(gru(order), ex.params, ex.xs, ex.start), ex.params, ex.start["h_prev"]
    for t, x in enumerate(ex.xs):
        v = join(h, x, order)
        z, r = sigma(affine(p, "z", v)), sigma(affine(p, "r", v))
        h = (1 - z) * np.tanh(affine(p, "h", join(r * h, x, order))) + z * h
        np.testing.assert_allclose(trace[t, "h"], h, **CLOSE)


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize("sizes", SIZES)
def test_mgu_against_its_formula(sizes, order):
    ex = random_exercise(mgu(order), *sizes)
    trace, p, h = run(mgu(order), ex.params, ex.xs, ex.start), ex.params, ex.start["h_prev"]
    for t, x in enumerate(ex.xs):
        f = sigma(affine(p, "f", join(h, x, order)))
        h = (1 - f) * h + f * np.tanh(affine(p, "h", join(f * h, x, order)))
        np.testing.assert_allclose(trace[t, "h"], h, **CLOSE)


PROJECTED = [(3, 2, 4, 2), (4, 1, 3, 1), (5, 3, 70, 4), (2, 6, 5, 1), (7, 2, 3, 5)]


def torch_projected(ex, n, m, r, order):
    """PyTorch's own LSTM with proj_size = r < n, with our weights, inputs and states as leaves."""
    theirs = torch.nn.LSTM(m, n, proj_size=r).double()
    of_h = slice(0, r) if order == "hx" else slice(m, None)
    of_x = slice(r, None) if order == "hx" else slice(0, m)
    p = ex.params
    state = {
        "weight_ih_l0": np.vstack([p[f"W_{gate}"][:, of_x] for gate in "ifCo"]),
        "weight_hh_l0": np.vstack([p[f"W_{gate}"][:, of_h] for gate in "ifCo"]),
        "bias_ih_l0": np.concatenate([p[f"b_{gate}"] for gate in "ifCo"]),
        "bias_hh_l0": np.zeros(4 * n),
        "weight_hr_l0": p["W_p"],
    }
    theirs.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
    leaves = [torch.tensor(a, requires_grad=True) for a in (ex.xs, *ex.start.values())]
    h, (_, C) = theirs(leaves[0], (leaves[1][None], leaves[2][None]))
    return theirs, leaves, h, C[0]


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize(("n", "m", "T", "r"), PROJECTED)
def test_the_projected_lstm_and_its_gradients_against_torch(n, m, T, r, order):
    cell = projected_lstm(order)
    ex = random_exercise(cell, n, m, T, r=r)
    ex.params["W_p"] *= 0.5
    trace = run(cell, ex.params, ex.xs, ex.start)
    theirs, leaves, h, C = torch_projected(ex, n, m, r, order)
    for t in range(T):
        np.testing.assert_allclose(trace[t, "h"], h[t].detach(), **CLOSE)
    np.testing.assert_allclose(trace[T - 1, "C"], C.detach(), **CLOSE)
    h[-1].sum().backward()
    grads = backward(trace, {(T - 1, "h"): np.ones(r)})
    dW = {name: grad.grad.numpy() for name, grad in theirs.named_parameters()}
    of_h = slice(0, r) if order == "hx" else slice(m, None)
    for k, gate in enumerate("ifCo"):
        rows = slice(k * n, (k + 1) * n)
        mine = grads.params[f"W_{gate}"][:, of_h]
        np.testing.assert_allclose(mine, dW["weight_hh_l0"][rows], **CLOSE)
        np.testing.assert_allclose(grads.params[f"b_{gate}"], dW["bias_ih_l0"][rows], **CLOSE)
    np.testing.assert_allclose(grads.params["W_p"], dW["weight_hr_l0"], **CLOSE)
    for leaf, name in zip(leaves[1:], ("h_prev", "C_prev"), strict=True):
        np.testing.assert_allclose(grads[0, name], leaf.grad, **CLOSE)
    dx = [grads[t, "x"] for t in range(T)]
    np.testing.assert_allclose(dx, leaves[0].grad, **CLOSE)


def test_readout_against_its_formula():
    cell = lstm(readout=True)
    ex = random_exercise(cell, 3, 2, T=4)
    trace = run(cell, ex.params, ex.xs, ex.start)
    for t in range(4):
        y = sigma(ex.params["W_y"] @ trace[t, "h"] + ex.params["b_y"])
        np.testing.assert_allclose(trace[t, "y"], y, **CLOSE)


def test_the_founding_example():
    xs, h = [[1, 2, 3]], [4, 5, 6]
    zeros = {name: np.zeros(3) for name in ("b_C", "b_o")}
    weights = {
        "W_f": [[1, 2, 3, 4, 5, 6], [5, 6, 7, 8, 9, 10], [3, 4, 5, 6, 7, 8]],
        "b_f": [1, 2, 3],
        "W_i": [[1] * 6, [2] * 6, [3] * 6],
        "b_i": [1, 1, 1],
        **zeros,
        "W_C": np.zeros((3, 6)),
        "W_o": np.zeros((3, 6)),
    }
    trace = run(lstm("xh"), weights, xs, {"h_prev": h, "C_prev": [0, 0, 0]})
    assert trace[0, "v"].tolist() == [1, 2, 3, 4, 5, 6]
    assert trace[0, "Wv_f"].tolist() == [91, 175, 133]
    assert trace[0, "z_f"].tolist() == [92, 177, 136]
    assert trace[0, "z_i"].tolist() == [22, 43, 64]
    other = run(lstm("hx"), weights, xs, {"h_prev": h, "C_prev": [0, 0, 0]})
    assert other[0, "Wv_f"].tolist() == [64, 148, 106]
