"""The sentences of the page on gradients, with its numbers; they stand in words/gradients.txt."""

import numpy as np

from lstm_core.lesson.words import of_kind, paragraph, words
from lstm_core.looks.reach import MOST, longest
from lstm_ui.gradients.choices import LOSS
from lstm_ui.gradients.reach import GONE, MUCH, Reach
from lstm_ui.gradients.walk import FURTHEST, loss_of
from lstm_ui.sheet.desk import Desk

WORDS = words("gradients")
LOSSES = {"sum": "Σ h_T", "entry": "one entry of h_T", "squared": "½ Σ (h_T − target)²"}
HAIR = 1e-9  # of the larger one: from here on, two derivatives are the same number


def is_same(a: float, b: float) -> bool:
    """Tell whether two derivatives agree, but for the rounding of the last digits."""
    return bool(np.isclose(a, b, rtol=HAIR, atol=0.0, equal_nan=True))


def walk_sentences(back: Desk) -> str:
    """Return what the loss is, in numbers, and what the way back is."""
    value, _ = loss_of(back.session, back.trace[back.exercise.T - 1, "h"])
    known = {
        "loss": LOSSES[LOSS.of(back.session.options)],
        "value": back.text("h", value),
        "T": back.exercise.T,
        "most": FURTHEST,
    }
    names = ("loss", "what", "cut") if back.exercise.T > FURTHEST else ("loss", "what")
    return paragraph(*(WORDS.text("walk", name, known) for name in names))


def memory_sentences(found: Reach) -> list[str]:
    """Return how the direct product and the whole derivative compare, and why they differ."""
    paths, t = found.paths, found.since
    if paths.direct is None:
        return [WORDS.text("memory", "made anew"), *_cut(found)]
    if t == found.T - 1:
        return [WORDS.text("memory", "nothing between"), *_cut(found)]
    same = is_same(float(paths.whole[t]), float(paths.direct[t]))
    compared = WORDS.text("memory", "agree" if same else "differ", _both(found))
    return [compared, _without_h(found), *_cut(found)]


def _both(found: Reach) -> dict[str, str]:
    """The two derivatives, and what is between them."""
    whole, direct = found.paths.whole[found.since], found.direct[found.since]
    numbers = {"direct": direct, "whole": whole, "rest": whole - direct}
    return {name: found.text(float(x)) for name, x in numbers.items()}


def _without_h(found: Reach) -> str:
    """Return what is left of the difference where no gate sees h."""
    other, t = found.other(recurrent=0.0), found.since
    same = is_same(float(other.paths.whole[t]), float(other.direct[t]))
    case = "without h, agree" if same else "without h, differ"
    return WORDS.text(of_kind(found.exercise.cell, "memory"), case, _both(other))


def _cut(found: Reach) -> list[str]:
    """Return that not all time steps are looked at, where this is so."""
    T, most = found.exercise.T, longest(found.exercise.n)
    return [WORDS.text("page", "cut", {"T": T, "most": most})] if most < T else []


def curves_sentences(found: Reach) -> list[str]:
    """Return what the curves are, and what is called vanished."""
    name, ends = next(iter(found.curves.items()))
    many = found.exercise.n > MOST
    fates = WORDS.text("compare", "fates", {"gone": f"{GONE:g}", "much": f"{MUCH:g}"})
    sentences = [WORDS.text("compare", "drawn, many units" if many else "drawn", {"most": MOST})]
    if "Cₜ" in name:
        sentences.append(WORDS.text("compare", "C", {"end": found.text(ends[-1])}))
    sentences.append(fates)
    if "RNN" in name:
        sentences.append(WORDS.text("compare", "alone"))
    return [*sentences, *_cut(found)]
