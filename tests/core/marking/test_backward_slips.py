"""Slips of the backward pass, each written out anew: of one step, of which nothing else stands."""

from collections import Counter

import numpy as np
import pytest

from lstm_core.lesson.backward_rows import backprop
from lstm_core.marking.check import check
from lstm_core.marking.states import WRONG
from tests.core.marking.sheets import problem, text

SLIPS = {
    "dW, rows and columns": (
        "outer-transposed",
        "dW_f",
        lambda b, p: np.outer(b["v"], b["dz_f"]).reshape(b["dW_f"].shape),
    ),
    "dW, x before h": (
        "concat-order",
        "dW_f",
        lambda b, p: np.outer(b["dz_f"], np.r_[b["x"], b["h_prev"]]),
    ),
    "dW, df for dz": (
        "derivative-forgotten",
        "dW_f",
        lambda b, p: np.outer(b["df"], b["v"]),
    ),
    "dW, dz of another gate": (
        "wrong-operand",
        "dW_f",
        lambda b, p: np.outer(b["dz_i"], b["v"]),
    ),
    "dW, its sign": ("sign-slip", "dW_f", lambda b, p: -b["dW_f"]),
    "db, df for dz": ("derivative-forgotten", "db_f", lambda b, p: b["df"]),
    "the share for the sum": ("share-for-sum", "dW_f_sum", lambda b, p: b["dW_f"]),
    "the share of b for the sum": ("share-for-sum", "db_o_sum", lambda b, p: b["db_o"]),
    "dz, its sign": ("sign-slip", "dz_f", lambda b, p: -b["dz_f"]),
    "dz, no square": (
        "square-forgotten",
        "dz_C",
        lambda b, p: b["dC_tilde"] * (1 - b["C_tilde"]),
    ),
    "df, C for C_prev": ("wrong-operand", "df", lambda b, p: b["dC"] * b["C"]),
    "do, C for tanh C": ("wrong-operand", "do", lambda b, p: b["dh"] * b["C"]),
    "Wᵀ of another gate": (
        "wrong-gate-weights",
        "dv_via_f",
        lambda b, p: p["W_i"].T @ b["dz_f"],
    ),
    "dv without a gate": ("path-left-out", "dv", lambda b, p: b["dv"] - b["dv_via_f"]),
    "dC handed back by i": ("f-and-i-swapped", "dC_prev", lambda b, p: b["dC"] * b["i"]),
    "dC handed back whole": ("wrong-operand", "dC_prev", lambda b, p: b["dC"]),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_of_the_backward_pass_is_named(name):
    code, step, made = SLIPS[name]
    named = Counter()
    for seed in (3, 5, 8):
        exercise = problem(seed)
        last = exercise.T - 1, "h"
        back = backprop(exercise.trace(), {last: np.ones(exercise.n)}).frames[0]
        wrong = made(back, exercise.params)
        answers = {(0, step): [text(x, 4) for x in np.ravel(wrong)]}
        row = [v for v in check(exercise, answers).values() if v.state in WRONG]
        named["wrong"] += len(row)
        named["named"] += sum(code in {m.code for m in v.mistakes} for v in row)
        named["accused"] += sum(bool(v.mistakes) for v in row)
    assert named["named"] > 0.9 * named["wrong"] > 0
    assert named["accused"] - named["named"] < 0.1 * named["wrong"]
