"""The runs drawn: their loss, their accuracy, and how far back the gradient reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.cells import CELLS
from lstm_core.lesson.words import words
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_core.training.learning import Settings
from lstm_core.training.reports import Report
from lstm_ui.figures.parts import Figure, Part, axis, finite, layout, legend, series

WORDS = words("training")
TASKS = words("learned")
HEIGHT, TINY = 340, 1e-12
GONE, GROWS = 0.01, 3.0  # of a gradient: at t = 1 as a share of that at T


@dataclass(frozen=True, eq=False)
class Course:
    """One run as it is drawn: its name, its reports, and the one that is looked at."""

    name: str
    settings: Settings
    reports: Sequence[Report]
    chosen: int
    own: tuple[str, ...] = ()  # what it learns from, where that was typed

    @property
    def report(self) -> Report:
        """The report that is looked at."""
        return self.reports[min(self.chosen, len(self.reports) - 1)]

    @property
    def relative(self) -> Array:
        """The gradient's size at each time step (T,), relative to the largest."""
        norms = np.where(np.isfinite(self.report.norms), self.report.norms, 0.0)
        return np.asarray(norms / max(float(norms.max(initial=0.0)), TINY))


def run_name(settings: Settings) -> str:
    """Return what a run is called."""
    known = {"cell": CELLS[settings.cell].title, "n": settings.n}
    return WORDS.text("run", "name", {**known, "task": TASKS.text(settings.task, "title")})


def course_figure(courses: Sequence[Course], view: str) -> Figure:
    """Return the loss or the accuracy of each run, step by step."""
    shown = [[getattr(report, view) for report in one.reports] for one in courses]
    lines = [
        _course(one, values, k) for k, (one, values) in enumerate(zip(courses, shown, strict=True))
    ]
    told = [_reached(one, values[-1]) for one, values in zip(courses, shown, strict=True)]
    title = WORDS.text("figure", f"{view} axis")
    shape = {"type": "log", "dtick": "D2"} if view == "loss" else {"range": [0.0, 1.02]}
    upwards = axis(title, **shape)
    return _lines(lines, WORDS.text("figure", "steps axis"), upwards, told)


def _course(one: Course, values: Sequence[float], k: int) -> Part:
    steps = [report.step for report in one.reports]
    return series(steps, finite(values), one.name, k, "step %{x}: %{y:.4f}")


def _reached(one: Course, value: float) -> str:
    known = {"name": one.name, "value": _short(value), "step": one.reports[-1].step}
    return WORDS.text("figure", "alt run", known)


def gradient_figure(courses: Sequence[Course]) -> Figure:
    """Return how large the gradient is at each time step, at the step that is looked at."""
    lines = [
        series(
            [t + 1 for t in range(len(one.relative))],
            finite(np.maximum(one.relative, TINY)),
            one.name,
            k,
            "t = %{x}: %{y:.2e}",
        )
        for k, one in enumerate(courses)
    ]
    upwards = axis(
        WORDS.text("figure", "gradient axis, mixed"),
        type="log",
        range=[-8, 0.3],
        exponentformat="power",
        dtick=1,
    )
    return _lines(
        lines,
        WORDS.text("figure", "time axis"),
        upwards,
        [_said(one, "alt gradient") for one in courses],
    )


def gradient_sentences(courses: Sequence[Course]) -> list[str]:
    """Return, for each run, how much of the gradient is left at t = 1."""
    return [_said(one, "gradient said") for one in courses]


def _said(one: Course, name: str) -> str:
    left = one.relative
    first, last = float(left[0]), float(left[-1])
    fate = "vanished" if first < GONE * last else "explodes" if first > GROWS * last else "arrives"
    known = {"name": one.name, "first": _short(first), "last": _short(last), "T": len(left)}
    fate = WORDS.text("figure", fate)
    return WORDS.text("figure", name, {**known, "step": one.report.step, "fate": fate})


def _lines(lines: list[Part], across: str, upwards: Part, told: list[str]) -> Figure:
    return Figure(
        data=lines,
        layout=layout(
            HEIGHT,
            (64, 12, 24, 44),
            axis(across, zeroline=False),
            upwards,
            showlegend=True,
            legend=legend(),
        ),
        least=320,
        most=900,
        alt=WORDS.text("figure", "alt", {"told": "; ".join(told)}),
    )


def _short(x: float) -> str:
    return numeral(x, 4, True) if x == 0.0 or abs(x) >= 1e-4 else f"{x:.1e}"
