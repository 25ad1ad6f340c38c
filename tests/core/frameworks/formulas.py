"""One step of each framework's cell, on its own arrays, as its documentation writes it.

Each takes the arrays, x, h and C, and gives the next h and C; a cell without C gives it back.
"""

import numpy as np


def sigma(z):
    return 1 / (1 + np.exp(-z))


def lstm(i, f, c, o, C):
    C = sigma(f) * C + sigma(i) * np.tanh(c)
    return sigma(o) * np.tanh(C), C


def onnx_lstm(a, x, h, C):
    W, R, (Wb, Rb) = a["W"][0], a["R"][0], np.split(a["B"][0], 2)
    i, o, f, c = np.split(W @ x + R @ h + Wb + Rb, 4)
    return lstm(i, f, c, o, C)


def onnx_peephole(a, x, h, C):
    W, R, (Wb, Rb) = a["W"][0], a["R"][0], np.split(a["B"][0], 2)
    i, o, f, c = np.split(W @ x + R @ h + Wb + Rb, 4)
    p_i, p_o, p_f = np.split(a["P"][0], 3)
    C_new = sigma(f + p_f * C) * C + sigma(i + p_i * C) * np.tanh(c)
    return sigma(o + p_o * C_new) * np.tanh(C_new), C_new


def onnx_gru(before):
    def step(a, x, h, C):
        W_z, W_r, W_h = np.split(a["W"][0], 3)
        R_z, R_r, R_h = np.split(a["R"][0], 3)
        Wb_z, Wb_r, Wb_h, Rb_z, Rb_r, Rb_h = np.split(a["B"][0], 6)
        z = sigma(W_z @ x + R_z @ h + Wb_z + Rb_z)
        r = sigma(W_r @ x + R_r @ h + Wb_r + Rb_r)
        reset = R_h @ (r * h) + Rb_h if before else r * (R_h @ h + Rb_h)
        return (1 - z) * np.tanh(W_h @ x + reset + Wb_h) + z * h, C

    return step


def onnx_rnn(a, x, h, C):
    Wb, Rb = np.split(a["B"][0], 2)
    return np.tanh(a["W"][0] @ x + a["R"][0] @ h + Wb + Rb), C


def flax_lstm(forget):
    def step(a, x, h, C):
        def z(g, of_x):
            return x @ a[f"i{of_x}/kernel"] + h @ a[f"h{g}/kernel"] + a[f"h{g}/bias"]

        return lstm(z("i", "i"), z("f", forget), z("g", "g"), z("o", "o"), C)

    return step


def flax_gru(a, x, h, C):
    r = sigma(x @ a["ir/kernel"] + a["ir/bias"] + h @ a["hr/kernel"])
    z = sigma(x @ a["iz/kernel"] + a["iz/bias"] + h @ a["hz/kernel"])
    inner = h @ a["hn/kernel"] + a["hn/bias"]
    n = np.tanh(x @ a["in/kernel"] + a["in/bias"] + r * inner)
    return (1 - z) * n + z * h, C


def equinox_lstm(a, x, h, C):
    i, f, g, o = np.split(a["weight_ih"] @ x + a["weight_hh"] @ h + a["bias"], 4)
    return lstm(i, f, g, o, C)


def equinox_gru(a, x, h, C):
    of_x = np.split(a["weight_ih"] @ x + a["bias"], 3)
    of_h = np.split(a["weight_hh"] @ h, 3)
    r, z = sigma(of_x[0] + of_h[0]), sigma(of_x[1] + of_h[1])
    new = np.tanh(of_x[2] + r * (of_h[2] + a["bias_n"]))
    return new + z * (h - new), C


def tinygrad(a, x, h, C):
    z = a["weight_ih"] @ x + a["bias_ih"] + a["weight_hh"] @ h + a["bias_hh"]
    i, f, g, o = np.split(z, 4)
    return lstm(i, f, g, o, C)


