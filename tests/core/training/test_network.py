"""The network for many sequences at once, beside the same table in PyTorch, one by one."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from lstm_core.cells import CELLS, cell_named, lstm
from lstm_core.exercise.exercise import Exercise
from lstm_core.training.network import Network
from lstm_core.training.tasks.task import Batch
from tests.core.autograd import TORCH
from tests.core.samples import random_exercise

T, B = 5, 3
EVERY = [(name, order) for name in CELLS for order in ("hx", "xh")]


def exercise_of(name, order):
    cell = cell_named(name, order, True)
    drawn = random_exercise(cell, 4, 3, T, p=2)
    return Exercise(cell, drawn.params, drawn.xs, drawn.start)


def batch_of(exercise, rng):
    xs = rng.normal(0, 1, (T, exercise.m, B))
    targets = rng.integers(0, 2, (T, exercise.p, B)).astype(float)
    weights = rng.integers(0, 2, (T, exercise.p, B)).astype(float)
    weights[0] = 1.0
    return Batch(xs, targets, weights)


def by_torch(exercise, batch):
    """L and, by name, ∂L/∂(each parameter); also ∂L/∂h_t of each sequence."""
    params = {
        name: torch.tensor(array, requires_grad=True) for name, array in exercise.params.items()
    }
    every, hidden = [], []
    for b in range(batch.xs.shape[-1]):
        state = {name: torch.tensor(array) for name, array in exercise.start.items()}
        for x in torch.tensor(batch.xs[..., b]):
            frame = {**params, **state, "x": x}
            for step in exercise.cell.steps:
                frame[step.name] = TORCH[step.op.name](*(frame[name] for name in step.inputs))
            frame["h"].retain_grad()
            hidden.append(frame["h"])
            every.append(frame["z_y"])
            state = {previous: frame[name] for name, previous in exercise.cell.carry.items()}
    z = torch.stack(every).reshape(B, len(batch.xs), -1).permute(1, 2, 0)
    losses = torch.nn.functional.binary_cross_entropy_with_logits(
        z, torch.tensor(batch.targets), weight=torch.tensor(batch.weights), reduction="sum"
    )
    loss = losses / batch.weights.sum()
    loss.backward()
    norms = np.array([h.grad.norm().item() for h in hidden]).reshape(B, -1)
    return loss.item(), {k: p.grad.numpy() for k, p in params.items()}, np.sqrt((norms**2).sum(0))


@pytest.mark.parametrize(("name", "order"), EVERY, ids=str)
def test_loss_and_every_gradient_are_those_of_torch(name, order, rng):
    exercise = exercise_of(name, order)
    batch = batch_of(exercise, rng)
    network = Network(exercise, T, B)
    for _ in range(2):  # the second time nothing is left of the first
        loss = network.loss(batch)
    wanted, gradients, norms = by_torch(exercise, batch)
    assert loss == pytest.approx(wanted, rel=1e-12)
    assert network.gradients.keys() == gradients.keys()
    for key, gradient in gradients.items():
        assert np.allclose(network.gradients[key], gradient, rtol=1e-10, atol=1e-13), key
    assert np.allclose(network.norms("h"), norms, rtol=1e-10)


@pytest.mark.parametrize(("name", "order"), EVERY, ids=str)
def test_what_it_computes_is_what_the_trace_shows(name, order, rng):
    exercise = exercise_of(name, order)
    xs = np.repeat(exercise.xs[..., None], B, axis=-1)
    z = Network(exercise, T, B).run(xs)
    trace = exercise.trace()
    assert np.allclose(z[..., 1], [trace[t, "z_y"] for t in range(T)], rtol=1e-12)


def test_four_gates_are_one_product():
    network = Network(exercise_of("lstm", "hx"), T, B)
    products = [group for group in network.groups if group[0].op.name == "matvec"]
    assert [len(group) for group in products] == [4]


def test_weights_that_two_gates_share_get_what_both_give_them(rng):
    cell = cell_named("lstm", "hx", True)
    tied = cell.with_step(replace(cell["Wv_i"], inputs=("W_f", "v")))
    tied = tied.with_step(replace(tied["z_o"], inputs=("Wv_o", "b_f")))
    drawn = random_exercise(tied, 4, 3, T, p=2)
    exercise = Exercise(tied, drawn.params, drawn.xs, drawn.start)
    batch = batch_of(exercise, rng)
    network = Network(exercise, T, B)
    wanted, gradients, _ = by_torch(exercise, batch)
    assert network.loss(batch) == pytest.approx(wanted, rel=1e-12)
    for key, gradient in gradients.items():
        assert np.allclose(network.gradients[key], gradient, rtol=1e-10, atol=1e-13), key


def test_a_cell_without_a_readout_is_refused():
    drawn = random_exercise(lstm(), 2, 2)
    with pytest.raises(ValueError, match="read-out"):
        Network(Exercise(lstm(), drawn.params, drawn.xs, drawn.start), T, B)
