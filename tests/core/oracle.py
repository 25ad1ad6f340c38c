"""A plain LSTM, written once more without any table: the tables must not be their own proof."""

import numpy as np


def lstm_step(p, x, h, C, order="hx"):
    v = np.concatenate([h, x] if order == "hx" else [x, h])
    f = 1 / (1 + np.exp(-(p["W_f"] @ v + p["b_f"])))
    i = 1 / (1 + np.exp(-(p["W_i"] @ v + p["b_i"])))
    C_tilde = np.tanh(p["W_C"] @ v + p["b_C"])
    o = 1 / (1 + np.exp(-(p["W_o"] @ v + p["b_o"])))
    C = f * C + i * C_tilde
    return o * np.tanh(C), C
