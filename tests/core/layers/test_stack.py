"""A stack against PyTorch, which has the same for LSTM, GRU and RNN; and what it refuses."""

import numpy as np
import pytest
import torch

from lstm_core.cells import CELLS, cell_named
from lstm_core.exercise.exercise import Exercise
from lstm_core.frameworks.convert import from_framework
from lstm_core.layers.gradients import backward_through
from lstm_core.layers.stack import MOST_LAYERS, Place, Stack, bare, stacked, time_of
from tests.core.exercises import some

T, M, N = 5, 3, 4
KINDS = {
    "lstm": (torch.nn.LSTM, {}, "lstm"),
    "gru": (torch.nn.GRU, {}, "gru_after"),
    "tanh": (torch.nn.RNN, {}, "rnn_tanh"),
    "relu": (torch.nn.RNN, {"nonlinearity": "relu"}, "rnn_relu"),
}
SHAPES = [(2, False), (3, False), (1, True), (2, True), (3, True)]


def in_torch(kind, layers, both, seed=0):
    """A module of PyTorch with random numbers in double precision, its inputs and states."""
    torch.manual_seed(seed)
    make, options, _ = KINDS[kind]
    module = make(M, N, num_layers=layers, bidirectional=both, dtype=torch.float64, **options)
    states = torch.randn(2, layers * (1 + both), 1, N, dtype=torch.float64)
    return module, torch.randn(T, 1, M, dtype=torch.float64, requires_grad=True), states


def in_ours(kind, module, xs, states, layers, both):
    """The same as a stack, its weights converted layer by layer."""
    cell = cell_named(KINDS[kind][2], "hx")
    arrays = {name: array.detach().numpy() for name, array in module.state_dict().items()}
    lanes, at = [], 0
    for k in range(layers):
        lanes.append({})
        for way, there in [("forward", "forward"), ("backward", "reverse")][: 1 + both]:
            params = from_framework("pytorch", arrays, cell=cell.name, layer=k, direction=there)
            start = {name: states[s, at, 0].numpy() for s, name in enumerate(cell.states)}
            x = np.zeros((1, M if k == 0 else N * (1 + both)))
            lanes[-1][way] = Exercise(cell, params, x, start)
            at += 1
    return Stack(xs.detach().numpy()[:, 0], lanes)


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=0, atol=1e-12)


def one_bias(kind, name, grad):
    """Where there are two biases, which are summed here, half of a gradient, as it comes twice.

    The candidate of a GRU has two biases here as well.
    """
    grad = grad.numpy().copy()
    if name.startswith("bias"):
        grad[: 2 * N if kind == "gru" else None] /= 2
    return grad


@pytest.mark.parametrize(("layers", "both"), SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_h_of_the_last_layer_and_each_gradient_are_those_of_torch(kind, layers, both):
    module, xs, states = in_torch(kind, layers, both)
    out, _ = module(xs, (states[0], states[1]) if kind == "lstm" else states[0])
    stack = in_ours(kind, module, xs, states, layers, both)
    close(stack.output(), out[:, 0])

    seeds = torch.randn(out.shape, dtype=torch.float64)
    out.backward(seeds)
    grads = backward_through(stack, seeds[:, 0].numpy())
    close(grads.xs, xs.grad[:, 0])
    theirs = {name: one_bias(kind, name, p.grad) for name, p in module.named_parameters()}
    for place in stack.places:
        there = "forward" if place.direction == "forward" else "reverse"
        wanted = from_framework(
            "pytorch", theirs, cell=KINDS[kind][2], layer=place.layer, direction=there
        )
        for name, array in wanted.items():
            np.testing.assert_allclose(
                grads.trace(place).params[name], array, rtol=0, atol=1e-12, err_msg=name
            )


def test_a_backward_lane_reads_the_inputs_from_the_last_to_the_first():
    one = some(cell_named("gru_before", "hx"))
    stack = stacked(one.xs, {"backward": one})
    np.testing.assert_array_equal(stack[Place(0, "backward")].xs, one.xs[::-1])
    h = stack.trace(Place(0, "backward"))
    for t in range(one.T):
        own = time_of("backward", t, one.T)
        np.testing.assert_array_equal(stack.output()[t], h[own, "h"])


@pytest.mark.parametrize("name", CELLS)
def test_x_of_each_layer_is_h_of_the_one_below_in_any_cell(name):
    one = some(cell_named(name, "hx"))
    width = one.trace()[0, "h"].size
    stack = stacked(one.xs, one, one.resized(m=width)[0], one.resized(m=width)[0])
    for k in (1, 2):
        np.testing.assert_array_equal(stack[Place(k)].xs, stack.output(k - 1))
        np.testing.assert_array_equal(stack.inputs(k), stack.output(k - 1))
    # By hand: run the layers one by one, each over the numbers that the last one gave.
    xs = one.xs
    for k in range(3):
        lane = stack[Place(k)]
        again = Exercise(lane.cell, lane.params, xs, lane.start).trace()
        xs = np.array([frame["h"] for frame in again.frames])
    np.testing.assert_array_equal(xs, stack.output())


def test_what_does_not_fit_is_refused_in_a_sentence():
    one = some(cell_named("lstm", "hx"))
    other = one.resized(m=one.n + 1)[0]
    with pytest.raises(ValueError, match=r"Layer 2 reads m = \d numbers .* layer 1 hands on \d\."):
        stacked(one.xs, one, other)
    with pytest.raises(ValueError, match=r"Layer 1 reads m = \d numbers .* and there are \d\."):
        stacked(one.xs, other)
    with pytest.raises(ValueError, match="1 to 8 layers; given 0"):
        stacked(one.xs)
    with pytest.raises(ValueError, match="given 9"):
        stacked(one.xs, *[one] * (MOST_LAYERS + 1))


def test_h_that_has_grown_too_large_is_refused_only_where_a_layer_reads_it():
    relu = some(cell_named("rnn_relu", "hx"))
    large = (
        relu.with_array("b_h", np.full(relu.n, 1.7e308))
        .with_array("xs", np.full((3, relu.m), 1e300))
        .with_array("W_h", np.full((relu.n, relu.n + relu.m), 1e300))
    )
    assert not np.isfinite(stacked(large.xs, large).output()).all()
    with pytest.raises(ValueError, match=r"h of layer 1 is too large .* at t = 1"):
        stacked(large.xs, large, relu.resized(m=relu.n)[0])


def test_seeds_of_another_shape_are_refused():
    one = some(cell_named("lstm", "hx"))
    stack = stacked(one.xs, one)
    with pytest.raises(ValueError, match=f"dh must be {one.T} × {one.n}; given"):
        backward_through(stack, np.zeros((one.T + 1, one.n)))


def test_a_bare_lane_has_all_but_what_it_reads():
    one = some(cell_named("lstm", "hx"))
    assert bare(one).xs.shape == (1, one.m)
    assert bare(one).params["W_f"].tolist() == one.params["W_f"].tolist()
