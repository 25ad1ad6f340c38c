import numpy as np
import pytest

from lstm_core.cells import gru
from lstm_core.shapes import ShapeError
from lstm_ui.session.grids import entries, number_behind, shape_of, with_block, with_numbers
from tests.core.exercises import some
from tests.ui.sessions import FOUNDING, HOSTILE, UNSATURATED

BLOCK_3x3 = np.arange(9.0).reshape(3, 3)
NOWHERE = ["W_f:9:9", "W_f:3:0", "W_f:0:6", "W_f:0", "b_f:0:0", "__class__:0", ":0", "xs:0:9"]
COMPUTED = ["f:0", "z_f:0", "Wv_f:0", "C:2", "h:0", "kept:1"]


@pytest.mark.parametrize("cell", [*HOSTILE, *NOWHERE, *COMPUTED])
def test_nothing_is_pasted_where_nothing_can_be_set(cell):
    with pytest.raises(ValueError, match=r"^There is no such cell\.$|is computed"):
        with_block(FOUNDING, cell, 0, np.ones((1, 1)))


@pytest.mark.parametrize("name", FOUNDING.params)
def test_behind_every_cell_of_a_parameter_stands_its_own_entry(name):
    found = entries(FOUNDING, name, 0)
    assert [number_behind(FOUNDING, entry) for entry in found.values()] == [
        *FOUNDING.params[name].flat
    ]
    assert all(entry == (name, index) for index, entry in found.items())


@pytest.mark.parametrize(
    ("order", "behind"),
    [
        ("hx", ["h_prev", "h_prev", "h_prev", "xs", "xs"]),
        ("xh", ["xs", "xs", "h_prev", "h_prev", "h_prev"]),
    ],
)
def test_an_entry_of_v_is_the_one_that_was_copied_there(order, behind):
    exercise = UNSATURATED.reordered(order)
    found = entries(exercise, "v", 0)
    assert [found[(k,)][0] for k in range(5)] == behind
    assert [number_behind(exercise, found[(k,)]) for k in range(5)] == [*exercise.trace()[0, "v"]]


@pytest.mark.parametrize(("order", "settable"), [("hx", {3, 4}), ("xh", {0, 1})])
def test_later_only_the_input_part_of_v_can_be_set(order, settable):
    exercise = UNSATURATED.reordered(order)
    found = entries(exercise, "v", 2)
    assert {k for (k,) in found} == settable
    assert {entry[1][0] for entry in found.values()} == {2}
    trace = exercise.trace()
    assert all(number_behind(exercise, entry) == trace[2, "v"][k] for (k,), entry in found.items())


@pytest.mark.parametrize("name", ["h_prev", "C_prev"])
def test_a_state_can_be_set_before_the_first_step_only(name):
    assert entries(UNSATURATED, name, 0)[(2,)] == (name, (2,))
    assert entries(UNSATURATED, name, 1) == {}


def test_x_is_the_row_of_xs_at_this_time_step():
    assert entries(UNSATURATED, "x", 2) == {(0,): ("xs", (2, 0)), (1,): ("xs", (2, 1))}


def test_a_reset_hidden_state_is_computed_though_it_stands_in_a_concatenation():
    exercise = some(gru(), n=2, m=2)
    assert set(entries(exercise, "v_r", 0)) == {(2,), (3,)}


def test_numbers_are_put_in_and_nothing_else_changes():
    new = with_numbers(FOUNDING, {("W_f", (0, 1)): 7.0, ("xs", (0, 2)): 8.0})
    assert (new.params["W_f"][0, 1], new.xs[0, 2]) == (7, 8)
    back = with_numbers(new, {("W_f", (0, 1)): 2.0, ("xs", (0, 2)): 3.0})
    assert back == FOUNDING


