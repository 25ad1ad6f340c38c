"""The trained cells that come with the app, and which task a cell on screen has learned."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType

import numpy as np

from lstm_core.exercise.exercise import Exercise
from lstm_core.training.examples import EXAMPLES, FOLDER, Trained, from_text
from lstm_core.training.learned import Unit, seen, units
from lstm_core.training.learning import accuracy_on
from lstm_core.training.tasks.table import TASKS
from lstm_core.training.tasks.task import Chance, Task
from lstm_ui.house import HOUSE
from lstm_ui.session.options import Choice, Chosen, Number

TASK = Choice("task", ("", *TASKS))  # said in the address of a cell that somebody trained here
# And what it learned from: drawn sequences of so many time steps, or typed ones, at most so long.
LENGTH = Number("length", 0, 20_000, 0, whole=True)
SOURCE = Choice("sequences", ("drawn", "own"))
SEQUENCES, SEED = 64, 40_009  # that are looked at for what is right, and for what is wrong


@cache
def trained() -> Mapping[str, Trained]:
    """Return the trained cells by the names of their tasks."""
    files = {name: HOUSE / FOLDER / f"{name}.json" for name in EXAMPLES}
    return MappingProxyType({name: from_text(p.read_text("utf-8")) for name, p in files.items()})


def trained_name(exercise: Exercise) -> str:
    """Return the task of the trained cell that this exercise is, decimals apart; "" for another."""
    for name, one in trained().items():
        same_title = exercise.title == one.exercise.title
        if same_title and replace(exercise, decimals=one.exercise.decimals) == one.exercise:
            return name
    return ""


def task_of(exercise: Exercise, chosen: Chosen) -> Task | None:
    """Return the task that a cell has learned, or may have: its sizes have to be those of it."""
    name = TASK.of(chosen) or next((n for n, one in trained().items() if _is(exercise, one)), "")
    task = TASKS.get(name)
    return task if task and _fits(exercise, task) else None


def _is(exercise: Exercise, one: Trained) -> bool:
    theirs = one.exercise
    return (
        exercise.cell.name == theirs.cell.name
        and exercise.params.keys() == (theirs.params.keys())
        and all(np.array_equal(exercise.params[k], theirs.params[k]) for k in theirs.params)
    )


def _fits(exercise: Exercise, task: Task) -> bool:
    return (exercise.m, exercise.p) == (len(task.inputs), len(task.outputs))


def core_of(exercise: Exercise) -> Exercise:
    """Return the cell without a sequence of its own: what is found of it holds for any."""
    return replace(exercise, xs=np.zeros((1, exercise.m)), title="", source="", notes={})


@lru_cache(maxsize=64)
def units_of(core: Exercise, task: str) -> tuple[Unit, ...]:
    """Return what each unit of a cell keeps."""
    return units(seen(core, TASKS[task], TASKS[task].length))


@lru_cache(maxsize=256)
def share_right(core: Exercise, task: str, T: int) -> float:
    """Return the share of right answers on sequences of T time steps."""
    return accuracy_on(core, TASKS[task], T, SEQUENCES, SEED)


@lru_cache(maxsize=64)
def failure(core: Exercise, task: str) -> str | None:
    """Return a sequence that a cell gets wrong, as it would be typed; None where none was found."""
    one, chance = TASKS[task], Chance(SEED)
    for T in (one.length, one.longer):
        for _ in range(SEQUENCES):
            xs = one.draw(chance, T)
            if wrong_at(core, one, xs) is not None:
                return typed(one, xs)
    return None


def wrong_at(exercise: Exercise, task: Task, xs: np.ndarray) -> int | None:
    """Return the first time step at which an answer is wrong; None where none is."""
    trace = exercise.with_array("xs", xs).trace()
    y = np.stack([trace[t, "y"] for t in range(len(xs))])
    targets, asked = task.answers(xs)
    wrong = ((y > 0.5) != (targets > 0.5)) & (asked > 0)
    return int(np.argmax(wrong.any(axis=1))) if wrong.any() else None


def typed(task: Task, xs: np.ndarray) -> str:
    """Return a sequence as somebody would type it."""
    between = "\n" if task.name == "areas" else " "
    return between.join(task.written(xs))
