"""The runs of a reader: those in the address, found in this server's pool or not."""

import atexit
from dataclasses import dataclass, replace
from functools import cache

from lstm_core.cells import cell_named
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.words import words
from lstm_core.looks.reach import keeping_bias
from lstm_core.training.examples import EXAMPLES
from lstm_core.training.learning import Settings
from lstm_core.training.reports import exercise_of
from lstm_core.training.tasks.table import TASKS
from lstm_core.training.tasks.task import Task
from lstm_ui.learned.models import LENGTH, SOURCE, TASK
from lstm_ui.session.options import Word
from lstm_ui.session.session import Session
from lstm_ui.training.choices import RUNS, own_in, run_code, run_in
from lstm_ui.training.figure import Course, run_name
from lstm_ui.training.pool import Full, Pool, Run

WORDS = words("training")


@cache
def pool() -> Pool:
    """Return the pool of this server."""
    made = Pool()
    atexit.register(made.close)
    return made


@dataclass(frozen=True, eq=False)
class Shown:
    """A run in the address: its option there, and what the pool knows of it; None if nothing.

    `own` are the typed sequences that it learns from, () where they are drawn; None where they were
    typed, and neither the pool nor the address has them.
    """

    option: Word
    settings: Settings
    run: Run | None
    own: tuple[str, ...] | None = ()

    @property
    def name(self) -> str:
        """What it is called."""
        return run_name(self.settings)


def shown_runs(session: Session) -> list[Shown]:
    """Return the runs in the address, in their order."""
    found = [(option, run_in(option, session.options)) for option in RUNS]
    return [_shown(session, option, *one) for option, one in found if one]


def _shown(session: Session, option: Word, name: str, settings: Settings, mark: str) -> Shown:
    run = pool().find(name)
    own = run.own if run else own_in(session.options, settings.task, mark)
    return Shown(option, settings, run, own)


def start(session: Session, *all_settings: Settings, own: tuple[str, ...] = ()) -> str:
    """Start runs beside those that are shown, the oldest making room; return why not, or ""."""
    try:
        for settings in all_settings:
            run = pool().start(settings, f"{id(session):x}", own)
            _put(session, run_code(run.name, settings, own))
    except Full as full:
        return WORDS.text("full", full.reason, {"most": full.most})
    return ""


def _put(session: Session, text: str) -> None:
    kept = [option.of(session.options) for option in RUNS if run_in(option, session.options)]
    _write(session, [*kept, text][-len(RUNS) :])


def _write(session: Session, texts: list[str]) -> None:
    filled = [*texts, *[""] * (len(RUNS) - len(texts))]
    names = {option.name for option in RUNS}
    rest = {name: value for name, value in session.options.items() if name not in names}
    found = {option.name: text for option, text in zip(RUNS, filled, strict=True) if text}
    session.options = rest | found


def again(session: Session, shown: Shown) -> str:
    """Train a run again that this server does not know; return why not, or ""."""
    if shown.own is None:
        return WORDS.text("run", "lost")
    remove(session, shown)
    return start(session, shown.settings, own=shown.own)


def remove(session: Session, shown: Shown) -> str:
    """Take a run off the page, and end it."""
    stop(session, shown)
    gone = shown.option.of(session.options)
    texts = [option.of(session.options) for option in RUNS]
    _write(session, [text for text in texts if text and text != gone])
    return ""


def clear(session: Session) -> None:
    """Take all runs off the page, and end them."""
    for shown in reversed(shown_runs(session)):
        remove(session, shown)


def stop(session: Session, shown: Shown) -> str:
    """End a run where it is."""
    if shown.run:
        pool().stop(shown.run)
    return ""


def resume(session: Session, shown: Shown) -> str:
    """Go on with a run that was stopped or killed."""
    if shown.run:
        pool().resume(shown.run)
    return ""


def course(shown: Shown, far: float) -> Course | None:
    """Return a run as it is drawn, looked at when it was so `far`, from 0 to 1; None before."""
    if shown.run is None or not shown.run.reports:
        return None
    found = tuple(shown.run.reports)
    step = far * shown.settings.steps
    chosen = max((k for k, report in enumerate(found) if report.step <= step), default=0)
    return Course(shown.name, shown.settings, found, chosen, shown.run.own)


def task_of(one: Course) -> Task:
    """Return the task of a run."""
    return TASKS[one.settings.task]


def snapshot(one: Course) -> Exercise:
    """Return the cell as it was at the report that is looked at, with its task's example."""
    xs = task_of(one).read(EXAMPLES[one.settings.task].typed)
    return replace(exercise_of(one.settings, one.report.values), xs=xs)


def open_exercise(session: Session, one: Course) -> None:
    """Make the cell, as it was at the report that is looked at, the exercise; and go and see it."""
    task, step = one.settings.task, one.report.step
    said = settings_line(one.settings, one.own)
    found = replace(
        snapshot(one),
        title=WORDS.text("run", "title", {"name": one.name}),
        source=WORDS.text("run", "source", {"settings": said, "step": step}),
        decimals=session.exercise.decimals,
    )
    session.load(found, WORDS.text("run", "opened", {"step": step, "name": one.name}))
    session.options = {**session.options, TASK.name: task, "out": "nothing", **_learned_from(one)}
    session.leaving = "learned"


def _learned_from(one: Course) -> dict[str, str]:
    """What the address says of the sequences: how long they are, and whether they were typed."""
    lengths = [len(task_of(one).read(text)) for text in one.own]
    source = "own" if one.own else "drawn"
    return {LENGTH.name: str(max(lengths, default=one.settings.T)), SOURCE.name: source}


def settings_line(settings: Settings, own: tuple[str, ...] | None = ()) -> str:
    """Return the settings in a line; of a cell that has no forget bias, without one."""
    bias = WORDS.text("form", "drawn") if settings.forget_bias is None else settings.forget_bias
    has_one = keeping_bias(cell_named(settings.cell, "hx")) is not None
    known = {
        "optimiser": WORDS.text("form", settings.optimiser),
        "rate": f"{settings.rate:g}",
        "clip": f"{settings.clip:g}" if settings.clip else WORDS.text("form", "no clip"),
        "bias": bias if isinstance(bias, str) else f"{bias:g}",
        "seed": settings.seed,
        "of": _learned_of(settings, own),
    }
    return WORDS.text("run", "settings" if has_one else "settings, none", known)


def _learned_of(settings: Settings, own: tuple[str, ...] | None) -> str:
    if own is None:
        return WORDS.text("run", "typed, lost")
    known = {"T": settings.T, "count": len(own)}
    return WORDS.text("run", "typed" if own else "drawn", known)
