"""Runs beside the pages: how many, for how long, and what becomes of one whose process dies."""

import os
import signal
import sys
import time

import numpy as np
import pytest

from lstm_core.training.learning import Learner, Settings
from lstm_core.training.reports import reports
from lstm_ui.training.pool import DONE, KILLED, RUNNING, STOPPED, WAITING, Full, Limits, Pool
from lstm_ui.training.worker import BYTES, NICE, SECONDS

SHORT = Settings("brackets", n=2, T=8, steps=40)
ENDLESS = Settings("brackets", n=2, T=8, steps=50_000)
SILENT = (sys.executable, "-c", "import time; time.sleep(60)")


@pytest.fixture
def pool():
    """Return a function that makes a pool; at the end no process is left."""
    made = []

    def make(command=None, clock=time.monotonic, **limits):
        options = {"command": command} if command else {}
        made.append(Pool(Limits(**{"running": 1, **limits}), clock=clock, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


def until(condition, seconds=30):
    """Wait until something holds, or fail."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def test_a_run_reports_what_the_learner_does(pool):
    run = pool().start(SHORT, "me")
    until(lambda: run.state == DONE)
    wanted = [*reports(Learner(SHORT))]
    assert [one.step for one in run.reports] == [*range(41)] == [one.step for one in wanted]
    for ours, theirs in zip(run.reports, wanted, strict=True):
        assert (ours.loss, ours.accuracy, ours.length) == (
            theirs.loss,
            theirs.accuracy,
            theirs.length,
        )
        assert np.array_equal(ours.values, theirs.values)
        assert np.array_equal(ours.norms, theirs.norms)


@pytest.mark.skipif(
    sys.platform != "linux", reason="limits of another process are read as in Linux"
)
def test_a_run_is_a_process_that_goes_after_everybody_else_and_has_limits(pool):
    import resource

    run = pool().start(ENDLESS, "me")
    until(lambda: run.reports)
    pid = run.process.pid
    assert pid != os.getpid()
    mine = os.getpriority(os.PRIO_PROCESS, os.getpid())
    assert os.getpriority(os.PRIO_PROCESS, pid) == min(19, mine + NICE)
    assert resource.prlimit(pid, resource.RLIMIT_CPU)[0] == SECONDS
    assert resource.prlimit(pid, resource.RLIMIT_AS)[0] == BYTES
    pool_limits = Limits()
    assert pool_limits.running <= 2
    assert pool_limits.seconds <= SECONDS


def test_others_wait_and_are_told_how_many_are_before_them(pool):
    runs = pool(SILENT)
    first, second, third = (runs.start(SHORT, "me") for _ in range(3))
    assert [run.state for run in (first, second, third)] == [RUNNING, WAITING, WAITING]
    assert [runs.place(run) for run in (first, second, third)] == [0, 1, 2]
    runs.stop(first)
    assert [run.state for run in (first, second, third)] == [STOPPED, RUNNING, WAITING]


def test_too_many_are_refused_and_a_reader_keeps_the_newest(pool):
    runs = pool(SILENT, own=2, waiting=2)
    first, second = runs.start(SHORT, "me"), runs.start(SHORT, "me")
    with pytest.raises(Full) as refused:
        runs.start(SHORT, "me")
    assert (refused.value.reason, refused.value.most) == ("own", 2)
    runs.start(SHORT, "you")
    with pytest.raises(Full) as refused:
        runs.start(SHORT, "somebody else")
    assert refused.value.reason == "queue"
    runs.stop(second)
    third = runs.start(SHORT, "me")
    assert runs.find(second.name) is None
    assert runs.find(first.name) is first
    assert runs.find(third.name) is third


def test_a_stopped_run_goes_on_as_if_it_had_never_stopped(pool):
    runs, settings = pool(), Settings("brackets", n=2, T=8, steps=3000)
    run = runs.start(settings, "me")
    until(lambda: run.step >= 60)
    runs.stop(run)
    stopped_at = run.step
    assert run.state == STOPPED
    assert stopped_at < 3000
    runs.resume(run)
    until(lambda: run.state == DONE)
    steps = [one.step for one in run.reports]
    assert steps == sorted(set(steps)) == [*range(0, 3001, 30)]
    whole = [*reports(Learner(settings))]
    assert np.array_equal(run.reports[-1].values, whole[-1].values)


def test_a_killed_process_ends_its_run_and_keeps_what_it_told(pool):
    runs = pool()
    run, next_ = runs.start(ENDLESS, "me"), runs.start(SHORT, "you")
    until(lambda: run.reports)
    os.kill(run.process.pid, signal.SIGKILL)
    until(lambda: run.state == KILLED)
    assert run.reports
    until(lambda: next_.state == DONE)
    runs.resume(run)
    assert run.state == RUNNING


def test_a_run_that_nobody_looks_at_ends_and_is_forgotten(pool):
    now = [0.0]
    runs = pool(clock=lambda: now[0])
    run = runs.start(ENDLESS, "me")
    until(lambda: run.reports)
    now[0] = 299.0
    assert runs.find(run.name) is run
    now[0] = 600.0
    until(lambda: run.state == STOPPED)
    assert runs.find(run.name) is None


def test_a_run_that_takes_too_long_is_stopped(pool):
    run = pool(seconds=0.0).start(ENDLESS, "me")
    until(lambda: run.state == STOPPED)
    assert run.reports


def test_remaining_time_is_that_of_the_steps_so_far(pool):
    run = pool(SILENT).start(SHORT, "me")
    assert run.remaining is None
    run.reports = [*reports(Learner(Settings("brackets", n=2, T=8, steps=10)))]
    run.seconds = 2.0
    assert run.remaining == pytest.approx(2.0 * 30 / 10)


def test_the_readers_own_sequences_are_learned(pool):
    run = pool().start(SHORT, "me", ("ab", "aabb"))
    until(lambda: run.state == DONE)
    assert run.reports[-1].loss < run.reports[0].loss
