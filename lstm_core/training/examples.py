"""The cells that come with the app, trained: how each was trained, and what its file holds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.words import words
from lstm_core.training.learning import Learner, Settings, accuracy_on
from lstm_core.training.tasks.table import TASKS

FOLDER = "assets/trained"
DECIMALS = 2  # of the parameters
WORDS = words("learned")
SEQUENCES, SEED = 256, 30_011  # that the accuracies are of; from a seed of their own
LENGTHS = (1, 3, 10)  # how far: as long as what it learned from, and so many times as long


@dataclass(frozen=True)
class Example:
    """How a cell was trained, and the sequence that it is shown with, as somebody would type it."""

    settings: Settings
    typed: str


def _settings(task: str, n: int, steps: int, seed: int) -> Settings:
    return Settings(task, n=n, T=TASKS[task].length, rate=0.02, steps=steps, seed=seed)


EXAMPLES: Mapping[str, Example] = {
    "agreement": Example(_settings("agreement", 2, 1500, 1), "the dogs near the cat sleep ."),
    "outbreak": Example(_settings("outbreak", 3, 3000, 2), "0 2 5 4 0 1 0 0 0 3 1 0 0"),
    "first_bit": Example(_settings("first_bit", 2, 1500, 1), "1 0 0 1 0 1 1 0 0 1"),
    "brackets": Example(_settings("brackets", 2, 3000, 1), "a a a b b b a b"),
    "areas": Example(
        _settings("areas", 4, 4000, 7), "0 0\n4 0\n7 0\n2 1\n0 6\n0 5\n0 0\n0 2\n0 0\n0 0"
    ),
}


@dataclass(frozen=True, eq=False)
class Trained:
    """A trained cell as an exercise, and its share of right answers on sequences by their length.

    `accuracy` maps T, the length, to that share; the first is the length that it learned from.
    """

    settings: Settings
    exercise: Exercise
    accuracy: Mapping[int, float]


def trained(name: str) -> Trained:
    """Train an example again; it takes seconds."""
    example = EXAMPLES[name]
    task, settings = TASKS[example.settings.task], example.settings
    learner = Learner(settings)
    for _ in range(settings.steps):
        learner.step()
    known = {"task": WORDS.text(task.name, "title")}
    found = replace(
        learner.exercise(DECIMALS),
        xs=task.read(example.typed),
        title=WORDS.text("example", "title", known),
        source=WORDS.text("example", "source"),
    )
    lengths = (times * settings.T for times in LENGTHS)
    accuracy = {T: accuracy_on(found, task, T, SEQUENCES, SEED) for T in lengths}
    return Trained(settings, found, accuracy)


def trained_text(name: str) -> str:
    """Return the file of an example, trained again."""
    found = trained(name)
    record = {
        "settings": asdict(found.settings),
        "accuracy": [[T, round(share, 4)] for T, share in found.accuracy.items()],
        "exercise": json.loads(found.exercise.to_json()),
    }
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def from_text(text: str) -> Trained:
    """Return the example in a file of ours."""
    record = json.loads(text)
    return Trained(
        Settings(**record["settings"]),
        Exercise.from_json(json.dumps(record["exercise"])),
        dict(record["accuracy"]),
    )