def tf1(a, x, h, C):
    i, j, f, o = np.split(np.concatenate([x, h]) @ a["kernel"] + a["bias"], 4)
    return lstm(i, f + 1.0, j, o, C)


def numpy_ml(a, x, h, C):
    row = np.concatenate([h, x])[None]
    f, u, c, o = ((row @ a[f"W{g}"] + a[f"b{g}"])[0] for g in "fuco")
    return lstm(u, f, c, o, C)


def cs231n(a, x, h, C):
    i, f, o, g = np.split(x @ a["Wx"] + h @ a["Wh"] + a["b"], 4)
    return lstm(i, f, g, o, C)


def deeplearning_ai(a, x, h, C):
    column = np.concatenate([h, x])[:, None]
    f, i, c, o = ((a[f"W{g}"] @ column + a[f"b{g}"])[:, 0] for g in "fico")
    return lstm(i, f, c, o, C)


N, M = 3, 2
_WHOLE = ("weight_ih", (4 * N, M)), ("weight_hh", (4 * N, N))
_OF_H = {f"h{g}/kernel": (N, N) for g in "ifgo"} | {f"h{g}/bias": (N,) for g in "ifgo"}
_FLAX_GRU = {f"i{g}/kernel": (M, N) for g in "rzn"} | {f"i{g}/bias": (N,) for g in "rzn"}
_FLAX_GRU |= {f"h{g}/kernel": (N, N) for g in "rzn"} | {"hn/bias": (N,)}


def _onnx(gates, **more):
    return {"W": (1, gates * N, M), "R": (1, gates * N, N), "B": (1, 2 * gates * N), **more}


CASES = {
    ("onnx", "lstm"): (onnx_lstm, _onnx(4)),
    ("onnx", "peephole_lstm"): (onnx_peephole, _onnx(4, P=(1, 3 * N))),
    ("onnx", "gru_before"): (onnx_gru(True), _onnx(3)),
    ("onnx", "gru_after"): (onnx_gru(False), _onnx(3)),
    ("onnx", "rnn_tanh"): (onnx_rnn, _onnx(1)),
    ("flax", "lstm"): (flax_lstm("f"), {f"i{g}/kernel": (M, N) for g in "ifgo"} | _OF_H),
    ("flax", "gru_after"): (flax_gru, _FLAX_GRU),
    ("flax-nnx", "lstm"): (
        flax_lstm("f_"),
        {f"i{g}/kernel": (M, N) for g in ("i", "f_", "g", "o")} | _OF_H,
    ),
    ("equinox", "lstm"): (equinox_lstm, dict(_WHOLE) | {"bias": (4 * N,)}),
    ("equinox", "gru_after"): (
        equinox_gru,
        {"weight_ih": (3 * N, M), "weight_hh": (3 * N, N), "bias": (3 * N,), "bias_n": (N,)},
    ),
    ("tinygrad", "lstm"): (tinygrad, dict(_WHOLE) | {"bias_ih": (4 * N,), "bias_hh": (4 * N,)}),
    ("tf1", "lstm"): (tf1, {"kernel": (M + N, 4 * N), "bias": (4 * N,)}),
    ("numpy-ml", "lstm"): (
        numpy_ml,
        {f"W{g}": (N + M, N) for g in "fuco"} | {f"b{g}": (1, N) for g in "fuco"},
    ),
    ("cs231n", "lstm"): (cs231n, {"Wx": (M, 4 * N), "Wh": (N, 4 * N), "b": (4 * N,)}),
    ("deeplearning.ai", "lstm"): (
        deeplearning_ai,
        {f"W{g}": (N, N + M) for g in "fico"} | {f"b{g}": (N, 1) for g in "fico"},
    ),
}


def random_arrays(framework, cell, seed=7):
    """Random arrays as the framework shapes them, none of them zero."""
    rng = np.random.default_rng(seed)
    shapes = CASES[framework, cell][1]
    return {name: rng.normal(0, 0.6, shape) for name, shape in shapes.items()}
