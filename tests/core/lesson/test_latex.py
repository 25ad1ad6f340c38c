import re

import numpy as np
import pytest

from lstm_core.backpropagation.ops import ALL_OPS
from lstm_core.cell import Step
from lstm_core.cells import coupled_lstm, gru, lstm, peephole_lstm, rnn
from lstm_core.lesson.backward_rows import backprop, backward_cell
from lstm_core.lesson.latex import (
    RULES,
    entry_formula,
    equation,
    formula,
    number,
    substitution,
)
from lstm_core.ops import HADAMARD
from lstm_core.trace import run
from tests.core.samples import CELLS, NAMES, random_trace

KEPT = r"f_t \circ C_{t-1}"
C_T = r"C_t = f_t \circ C_{t-1} + i_t \circ \tilde{C}_t"
H_T = r"h_t = o_t \circ \tanh(C_t)"
AFTER = r"\tilde{h}_t = \tanh(W_{hx} \cdot x_t + b_h + r_t \circ (W_{hh} \cdot h_{t-1} + b_{hh}))"


def test_the_table_covers_every_operation():
    assert set(RULES) == set(ALL_OPS)


@pytest.mark.parametrize(
    ("cell", "name", "expected"),
    [
        (lstm("hx"), "v", r"v = [h_{t-1},\, x_t]"),
        (lstm("xh"), "v", r"v = [x_t,\, h_{t-1}]"),
        (lstm(), "Wv_f", r"W_f \cdot v"),
        (lstm(), "z_f", r"z_f = W_f \cdot v + b_f"),
        (lstm(), "f", r"f_t = \sigma(z_f)"),
        (lstm(), "kept", r"f_t \circ C_{t-1}"),
        (lstm(), "C", C_T),
        (lstm(), "squashed", r"\tanh(C_t)"),
        (lstm(), "h", H_T),
        (lstm(readout=True), "Wv_y", r"W_y \cdot h_t"),
        (peephole_lstm(), "z_o", r"z_o = a_o + p_o \circ C_t"),
        (coupled_lstm(), "i", "i_t = 1 - f_t"),
        (gru(), "v_r", r"v_r = [r_t \circ h_{t-1},\, x_t]"),
        (gru(), "z_h", r"z_h = W_h \cdot v_r + b_h"),
        (gru(), "written", r"(1 - z_t) \circ \tilde{h}_t"),
        (gru(reset="after"), "Wx_h", r"W_{hx} \cdot x_t"),
        (gru(reset="after"), "a_h", r"a_h = W_{hh} \cdot h_{t-1} + b_{hh}"),
        (rnn(activation="relu"), "h", r"h_t = \mathrm{ReLU}(z_h)"),
    ],
)
def test_formulas(cell, name, expected):
    assert formula(cell, name) == expected


@pytest.mark.parametrize(
    ("cell", "name", "expected"),
    [
        (
            lstm("hx"),
            "v",
            r"v_j = \begin{cases} h_{t-1,j} & j \le n \\ x_{j-n} & j > n \end{cases}",
        ),
        (lstm(), "Wv_f", r"(W_f \cdot v)_j = \sum_{k=1}^{n+m} (W_f)_{jk}\, v_k"),
        (lstm(), "z_f", r"z_{f,j} = (W_f \cdot v)_j + b_{f,j}"),
        (lstm(), "f", r"f_j = \sigma(z_{f,j})"),
        (lstm(), "kept", r"(f_t \circ C_{t-1})_j = f_j\, C_{t-1,j}"),
        (lstm(), "C", r"C_j = f_j\, C_{t-1,j} + i_j\, \tilde{C}_j"),
        (lstm(), "squashed", r"(\tanh(C_t))_j = \tanh(C_j)"),
        (lstm(), "h", r"h_j = o_j\, \tanh(C_j)"),
        (
            lstm(readout=True),
            "Wv_y",
            r"(W_y \cdot h_t)_j = \sum_{k=1}^{n} (W_y)_{jk}\, h_k",
        ),
        (gru(), "written", r"((1 - z_t) \circ \tilde{h}_t)_j = (1 - z_j)\, \tilde{h}_j"),
        (
            gru("xh"),
            "v_r",
            r"v_{r,j} = \begin{cases} x_j & j \le m \\ (r_t \circ h_{t-1})_{j-m} & j > m "
            r"\end{cases}",
        ),
        (
            gru(reset="after"),
            "Wx_h",
            r"(W_{hx} \cdot x_t)_j = \sum_{k=1}^{m} (W_{hx})_{jk}\, x_k",
        ),
    ],
)
def test_formulas_of_one_entry(cell, name, expected):
    assert entry_formula(cell, name) == expected


