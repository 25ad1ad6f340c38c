import re
from dataclasses import replace

import numpy as np
import pytest

from lstm_core.backpropagation.ops import ALL_OPS
from lstm_core.backpropagation.rows import backward_steps
from lstm_core.cells import gru, lstm, no_forget_lstm, peephole_lstm, rnn
from lstm_core.lesson.backward_rows import backward_cell
from lstm_core.lesson.reasons import STEPS, heading, reason, step_questions
from lstm_core.shapes import parameter_count
from lstm_core.trace import run
from tests.core.samples import CELLS, NAMES, random_trace


def every_row(cell):
    """The steps and the backward rows, as they are of one time step and of several."""
    for table in (backward_cell(cell), backward_cell(cell, summed=True)):
        yield from ((table, step) for step in table.steps)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_step_of_every_cell_has_its_words_forward_and_back(cell):
    trace = random_trace(cell, 2, 3)
    for table, step in every_row(cell):
        back = replace(trace, cell=table)
        words, asked = reason(table, step.name), step_questions(back, step.name)
        sentences = [words.what, words.why, *(part for pair in asked for part in pair)]
        assert len(asked) <= 3
        for sentence in sentences:
            assert sentence[0].isupper() or sentence[0] in "∂σzfh"
            assert re.search(r"[.?)]$", sentence), sentence
            assert not re.search(r"\{\w+\}", sentence), sentence


def test_the_lstm_needs_no_fallback_and_every_operation_has_one():
    assert {step.name for step in lstm(readout=True).steps} <= set(STEPS.texts)
    assert {f"op {name}" for name in ALL_OPS} <= set(STEPS.texts)


def test_no_words_are_left_over():
    rows = (pair for cell in CELLS for pair in every_row(cell))
    used = {heading(table, step.name) for table, step in rows}
    used.add("join")  # the parts of v, which the words for v name in their order
    left = {key for key in STEPS.texts if key not in used and not key.startswith("op ")}
    assert all(any(STEPS.texts[key] is STEPS.texts[other] for other in used) for key in left)


def test_a_name_means_what_its_own_cell_computes():
    assert reason(lstm("xh"), "Wv_f") == reason(lstm("hx"), "Wv_f")
    assert "C itself" not in reason(gru(), "h").why
    assert "1 keeps" in reason(gru(), "z").why
    assert reason(gru(), "z_h") != reason(gru(reset="after"), "z_h")
    assert reason(peephole_lstm(), "z_f") != reason(lstm(), "z_f")
    with pytest.raises(KeyError):
        reason(rnn(), "f")


@pytest.mark.parametrize("make", [lstm, gru, rnn])
def test_the_parts_of_v_are_named_in_their_order(make):
    for order, (first, second) in {
        "hx": ("hidden state", "input"),
        "xh": ("input", "hidden state"),
    }.items():
        assert make(order)["v"].title == f"Join the {first} and the {second}"
        what = reason(make(order), "v").what
        assert what.index(f"the {first}") < what.index(f"the {second}")


def test_a_row_of_the_backward_pass_names_its_own_letters():
    table = backward_cell(lstm())
    assert reason(table, "df").what == "Multiplies ∂L/∂Cₜ and Cₜ₋₁ entry by entry."
    assert "the forget gate made no difference" in reason(table, "df").why
    assert "Cₜ, through" not in str([reason(table, step.name) for step in backward_steps(lstm())])
    assert reason(table, "dz_f").what.endswith("by the slope σ′(z_f), entry by entry.")
    assert reason(table, "dh_prev").what.startswith("This is what reaches h_{t-1}")
    assert "f_t alone" in reason(table, "dC_prev").why
    assert "exactly 1" in reason(backward_cell(no_forget_lstm()), "dC_prev").why
    assert "both peepholes" in reason(backward_cell(peephole_lstm()), "dC_prev").what
    assert reason(table, "f") == reason(lstm(), "f")


def test_a_share_is_called_a_share_and_the_sum_the_whole():
    table = backward_cell(peephole_lstm(), summed=True)
    for name, of in (("db_f", "b_f"), ("dp_i", "p_i"), ("dW_o", "W_o")):
        assert f"the share of this time step in ∂L/∂{of}" in reason(table, name).what
        assert "sum over time" in reason(table, name).why
        assert f"this is ∂L/∂{of}, the whole gradient" in reason(table, f"{name}_sum").what
    assert (
        "share of this time step"
        in reason(backward_cell(gru("xh", "after"), summed=True), "dW_h").what
    )
    assert "share of this" not in reason(backward_cell(lstm()), "db_f").what
    back = replace(random_trace(lstm(), 2, 3, T=4), cell=backward_cell(lstm(), summed=True))
    (asked,) = step_questions(back, "db_f")
    assert "the sum of all 4 shares" in asked.answer


def test_only_cells_with_a_cell_state_speak_of_it():
    for cell in (gru(), gru(reset="after"), rnn()):
        for table, step in every_row(cell):
            back = replace(random_trace(cell, 2, 3), cell=table)
            words = reason(back.cell, step.name).what + str(step_questions(back, step.name))
            assert not re.search(r"\bC(_|\b)", words)


@pytest.mark.parametrize("cell", [lstm(), gru(), rnn()], ids=lambda cell: cell.name)
def test_the_parameter_count_is_the_count(cell):
    trace = random_trace(cell, 5, 2)
    (_, answer), *_ = step_questions(trace, cell.steps[1].name)
    product, total, everything = re.search(
        r"biases: ([\d·()+ ]+) = (\d+)\. .*: (\d+)\.", answer
    ).groups()
    assert eval(product.replace("·", "*")) == int(total) == int(everything)
    assert int(total) == parameter_count(trace.params)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (gru(reset="after"), "= 72. All parameters of this cell: 75, with b_hh (3 more)."),
        (peephole_lstm(), "All parameters of this cell: 105, with p_f, p_i, p_o (3 more each)."),
    ],
    ids=["one", "three"],
)
def test_what_a_cell_has_beside_its_maps_is_counted_as_more(cell, said):
    assert said in str(step_questions(random_trace(cell, 3, 4), cell.steps[1].name))


def test_the_numbers_in_the_sentences_are_right():
    sigma = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731
    assert 4 * (9 * 10 + 9) == 396
    assert 4 * (3 * 6 + 2 * 3) == 96
    assert "4·(3·(3+3) + 2·3) = 96" in str(step_questions(random_trace(lstm(), 3, 3), "z_f"))
    assert round(sigma(1), 2) == 0.73
    assert round(sigma(1), 3) == 0.731
    assert round(0.99**100, 2) == 0.37
    assert round(0.5**20, 6) == 0.000001


def test_the_readout_names_its_sizes():
    cell = lstm(readout=True)
    (asked,) = step_questions(random_trace(cell, 4, 3, p=2), "Wv_y")
    assert "2 × 4" in asked.answer


@pytest.mark.parametrize(
    ("cell", "asked"),
    [(lstm(), True), (gru(), True), (rnn(), True), (rnn(activation="relu"), False)],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_start_beyond_1_is_asked_about_where_no_cell_can_make_it(cell, asked):
    trace = random_trace(cell, 2, 1)
    for h, is_asked in ((0.5, False), (1.0, asked), (-4.0, asked)):
        start = {name: np.full(2, h) for name in cell.states}
        at_h = run(cell, trace.params, [[1.0]], start)
        questions = [q for q, _ in step_questions(at_h, "v")]
        assert ("Why does h start beyond 1, if no cell can produce that?" in questions) == is_asked
        assert not any("beyond 1" in q for q, _ in step_questions(at_h, cell.names[1]))
