"""The rows of the backward pass with their words; their numbers are tested where they are made."""

import numpy as np
import pytest

from lstm_core.backpropagation.rows import backward_steps, run_back
from lstm_core.cells import gru, lstm, rnn
from lstm_core.lesson.backward_rows import backprop, backward_cell
from lstm_core.lesson.letters import letter
from tests.core.samples import CELLS, NAMES, random_trace

every_cell = pytest.mark.parametrize("cell", CELLS, ids=NAMES)


def rows(cell, summed=False):
    return backward_cell(cell, summed=summed).steps[len(cell.steps) :]


@every_cell
@pytest.mark.parametrize("summed", [False, True])
def test_every_row_has_a_title_and_a_letter_of_its_own(cell, summed):
    found = rows(cell, summed)
    assert all(row.title.startswith(("Gradient of ", "Slope of ")) for row in found)
    assert len({row.title for row in found}) == len(found)
    assert len({row.symbol for row in found}) == len(found)


@every_cell
def test_words_change_neither_rows_nor_numbers(cell):
    bare = [(row.name, row.op, row.inputs, row.stage) for row in backward_steps(cell)]
    assert [(row.name, row.op, row.inputs, row.stage) for row in rows(cell)] == bare
    trace = random_trace(cell, 3, 2, T=2)
    seeds = {(1, "h"): np.ones(3)}
    here, there = backprop(trace, seeds), run_back(trace, seeds)
    for name in there.cell.names:
        np.testing.assert_array_equal(here[1, name], there[1, name])


def test_of_several_time_steps_a_parameter_has_shares_and_their_sum_is_its_gradient():
    titles = {row.name: row.title for row in rows(gru(reset="after"), summed=True)}
    assert titles["db_hh"] == "Gradient of b_hh, share of time step t"
    assert titles["dW_hx"] == "Gradient of W_hx, share of time step t"
    assert titles["db_hh_sum"] == "Gradient of b_hh, summed over time"
    assert titles["dx"] == "Gradient of xₜ"
    letters = {row.name: row.symbol for row in rows(lstm(), summed=True)}
    assert letters["dW_f"] == r"\left.\frac{\partial L}{\partial W_f}\right|_{t}"
    assert letters["dW_f_sum"] == r"\frac{\partial L}{\partial W_f}"
    assert letters["dz_f"] == r"\frac{\partial L}{\partial z_f}"


@pytest.mark.parametrize(("T", "summed"), [(1, False), (2, True)])
def test_one_time_step_has_nothing_to_add_up(T, summed):
    back = backprop(random_trace(lstm(), 2, 2, T=T), {(0, "h"): [1, 1]})
    assert back.cell is backward_cell(lstm(), summed=summed)
    assert ("db_f_sum" in back.cell.names) is summed


def test_titles_are_for_reading():
    titles = {row.name: row.title for row in rows(lstm())}
    assert titles["df"] == "Gradient of the forget gate"
    assert titles["dz_f"] == "Gradient of z_f"
    assert titles["dWv_f"] == "Gradient of W_f·v"
    assert titles["dkept"] == "Gradient of what is kept"
    assert titles["dv_via_f"] == "Gradient of v, through W_f·v"
    assert titles["slope_f"] == "Slope of σ at z_f"
    assert titles["dh_prev"] == "Gradient of hₜ₋₁"


def test_letters_say_what_a_gradient_is_of_and_where_it_comes_through():
    cell = backward_cell(gru(reset="after"))
    assert cell["dz_r"].symbol == r"\frac{\partial L}{\partial z_r}"
    assert cell["dv_via_r"].symbol == r"\left.\frac{\partial L}{\partial v}\right|_{r}"
    assert cell["dW_hx"].symbol == r"\frac{\partial L}{\partial W_{hx}}"
    assert cell["dW_hx"].title == "Gradient of W_hx"
    assert cell["slope_h_tilde"].symbol == r"\tanh'(z_h)"
    assert backward_cell(rnn(activation="relu"))["slope_h"].symbol == r"\mathrm{ReLU}'(z_h)"
    through_h = backward_cell(lstm())["dC_via_squashed"].symbol
    assert through_h.endswith(rf"\right|_{{{letter(lstm(), 'squashed')}}}")


def test_a_changed_row_can_stand_in_the_table():
    trace = random_trace(rnn(), 3, 2)
    table = backward_cell(rnn())
    changed = table.with_step(backward_cell(rnn())["dh"])
    assert backprop(trace, {(0, "h"): np.ones(3)}, changed).cell is changed
