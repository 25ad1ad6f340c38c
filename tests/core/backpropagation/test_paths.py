import numpy as np
import pytest
import torch

from lstm_core.backpropagation.paths import cell_jacobian, decay, direct_path, hidden_jacobian
from lstm_core.cells import coupled_lstm, gru, lstm, no_forget_lstm, peephole_lstm, rnn
from lstm_core.gradients import backward
from lstm_core.trace import run
from tests.core.autograd import TORCH
from tests.core.samples import CELLS, NAMES, random_exercise, random_trace
from tests.quickest import seconds_of

every_cell = pytest.mark.parametrize("cell", CELLS, ids=NAMES)
WITH_C = [cell for cell in CELLS if "C" in cell.carry]
every_cell_with_C = pytest.mark.parametrize("cell", WITH_C, ids=lambda c: f"{c.name}-{c.order}")


def twenty(cell, seed=0):
    """T = 20 time steps of a cell with n = 3 and m = 2."""
    return random_trace(cell, 3, 2, T=20, seed=seed)


def torch_jacobian(trace, name, t, s):
    """d(name at t)/d(name at s) by torch: the cell is run on from s with that value pushed."""
    cell = trace.cell
    frame = {key: torch.tensor(value) for key, value in trace.frames[s].items()}

    def later(pushed):
        values = {**frame, name: pushed}
        after = False
        for step in cell.steps:  # at s itself, what is made from the pushed value moves too
            after = after or step.name == name
            if after and step.name != name:
                operands = (values[part] for part in step.inputs)
                values[step.name] = TORCH[step.op.name](*operands)
        for k in range(s + 1, t + 1):
            state = {previous: values[key] for key, previous in cell.carry.items()}
            values = {**frame, **state, "x": torch.tensor(trace[k, "x"])}
            for step in cell.steps:
                operands = (values[part] for part in step.inputs)
                values[step.name] = TORCH[step.op.name](*operands)
        return values[name]

    return torch.autograd.functional.jacobian(later, frame[name]).numpy()


@every_cell_with_C
@pytest.mark.parametrize(("t", "s"), [(0, 0), (6, 5), (6, 2), (6, 0)])
def test_the_cell_jacobian_is_what_torch_says(cell, t, s):
    trace = random_trace(cell, 3, 2, T=7)
    np.testing.assert_allclose(
        cell_jacobian(trace, t, s), torch_jacobian(trace, "C", t, s), rtol=1e-10, atol=1e-10
    )


@every_cell
@pytest.mark.parametrize(("t", "s"), [(0, 0), (6, 5), (6, 0)])
def test_the_hidden_jacobian_is_what_torch_says(cell, t, s):
    trace = random_trace(cell, 3, 2, T=7)
    np.testing.assert_allclose(
        hidden_jacobian(trace, t, s), torch_jacobian(trace, "h", t, s), rtol=1e-10, atol=1e-10
    )