@pytest.mark.parametrize(
    ("cell", "names", "expected"),
    [
        (lstm(), "Wv_f z_f f", r"f_t = \sigma(W_f \cdot v + b_f)"),
        (lstm(), "Wv_C z_C C_tilde", r"\tilde{C}_t = \tanh(W_C \cdot v + b_C)"),
        (lstm(), "kept written C", C_T),
        (lstm(), "squashed h", H_T),
        (lstm(), "v", r"v = [h_{t-1},\, x_t]"),
        (lstm(readout=True), "Wv_y z_y y", r"y_t = \sigma(W_y \cdot h_t + b_y)"),
        (
            peephole_lstm(),
            "Wv_o a_o pC_o z_o o",
            r"o_t = \sigma(W_o \cdot v + b_o + p_o \circ C_t)",
        ),
        (coupled_lstm(), "i", "i_t = 1 - f_t"),
        (
            gru(),
            "reset_h v_r Wv_h z_h h_tilde",
            r"\tilde{h}_t = \tanh(W_h \cdot [r_t \circ h_{t-1},\, x_t] + b_h)",
        ),
        (gru(reset="after"), "Wh_h a_h reset_h Wx_h a_x z_h h_tilde", AFTER),
        (
            gru(),
            "one_minus_z written kept h",
            r"h_t = (1 - z_t) \circ \tilde{h}_t + z_t \circ h_{t-1}",
        ),
        (rnn(), "Wv_h z_h h", r"h_t = \tanh(W_h \cdot v + b_h)"),
    ],
)
def test_every_step_of_a_group_shares_one_equation(cell, names, expected):
    assert {equation(cell, name) for name in names.split()} == {expected}


def d(of):
    return rf"\frac{{\partial L}}{{\partial {of}}}"


def part(of, reader):
    return rf"\left.{d(of)}\right|_{{{reader}}}"


@pytest.mark.parametrize(
    ("cell", "name", "expected"),
    [
        (lstm(), "dh", f"{d('h_t')} = {part('h_t', 't+1')}"),
        (lstm(), "do", rf"{d('o_t')} = {d('h_t')} \circ \tanh(C_t)"),
        (lstm(), "slope_f", r"\sigma'(z_f) = f_t \circ (1 - f_t)"),
        (lstm(), "slope_squashed", r"\tanh'(C_t) = 1 - \tanh(C_t) \circ \tanh(C_t)"),
        (lstm(), "dz_f", rf"{d('z_f')} = {d('f_t')} \circ \sigma'(z_f)"),
        (lstm(), "db_f", f"{d('b_f')} = {d('z_f')}"),
        (lstm(), "dW_f", rf"{d('W_f')} = {d('z_f')}\, v^\top"),
        (lstm(), "dv_via_f", rf"{part('v', 'f')} = W_f^\top \cdot {d('z_f')}"),
        (lstm(), "dh_prev", rf"{d('h_{t-1}')} = \left({d('v')}\right)_{{1 \ldots n}}"),
        (lstm("xh"), "dh_prev", rf"{d('h_{t-1}')} = \left({d('v')}\right)_{{m+1 \ldots m+n}}"),
        (coupled_lstm(), "df_via_i", rf"{part('f_t', 'i_t')} = -{d('i_t')}"),
        (gru(), "dh_tilde", rf"{d(chr(92) + 'tilde{h}_t')} = {d('h_t')} \circ (1 - z_t)"),
        (
            gru(reset="after"),
            "dh_prev_via_h",
            rf"{part('h_{t-1}', 'h')} = W_{{hh}}^\top \cdot {d('a_h')}",
        ),
        (
            gru(reset="after"),
            "dW_h",
            rf"{d('W_h')} = \left[{d('W_{hh}')},\, {d('W_{hx}')}\right]",
        ),
        (rnn(activation="relu"), "slope_h", r"\mathrm{ReLU}'(z_h) = \mathbf{1}(z_h > 0)"),
    ],
)
def test_formulas_on_the_way_back(cell, name, expected):
    assert formula(backward_cell(cell, ()), name) == expected


