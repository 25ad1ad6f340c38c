"""Runs on the page: found by the address, compared in a figure, opened as exercises."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.exercise.exercise import Exercise
from lstm_core.training.learning import Learner, Settings
from lstm_core.training.reports import exercise_of, reports
from lstm_core.training.tasks.table import TASKS
from lstm_ui.learned.choices import lens
from lstm_ui.learned.events import open_trained
from lstm_ui.learned.models import task_of
from lstm_ui.learned.words import share_sentences
from lstm_ui.sheet.desk import desk_now
from lstm_ui.training import results, runs
from lstm_ui.training.choices import OWN, RUNS
from lstm_ui.training.figure import Course, course_figure, gradient_figure, gradient_sentences
from lstm_ui.training.pool import DONE, KILLED, STOPPED, WAITING, Limits, Pool, Run
from lstm_ui.training.results import looked_at, status
from tests.ui.sessions import session_at

SHORT = Settings("first_bit", n=2, T=6, steps=20)
OTHER = replace(SHORT, cell="rnn_tanh")
LONG = replace(SHORT, steps=300)  # as the form has it


class Idle(Pool):
    """A pool without processes: what waits begins when the test says so."""

    def _begin(self, run):
        run.state = "running"


@pytest.fixture
def pool(monkeypatch):
    made = Idle(Limits(running=2, own=3))
    monkeypatch.setattr(runs, "pool", lambda: made)
    return made


@pytest.fixture(scope="module")
def courses():
    return [Course(runs.run_name(s), s, tuple(reports(Learner(s))), 10) for s in (SHORT, OTHER)]


def test_a_run_stands_in_the_address_and_is_found_by_it(pool):
    session = session_at()
    assert runs.start(session, LONG, LONG) == ""
    found = runs.shown_runs(session)
    assert [one.settings for one in found] == [LONG, LONG]
    reader = session_at()
    reader.options = dict(session.options)  # another tab, or a reload
    assert [one.run for one in runs.shown_runs(reader)] == [one.run for one in found]


def test_more_runs_than_may_be_are_refused_in_a_sentence(pool):
    session = session_at()
    assert runs.start(session, *[LONG] * 3) == ""
    assert "3 runs at work already" in runs.start(session, LONG)
    assert len(runs.shown_runs(session)) == 3


def test_the_oldest_makes_room(pool):
    session = session_at()
    for seed in range(1, 6):
        runs.start(session, replace(LONG, seed=seed))
        runs.stop(session, runs.shown_runs(session)[-1])
    assert [one.settings.seed for one in runs.shown_runs(session)] == [2, 3, 4, 5]


def test_a_run_that_the_server_does_not_know_is_trained_again(pool):
    session = session_at()
    session.options = {RUNS[0].name: "gone,first_bit,lstm,2,6,adam,0.01,1,1,1,1000"}
    (one,) = runs.shown_runs(session)
    assert one.run is None
    runs.again(session, one)
    (one,) = runs.shown_runs(session)
    assert one.run.settings == replace(SHORT, steps=1000)


def test_a_run_that_is_removed_ends(pool):
    session = session_at()
    runs.start(session, LONG, LONG)
    first, second = runs.shown_runs(session)
    runs.remove(session, first)
    assert first.run.state == STOPPED
    assert [one.run for one in runs.shown_runs(session)] == [second.run]
    runs.clear(session)
    assert runs.shown_runs(session) == []


def test_its_state_is_told(pool, courses):
    run = Run(SHORT, "me", reports=[*courses[0].reports])
    for state, words in {
        STOPPED: "Stopped at step 20 of 20. Loss",
        KILLED: "Its process was killed at step 20",
        DONE: "Done: 20 steps. Loss",
    }.items():
        run.state = state
        assert status(run).startswith(words)
    run.state, run.reports = DONE, run.reports[:5]
    assert "the loss is no number" in status(run)
    run.state, run.seconds = "running", 2.0
    assert "about 8 s left" in status(run)
    run.reports = []
    assert status(run) == "It begins."
    _, waiting, last = (pool.start(SHORT, who) for who in "abc")
    pool.runs[run.name] = run
    waiting.state = last.state = WAITING
    assert status(waiting) == "It begins."
    assert status(last) == "Waiting: one before it."


def test_the_figures_show_the_reports(courses):
    loss, accuracy = (course_figure(courses, view) for view in ("loss", "accuracy"))
    for k, one in enumerate(courses):
        assert loss["data"][k]["y"] == [report.loss for report in one.reports]
        assert accuracy["data"][k]["y"] == [report.accuracy for report in one.reports]
        assert one.name in loss["alt"]
    drawn = gradient_figure(courses)
    norms = courses[1].reports[10].norms
    assert np.allclose(drawn["data"][1]["y"], norms / norms.max())


def test_what_is_said_of_a_gradient_is_its_share_at_the_first_time_step(courses):
    for one, said in zip(courses, gradient_sentences(courses), strict=True):
        norms = one.reports[10].norms
        assert f"is {norms[0] / norms.max():.4f} of the largest" in said


@pytest.mark.parametrize(
    ("norms", "fate"),
    [([1e-4, 1.0], "vanished"), ([5.0, 1.0], "grows"), ([0.5, 1.0], "arrives")],
)
def test_its_fate_is_named(courses, norms, fate):
    report = replace(courses[0].reports[0], norms=np.array(norms))
    (said,) = gradient_sentences([Course("a run", SHORT, (report,), 0)])
    assert fate in said


def test_inside_it_is_the_cell_as_it_was(courses):
    _, (said,) = looked_at(courses, "inside")
    assert "step 10" in said
    then = exercise_of(SHORT, courses[0].reports[10].values)
    assert runs.snapshot(courses[0]).params["W_f"].tolist() == then.params["W_f"].tolist()


def test_a_run_opens_as_an_exercise_that_knows_its_task(courses):
    session = session_at()
    runs.open_exercise(session, courses[0])
    assert session.leaving == "learned"
    assert task_of(session.exercise, session.options).name == "first_bit"
    assert "step" in session.notice
    assert "It learned from 6 time steps." in said_of(session)
    assert "at 18 time steps" in said_of(session)
    session.options["length"] = "100"
    assert "at 300 time steps are" in said_of(session)
    session.options["length"] = "9999"  # as somebody wrote it into an address
    assert f"at {TASKS['first_bit'].length} time steps" in said_of(session)
    open_trained(session, "first_bit")
    assert f"It learned from {TASKS['first_bit'].length} time steps." in said_of(session)


def said_of(session):
    """What the page on trained cells says of how it fares."""
    return " ".join(share_sentences(lens(desk_now(session))))


def test_a_run_on_typed_sequences_says_so(courses):
    session = session_at()
    one = replace(courses[0], own=("1 0 0", "0 1 0 1 0"))
    runs.open_exercise(session, one)
    assert "from sequences that somebody typed, of 5 time steps at most" in said_of(session)
    assert session.exercise.source.endswith("typed sequences: 2, 10 steps")


def test_a_run_opens_as_one_that_links_hold(courses):
    session = session_at()
    runs.open_exercise(session, courses[0])
    assert Exercise.from_token(session.exercise.token()) == session.exercise


def test_a_course_is_looked_at_when_so_much_was_done(courses, pool):
    shown = runs.Shown(RUNS[0], SHORT, Run(SHORT, "me", reports=[*courses[0].reports]))
    assert runs.course(shown, 0.5).report.step == 10
    assert runs.course(shown, 1.0).report.step == 20
    assert runs.course(shown, 0.0).report.step == 0
    assert runs.course(runs.Shown(RUNS[0], SHORT, None), 1.0) is None


def test_weights_to_take_away_are_those_of_the_report(courses, tmp_path):
    (tmp_path / "w.npz").write_bytes(results._weights(courses[0]))
    with np.load(tmp_path / "w.npz") as found:
        assert np.array_equal(found["W_f"], runs.snapshot(courses[0]).params["W_f"])


def test_a_run_is_trained_again_on_the_sequences_that_were_typed_or_says_that_they_are_lost(pool):
    session, own = session_at(), ("0101", "110")
    session.options = OWN.chosen("0101\n110")
    runs.start(session, LONG, own=own)
    pool.runs.clear()
    (gone,) = runs.shown_runs(session)
    assert (gone.run, gone.own) == (None, own)
    assert "typed sequences: 2" in runs.settings_line(gone.settings, gone.own)
    assert runs.again(session, gone) == ""
    assert [run.own for run in pool.runs.values()] == [own]
    pool.runs.clear()
    session.options |= OWN.chosen("0101")
    (gone,) = runs.shown_runs(session)
    assert gone.own is None
    assert runs.settings_line(gone.settings, gone.own).endswith("typed sequences")
    assert "neither this server nor the link" in runs.again(session, gone)
    assert not pool.runs
