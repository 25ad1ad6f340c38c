"""A run of training, beside the same run in PyTorch from the same start."""

import numpy as np
import pytest

from lstm_core.training.learning import Learner, Settings, accuracy_on
from lstm_core.training.optimisers import clipped
from lstm_core.training.tasks.table import TASKS
from lstm_core.training.tasks.task import Chance, side_by_side
from tests.core.training.torch_learner import MOVES, Torch

STEPS = 50


@pytest.mark.parametrize(
    ("task", "cell", "optimiser"),
    [
        ("outbreak", "lstm", "adam"),
        ("brackets", "gru_after", "adam"),
        ("agreement", "rnn_tanh", "momentum"),
        ("first_bit", "rnn_relu", "sgd"),
        ("areas", "lstm", "momentum"),
    ],
)
def test_it_takes_the_steps_that_torch_takes(task, cell, optimiser):
    settings = Settings(task, cell, 4, 12, optimiser, 0.03, 0.5, forget_bias=None, seed=7)
    ours, same = Learner(settings), Learner(settings)
    theirs = Torch(ours)
    move = MOVES[optimiser](theirs.learned(), settings.rate)
    batches = (same.training.part(chosen) for chosen in same.order)
    curve = [(ours.step(), theirs.learn(next(batches), move, settings.clip)) for _ in range(STEPS)]
    assert np.allclose([a for a, _ in curve], [b for _, b in curve], rtol=0, atol=1e-8)
    assert curve[-1][0][0] != curve[0][0][0]


def test_the_same_settings_give_the_same_run_and_another_seed_another():
    runs = [Learner(Settings("brackets", n=2, seed=seed)) for seed in (3, 3, 4)]
    first, again, other = ([run.step() for _ in range(5)] for run in runs)
    assert first == again
    assert first != other


def test_what_it_is_tested_with_it_has_not_learned_from():
    learner = Learner(Settings("outbreak", seed=5))
    seen = {xs.tobytes() for xs in np.moveaxis(learner.training.xs, -1, 0)}
    asked = [xs.tobytes() for xs in np.moveaxis(learner.held_out.xs, -1, 0)]
    assert sum(xs in seen for xs in asked) <= len(asked) // 50


def test_it_learns_and_what_it_learned_is_an_exercise():
    learner = Learner(Settings("agreement", n=2, T=14, rate=0.03))
    before = learner.accuracy()
    for _ in range(300):
        learner.step()
    assert before < 0.8
    assert learner.accuracy() > 0.99
    found = learner.exercise(decimals=2)
    assert found.cell.name == "lstm"
    assert all(np.array_equal(np.round(a, 2), a) for a in found.params.values())
    assert accuracy_on(found, TASKS["agreement"], 14, 64, 99) > 0.99


def test_its_accuracy_is_that_of_its_traces():
    learner = Learner(Settings("outbreak", n=2, T=9))
    for _ in range(30):
        learner.step()
    found, right, asked = learner.exercise(), 0.0, 0.0
    task = TASKS["outbreak"]
    chance = Chance(learner.settings.seed + 1_000_003)
    for _ in range(256):
        xs = task.draw(chance, 9)
        targets, weights = task.answers(xs)
        trace = found.with_array("xs", xs).trace()
        y = np.array([trace[t, "y"] for t in range(9)])
        right += ((y > 0.5) == (targets > 0.5))[weights > 0].sum()
        asked += weights.sum()
    assert learner.accuracy() == pytest.approx(right / asked)


def test_the_readers_own_sequences_are_what_it_learns_from():
    task = TASKS["brackets"]
    own = side_by_side([task.read("aabb"), task.read("ab")], task.answers)
    learner = Learner(Settings("brackets", n=2), own)
    assert own.weights[..., 1].sum() == 2  # after the end of the shorter one nothing is asked
    losses = [learner.step()[0] for _ in range(200)]
    assert losses[-1] < 0.1 < losses[0]


def test_a_gradient_is_shortened_to_the_length_allowed_and_never_lengthened():
    long, short = np.array([3.0, 4.0]), np.array([0.3, 0.4])
    assert clipped(long, 1.0) == 5.0
    assert np.allclose(long, [0.6, 0.8], rtol=1e-6)
    assert clipped(short, 1.0) == pytest.approx(0.5)
    assert np.array_equal(short, [0.3, 0.4])