@pytest.mark.parametrize(
    ("cell", "name", "expected"),
    [
        (lstm(), "slope_f", r"\sigma'(z_{f,j}) = f_j\, (1 - f_j)"),
        (lstm(), "slope_squashed", r"\tanh'(C_j) = 1 - \tanh(C_j)^2"),
        (lstm(), "dz_f", rf"{d('z_{f,j}')} = {d('f_j')}\, \sigma'(z_{{f,j}})"),
        (lstm(), "dkept", rf"{d('(f_t ' + chr(92) + 'circ C_{t-1})_j')} = {d('C_j')}"),
        (lstm(), "dW_f", rf"{d('W_{f,jk}')} = {d('z_{f,j}')}\, v_k"),
        (
            lstm(),
            "dv_via_f",
            rf"{part('v_j', 'f')} = \sum_{{k=1}}^{{n}} (W_f)_{{kj}}\, {d('z_{f,k}')}",
        ),
        (lstm(), "dh_prev", f"{d('h_{t-1,j}')} = {d('v_j')}"),
        (lstm(), "dx", f"{d('x_j')} = {d('v_{n+j}')}"),
        (coupled_lstm(), "df", f"{d('f_j')} = {part('f_j', KEPT)} + {part('f_j', 'i_t')}"),
        (
            gru("xh", "after"),
            "dW_h",
            rf"{d('W_{h,jk}')} = \begin{{cases}} {d('W_{hx,j,k}')} & k \le m \\ "
            rf"{d('W_{hh,j,k-m}')} & k > m \end{{cases}}",
        ),
        (rnn(activation="relu"), "slope_h", r"\mathrm{ReLU}'(z_{h,j}) = \mathbf{1}(z_{h,j} > 0)"),
    ],
)
def test_formulas_of_one_entry_on_the_way_back(cell, name, expected):
    assert entry_formula(backward_cell(cell), name) == expected


def test_equations_on_the_way_back_are_written_out():
    table = backward_cell(lstm())
    slope = r"(1 - \tanh(C_t) \circ \tanh(C_t))"
    through = rf"{d(chr(92) + 'tanh(C_t)')} \circ {slope}"
    for name in ("slope_squashed", "dC_via_squashed", "dC"):
        assert equation(table, name) == f"{d('C_t')} = {part('C_t', 't+1')} + {through}"
    sums = (rf"W_{gate}^\top \cdot {d(f'z_{gate}')}" for gate in "oCif")
    assert equation(table, "dv_via_i") == equation(table, "dv") == f"{d('v')} = {' + '.join(sums)}"
    assert equation(table, "dz_f") == rf"{d('z_f')} = {d('f_t')} \circ (f_t \circ (1 - f_t))"
    assert equation(table, "f") == equation(lstm(), "f")
    minus = equation(backward_cell(coupled_lstm()), "df")
    assert minus == rf"{d('f_t')} = {d('C_t')} \circ C_{{t-1}} - {d('i_t')}"


def test_numbers_put_in_on_the_way_back():
    trace = run(
        rnn("xh"), {"W_h": [[0.0, 0.0, 0.0]], "b_h": [0.0]}, [[3.0, 4.0]], {"h_prev": [2.0]}
    )
    back = backprop(trace, {(0, "h"): [5.0]})
    column = r"\begin{bmatrix} 0 \\ 0 \\ 0 \end{bmatrix}"
    dz = r"\begin{bmatrix} 5.0000 \end{bmatrix}"
    assert substitution(back, 0, "dW_h", 4).endswith(
        rf"{dz}\, \begin{{bmatrix}} 3 \\ 4 \\ 2 \end{{bmatrix}}^\top = "
        r"\begin{bmatrix} 15.0000 & 20.0000 & 10.0000 \end{bmatrix}"
    )
    assert substitution(back, 0, "dv", 4).endswith(
        rf"\begin{{bmatrix}} 0 & 0 & 0 \end{{bmatrix}}^\top {dz} = "
        + column.replace("0 ", "0.0000 ")
    )
    assert substitution(back, 0, "dh_prev", 4).endswith(
        r"\end{bmatrix}\right)_{m+1 \ldots m+n} = \begin{bmatrix} 0.0000 \end{bmatrix}"
    )


