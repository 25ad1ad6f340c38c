from dataclasses import replace

import numpy as np
import pytest

from lstm_core.backpropagation.ops import ALL_OPS
from lstm_core.cells import lstm, no_forget_lstm, rnn
from lstm_core.gradients import backward
from lstm_core.trace import Address, run
from tests.core.autograd import autograd, grad_of
from tests.core.samples import CELLS, NAMES, random_exercise, random_trace

CLOSE = {"rtol": 1e-10, "atol": 1e-10}


def agree(cell, ex, seeds):
    trace = run(cell, ex.params, ex.xs, ex.start)
    grads, theirs = backward(trace, seeds), autograd(cell, ex, seeds)
    for t, frame in enumerate(theirs):
        assert set(grads.frames[t]) == set(frame)
        for name, value in frame.items():
            where = f"{name} at t = {t}"
            np.testing.assert_allclose(grads[t, name], grad_of(value), **CLOSE, err_msg=where)
    for name in cell.params:
        total = sum(grad_of(frame[name]) for frame in theirs)
        np.testing.assert_allclose(grads.params[name], total, **CLOSE)


def seeds_for(ex, cell, where, p=2):
    rng = np.random.default_rng(7)
    n = len(ex.start["h_prev"])
    return {(t, name): rng.normal(size=p if name in ("y", "z_y") else n) for t, name in where}


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
@pytest.mark.parametrize(("n", "m", "T"), [(1, 1, 1), (1, 4, 3), (3, 1, 2), (3, 3, 1), (4, 2, 12)])
def test_against_torch(cell, n, m, T):
    ex = random_exercise(cell, n, m, T)
    agree(cell, ex, seeds_for(ex, cell, [(T - 1, "h")]))


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_seeds_at_several_times(cell):
    ex = random_exercise(cell, 3, 2, 5)
    where = [(t, name) for t in (0, 2, 4) for name in cell.carry]
    where += [(3, "h"), (4, "y"), (1, "y"), (2, "z_y")] if cell.readout else [(3, "h")]
    agree(cell, ex, seeds_for(ex, cell, where))


