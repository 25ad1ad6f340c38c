"""What a run of training is to be: its settings, in the form and in an address."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from zlib import crc32

from lstm_core.cells import CELLS
from lstm_core.training.learning import Settings
from lstm_core.training.optimisers import OPTIMISERS
from lstm_core.training.tasks.table import TASKS
from lstm_core.training.tasks.task import Task
from lstm_ui.session.options import Chosen, Text, Word

RUNS = tuple(Word(f"run_{letter}") for letter in "abcd")  # that are shown beside each other
FORM = Word("train")
MOST_OWN, LONGEST_OWN = 200, 40_000  # the reader's own sequences, and their characters
_MARK = re.compile("([0-9a-f]{8})?")  # of typed sequences
OWN = Text("sequences", 4 * LONGEST_OWN)
DRAWN = "drawn"  # a forget bias that is drawn as all else is
# What can be chosen. Of whole numbers that are typed: the lowest and the highest.
CHOICES: Mapping[str, Sequence[str]] = {
    "task": tuple(TASKS),
    "cell": tuple(CELLS),
    "optimiser": tuple(OPTIMISERS),
    "rate": ("0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1"),
    "clip": ("0", "0.1", "1", "5"),
    "forget_bias": (DRAWN, "0", "1", "2", "5"),
    "steps": ("300", "1000", "2000", "3000", "10000"),
}
WHOLE: Mapping[str, tuple[int, int]] = {"n": (1, 8), "T": (2, 100), "seed": (1, 9999)}
_NAMES = tuple(field.name for field in fields(Settings))
FIRST = Settings("agreement", n=2, T=14, rate=0.03, steps=1000)


def texts(settings: Settings) -> dict[str, str]:
    """Return the settings as the form has them: every one a text."""
    found = {name: getattr(settings, name) for name in _NAMES}
    return {
        name: DRAWN if value is None else f"{value:g}" if isinstance(value, float) else str(value)
        for name, value in found.items()
    }


def settings_in(found: Mapping[str, str]) -> Settings:
    """Return the settings that these texts stand for; ValueError where one is no choice."""
    for name, choices in CHOICES.items():
        if found[name] not in choices:
            raise ValueError(f"{name} cannot be {found[name]}.")
    whole = {name: int(found[name]) for name in (*WHOLE, "steps")}
    for name, (low, high) in WHOLE.items():
        if not low <= whole[name] <= high:
            raise ValueError(f"{name} must be {low} to {high}; given {whole[name]}.")
    bias = found["forget_bias"]
    return Settings(
        task=found["task"],
        cell=found["cell"],
        n=whole["n"],
        T=whole["T"],
        optimiser=found["optimiser"],
        rate=float(found["rate"]),
        clip=float(found["clip"]),
        forget_bias=None if bias == DRAWN else float(bias),
        seed=whole["seed"],
        steps=whole["steps"],
    )


def code(settings: Settings) -> str:
    """Return settings as an address holds them: agreement,lstm,2,14,adam,0.03,1,1,1,1000."""
    return ",".join(texts(settings)[name] for name in _NAMES)


def from_code(text: str) -> Settings | None:
    """Return the settings of a code; None where there is none, or anything is wrong with it."""
    values = text.split(",")
    if len(values) != len(_NAMES):
        return None
    try:
        return settings_in(dict(zip(_NAMES, values, strict=True)))
    except ValueError:
        return None


def form_settings(chosen: Chosen) -> Settings:
    """Return the settings that the form shows."""
    return from_code(FORM.of(chosen)) or FIRST


def run_code(name: str, settings: Settings, own: Sequence[str] = ()) -> str:
    """Return a run as an address holds it: its name, its settings, the mark of typed sequences."""
    return ",".join(filter(None, (name, code(settings), own_mark(own))))


def run_in(option: Word, chosen: Chosen) -> tuple[str, Settings, str] | None:
    """Return the name, the settings and the mark of a run in the address; None if there is none."""
    name, *rest = option.of(chosen).split(",")
    settings = from_code(",".join(rest[: len(_NAMES)]))
    mark = ",".join(rest[len(_NAMES) :])
    return (name, settings, mark) if settings and name and _MARK.fullmatch(mark) else None


def own_mark(own: Sequence[str]) -> str:
    """Return what tells typed sequences from others; nothing of none."""
    return f"{crc32('|'.join(own).encode('utf-8', 'replace')):08x}" if own else ""


def own_in(chosen: Chosen, task: str, mark: str) -> tuple[str, ...] | None:
    """Return the typed sequences that have this mark; None where the address has no such ones."""
    with suppress(ValueError):
        own = own_texts(task, OWN.text_of(chosen)) if mark else ()
        return own if own_mark(own) == mark else None
    return None


def with_task(settings: Settings, task: str) -> Settings:
    """Return settings for another task, with the length that its sequences have."""
    return replace(settings, task=task, T=TASKS[task].length)


def own_texts(task: str, text: str) -> tuple[str, ...]:
    """Return the reader's own sequences, each as it was typed.

    Each is a line; where each time step is a line of its own, an empty line stands between two.
    Raises ValueError, in one plain sentence.
    """
    if len(text) > LONGEST_OWN:
        raise ValueError(f"At most {LONGEST_OWN} characters can be read; given {len(text)}.")
    clean = text.replace("\r\n", "\n").strip()
    parts = clean.split("\n\n" if task == "areas" else "\n")
    found = tuple(part.strip() for part in parts if part.strip())
    if len(found) > MOST_OWN:
        raise ValueError(f"At most {MOST_OWN} sequences can be learned from; given {len(found)}.")
    for k, part in enumerate(found, 1):
        try:
            TASKS[task].read(part)
        except ValueError as error:
            raise ValueError(f"Sequence {k}: {error}") from error
    if found and not any(_asks(TASKS[task], part) for part in found):
        raise ValueError("In these sequences nothing is asked: there is nothing to learn.")
    return found


def _asks(task: Task, text: str) -> bool:
    return bool(task.answers(task.read(text))[1].any())
