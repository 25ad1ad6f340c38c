"""Does a lesson go on, to the digit, through long and rough faults? A row for each.

These are the faults that the tests have no time for: a server killed on every page, a line that is
down for minutes, a laptop asleep, a clock that jumps by hours. A real Chromium reads, and what must
be on screen afterwards is worked out by `lstm_core` alone. The seconds count from the moment at
which the server or the line is back to the one at which every edit is on screen and in the
address. Run `python benchmarks/faults.py` from the root of the repository, with `--quick` to leave
out the line that is down for five minutes, or with the beginnings of rows for some alone; it exits
1 if an edit was lost, a number is wrong, Python raised, or a reader waited too long.
"""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread

from playwright.sync_api import Browser, BrowserContext, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reader import LOOK_MS, Reader
from lstm_ui.shell.pages import PAGES
from tests.browser.chromium import launch
from tests.browser.conftest import RETURNING
from tests.browser.idle import wait_until_idle
from tests.browser.line import Line
from tests.browser.server import ROOT, Server

LIMIT = 15.0  # seconds from the end of a fault to the answer
DROPS, LONG_DROP = (1, 30), 300  # seconds
ASLEEP = 60  # seconds
HOURS = 5
# A clock of the server's that can be set while it runs: what it is put forward by stands in a file.
CLOCK = """import time
_now = time.time
def _set():
    with open({file!r}) as by:
        return _now() + float(by.read() or 0)
time.time = _set
"""


@dataclass
class Lesson:
    """A server, the line to it, and the window of a reader whose pages go through the line."""

    server: Server
    line: Line
    window: BrowserContext
    clock: Path
    typed: int = 0

    def reader(self, name: str = "") -> Reader:
        """Return a reader who has opened a page."""
        return Reader(self.window.new_page(), self.line.url, name)

    def edit(self, reader: Reader, cell: str = "W_f:0:1") -> None:
        """Type a number that has never been there."""
        self.typed += 1
        reader.edit(cell, round(0.13 + 0.07 * self.typed, 2))

    def kill(self) -> None:
        """End the server as the kernel does when memory runs out: it can say nothing any more."""
        process = self.server.process
        assert process
        process.send_signal(signal.SIGKILL)
        process.wait()

    def restart(self) -> float:
        """Kill the server and start another; return when that was well."""
        self.kill()
        self.server.start()
        return time.monotonic()


@dataclass(frozen=True)
class Found:
    """What became of the edits of a fault."""

    edits: int
    seconds: float
    lost: int
    wrong: list[str]


Fault = Callable[[Lesson], Found]


def judged(since: float, *readers: Reader) -> Found:
    """Wait for every edit of these readers; say what they see then, and again in a new tab."""
    seconds = max(reader.answered_after(since) for reader in readers)
    wrong = [words for reader in readers for words in reader.wrong()]
    wrong += [words for reader in readers for words in reader.wrong_in_a_new_tab()]
    lost, edits = (sum(reader.lost() for reader in readers), sum(len(r.edits) for r in readers))
    return Found(edits, seconds, lost, wrong)


def killed_on(name: str, lesson: Lesson) -> Found:
    """Kill the server under a page, which shows the same then; edit there, or on All steps."""
    reader = lesson.reader(name)
    before = reader.screen()
    back = lesson.restart()
    wait_until_idle(reader.page)
    moved = [] if reader.screen() == before else ["the screen is another after the restart"]
    if (cell := reader.free_cell()) is None:
        reader.go_to("all_steps")
    lesson.edit(reader, cell or "W_f:0:1")
    found = judged(back, reader)
    return Found(found.edits, found.seconds, found.lost, moved + found.wrong)


def dropped(seconds: float, lesson: Lesson) -> Found:
    """Take the line down, and go on typing: one cell again and again, and others."""
    reader = lesson.reader()
    lesson.line.go_down()
    for cell in ("W_f:0:0", "W_f:0:1", "W_f:0:0", "W_f:1:0"):
        lesson.edit(reader, cell)
        reader.page.wait_for_timeout(seconds * 1000 / 4)
    lesson.line.come_up()
    return judged(time.monotonic(), reader)


def out_of_memory(lesson: Lesson) -> Found:
    """Kill the server twice while edits are typed; a supervisor starts it again each time."""
    reader, over, back = lesson.reader(), Event(), list[float]()
    supervisor = Thread(target=supervise, args=(lesson.server, over, back), daemon=True)
    supervisor.start()
    for kills in (1, 2):
        lesson.edit(reader)
        lesson.kill()
        lesson.edit(reader, "W_f:1:0")
        while len(back) < kills:
            reader.page.wait_for_timeout(LOOK_MS)
    found = judged(back[-1], reader)
    over.set()
    supervisor.join()
    return found


def supervise(server: Server, over: Event, back: list[float]) -> None:
    """Start a server again whenever it has died, as systemd does; note when each was well."""
    while not over.wait(0.2):
        if not server.alive:
            server.start()
            back.append(time.monotonic())