def test_many_random_shapes():
    for seed, (n, m, T) in enumerate(np.random.default_rng(3).integers(1, 9, (25, 3)).tolist()):
        cell = CELLS[seed % len(CELLS)]
        ex = random_exercise(cell, n, m, T, seed=seed)
        agree(cell, ex, seeds_for(ex, cell, [(T - 1, "h"), (T // 2, "h")]))


@pytest.mark.parametrize("step", lstm(readout=True).steps, ids=lambda step: step.name)
def test_any_step_may_be_seeded(step):
    cell = lstm(readout=True)
    ex = random_exercise(cell, 3, 2, 3)
    shape = run(cell, ex.params, ex.xs, ex.start)[1, step.name].shape
    agree(cell, ex, {(1, step.name): np.random.default_rng(1).normal(size=shape)})


def test_states_and_x_may_be_seeded():
    ex = random_exercise(lstm(), 3, 2, 3)
    rng = np.random.default_rng(1)
    states = {(t, name): rng.normal(size=3) for t in (0, 2) for name in ("h_prev", "C_prev")}
    # In torch too, h_prev at t = 2 is a copy of h at t = 1, to which the seed goes back.
    agree(lstm(), ex, states | {(1, "x"): rng.normal(size=2)})


def test_a_constant_error_carousel():
    trace = random_trace(no_forget_lstm(), 3, 2, T=1)
    grads = backward(trace, {(0, "C"): np.ones(3)})
    assert grads[0, "C_prev"].tolist() == [1, 1, 1]
    direct = backward(random_trace(lstm(), 3, 2), {(0, "C"): np.ones(3)})
    np.testing.assert_array_equal(direct[0, "C_prev"], random_trace(lstm(), 3, 2)[0, "f"])


def test_the_hidden_state_gets_seed_and_next_step_and_readout():
    cell = lstm(readout=True)
    trace = random_trace(cell, 3, 2, T=2)
    seed, dy = np.ones(3), np.ones(2)
    grads = backward(trace, {(0, "h"): seed, (0, "y"): dy, (1, "h"): seed})
    read = trace.params["W_y"].T @ grads[0, "z_y"]
    np.testing.assert_allclose(grads[0, "h"], seed + grads[1, "h_prev"] + read, rtol=1e-14)


def test_params_are_summed_over_time():
    trace = random_trace(lstm(), 3, 2, T=4)
    grads = backward(trace, {(3, "h"): np.ones(3)})
    for name in lstm().params:
        parts = [grads[t, name] for t in range(4)]
        assert all(np.any(part) for part in parts)
        np.testing.assert_allclose(grads.params[name], sum(parts), rtol=1e-14)


def test_what_nothing_reads_is_zero():
    trace = random_trace(lstm(readout=True), 3, 2, T=2)
    grads = backward(trace, {(0, "C"): np.ones(3)})
    for at in [(1, "C"), (1, "W_f"), (0, "h"), (0, "y"), (0, "W_o"), (0, "W_y"), (1, "x")]:
        assert grads[at].shape == trace[at].shape
        assert not np.any(grads[at])
    assert not any(np.any(value) for value in backward(trace, {}).params.values())


def test_same_addresses_same_cell_read_only():
    trace = random_trace(lstm(), 3, 2, T=2)
    grads = backward(trace, {(1, "h"): [1, 1, 1]})
    assert grads.cell is trace.cell
    assert len(grads) == 2
    assert grads[Address("W_f", 1, (2, 4))] == grads[1, "W_f"][2, 4]
    arrays = [*grads.params.values(), *(a for frame in grads.frames for a in frame.values())]
    assert not any(array.flags.writeable for array in arrays)
    for frame, values in zip(grads.frames, trace.frames, strict=True):
        assert list(frame) == list(values)
        assert all(frame[name].shape == value.shape for name, value in values.items())


def test_the_callers_seed_stays_the_callers():
    trace, seed = random_trace(lstm(), 3, 2), np.ones(3)
    grads = backward(trace, {(0, "h"): seed})
    assert seed.flags.writeable
    seed[:] = 99
    assert grads[0, "h"].tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("at", "seed", "sentence"),
    [
        ((2, "h"), np.ones(3), "Seed for h: t must be 0 to 1, given 2."),
        ((-1, "h"), np.ones(3), "Seed for h: t must be 0 to 1, given -1."),
        (
            (0, "g"),
            np.ones(3),
            "Seed for g: this cell has no step, state or input of that name.",
        ),
        (
            (0, "W_f"),
            np.ones((3, 5)),
            "Seed for W_f: this cell has no step, state or input of that name.",
        ),
        ((1, "h"), np.ones(4), "Seed for h at t = 1 must be 3; given 4."),
        ((1, "x"), np.ones((2, 1)), "Seed for x at t = 1 must be 2; given 2 × 1."),
        ((1, "h"), 1.0, "Seed for h at t = 1 must be 3; given a single number."),
    ],
)
def test_wrong_seeds_are_refused_in_one_sentence(at, seed, sentence):
    with pytest.raises(ValueError, match=r"^Seed for") as caught:
        backward(random_trace(lstm(), 3, 2, T=2), {at: seed})
    assert str(caught.value) == sentence


def test_an_exploding_gradient_is_a_value_and_not_a_warning():
    big = {"W_h": [[1e200, 0.0]], "b_h": [1.0]}
    trace = run(rnn(activation="relu"), big, [[0], [0], [0]], {"h_prev": [1e-300]})
    assert backward(trace, {(2, "h"): [1.0]})[0, "h_prev"][0] == np.inf


def test_what_has_no_derivative_says_so():
    cell = lstm()
    kept = replace(cell["kept"], op=ALL_OPS["copy"], inputs=("C_prev",))
    trace = random_trace(cell.with_step(kept), 3, 2)
    with pytest.raises(ValueError, match="Step kept has no derivative: copy gives none"):
        backward(trace, {(0, "h"): np.ones(3)})
