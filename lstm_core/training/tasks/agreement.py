"""The number of the subject, kept until the verb: “the dogs near the cat sleep”.

A toy grammar: a sentence is a subject, any number of phrases with nouns of their own, the verb, and
a full stop. At each word from the subject to the one before the verb it is asked whether the verb
will be plural, whatever nouns stand between (Linzen, Dupoux & Goldberg 2016 asked it of English).
"""

import numpy as np

from lstm_core.ops import Array
from lstm_core.training.tasks.task import Chance, Known, Task

NOUNS = {"dog": False, "dogs": True, "cat": False, "cats": True}  # whether it is plural
VERBS = {False: "sleeps", True: "sleep"}
WORDS = ("the", *NOUNS, "near", *VERBS.values(), ".")
MOST = 200  # words of a sentence that somebody types


def coded(words: list[str]) -> Array:
    """Return each word as a row that is 1 at its own place and 0 elsewhere (T, m)."""
    return np.eye(len(WORDS))[[WORDS.index(word) for word in words]]


def _draw(chance: Chance, T: int) -> Array:
    words: list[str] = []
    while len(words) < T:
        words += _sentence(chance)
    return coded(words[:T])


def _sentence(chance: Chance) -> list[str]:
    nouns = [[*NOUNS][chance.randint(len(NOUNS))] for _ in range(1 + chance.randint(3))]
    phrases = [word for noun in nouns for word in ("near", "the", noun)][1:]
    return [*phrases, VERBS[NOUNS[nouns[0]]], "."]


def _answers(xs: Array) -> tuple[Array, Array]:
    targets, asked = np.zeros((len(xs), 1)), np.zeros((len(xs), 1))
    subject: str | None = None
    for t, word in enumerate(WORDS[k] for k in xs.argmax(axis=1)):
        if word in NOUNS:
            subject = subject or word
        elif word in (*VERBS.values(), "."):
            subject = None
        if subject:
            targets[t], asked[t] = NOUNS[subject], 1.0
    return targets, asked


def _read(text: str) -> Array:
    words = text.lower().replace(".", " . ").split()
    for word in words:
        if word not in WORDS:
            known = f"{', '.join(WORDS[:-1])} and the full stop"
            raise ValueError(f"“{word[:30]}” is no word of this grammar: it knows {known}.")
    if not 0 < len(words) <= MOST:
        raise ValueError(f"A text of 1 to {MOST} words is expected; given {len(words)}.")
    return coded(words)


def _written(xs: Array) -> list[str]:
    return [WORDS[k] for k in xs.argmax(axis=1)]


def _known(xs: Array) -> Known:
    targets, asked = _answers(xs)
    words, open_ = np.array(_written(xs)), asked[:, 0] > 0
    nouns = np.isin(words, [*NOUNS])
    first = nouns & ~np.concatenate(([False], open_[:-1]))
    events = {
        "subject": first,
        "another noun": nouns & ~first,
        "verb": np.isin(words, [*VERBS.values()]),
        "full stop": words == ".",
    }
    return Known({"plural": targets[:, 0]}, events, open_)


AGREEMENT = Task("agreement", WORDS, ("plural",), 14, 40, _draw, _answers, _read, _written, _known)
