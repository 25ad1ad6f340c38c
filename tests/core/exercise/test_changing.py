"""Another cell on the same numbers: what both have goes on, to the last bit."""

import itertools

import numpy as np
import pytest

from lstm_core.cells import CELLS, cell_named
from lstm_core.exercise.changing import CellChange, change_of
from lstm_core.exercise.presets import PRESETS
from tests.core.exercises import identical, some

PAIRS = [*itertools.permutations(CELLS, 2)]
RENAMED = (("W_C", "W_h"), ("b_C", "b_h"))


def in_both(old, new):
    """The arrays of one name, by hand: the set that two tables share."""
    return {name for name in old.given if name in new.given}


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (
            *("lstm", "peephole_lstm"),
            CellChange(
                ("W_f", "b_f", "W_i", "b_i", "W_C", "b_C", "W_o", "b_o", "h_prev", "C_prev"),
                *(("p_f", "p_i", "p_o"), (), ()),
            ),
        ),
        (
            *("coupled_lstm", "no_forget_lstm"),
            CellChange(
                ("W_C", "b_C", "W_o", "b_o", "h_prev", "C_prev"),
                *(("W_i", "b_i"), ("W_f", "b_f"), ()),
            ),
        ),
        (
            *("no_forget_lstm", "gru_after"),
            CellChange(
                ("h_prev",),
                ("W_z", "b_z", "W_r", "b_r", "b_hh"),
                ("W_i", "b_i", "W_o", "b_o", "C_prev"),
                RENAMED,
            ),
        ),
        (
            *("rnn_relu", "lstm"),
            CellChange(
                ("h_prev",),
                ("W_f", "b_f", "W_i", "b_i", "W_o", "b_o", "C_prev"),
                (),
                (("W_h", "W_C"), ("b_h", "b_C")),
            ),
        ),
        (
            *("gru_before", "rnn_tanh"),
            CellChange(("W_h", "b_h", "h_prev"), (), ("W_z", "b_z", "W_r", "b_r"), ()),
        ),
    ],
)
def test_what_becomes_of_each_array(old, new, change):
    assert change_of(cell_named(old, "hx"), cell_named(new, "hx")) == change


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_what_both_cells_have_goes_on_and_the_rest_is_said(old, new, order):
    before = some(cell_named(old, order, readout=True), n=3, m=2, T=3, title="Published")
    after, change = before.in_cell(new)
    assert (after.cell.name, after.order, after.cell.readout) == (new, order, True)
    assert (after.m, after.n, after.r, after.T, after.p) == (2, 3, 3, 3, 2)
    assert after.decimals == before.decimals
    np.testing.assert_array_equal(after.xs, before.xs)
    for name in in_both(before.cell, after.cell):
        np.testing.assert_array_equal(after.arrays[name], before.arrays[name])
    for of, name in change.renamed:
        np.testing.assert_array_equal(after.arrays[name], before.arrays[of])
    said = (*change.kept, *change.new, *(name for _, name in change.renamed))
    assert sorted(said) == sorted(after.cell.given)
    assert {*before.cell.given} == {
        *change.kept,
        *change.left_out,
        *(of for of, _ in change.renamed),
    }


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_what_is_new_is_small_and_the_same_every_time(old, new):
    before = some(cell_named(old, "hx"), n=4, m=2)
    (after, change), (again, _) = (before.in_cell(new) for _ in range(2))
    assert identical(after, again)
    for name in change.new:
        assert after.arrays[name].all()
        assert np.abs(after.arrays[name]).max() <= 0.5  # 1/√n
        np.testing.assert_array_equal(after.arrays[name], after.arrays[name].round(2))


def test_the_candidate_is_worked_out_with_the_same_weights():
    before = some(n=3, m=2, T=1)
    after = before.in_cell("rnn_tanh")[0]
    np.testing.assert_array_equal(after.trace()[0, "h"], before.trace()[0, "C_tilde"])


def test_notes_on_steps_that_are_still_there_are_kept():
    exercise = some(notes={"o": "Look.", "h": "Look here.", "f": "And here."})
    assert exercise.in_cell("gru_before")[0].notes == {"h": "Look here."}


@pytest.mark.parametrize("name", PRESETS)
def test_a_published_example_in_another_cell_no_longer_says_that_it_is_one(name):
    other = "gru_after" if PRESETS[name].cell.name != "gru_after" else "lstm"
    after = PRESETS[name].in_cell(other)[0]
    assert (after.title, after.source) == ("", "")


def test_there_is_no_cell_of_another_name():
    with pytest.raises(ValueError, match="the cell must be one of lstm, "):
        some().in_cell("transformer")
