"""Two cells side by side: which steps answer each other, what they share, where they part."""

from itertools import product

import numpy as np
import pytest

from lstm_core.backpropagation.paths import hidden_jacobian
from lstm_core.cells import CELLS, cell_named, lstm
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.side_by_side import (
    Pair,
    first_parting,
    gradient_sizes,
    in_cell,
    largest_parting,
    pairs,
)
from lstm_core.variants.changes import Change, variant
from tests.core.exercises import some
from tests.core.samples import random_trace

LSTM, GRU = cell_named("lstm", "hx"), cell_named("gru_before", "hx")
NO_TANH = variant(LSTM, (Change("squashed", "none", ("C",)),))
MOVING = PRESETS["moving"]


def every_step(left, right):
    return pairs(left, right, (left.names, right.names))


def beside(left, right):
    return {pair.left: pair.right for pair in every_step(left, right) if pair.left}


def test_steps_answer_each_other_by_what_they_are_for():
    found = beside(LSTM, GRU)
    assert (found["f"], found["z_f"], found["Wv_f"]) == ("z", "z_z", "Wv_z")
    assert (found["C_tilde"], found["z_C"], found["h"]) == ("h_tilde", "z_h", "h")
    assert (found["i"], found["kept"], found["written"]) == ("one_minus_z", "kept", "written")
    assert found["C"] is found["o"] is found["z_o"] is found["z_i"] is None
    assert Pair(None, "r") in every_step(LSTM, GRU)


def test_a_variant_goes_by_the_names():
    swapped = variant(LSTM, (Change("kept", "hadamard", ("i", "C_prev")),))
    assert beside(LSTM, swapped) == {
        name: name if name in swapped.names else None for name in LSTM.names
    }
    assert beside(LSTM, swapped)["f"] is None


@pytest.mark.parametrize(("left", "right"), [*product(CELLS, CELLS)])
def test_each_step_stands_once_and_the_left_ones_in_their_order(left, right):
    cells = cell_named(left, "hx"), cell_named(right, "xh")
    found = every_step(*cells)
    assert [pair.left for pair in found if pair.left] == [*cells[0].names]
    assert sorted(pair.right for pair in found if pair.right) == sorted(cells[1].names)


@pytest.mark.parametrize("name", CELLS)
def test_what_both_have_is_the_same_and_the_rest_stays_while_numbers_change(name):
    cell = cell_named(name, MOVING.order)
    other = in_cell(MOVING, cell)
    assert all(
        other.arrays[key].tobytes() == MOVING.arrays[key].tobytes()
        for key in other.arrays
        if key in MOVING.arrays
    )
    moved = in_cell(MOVING.with_entry("xs", (0, 0), 9.0), cell)
    assert all((moved.params[key] == other.params[key]).all() for key in other.params)
    assert other.title == other.source == ""
    assert len(other.trace()) == MOVING.T


def test_they_part_where_a_row_was_swapped_and_first_in_the_order_of_reading():
    left, right = MOVING.trace(), MOVING.in_variant(NO_TANH).trace()
    found = every_step(LSTM, NO_TANH)
    parting = first_parting(left, right, found)
    assert (parting.t, parting.pair) == (0, Pair("squashed", "squashed"))
    C = left[0, "C"]
    apart = np.abs(np.tanh(C) - C)
    assert (parting.entry, parting.apart) == (apart.argmax(), pytest.approx(apart.max()))


def test_furthest_apart_is_over_all_time_steps():
    left, right = MOVING.trace(), MOVING.in_variant(NO_TANH).trace()
    apart = np.array([np.abs(left[t, "h"] - right[t, "h"]) for t in range(MOVING.T)])
    parting = largest_parting(left, right, Pair("h", "h"))
    assert (parting.t, parting.entry) == np.unravel_index(apart.argmax(), apart.shape)
    assert parting.apart == apart.max() > 0


def test_what_rounds_otherwise_does_not_part():
    exercise = some(lstm("hx"), T=5)
    other = exercise.reordered("xh")
    found = pairs(exercise.cell, other.cell, (["f", "C", "h"], ["f", "C", "h"]))
    assert first_parting(exercise.trace(), other.trace(), found) is None


@pytest.mark.parametrize("cell", [LSTM, GRU, NO_TANH])
def test_the_size_of_the_gradient_is_that_of_the_derivative_of_the_last_h(cell):
    trace = random_trace(cell, 3, 2, T=6)
    wanted = [np.linalg.norm(np.ones(3) @ hidden_jacobian(trace, 5, s)) for s in range(6)]
    np.testing.assert_allclose(gradient_sizes(trace), wanted, rtol=1e-12)


def test_steps_of_which_one_has_none_or_another_size_are_not_compared():
    left, right = random_trace(LSTM, 3, 2, T=2), random_trace(LSTM, 4, 2, T=2)
    assert largest_parting(left, right, Pair("C", "C")) is None
    assert largest_parting(left, left, Pair("C", None)) is None
    assert first_parting(left, left, every_step(LSTM, LSTM)) is None


def test_a_candidate_that_is_added_is_written_with_no_gate():
    added = variant(LSTM, (Change("written", "add", ("i", "C_tilde")),))
    found = every_step(added, GRU)
    assert Pair("C_tilde", "h_tilde") in found
