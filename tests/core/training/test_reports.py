"""A run of training as it is told: every report is the learner's own state."""

import numpy as np

from lstm_core.training.examples import EXAMPLES, from_text, trained_text
from lstm_core.training.learning import Learner, Settings
from lstm_core.training.reports import exercise_of, reports
from tests.test_import_rule import ROOT

SHORT = Settings("brackets", n=2, T=8, steps=40)


def test_a_report_is_an_exercise():
    *_, last = reports(Learner(SHORT))
    learner = Learner(SHORT)
    for _ in range(40):
        learner.step()
    assert exercise_of(SHORT, last.values) == learner.exercise()


def test_losses_are_means_since_the_report_before():
    told = [*reports(Learner(SHORT), points=4)]
    learner = Learner(SHORT)
    losses = [learner.step()[0] for _ in range(40)]
    assert [one.step for one in told] == [0, 10, 20, 30, 40]
    assert np.allclose([one.loss for one in told[1:]], np.mean(np.reshape(losses, (4, 10)), axis=1))


def test_a_run_that_explodes_ends():
    wild = Settings("brackets", "rnn_relu", optimiser="momentum", rate=1e300, clip=0.0)
    *_, last = reports(Learner(wild))
    assert last.step < wild.steps
    assert not np.isfinite(last.loss)


def test_each_shipped_file_is_what_its_script_makes_byte_for_byte():
    for name in EXAMPLES:
        text = (ROOT / "assets" / "trained" / f"{name}.json").read_text("utf-8")
        assert text == trained_text(name), name
        assert from_text(text).settings == EXAMPLES[name].settings
