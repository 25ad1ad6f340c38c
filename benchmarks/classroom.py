"""How long do classes wait, when everybody changes a number every five seconds?

Starts the app on this machine, in one process or in several replicas, and speaks Streamlit's own
protocol to it over the loopback from this process, as so many browsers would. Each class is held
twice, the second time on an empty app (one number in, one text out), to see what of it is
Streamlit's. An edit is timed from sending it until the script run that answers it has finished,
once everybody has come in.

Run it from the root of the repository:

    python benchmarks/classroom.py --replicas 1 2 4 --students 200 500 1000

With `--training 2`, two cells are trained meanwhile: nobody may wait longer for that.

Without arguments it is one replica and 200 students. It exits 1 if a class of 200 or fewer for each
replica waits longer than required, or if anybody's edit failed in it. Replicas beyond the number of
processors only share them; "CPU" says how long a processor works on an edit, so that it follows
how many students one carries.
"""

import argparse
import asyncio
import math
import os
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import median, quantiles
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.student import Student, enter
from lstm_core.training.learning import Settings
from lstm_ui.training.pool import Limits, Pool
from tests.browser.server import ROOT, Server

PERIOD, PATIENCE = 5.0, 20.0  # seconds between two edits of a student; until one gives up
ENTER_PER_SECOND = 10  # students, in the beginning
LIMIT_MS, LIMIT_STUDENTS = 150, 200  # for each replica
APPS = {"ours": "app.py", "empty": "benchmarks/empty_app.py"}
HEAD = (
    "  app  replicas  students   edits/s     p50     p95  longest  cut off  CPU/edit  memory in all"
)


@dataclass
class Lesson:
    """What is noted while a class is held."""

    edits: list[float] = field(default_factory=list)  # milliseconds
    errors: list[BaseException] = field(default_factory=list)
    cpu: float = 0.0  # seconds of the servers, while the edits were timed
    own: float = 0.0  # the same of this process


def seconds_worked(process: int) -> float:
    """Return the processor seconds of a process so far; not a number where nobody tells."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return math.nan
    words = told.read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(process: int) -> float:
    """Return the memory that a process holds; not a number where nobody tells."""
    told = Path(f"/proc/{process}/status")
    if not told.exists():
        return math.nan
    rows = dict(line.split(":", 1) for line in told.read_text().splitlines())
    return int(rows["VmRSS"].split()[0]) / 1024


async def attend(address: str, delay: float, begin: float, end: float, lesson: Lesson) -> None:
    """Come in after `delay`, then edit again and again until the end of the lesson."""
    await asyncio.sleep(delay)
    clock = asyncio.get_running_loop().time
    async with enter(address) as socket:
        student = Student(socket)
        async with asyncio.timeout(PATIENCE):
            await student.rerun()
        while clock() < end:
            await student.pause(random.uniform(0.8, 1.2) * PERIOD)
            counts = begin <= clock() < end
            async with asyncio.timeout(PATIENCE):
                milliseconds = await student.edit()
            if counts:
                lesson.edits.append(milliseconds)


async def measure(servers: list[Server], begin: float, end: float, lesson: Lesson) -> None:
    """Note how much the servers, and we, work while edits are timed."""
    clock = asyncio.get_running_loop().time

    def worked() -> tuple[float, float]:
        return sum(seconds_worked(server.pid) for server in servers), process_time()

    await asyncio.sleep(begin - clock())
    cpu, own = worked()
    await asyncio.sleep(end - clock())
    lesson.cpu, lesson.own = worked()[0] - cpu, worked()[1] - own


async def hold(servers: list[Server], students: int, seconds: float) -> Lesson:
    """Hold a lesson; the students are spread over the servers in turn."""
    lesson, addresses = Lesson(), [f"ws://127.0.0.1:{s.port}/_stcore/stream" for s in servers]
    for address in addresses:  # so that what is loaded at a first run is loaded
        async with enter(address) as socket:
            await Student(socket).rerun()
    begin = asyncio.get_running_loop().time() + students / ENTER_PER_SECOND + PERIOD
    end = begin + seconds
    tasks = [
        attend(addresses[i % len(addresses)], i / ENTER_PER_SECOND, begin, end, lesson)
        for i in range(students)
    ]
    watched = measure(servers, begin, end, lesson)
    results = await asyncio.gather(watched, *tasks, return_exceptions=True)
    lesson.errors = [result for result in results if result is not None]
    return lesson


def held(app: str, replicas: int, students: int, seconds: float) -> bool:
    """Hold a lesson on new servers and print its row; return whether it keeps to the limit."""
    with ExitStack() as stack:
        servers = [stack.enter_context(Server(ROOT / APPS[app])) for _ in range(replicas)]
        lesson = asyncio.run(hold(servers, students, seconds))
        memory = sum(megabytes(server.pid) for server in servers)
    times = lesson.edits if len(lesson.edits) > 1 else [math.inf] * 2
    p95, edits = quantiles(times, n=20)[-1], len(lesson.edits)
    print(
        f"{app:>5} {replicas:9} {students:9} {edits / seconds:9.1f} {median(times):7.0f} {p95:7.0f}"
        f" {max(times):8.0f} {len(lesson.errors):8} {1000 * lesson.cpu / max(edits, 1):6.1f} ms"
        f" {memory:11.0f} MB   (students' own: {lesson.own / seconds:.0%} of a processor)",
        flush=True,
    )
    for error in lesson.errors[:3]:
        print(f"      failed: {type(error).__name__} {error}")
    return p95 <= LIMIT_MS and not lesson.errors


def main(arguments: Sequence[str] | None = None) -> int:
    """Hold the lessons that are asked for; return 1 if a requirement is missed, as an exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replicas", type=int, nargs="+", default=[1])
    parser.add_argument("--students", type=int, nargs="+", default=[LIMIT_STUDENTS])
    parser.add_argument("--seconds", type=float, default=30.0, help="that edits are timed")
    parser.add_argument("--training", type=int, default=0, help="runs that are at work meanwhile")
    chosen = parser.parse_args(arguments)
    with at_work(chosen.training):
        return lessons(chosen)


@contextmanager
def at_work(runs: int) -> Iterator[None]:
    """Let so many cells be trained meanwhile, in processes as the server's own pool begins them."""
    pool = Pool(Limits(running=runs, own=runs, seconds=math.inf, idle=math.inf))
    for seed in range(runs):
        pool.start(Settings("areas", n=8, T=50, seed=seed, steps=10**9), "")
    try:
        yield
    finally:
        pool.close()


def lessons(chosen: argparse.Namespace) -> int:
    """Hold all lessons and print whether a requirement is missed; return 1 if so."""
    print(f"{os.cpu_count()} processors; times in ms\n{HEAD}")
    missed = False
    for replicas, students in product(chosen.replicas, chosen.students):
        kept = held("ours", replicas, students, chosen.seconds)
        held("empty", replicas, students, chosen.seconds)
        missed |= not kept and students <= LIMIT_STUDENTS * replicas
    print(
        f"required: p95 ≤ {LIMIT_MS} ms and nobody cut off, for up to {LIMIT_STUDENTS} students"
        f" a replica: {'MISSED' if missed else 'ok'}"
    )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
