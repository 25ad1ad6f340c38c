import numpy as np
import pytest

from lstm_core.cells import gru, lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.shapes import ShapeError
from tests.core.exercises import identical, some
from tests.core.samples import CELLS, NAMES


def test_one_array_is_replaced_and_the_rest_is_kept():
    exercise = some()
    changed = exercise.with_array("b_f", [1, 2, 3])
    assert changed.params["b_f"].tolist() == [1, 2, 3]
    assert identical(changed.with_array("b_f", exercise.params["b_f"]), exercise)
    assert exercise.with_array("C_prev", [1, 2, 3]).start["C_prev"].tolist() == [1, 2, 3]
    assert exercise.with_array("xs", np.ones((7, 2))).T == 7


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("W_f", np.ones((3, 3)), r"W_f must be n × \(n\+m\) = 3 × 5 .* given 3 × 3"),
        ("xs", np.ones((2, 3)), r"xs must be T × m = 2 × 2 .* given 2 × 3"),
        ("xs", 1.0, r"xs must be T × m"),
    ],
)
def test_the_array_that_was_edited_is_the_one_that_is_blamed(name, values, told):
    with pytest.raises(ShapeError, match=told):
        some().with_array(name, values)


def test_there_is_no_array_of_another_name():
    with pytest.raises(ValueError, match="There is no W_q here, only W_f, "):
        some().with_array("W_q", [])


def test_one_number_is_replaced():
    exercise = some()
    changed = exercise.with_entry("W_i", (2, 4), -0.5)
    different = changed.params["W_i"] != exercise.params["W_i"]
    assert changed.params["W_i"][2, 4] == -0.5
    assert different.sum() == 1
    assert exercise.with_entry("xs", (1, 0), 9).xs[1, 0] == 9


@pytest.mark.parametrize("index", [(3, 0), (0, 5), (-1, 0), (0,), (0, 0, 0), ()])
def test_an_entry_that_is_not_there_is_refused(index):
    with pytest.raises(ValueError, match=r"W_i has no entry \[.*\]: it is 3 × 5\."):
        some().with_entry("W_i", index, 1.0)


def test_an_entry_is_a_finite_number():
    with pytest.raises(ValueError, match=r"b_f\[0\] must hold finite numbers"):
        some().with_entry("b_f", (0,), float("inf"))


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize(("m", "n"), [(4, 3), (2, 5), (1, 2), (3, 1), (2, 3)])
def test_both_blocks_of_w_are_kept_each_by_itself(order, m, n):
    old = some(gru(order, reset="after"), n=3, m=2)
    new, _ = old.resized(m=m, n=n)

    def h_and_x(exercise):
        W = exercise.params["W_h"] if order == "hx" else exercise.reordered("hx").params["W_h"]
        return W[:, : exercise.n], W[:, exercise.n :]

    for before, after in zip(h_and_x(old), h_and_x(new), strict=True):
        rows, columns = np.minimum(before.shape, after.shape)
        np.testing.assert_array_equal(after[:rows, :columns], before[:rows, :columns])
        assert after.all()
    kept = min(n, 3)
    np.testing.assert_array_equal(new.params["b_hh"][:kept], old.params["b_hh"][:kept])
    assert new.params["b_hh"].all()


def test_smaller_and_back_again_loses_only_what_was_cut():
    old = some(lstm(readout=True), n=3, m=2, T=4)
    new = old.resized(n=2, T=3, p=1)[0].resized(n=3, T=4, p=2)[0]
    assert new.sizes == old.sizes
    np.testing.assert_array_equal(new.xs[:3], old.xs[:3])
    np.testing.assert_array_equal(new.params["W_y"][0, :2], old.params["W_y"][0, :2])
    assert not np.isin(new.xs[3], old.xs[3]).any()
    assert not np.isin(new.params["W_y"][1], old.params["W_y"][1]).any()


