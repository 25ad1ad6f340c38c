import numpy as np
import pytest

from lstm_core.cells import coupled_lstm, gru, lstm, no_forget_lstm, peephole_lstm, rnn
from lstm_core.looks.stacked import at_once, stacked
from lstm_core.trace import run
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES, random_trace

every_cell = pytest.mark.parametrize("cell", CELLS, ids=NAMES)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (lstm(), "z_f z_i z_C z_o"),
        (lstm(readout=True), "z_f z_i z_C z_o"),
        (peephole_lstm("xh"), "a_f a_i a_o z_C"),
        (coupled_lstm(), "z_f z_C z_o"),
        (no_forget_lstm(), "z_i z_C z_o"),
        (gru(), "z_z z_r"),
        (gru("xh", "after"), "z_z z_r"),
        (rnn(), "z_h"),
    ],
    ids=lambda x: getattr(x, "name", None),
)
def test_which_maps_are_stacked(cell, names):
    trace = random_trace(cell, 3, 2)
    found, W, b = stacked(cell, trace.params)
    assert set(found) == set(names.split())
    assert list(found) == [step.name for step in cell.steps if step.name in found]
    assert W.shape == (3 * len(found), 5)
    assert b.shape == (3 * len(found),)


@every_cell
@pytest.mark.parametrize(("n", "m"), [(1, 1), (3, 2), (5, 4), (16, 7), (33, 20)])
def test_the_stacked_product_gives_the_same_numbers(cell, n, m):
    """To 1e-15 of the terms: a library may add up the rows of a taller matrix in another order."""
    trace = random_trace(cell, n, m, T=2)
    names, W, b = stacked(cell, trace.params)
    for t in range(2):
        v = trace[t, "v"]
        hair = 1e-15 * (np.abs(W) @ np.abs(v) + np.abs(b)) * np.log2(2 + len(v))
        apart = np.concatenate([trace[t, name] for name in names])
        assert np.all(np.abs(W @ v + b - apart) <= hair)


def test_whole_numbers_are_the_same_to_the_last_bit():
    rng = np.random.default_rng(1)
    trace = random_trace(lstm(), 8, 5)
    params = {name: rng.integers(-9, 9, array.shape) for name, array in trace.params.items()}
    v = rng.integers(-9, 9, 13)
    names, W, b = stacked(lstm(), params)
    apart = [params[f"W_{name[2]}"] @ v + params[f"b_{name[2]}"] for name in names]
    np.testing.assert_array_equal(W @ v + b, np.concatenate(apart))


@every_cell
def test_at_once_and_one_by_one_are_the_same_sums(cell):
    trace = some(cell, n=5, m=3, T=2).trace()
    found = at_once(trace, 1)
    assert tuple(found) == stacked(cell, trace.params)[0]
    for name, (together, apart) in found.items():
        np.testing.assert_array_equal(apart, trace[1, name])
        np.testing.assert_allclose(together, apart, rtol=1e-13, atol=1e-14)


def test_a_sum_that_is_not_that_of_the_cell_would_be_seen():
    exercise = some(n=3, m=2)
    trace = run(exercise.cell, exercise.params, exercise.xs, exercise.start)
    together = at_once(trace, 0)["z_i"][0]
    assert np.abs(together - trace[0, "z_f"]).max() > 0.01