@every_cell
def test_a_row_of_a_jacobian_is_a_backward_pass(cell):
    trace = twenty(cell)
    names = ("h", "C") if "C" in cell.carry else ("h",)
    for name in names:
        found = (cell_jacobian if name == "C" else hidden_jacobian)(trace, 19, 3)
        for i, row in enumerate(found):
            whole = backward(trace, {(19, name): np.eye(3)[i]})
            np.testing.assert_allclose(row, whole[3, name], rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("cell", [lstm("hx"), lstm("xh"), coupled_lstm(), no_forget_lstm()])
def test_against_central_differences(cell):
    """C_0 is pushed, and h_0 follows through tanh alone; the rest is run again from there."""
    ex, h, push = random_exercise(cell, 3, 2, 6), 1e-5, np.array([0.3, -1.0, 0.5])
    trace = run(cell, ex.params, ex.xs, ex.start)

    def last(step):
        C = trace[0, "C"] + step * push
        states = {"C_prev": C, "h_prev": trace[0, "o"] * np.tanh(C)}
        return run(cell, ex.params, ex.xs[1:], states)[4, "C"]

    found = cell_jacobian(trace, 5, 0) @ push
    np.testing.assert_allclose(found, (last(h) - last(-h)) / (2 * h), rtol=1e-6, atol=1e-9)


@every_cell
def test_hidden_states_against_central_differences(cell):
    ex, h, push = random_exercise(cell, 3, 2, 6), 1e-6, np.array([0.3, -1.0, 0.5])
    trace = run(cell, ex.params, ex.xs, ex.start)

    def last(step):
        states = {previous: trace[0, name] for name, previous in cell.carry.items()}
        states["h_prev"] = trace[0, "h"] + step * push
        return run(cell, ex.params, ex.xs[1:], states)[4, "h"]

    found = hidden_jacobian(trace, 5, 0) @ push
    np.testing.assert_allclose(found, (last(h) - last(-h)) / (2 * h), rtol=1e-6, atol=1e-9)


@every_cell
def test_jacobians_multiply_along_the_way(cell):
    """Of a cell with one state, dh_t/dh_s is the product over the time steps between."""
    trace = twenty(cell)
    if len(cell.carry) == 1:
        steps = [hidden_jacobian(trace, k + 1, k) for k in range(4, 11)]
        np.testing.assert_allclose(
            hidden_jacobian(trace, 11, 4), np.linalg.multi_dot(steps[::-1]), rtol=1e-10
        )


def test_the_product_of_the_forget_gates_is_not_the_whole_derivative():
    """T = 20 and gates that keep: both are far from 0, and differ in the first decimal."""
    ex = random_exercise(lstm(), 3, 2, 20)
    ex.params["b_f"][:] = 3.0
    trace = run(lstm(), ex.params, ex.xs, ex.start)
    direct, whole = direct_path(trace, 19, 0), cell_jacobian(trace, 19, 0)
    np.testing.assert_allclose(
        direct, np.prod([trace[k, "f"] for k in range(1, 20)], axis=0), rtol=1e-12
    )
    assert np.all(direct > 0.05)
    difference = whole - np.diag(direct)
    assert np.max(np.abs(np.diag(difference))) > 0.05
    assert np.max(np.abs(difference - np.diag(np.diag(difference)))) > 0.05
    one = cell_jacobian(trace, 1, 0) - np.diag(trace[1, "f"])
    assert 0.01 < np.max(np.abs(one)) < 1


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize("make", [lstm, coupled_lstm, no_forget_lstm])
def test_without_the_columns_of_h_they_are_the_same(make, order):
    cell, ex = make(order), random_exercise(make(order), 3, 2, 20)
    columns = slice(0, 3) if order == "hx" else slice(2, 5)
    for name, array in ex.params.items():
        if name.startswith("W_"):
            array[:, columns] = 0.0
    trace = run(cell, ex.params, ex.xs, ex.start)
    for t, s in [(19, 0), (19, 10), (7, 7)]:
        whole, direct = cell_jacobian(trace, t, s), direct_path(trace, t, s)
        np.testing.assert_allclose(whole, np.diag(direct), rtol=1e-12, atol=1e-16)
    assert np.all(hidden_jacobian(trace, 19, 0) == 0.0)


@pytest.mark.parametrize(
    ("cell", "gate"),
    [
        (lstm(), "f"),
        (coupled_lstm("xh"), "f"),
        (peephole_lstm(), "f"),
        (gru(), "z"),
        (gru("xh", "after"), "z"),
    ],
    ids=lambda x: getattr(x, "name", x),
)
def test_the_direct_path_multiplies_the_gate_that_keeps(cell, gate):
    trace = twenty(cell)
    wanted = trace[5, gate] * trace[6, gate] * trace[7, gate]
    np.testing.assert_allclose(direct_path(trace, 7, 4), wanted, rtol=1e-15)
    assert direct_path(trace, 4, 4).tolist() == [1, 1, 1]


def test_the_cell_of_1997_passes_everything_on():
    assert direct_path(twenty(no_forget_lstm()), 19, 0).tolist() == [1, 1, 1]


@every_cell
def test_the_decay_is_the_norm_of_the_jacobian(cell):
    trace = twenty(cell)
    found = decay(trace)
    assert found.shape == (20,)
    assert found[19] == pytest.approx(1.0)
    for s in (0, 7, 18):
        wanted = np.linalg.norm(hidden_jacobian(trace, 19, s), 2)
        assert found[s] == pytest.approx(wanted, rel=1e-10)


def test_the_decay_of_what_the_cell_state_holds():
    trace = twenty(lstm())
    found = decay(trace, of="C")
    slope = trace[19, "o"] * (1 - np.tanh(trace[19, "C"]) ** 2)
    assert found[19] == pytest.approx(np.max(np.abs(slope)))
    rows = [backward(trace, {(19, "h"): unit})[4, "C"] for unit in np.eye(3)]
    assert found[4] == pytest.approx(np.linalg.norm(rows, 2), rel=1e-10)


def test_vanishing_and_exploding():
    weights = {"b_h": np.zeros(3)}
    still = np.zeros((60, 1))
    for scale, ends in ((0.5, 0.5**59), (2.0, 2.0**59)):
        W = np.hstack([scale * np.eye(3), np.zeros((3, 1))])
        trace = run(rnn(activation="relu"), {"W_h": W, **weights}, still, {"h_prev": np.ones(3)})
        assert decay(trace)[0] == pytest.approx(ends, rel=1e-12)


def test_beyond_double_precision_it_is_infinite_and_no_warning():
    cell, params = rnn(activation="relu"), {"W_h": [[1e200, 0.0]], "b_h": [1.0]}
    trace = run(cell, params, np.zeros((4, 1)), {"h_prev": [1e-300]})
    assert decay(trace).tolist() == [np.inf, np.inf, 1e200, 1.0]


def test_many_time_steps_are_worked_out_in_pieces(monkeypatch):
    trace = random_trace(lstm(), 4, 2, T=30)
    at_once = decay(trace)
    monkeypatch.setattr("lstm_core.backpropagation.paths.NUMBERS", 1)
    np.testing.assert_allclose(decay(trace), at_once, rtol=1e-12)


def test_it_is_quick_enough_to_be_redrawn():
    trace = random_trace(lstm(), 16, 3, T=200)
    # 12 ms on an idle machine: this catches a wrong order of growth
    assert seconds_of(lambda: decay(trace), runs=5) < 0.15


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        (lambda: cell_jacobian(twenty(gru()), 3, 0), "The cell gru_before has no state C, only h."),
        (lambda: decay(twenty(rnn()), "C"), "The cell rnn_tanh has no state C, only h."),
        (
            lambda: direct_path(twenty(rnn()), 3, 0),
            "The cell rnn_tanh has no direct path: all of h is made anew.",
        ),
        (
            lambda: cell_jacobian(twenty(lstm()), 3, 4),
            "s and t must be 0 ≤ s ≤ t ≤ 19, given s = 4, t = 3.",
        ),
        (
            lambda: hidden_jacobian(twenty(lstm()), 20, 4),
            "s and t must be 0 ≤ s ≤ t ≤ 19, given s = 4, t = 20.",
        ),
        (
            lambda: direct_path(twenty(lstm()), 3, -1),
            "s and t must be 0 ≤ s ≤ t ≤ 19, given s = -1, t = 3.",
        ),
    ],
)
def test_what_cannot_be_worked_out_is_refused_in_one_sentence(work, sentence):
    with pytest.raises(ValueError, match=r"has no|s and t") as caught:
        work()
    assert str(caught.value) == sentence