@pytest.mark.parametrize("cell", ["W_f:0:0", "W_f:2:5", "W_f:1:3"])
def test_a_whole_block_replaces_the_matrix_from_any_cell(cell):
    block = np.arange(18.0).reshape(3, 6)
    np.testing.assert_array_equal(with_block(FOUNDING, cell, 0, block).params["W_f"], block)


def test_a_part_is_filled_in_from_the_cell_on():
    new = with_block(FOUNDING, "W_f:1:3", 0, np.array([[0.1, 0.2], [0.3, 0.4]]))
    wanted = FOUNDING.params["W_f"].copy()
    wanted[1:3, 3:5] = [[0.1, 0.2], [0.3, 0.4]]
    np.testing.assert_array_equal(new.params["W_f"], wanted)


@pytest.mark.parametrize("shape", [(1, 3), (3, 1)])
@pytest.mark.parametrize("cell", ["b_f:0", "b_f:2", "h_prev:1", "x:0"])
def test_a_vector_takes_a_row_or_a_column(shape, cell):
    name = cell.split(":")[0]
    new = with_block(FOUNDING, cell, 0, np.array([7.0, 8.0, 9.0]).reshape(shape))
    assert new.trace()[0, name].tolist() == [7, 8, 9]


def test_a_part_of_a_vector_is_filled_in_from_the_cell_on():
    new = with_block(FOUNDING, "b_f:1", 0, np.array([[7.0, 8.0]]))
    assert new.params["b_f"].tolist() == [1, 7, 8]


def test_a_block_in_v_goes_to_its_parts():
    new = with_block(FOUNDING, "v:0", 0, np.arange(6.0)[None, :])
    assert (new.xs[0].tolist(), new.start["h_prev"].tolist()) == ([0, 1, 2], [3, 4, 5])


def test_a_row_is_filled_in_from_the_first_cell():
    new = with_block(FOUNDING, "W_f:0:0", 0, np.array([[9.0, 9.0, 9.0]]))
    assert new.params["W_f"][0].tolist() == [9, 9, 9, 4, 5, 6]


def test_three_by_three_is_refused_with_the_rule_and_both_shapes():
    with pytest.raises(ShapeError, match=r"^W_f must be n × \(n\+m\) = 3 × 6 .*; given 3 × 3\.$"):
        with_block(FOUNDING, "W_f:0:0", 0, BLOCK_3x3)


def test_three_by_three_is_filled_in_where_it_is_meant_so():
    new = with_block(FOUNDING, "W_f:0:0", 0, BLOCK_3x3, part=True).params["W_f"]
    np.testing.assert_array_equal(new[:, :3], BLOCK_3x3)
    np.testing.assert_array_equal(new[:, 3:], FOUNDING.params["W_f"][:, 3:])


@pytest.mark.parametrize(
    ("cell", "shape"),
    [
        ("W_f:1:0", (3, 3)),
        ("W_f:0:4", (1, 3)),
        ("W_f:0:0", (4, 6)),
        ("b_f:1", (4, 1)),
        ("b_f:0", (2, 2)),
    ],
)
@pytest.mark.parametrize("part", [False, True])
def test_a_block_that_does_not_fit_is_refused(cell, shape, part):
    with pytest.raises(ShapeError, match=f"^{cell[:3]} must be .* given"):
        with_block(FOUNDING, cell, 0, np.ones(shape), part)


def test_a_block_over_computed_entries_is_refused():
    with pytest.raises(ValueError, match="Some of these entries of v are computed"):
        with_block(UNSATURATED.reordered("xh"), "v:1", 1, np.ones((1, 3)))


def test_what_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="finite"):
        with_numbers(FOUNDING, {("b_f", (0,)): float("inf")})


def test_shapes_are_those_of_the_exercise():
    exercise = UNSATURATED.with_readout(4)
    shapes = [shape_of(exercise, name) for name in ("W_f", "W_y", "x", "v", "h", "y")]
    assert shapes == [(3, 5), (4, 3), (2,), (5,), (3,), (4,)]
