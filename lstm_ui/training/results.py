"""The runs on the page, and the figure that compares them, drawn anew while one is at work."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from lstm_core.lesson.words import words
from lstm_core.trace import Address
from lstm_core.training.reports import exercise_of
from lstm_files.weights.npz import write_npz
from lstm_ui.figures.parts import Figure
from lstm_ui.learned.choices import Lens
from lstm_ui.learned.figure import figure as inside_figure
from lstm_ui.learned.words import percent
from lstm_ui.session.options import Option
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import desk_now
from lstm_ui.sheet.live_figure import live_figure
from lstm_ui.shell import state
from lstm_ui.training import runs
from lstm_ui.training.choices import FORM, OWN, RUNS
from lstm_ui.training.figure import Course, course_figure, gradient_figure, gradient_sentences
from lstm_ui.training.form import note
from lstm_ui.training.pool import DONE, KILLED, OVER, RUNNING, STOPPED, WAITING, Run
from lstm_ui.training.runs import Shown, settings_line, shown_runs

WORDS = words("training")
OPTIONS: tuple[Option, ...] = (FORM, OWN, *RUNS)
VIEWS = ("loss", "accuracy", "gradient", "inside")
WHOLE = 100  # percent of a run
_EACH = 1.0  # seconds between two looks at runs that are at work
_WAITING = {0: "begins", 1: "waiting one"}


def results(session: Session) -> None:
    """Draw the runs and their figure, again and again as long as one is at work."""
    found = shown_runs(session)
    if not found:
        st.text(WORDS.text("page", "empty"))
        return
    busy = is_busy(found)
    st.fragment(_results, run_every=_EACH if busy else None)(session, found, busy)


def is_busy(found: list[Shown]) -> bool:
    """Return whether a run is at work, or waits."""
    return any(one.run and one.run.state not in OVER for one in found)


def _results(session: Session, before: list[Shown], busy: bool) -> None:
    found = shown_runs(session)
    for k, one in enumerate(found):
        _run(k, one)
    _figure(session, found)
    # What lies outside has to follow: the address, another page, and how often this is drawn.
    if session.leaving or is_busy(found) != busy or _names(found) != _names(before):
        st.rerun()


def _names(found: list[Shown]) -> list[str]:
    return [one.run.name if one.run else "" for one in found]


# ---- one run -------------------------------------------------------------------------------------


def _run(k: int, one: Shown) -> None:
    with st.container(border=True):
        st.text(f"{k + 1}. {one.name}")
        st.caption(settings_line(one.settings, one.own))
        if one.run is None:
            st.text(WORDS.text("run", "gone"))
        else:
            st.progress(one.run.step / one.settings.steps, status(one.run))
        with st.container(horizontal=True):
            for label, act in _acts(one.run):
                st.button(
                    WORDS.text("run", label),
                    key=f"{one.option.name} {label}",
                    on_click=state.acts(partial(_act, one, act)),
                )


def status(run: Run) -> str:
    """Return how a run stands, in a sentence or two."""
    if run.state == WAITING:
        before = runs.pool().place(run) - 1
        return WORDS.text("run", _WAITING.get(before, "waiting"), {"count": before})
    if run.state == RUNNING and run.remaining is None:
        return WORDS.text("run", "begins")
    known = {"step": run.step, "steps": run.settings.steps, "seconds": round(run.remaining or 0)}
    case = "exploded" if run.state == DONE and run.step < run.settings.steps else run.state
    return f"{WORDS.text('run', case, known)} {_reached(run)}"


def _reached(run: Run) -> str:
    if not run.reports:
        return ""
    last = run.reports[-1]
    known = {"loss": f"{last.loss:.4g}", "accuracy": percent(last.accuracy)}
    return WORDS.text("run", "state", known)


Act = Callable[[Session, Shown], str]


def _acts(run: Run | None) -> list[tuple[str, Act]]:
    if run is None:
        return [("again", runs.again), ("remove", runs.remove)]
    if run.state not in OVER:
        return [("stop", runs.stop)]
    resumes = run.state in (STOPPED, KILLED)
    return [*([("go on", runs.resume)] if resumes else []), ("remove", runs.remove)]


def _act(one: Shown, act: Act, session: Session) -> None:
    note(session, act(session, one))


# ---- the figure ----------------------------------------------------------------------------------


def _figure(session: Session, found: list[Shown]) -> None:
    if not any(one.run and one.run.reports for one in found):
        return
    view = st.segmented_control(
        WORDS.text("figure", "view"),
        VIEWS,
        default=VIEWS[0],
        format_func=lambda name: WORDS.text("figure", name),
        key="train_view",
        required=True,
    )
    far = st.slider(WORDS.text("figure", "step"), 0, WHOLE, WHOLE, 1, "%d %%", key="train_far")
    courses = [one for each in found if (one := runs.course(each, far / WHOLE))]
    _drawn(courses, view or VIEWS[0])
    for k, one in enumerate(courses):
        _out(k, one)


def _drawn(courses: list[Course], view: str) -> None:
    figure, said = looked_at(courses, view)
    for line in said:
        st.text(line)
    live_figure(figure, key="training-figure")


def looked_at(courses: list[Course], view: str) -> tuple[Figure, list[str]]:
    """Return the figure of a view, and what is said above it."""
    if view == "gradient":
        return gradient_figure(courses), gradient_sentences(courses)
    if view == "inside":
        said = WORDS.text(
            "figure", "inside said", {"name": courses[0].name, "step": courses[0].report.step}
        )
        return inside_figure(_lens(courses[0])), [said]
    return course_figure(courses, view), []


def _lens(one: Course) -> Lens:
    """The cell as it was, reading the example sequence of its task."""
    exercise = runs.snapshot(one)
    shown = Session(exercise, exercise, Address(exercise.cell.steps[0].name))
    return Lens(desk_now(shown), runs.task_of(one))


def _out(k: int, one: Course) -> None:
    """Open a run's cell as it was, or take its weights away."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(WORDS.text("run", "as it was", {"k": k + 1, "step": one.report.step}))
        st.button(
            WORDS.text("run", "open"),
            key=f"open {k}",
            help=WORDS.text("run", "open, help"),
            on_click=state.acts(partial(_open, one)),
        )
        st.download_button(
            WORDS.text("run", "weights"),
            partial(_weights, one),
            f"trained-{one.settings.task}-{one.settings.cell}-{one.report.step}.npz",
            key=f"weights {k}",
            on_click="ignore",
        )


def _open(one: Course, session: Session) -> None:
    runs.open_exercise(session, one)


def _weights(one: Course) -> bytes:
    return write_npz(exercise_of(one.settings, one.report.values).params)
