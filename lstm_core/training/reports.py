"""A run of training, told: how it stands every so many steps, with all parameters as they were."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from lstm_core.cells import facts
from lstm_core.exercise.exercise import Exercise
from lstm_core.ops import Array
from lstm_core.training.learning import Learner, Settings
from lstm_core.training.network import Network
from lstm_core.training.start import started
from lstm_core.training.tasks.table import TASKS

POINTS = 100  # reports of a whole run, one before the first step


@dataclass(frozen=True, eq=False)
class Report:
    """How a run stands after `step` steps.

    `loss` and `length`, of the gradient before clipping, are the means since the last report;
    `accuracy` is that on held-out sequences. `norms` (T,) are ‖∂L/∂(memory at t)‖ of the last
    batch, and `values` all parameters in the order of a `Network`.
    """

    step: int
    loss: float
    accuracy: float
    length: float
    norms: Array
    values: Array


def reports(learner: Learner, points: int = POINTS) -> Iterator[Report]:
    """Train to the end, and report on the way; stop early once the loss is no number any more."""
    steps = learner.settings.steps
    each = max(1, steps // points)
    with np.errstate(all="ignore"):  # a run that explodes is a result, and not a fault
        yield _first(learner)
        while learner.done < steps:
            made = [learner.step() for _ in range(min(each, steps - learner.done))]
            loss, length = (float(mean) for mean in np.mean(made, axis=0))
            yield _report(learner, loss, length)
            if not math.isfinite(loss):
                return


def _first(learner: Learner) -> Report:
    """Before the first step: the loss and the gradient of the first sequences, nothing moved."""
    loss = learner.network.loss(learner.training.part(np.arange(learner.size)))
    gradient = learner.network.gradient
    return _report(learner, loss, float(np.sqrt(gradient @ gradient)))


def _report(learner: Learner, loss: float, length: float) -> Report:
    network = learner.network
    norms = network.norms(facts(network.cell).memory)
    return Report(learner.done, loss, learner.accuracy(), length, norms, network.values.copy())


def exercise_of(settings: Settings, values: Array) -> Exercise:
    """Return the cell of a run with the parameters of one of its reports."""
    task = TASKS[settings.task]
    start = started(task, settings.cell, settings.n, settings.seed, settings.forget_bias)
    network = Network(start, 1, 1)
    network.values[...] = values
    return replace(start, params={name: each.copy() for name, each in network.params.items()})
