import pytest

from lstm_core.cells import gru, lstm
from lstm_ui.session.address import entry_name
from lstm_ui.sheet.letters import (
    column_labels,
    entry_labels,
    readable,
    subscripted,
    with_subscripts,
)
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

CELL = lstm(readout=True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f", "fₜ"),
        ("W_f", "W<sub>f</sub>"),
        ("C_prev", "Cₜ₋₁"),
        ("Wv_f", "W<sub>f</sub>·v"),
        ("kept", "fₜ∘Cₜ₋₁"),
        ("C_tilde", "C\N{COMBINING TILDE}ₜ"),
        ("squashed", "tanh(Cₜ)"),
        ("v", "v"),
    ],
)
def test_figures_write_letters_with_what_stands_below(name, text):
    assert with_subscripts(CELL, name) == text


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_name_of_every_cell_is_written_without_latex(cell):
    for name in (*cell.params, *cell.states, "x", *(step.name for step in cell.steps)):
        text = with_subscripts(cell, name) + entry_name(cell, name, (0,))
        assert not set("\\$") & set(text), text


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("h_{t-1} and x_t make v.", "hₜ₋₁ and xₜ make v."),
        ("W_f·v and h_tilde stay.", "W_f·v and h_tilde stay."),
    ],
)
def test_sentences_set_the_time_low(sentence, wanted):
    assert readable(sentence) == wanted


def test_numbers_stand_low():
    assert subscripted("x", 12) == "x₁₂"


@pytest.mark.parametrize(
    ("order", "labels"),
    [("hx", ["h₁", "h₂", "h₃", "x₁", "x₂"]), ("xh", ["x₁", "x₂", "h₁", "h₂", "h₃"])],
)
def test_v_and_the_columns_of_every_w_are_labelled_alike(order, labels):
    exercise = some(lstm(order))
    assert entry_labels(exercise, "v") == labels
    assert [column_labels(exercise, f"W_{gate}") for gate in "fiCo"] == [labels] * 4


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("x", ["x₁", "x₂"]),
        ("h_prev", ["1", "2", "3"]),
        ("b_f", ["1", "2", "3"]),
        ("y", ["1", "2"]),
        ("b_y", ["1", "2"]),
    ],
)
def test_a_vector_has_a_label_for_each_entry(name, labels):
    assert entry_labels(some(CELL), name) == labels


def test_the_read_out_has_a_column_for_each_hidden_unit():
    assert column_labels(some(CELL), "W_y") == ["h₁", "h₂", "h₃"]


def test_a_reset_hidden_state_is_still_a_hidden_state():
    assert entry_labels(some(gru()), "v_r") == ["h₁", "h₂", "h₃", "x₁", "x₂"]