def test_what_is_new_is_small_and_the_same_every_time():
    old = some(lstm(readout=True), n=3, m=2, T=4)
    new, again = (old.resized(m=3, n=5, T=6, p=4)[0] for _ in range(2))
    assert identical(new, again)
    for name, array in new.arrays.items():
        fresh = array[~np.isin(array, old.arrays[name])]
        assert fresh.size == array.size - old.arrays[name].size
        assert np.abs(fresh).max() <= (1 if name == "xs" else 1 / np.sqrt(5))
        np.testing.assert_array_equal(fresh, fresh.round(2))
        assert fresh.all()


NEW = "; the new entries are small random numbers."


@pytest.mark.parametrize(
    ("readout", "to", "sentence"),
    [
        (False, {}, "Nothing changed."),
        (False, {"m": 2, "n": 3}, "Nothing changed."),
        (
            False,
            {"n": 4},
            "n is now 4: every W gained a row and a column for h_{t-1}, "
            "every vector of n numbers an entry" + NEW,
        ),
        (
            True,
            {"n": 5},
            "n is now 5: W_y gained 2 columns for h_t, every other W 2 rows and 2 columns for "
            "h_{t-1}, every vector of n numbers 2 entries" + NEW,
        ),
        (False, {"m": 3}, "m is now 3: every W gained a column for x_t, every x_t an entry" + NEW),
        (False, {"T": 1}, "T is now 1: xs lost a time step; the rest is kept."),
        (True, {"p": 3}, "p is now 3: W_y gained a row, b_y an entry" + NEW),
        (
            False,
            {"m": 1, "T": 5},
            "m is now 1: every W lost a column for x_t, every x_t an entry; the rest is kept. "
            "T is now 5: xs gained 3 time steps" + NEW,
        ),
    ],
)
def test_resizing_says_what_happened(readout, to, sentence):
    exercise = some(lstm(readout=readout))
    resized, told = exercise.resized(**to)
    assert told == sentence
    assert resized.sizes == exercise.sizes | to


@pytest.mark.parametrize("to", [{"n": 0}, {"m": 65}, {"T": 1001}, {"n": 10**9}, {"n": 2.5}])
def test_a_size_out_of_range_is_refused(to):
    with pytest.raises(ValueError, match=f"{next(iter(to))} must be a whole number from 1 to "):
        some().resized(**to)


def test_without_a_readout_there_is_no_p():
    with pytest.raises(ValueError, match="There is no read-out"):
        some().resized(p=2)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_reordering_moves_the_columns_and_changes_no_result(cell):
    exercise = some(cell, n=3, m=2, T=3)
    other = {"hx": "xh", "xh": "hx"}[exercise.order]
    moved = exercise.reordered(other)
    before, after = exercise.trace(), moved.trace()
    assert moved.order == other
    np.testing.assert_allclose(after[2, "h"], before[2, "h"], rtol=0, atol=1e-13)
    assert sorted(after[0, "v"]) == sorted(before[0, "v"])
    assert identical(moved.reordered(exercise.order), exercise)
    assert identical(exercise.reordered(exercise.order), exercise)


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_relabelling_keeps_the_matrices_and_changes_the_result(cell):
    exercise = some(cell, n=3, m=2, T=3)
    mixed = exercise.relabelled({"hx": "xh", "xh": "hx"}[exercise.order])
    assert identical(mixed, exercise)
    assert mixed.order != exercise.order
    assert mixed != exercise
    assert not np.allclose(mixed.trace()[2, "h"], exercise.trace()[2, "h"])


@pytest.mark.parametrize("change", [Exercise.reordered, Exercise.relabelled])
def test_there_are_two_orders(change):
    with pytest.raises(ValueError, match="order must be"):
        change(some(), "xhx")


def test_a_readout_starts_with_numbers_that_can_be_told_apart():
    exercise = some(gru(), n=3).with_readout(2)
    assert exercise.params["W_y"].tolist() == [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]
    assert exercise.params["b_y"].tolist() == [0.1, 0.2]
    assert exercise.trace()[0, "y"].shape == (2,)
    assert identical(exercise.with_readout(3).with_readout(2), exercise)
    assert some(gru()).with_readout(64).params["W_y"].max() == 0.9
    assert set(some(gru()).params) == set(exercise.without_readout().params)
    with pytest.raises(ValueError, match="p must be a whole number"):
        some().with_readout(0)