def silent(lesson: Lesson) -> Found:
    """Let the line fall silent, which nobody is told, and type meanwhile."""
    reader = lesson.reader()
    lesson.line.go_silent()
    lesson.line.keep_waiting()
    for cell in ("W_f:0:0", "W_f:0:1", "W_f:1:0"):
        lesson.edit(reader, cell)
        reader.page.wait_for_timeout(ASLEEP * 1000 / 3)
    lesson.line.come_up()
    return judged(time.monotonic(), reader)


def asleep(lesson: Lesson) -> Found:
    """Freeze the page, as a laptop does that is shut, and edit as soon as it is open again."""
    reader = lesson.reader()
    lesson.edit(reader)
    devtools = lesson.window.new_cdp_session(reader.page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    lesson.line.go_silent()
    time.sleep(ASLEEP)
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    awake = time.monotonic()
    lesson.edit(reader, "W_f:1:0")
    return judged(awake, reader)


def two_tabs(lesson: Lesson) -> Found:
    """Edit two tabs of one reader in turns; the server is another each time."""
    tabs = lesson.reader(), lesson.reader("all_steps")
    back = 0.0
    for _ in range(3):
        for tab in tabs:
            tab.page.bring_to_front()
            lesson.edit(tab)
        back = lesson.restart()
        for tab in tabs:
            tab.page.bring_to_front()
            lesson.edit(tab, "W_f:1:0")
    return judged(back, *tabs)


def clock_set(hours: float, lesson: Lesson) -> Found:
    """Set the server's clock while a reader is at work, and then the reader's own, too."""
    reader = lesson.reader()
    lesson.edit(reader)
    lesson.clock.write_text(f"{hours * 3600}")
    lesson.edit(reader, "W_f:0:0")
    by = hours * 3_600_000
    reader.page.evaluate("by => { const now = Date.now; Date.now = () => now() + by }", by)
    since = time.monotonic()
    lesson.edit(reader, "W_f:1:0")
    found = judged(since, reader)
    lesson.clock.write_text("0")
    return found


FAULTS: dict[str, tuple[str, Fault]] = {
    **{
        f"killed: {page.title}": ("SIGKILL, started again", partial(killed_on, page.name))
        for page in PAGES
    },
    **{
        f"down {seconds} s": ("no connection; typed meanwhile", partial(dropped, seconds))
        for seconds in (*DROPS, LONG_DROP)
    },
    "out of memory (played by SIGKILL)": ("as the kernel sends it; supervised", out_of_memory),
    f"silent {ASLEEP} s": ("nobody hung up; typed meanwhile", silent),
    f"asleep {ASLEEP} s": ("page frozen, its line dead", asleep),
    "two tabs": ("edited in turns, SIGKILL between", two_tabs),
    f"clock +{HOURS} h": ("server's, then browser's", partial(clock_set, HOURS)),
    f"clock −{HOURS} h": ("server's, then browser's", partial(clock_set, -HOURS)),
}


@contextmanager
def lesson_in(browser: Browser) -> Iterator[Lesson]:
    """Serve the app with a clock that can be set, behind a line of its own."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Path(folder) / "clock"
        clock.write_text("0")
        (Path(folder) / "sitecustomize.py").write_text(CLOCK.format(file=str(clock)))
        os.environ["PYTHONPATH"] = folder
        with Server(ROOT / "app.py") as server, Line(server.port) as line:
            window = browser.new_context(reduced_motion="reduce")
            window.add_init_script(RETURNING)
            yield Lesson(server, line, window, clock)
            window.close()


def told(lesson: Lesson, name: str) -> bool:
    """Drive one fault and print its row; return whether the lesson went on as it must."""
    done, fault = FAULTS[name]
    log = len(lesson.server.log())
    found = fault(lesson)
    for page in lesson.window.pages:
        page.close()
    wrong = [*found.wrong, *(["Python raised"] if "Traceback" in lesson.server.log()[log:] else [])]
    kept = not (found.lost or wrong or found.seconds > LIMIT)
    lost = f"{found.lost} of {found.edits}"
    verdict = "ok" if kept else "; ".join(["MISSED", *wrong[:3]])
    print(f"{name:>34}  {done:<34} {found.seconds:6.1f} {lost:>8}  {verdict}", flush=True)
    return kept


def chosen(words: list[str]) -> list[str]:
    """Return the faults to drive: all, all but the longest, or those that begin with a word."""
    if words in ([], ["--quick"]):
        return [name for name in FAULTS if not (words and name == f"down {LONG_DROP} s")]
    return [name for name in FAULTS if name.startswith(tuple(words))]


def main(words: list[str]) -> int:
    """Print every row; return 1 if something is not as it must be, as an exit code."""
    print(f"{'fault':>34}  {'what was done':<34} {'s':>6} {'lost':>8}   (≤ {LIMIT:.0f} s)")
    with (
        sync_playwright() as playwright,
        launch(playwright) as browser,
        lesson_in(browser) as lesson,
    ):
        kept = [told(lesson, name) for name in chosen(words)]
    return 0 if kept and all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
