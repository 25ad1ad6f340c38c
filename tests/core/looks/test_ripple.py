"""How far an edit travels. The oracle runs the cell again and compares, number by number."""

import math
from dataclasses import replace

import numpy as np
import pytest

from lstm_core.cells import gru, lstm, rnn
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.ripple import Stop, gates_and_states, ripple
from lstm_core.trace import Address
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

FOUNDING = PRESETS["founding"]
every_cell = pytest.mark.parametrize("cell", CELLS, ids=NAMES)


def edited(exercise, name, index, by):
    array = exercise.arrays[name].copy()
    array[index] += by
    return exercise.with_array(name, array)


def rippled(exercise, name, index, by, decimals=4):
    return ripple(exercise.trace(), edited(exercise, name, index, by).trace(), decimals)


def set_to(exercise, **arrays):
    for name, array in arrays.items():
        exercise = exercise.with_array(name, array)
    return exercise


def others(a, b, same=lambda x, y: x == y):
    """The addresses of the values that differ between two runs, in the order of the calculation."""
    return [
        Address(name, t, (j,))
        for t, (old, new) in enumerate(zip(a.frames, b.frames, strict=True))
        for name in a.cell.names
        for j in range(len(old[name]))
        if not same(old[name][j], new[name][j])
    ]


def firsts(exercise):
    """An entry of every parameter, of the inputs of the second time step, of the states."""
    for name, array in exercise.arrays.items():
        yield name, (1, 0) if name == "xs" else (0,) * array.ndim


@every_cell
def test_what_can_be_reached_is_what_moves_where_every_number_counts(cell):
    # Of a ReLU that is off nothing moves; what it can reach is what tanh in its place moves.
    soft = rnn(cell.order) if cell.name == "rnn_relu" else cell
    exercise = some(cell, T=3)
    for name, index in firsts(exercise):
        found = rippled(exercise, name, index, 0.5, None)
        other = replace(exercise, cell=soft)
        moved = others(other.trace(), edited(other, name, index, 0.5).trace())
        assert found.total == len(moved)
        if soft is cell:
            assert (found.moved, found.hidden) == (len(moved), 0)
            assert found.times == tuple(sorted({at.t for at in moved}))
            assert (found.last.step, found.last.t) == (moved[-1].step, moved[-1].t)
            assert found.stop is None


@every_cell
def test_what_is_seen_to_move_is_what_prints_otherwise(cell):
    exercise = some(cell, T=3)
    for name, index in firsts(exercise):
        for by in (0.3, 3e-4, 2e-5):
            found = rippled(exercise, name, index, by, 3)
            a, b = exercise.trace(), edited(exercise, name, index, by).trace()
            seen = others(a, b, lambda x, y: float(f"{x:.3f}") == float(f"{y:.3f}"))
            assert found.moved == len(seen)
            assert found.moved + found.hidden == len(others(a, b))
            assert found.times == tuple(sorted({at.t for at in seen}))
            assert (found.last is None) == (not seen)


def test_the_value_that_moves_most_is_named_where_the_edit_reaches_the_end():
    exercise = some(T=3)
    found = rippled(exercise, "W_f", (1, 2), 1.0)
    h = [
        np.array([frame["h"] for frame in run.frames])
        for run in (exercise.trace(), edited(exercise, "W_f", (1, 2), 1.0).trace())
    ]
    t, j = np.unravel_index(np.abs(h[1] - h[0]).argmax(), (3, 3))
    assert found.most == Address("h", t, (j,))
    assert (found.edited, found.first) == (1, Address("W_f", 0, (1, 2)))


def test_a_saturated_gate_stops_it():
    found = rippled(FOUNDING, "b_f", (0,), 1.0)
    assert (found.total, found.moved, found.hidden) == (6, 1, 0)
    assert found.last == Address("z_f", 0, (0,))
    assert found.stop.at == Address("f", 0, (0,))
    assert found.stop.why == "flat"
    assert found.stop.slope == pytest.approx(math.exp(-93), rel=1e-12)
    assert found.most is None


def test_so_it_is_told_of_the_gate_that_only_seems_to_stand_still():
    exercise = set_to(some(T=1), b_f=np.full(3, 14.0))
    found = rippled(exercise, "b_f", (1,), 1.0)
    assert (found.stop.at, found.stop.why) == (Address("f", 0, (1,)), "flat")
    assert found.hidden > 0


def test_an_input_of_0_stops_its_weight():
    exercise = set_to(some(T=1), xs=[[0.0, 0.7]])
    found = rippled(exercise, "W_i", (2, 3), 1.0)
    zero = Stop(Address("Wv_i", 0, (2,)), "zero", by=Address("v", 0, (3,)))
    assert (found.last, found.stop, found.moved, found.times) == (None, zero, 0, ())
    assert found.total == 7  # W·v, z, i, written, C, tanh(C) and h of one unit


def test_weights_of_0_stop_an_input():
    weights = {f"W_{gate}": np.zeros((3, 5)) for gate in "fiCo"}
    found = rippled(set_to(some(lstm("xh"), T=1), **weights), "xs", (0, 1), 1.0)
    assert found.last == Address("v", 0, (1,))
    zero = Stop(Address("Wv_f", 0, (0,)), "zero", by=Address("W_f", 0, (0, 1)))
    assert found.stop == zero


