"""The runs of training on this server: a few at a time, each in a process of its own, others wait.

A run is found by its name, which stands in the address: so a reload, or another tab, finds it
again. A run that nobody has looked at for a while ends, and is forgotten.
"""

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from lstm_core.training.learning import Settings
from lstm_core.training.reports import Report
from lstm_ui.house import IMPORTS
from lstm_ui.training.worker import from_line, to_order

COMMAND = (sys.executable, "-m", "lstm_ui.training.worker")
WAITING, RUNNING, DONE, STOPPED, KILLED = "waiting", "running", "done", "stopped", "killed"
OVER = (DONE, STOPPED, KILLED)


class Full(Exception):
    """No run can be started: `reason` is "queue" or "own", `most` how many there may be."""

    def __init__(self, reason: str, most: int):
        """Remember why."""
        super().__init__(reason)
        self.reason, self.most = reason, most


@dataclass(eq=False)
class Run:
    """One run: what it is to do, how it stands, and what it has reported so far."""

    settings: Settings
    owner: str
    own: tuple[str, ...] = ()
    name: str = field(default_factory=lambda: secrets.token_hex(6))
    state: str = WAITING
    reports: list[Report] = field(default_factory=list)
    seconds: float = 0.0  # that it has been at work
    looked_at: float = 0.0
    process: "subprocess.Popen[str] | None" = None

    @property
    def step(self) -> int:
        """How many steps it has reported."""
        return self.reports[-1].step if self.reports else 0

    @property
    def remaining(self) -> float | None:
        """How many seconds it will still take; None as long as that cannot be said."""
        if self.state != RUNNING or not self.step:
            return None
        return self.seconds * (self.settings.steps - self.step) / self.step


@dataclass(frozen=True)
class Limits:
    """How many runs there may be: at work, waiting, of one reader; and for how long, in seconds."""

    running: int = max(1, min(2, (os.cpu_count() or 2) - 1))
    waiting: int = 20
    own: int = 4
    seconds: float = 300.0
    idle: float = 300.0


class Pool:
    """All runs of this server. Every method can be called from any thread."""

    def __init__(
        self,
        limits: Limits | None = None,
        command: tuple[str, ...] = COMMAND,
        clock: Callable[[], float] = time.monotonic,
    ):
        """Begin without any run."""
        self.limits, self.command, self.clock = limits or Limits(), command, clock
        self.runs: dict[str, Run] = {}
        self.lock = threading.RLock()

    def start(self, settings: Settings, owner: str, own: tuple[str, ...] = ()) -> Run:
        """Start a run, or let it wait; Full where there are too many already."""
        with self.lock:
            self._forget()
            self._make_room(owner)
            run = Run(settings, owner, own, looked_at=self.clock())
            self.runs[run.name] = run
            self._next()
            return run

    def find(self, name: str) -> Run | None:
        """Return the run of this name, and note that somebody looks at it."""
        with self.lock:
            self._forget()
            run = self.runs.get(name)
            if run:
                run.looked_at = self.clock()
            return run

    def stop(self, run: Run) -> None:
        """End a run where it is; what it has reported stays."""
        with self.lock:
            if run.state not in OVER:
                self._end(run, STOPPED)

    def resume(self, run: Run) -> None:
        """Go on with a run that was stopped or killed.

        It is trained again up to where it was, which takes a moment and gives the same numbers.
        """
        with self.lock:
            if run.state in (STOPPED, KILLED):
                run.state, run.looked_at, run.seconds = WAITING, self.clock(), 0.0
                self._next()

    def place(self, run: Run) -> int:
        """Return how many runs are before this one; 0 for one that is not waiting."""
        with self.lock:
            waiting = [one for one in self.runs.values() if one.state == WAITING]
            return waiting.index(run) + 1 if run in waiting else 0

    def close(self) -> None:
        """End all runs."""
        with self.lock:
            for run in self.runs.values():
                self.stop(run)

    def _make_room(self, owner: str) -> None:
        own = [run for run in self.runs.values() if run.owner == owner]
        over = [run for run in own if run.state in OVER]
        if len(own) - len(over) >= self.limits.own:
            raise Full("own", self.limits.own)
        if sum(run.state == WAITING for run in self.runs.values()) >= self.limits.waiting:
            raise Full("queue", self.limits.waiting)
        for run in over[: max(0, len(own) - self.limits.own + 1)]:
            del self.runs[run.name]

    def _forget(self) -> None:
        """Forget the runs that nobody has looked at for a while."""
        since = self.clock() - self.limits.idle
        for run in [run for run in self.runs.values() if run.looked_at < since]:
            self.stop(run)
            del self.runs[run.name]

    def _next(self) -> None:
        """Let those that wait begin, as many as may."""
        busy = sum(run.state == RUNNING for run in self.runs.values())
        waiting = [run for run in self.runs.values() if run.state == WAITING]
        for run in waiting[: max(0, self.limits.running - busy)]:
            self._begin(run)

    def _begin(self, run: Run) -> None:
        run.state = RUNNING
        run.process = subprocess.Popen(
            self.command,
            cwd=IMPORTS,
            env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        threading.Thread(target=self._listen, args=(run, run.process), daemon=True).start()

    def _listen(self, run: Run, process: "subprocess.Popen[str]") -> None:
        """Take a run's reports until it ends."""
        since = run.step + 1 if run.reports else 0
        with suppress(OSError, ValueError), process:  # it may go in the middle of a word
            self._take(run, process, to_order(run.settings, run.own, since))
        with self.lock:
            if run.process is process:
                self._end(run, DONE if process.returncode == 0 else KILLED)

    def _take(self, run: Run, process: "subprocess.Popen[str]", order: str) -> None:
        began = self.clock()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(order)
        process.stdin.flush()
        for line in process.stdout:
            report = from_line(line)
            with self.lock:
                if run.process is not process:  # it was stopped, and another may be at work
                    return
                run.reports.append(report)
                run.seconds = self.clock() - began
                self._check(run)

    def _check(self, run: Run) -> None:
        if run.seconds > self.limits.seconds or run.looked_at < self.clock() - self.limits.idle:
            self._end(run, STOPPED)

    def _end(self, run: Run, state: str) -> None:
        run.state = state
        process, run.process = run.process, None
        if process and process.poll() is None:
            process.kill()
        self._next()
