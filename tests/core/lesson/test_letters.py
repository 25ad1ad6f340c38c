import pytest

from lstm_core.cells import gru, lstm, peephole_lstm, rnn
from lstm_core.lesson.backward_rows import backward_cell
from lstm_core.lesson.letters import letter, plain


@pytest.mark.parametrize(
    ("cell", "name", "expected"),
    [
        (lstm(), "x", "x_t"),
        (lstm(), "h_prev", "h_{t-1}"),
        (lstm(), "C_prev", "C_{t-1}"),
        (lstm(), "W_f", "W_f"),
        (peephole_lstm(), "p_f", "p_f"),
        (gru(reset="after"), "b_hh", "b_{hh}"),
        (lstm(), "C_tilde", r"\tilde{C}_t"),
        (lstm(), "Wv_f", r"W_f \cdot v"),
        (gru(), "Wv_h", r"W_h \cdot v_r"),
        (gru(reset="after"), "Wh_h", r"W_{hh} \cdot h_{t-1}"),
    ],
)
def test_letters(cell, name, expected):
    assert letter(cell, name) == expected


DZ_F = r"\frac{\partial L}{\partial z_f}"


@pytest.mark.parametrize(
    ("cell", "name", "expected", "read"),
    [
        (lstm(), "dz_f", DZ_F, "∂L/∂z_f"),
        (lstm(), "dh_prev", r"\frac{\partial L}{\partial h_{t-1}}", "∂L/∂hₜ₋₁"),
        (lstm(), "dC_tilde", r"\frac{\partial L}{\partial \tilde{C}_t}", "∂L/∂C̃ₜ"),
        (
            lstm(),
            "dkept",
            r"\frac{\partial L}{\partial (f_t \circ C_{t-1})}",
            "∂L/∂(fₜ∘Cₜ₋₁)",
        ),
        (lstm(), "dsquashed", r"\frac{\partial L}{\partial \tanh(C_t)}", "∂L/∂tanh(Cₜ)"),
        (
            lstm(),
            "dv_via_f",
            r"\left.\frac{\partial L}{\partial v}\right|_{f}",
            "∂L/∂v|f",
        ),
        (
            gru(),
            "dh_prev_via_kept",
            r"\left.\frac{\partial L}{\partial h_{t-1}}\right|_{z_t \circ h_{t-1}}",
            "∂L/∂hₜ₋₁|zₜ∘hₜ₋₁",
        ),
        (lstm(), "dh_next", r"\left.\frac{\partial L}{\partial h_t}\right|_{t+1}", "∂L/∂hₜ|t+1"),
        (
            lstm(),
            "seed_h",
            r"\left.\frac{\partial L}{\partial h_t}\right|_{\text{direct}}",
            "∂L/∂hₜ|direct",
        ),
        (lstm(), "slope_f", r"\sigma'(z_f)", "σ′(z_f)"),
        (lstm(), "slope_squashed", r"\tanh'(C_t)", "tanh′(Cₜ)"),
        (rnn(activation="relu"), "slope_h", r"\mathrm{ReLU}'(z_h)", "ReLU′(z_h)"),
        (gru(reset="after"), "dW_hx", r"\frac{\partial L}{\partial W_{hx}}", "∂L/∂W_hx"),
    ],
)
def test_letters_on_the_way_back(cell, name, expected, read):
    table = backward_cell(cell)
    assert letter(table, name) == expected
    assert plain(table, name) == read


def test_a_name_that_the_cell_does_not_have_is_never_typeset():
    with pytest.raises(KeyError):
        letter(lstm(), r"\href{javascript:alert(1)}{x}")


@pytest.mark.parametrize(
    ("cell", "name", "expected"),
    [
        (lstm(), "C_tilde", "C̃ₜ"),
        (lstm(), "kept", "fₜ∘Cₜ₋₁"),
        (lstm(), "Wv_f", "W_f·v"),
        (lstm(), "squashed", "tanh(Cₜ)"),
        (gru(), "one_minus_z", "1 − zₜ"),
        (gru(reset="after"), "b_hh", "b_hh"),
    ],
)
def test_plain_letters(cell, name, expected):
    assert plain(cell, name) == expected