@pytest.mark.parametrize("order", ["hx", "xh"])
def test_only_the_block_that_is_used_is_put_in_on_the_way_back(order):
    back = backprop(random_trace(gru(order, reset="after"), 3, 2), {(0, "h"): np.ones(3)})
    for name, of, rows in (("dh_prev_via_h", "da_h", 3), ("dx_via_h", "dz_h", 2)):
        matrix = re.findall(r"bmatrix\} (.*?) \\end", substitution(back, 0, name, None))[0]
        block = [[float(x) for x in row.split("&")] for row in matrix.split(r"\\")]
        assert np.shape(block) == (3, rows)
        np.testing.assert_allclose(np.transpose(block) @ back[0, of], back[0, name])


def test_a_step_that_nothing_uses_stands_for_itself():
    skipped = lstm().with_step(Step("h", HADAMARD, ("o", "C"), "h_t", "", ""))
    assert equation(skipped, "squashed") == r"\tanh(C_t)"
    assert equation(skipped, "h") == r"h_t = o_t \circ C_t"


@pytest.mark.parametrize(
    ("x", "decimals", "rounded", "expected"),
    [
        (-0.5, 4, False, "-0.5"),
        (0.5, 4, True, "0.5000"),
        (1.1e-40, 4, False, r"1.1 \cdot 10^{-40}"),
        (-2e300, None, False, r"-2 \cdot 10^{300}"),
        (np.inf, 4, False, r"\infty"),
        (-np.inf, 4, False, r"-\infty"),
        (np.nan, 4, False, r"\text{undefined}"),
    ],
)
def test_numbers(x, decimals, rounded, expected):
    assert number(x, decimals, rounded) == expected


def test_substitutions_of_the_founding_example():
    W = {"W_f": [[1, 2, 3, 4, 5, 6], [5, 6, 7, 8, 9, 10], [3, 4, 5, 6, 7, 8]]}
    weights = {**{f"W_{gate}": np.ones((3, 6)) for gate in "iCo"}, **W}
    biases = {f"b_{gate}": [1, 2, 3] for gate in "fiCo"}
    start = {"h_prev": [4, 5, 6], "C_prev": [-0.5, 0, 1]}
    trace = run(lstm("xh"), {**weights, **biases}, [[1, 2, 3]], start)
    assert substitution(trace, 0, "Wv_f", 4) == (
        r"W_f \cdot v = "
        r"\begin{bmatrix} 1 & 2 & 3 & 4 & 5 & 6 \\ 5 & 6 & 7 & 8 & 9 & 10 \\ "
        r"3 & 4 & 5 & 6 & 7 & 8 \end{bmatrix} "
        r"\begin{bmatrix} 1 \\ 2 \\ 3 \\ 4 \\ 5 \\ 6 \end{bmatrix} = "
        r"\begin{bmatrix} 91 \\ 175 \\ 133 \end{bmatrix}"
    )
    assert substitution(trace, 0, "f", 4) == (
        r"f_t = \sigma(z_f) = \sigma\left(\begin{bmatrix} 92 \\ 177 \\ 136 \end{bmatrix}\right)"
        r" = \begin{bmatrix} 1.0000 \\ 1.0000 \\ 1.0000 \end{bmatrix}"
    )
    assert r"\left[\begin{bmatrix} 1 \\ 2 \\ 3 \end{bmatrix},\, " in substitution(trace, 0, "v", 4)
    assert r"\begin{bmatrix} -0.5 \\ 0 \\ 1 \end{bmatrix}" in substitution(trace, 0, "kept", 4)


@pytest.mark.parametrize("order", ["hx", "xh"])
def test_only_the_block_that_is_used_is_put_in(order):
    trace = random_trace(gru(order, reset="after"), 3, 2)
    for name, vector, wide in (("Wh_h", "h_prev", 3), ("Wx_h", "x", 2)):
        matrix = re.findall(r"bmatrix\} (.*?) \\end", substitution(trace, 0, name, None))[0]
        block = [[float(x) for x in row.split("&")] for row in matrix.split(r"\\")]
        assert np.shape(block) == (3, wide)
        assert np.allclose(block @ trace[0, vector], trace[0, name])


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_step_of_every_cell_is_typeset_with_balanced_braces(cell):
    trace = random_trace(cell, 2, 3, T=2)
    back = backprop(trace, {(1, "h"): [1, 2]})
    for step in back.cell.steps:
        views = [view(back.cell, step.name) for view in (formula, entry_formula, equation)]
        for text in (*views, substitution(back, 1, step.name, 4)):
            assert text.isascii()
            assert text.count("{") == text.count("}")
            assert text.count("(") == text.count(")")
            assert text.count(r"\left") == text.count(r"\right")