@pytest.mark.parametrize(("bias", "by", "factor"), [("b_C", "b_i", "i"), ("b_o", None, "squashed")])
def test_a_factor_near_0_stops_it(bias, by, factor):
    exercise = some(T=1)
    if by:
        exercise = set_to(exercise, **{by: np.full(3, -12.0)})
    else:  # C is 0: nothing is kept, nothing is written
        exercise = set_to(exercise, b_f=np.full(3, -20.0), b_i=np.full(3, -20.0))
    found = rippled(exercise, bias, (1,), 1.0)
    assert found.stop.why == "weak"
    assert found.stop.by == Address(factor, 0, (1,))


def test_a_relu_that_is_off_stops_it():
    exercise = set_to(some(rnn(activation="relu"), T=1), b_h=np.full(3, -9.0))
    found = rippled(exercise, "b_h", (2,), 1.0)
    assert found.last == Address("z_h", 0, (2,))
    assert found.stop == Stop(Address("h", 0, (2,)), "off", 0.0)


def test_two_changes_can_cancel():
    exercise = set_to(some(T=1), xs=[[1.0, 1.0]])
    both = edited(edited(exercise, "W_f", (0, 3), 0.5), "b_f", (0,), -0.5)
    found = ripple(exercise.trace(), both.trace(), 4)
    assert found.edited == 2
    assert found.last == Address("Wv_f", 0, (0,))
    assert found.stop == Stop(Address("z_f", 0, (0,)), "cancels")


def test_a_change_can_be_too_small_for_a_sum_and_for_what_is_shown():
    found = rippled(set_to(some(T=1), b_f=np.full(3, 1e16)), "W_f", (0, 0), 1e-3)
    assert (found.stop.at, found.stop.why) == (Address("z_f", 0, (0,)), "small")
    found = rippled(some(T=1), "b_f", (0,), 1e-9)
    assert (found.last, found.moved) == (None, 0)
    assert found.hidden == found.total == 6
    assert found.stop == Stop(Address("z_f", 0, (0,)), "small")
    found = rippled(
        set_to(some(T=1), W_f=np.zeros((3, 5)), b_f=np.full(3, 4e-5)), "b_f", (0,), 2e-5
    )
    assert found.last == Address("z_f", 0, (0,))
    assert (found.stop.at, found.stop.why) == (Address("f", 0, (0,)), "small")
    assert found.stop.slope == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("order", "name", "index", "at"),
    [("hx", "h_prev", (1,), 1), ("hx", "xs", (0, 1), 4), ("xh", "h_prev", (1,), 3)],
)
def test_what_is_joined_is_found_where_it_stands_in_v(order, name, index, at):
    found = rippled(some(lstm(order), T=1), name, index, 1e-9)
    assert found.stop.at == Address("v", 0, (at,))


@pytest.mark.parametrize(("order", "column"), [("hx", 3), ("xh", 0)])
def test_a_weight_is_followed_to_the_product_that_uses_its_column(order, column):
    exercise = set_to(some(gru(order, "after"), T=1), xs=[[0.0, 1.0]])
    found = rippled(exercise, "W_h", (2, column), 1.0)
    assert found.stop == Stop(Address("Wx_h", 0, (2,)), "zero", by=Address("x", 0, (0,)))


def test_an_input_reaches_no_time_step_before_its_own():
    exercise = some(T=4)
    assert rippled(exercise, "xs", (2, 0), 1.0, None).times == (2, 3)
    assert rippled(exercise, "xs", (3, 1), 1.0, None).first == Address("x", 3, (1,))
    assert rippled(exercise, "C_prev", (0,), 1.0, None).times == (0, 1, 2, 3)


def test_numbers_that_are_too_large_move_as_well():
    exercise = set_to(some(T=2), W_f=np.full((3, 5), 1e300), h_prev=np.full(3, 1e6))
    found = rippled(exercise, "W_f", (0, 0), 1e300)
    assert found.last == Address("z_f", 0, (0,))


def test_there_is_nothing_to_compare_with_other_sizes_another_cell_or_the_same_numbers():
    exercise = some()
    trace = exercise.trace()
    for other in (
        exercise,
        some(n=4),
        some(T=3),
        some(lstm("xh")),
        some(gru()),
        exercise.with_readout(2),
        replace(exercise, decimals=2),
    ):
        assert ripple(trace, other.trace(), 4) is None


@every_cell
def test_gates_stand_before_states_and_the_read_out_comes_last(cell):
    names = {
        "lstm": "f i C_tilde o C h",
        "peephole_lstm": "f i C_tilde o C h",
        "coupled_lstm": "f i C_tilde o C h",
        "no_forget_lstm": "i C_tilde o C h",
        "projected_lstm": "f i C_tilde o cell_output C h",
        "mgu": "f h_tilde h",
        "gru_before": "z r h_tilde h",
        "gru_after": "z r h_tilde h",
    }.get(cell.name, "h")
    assert gates_and_states(cell) == (*names.split(), *["y"] * cell.readout)
