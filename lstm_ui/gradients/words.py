"""The sentences of the page on gradients, with its numbers; they stand in words/gradients.txt."""

import numpy as np

from lstm_core.lesson.words import of_kind, paragraph, words
from lstm_core.looks.memory import HELD
from lstm_core.looks.reach import GONE, KEPT, MOST, MUCH, longest
from lstm_core.ops import sigmoid
from lstm_core.text.numerals import numeral
from lstm_ui.gradients.choices import FURTHEST, LOSS
from lstm_ui.gradients.reach import Reach
from lstm_ui.gradients.walk import loss_of
from lstm_ui.sheet.desk import Desk

WORDS = words("gradients")
LOSSES = {"sum": "Σ h_T", "entry": "one entry of h_T", "squared": "½ Σ (h_T − target)²"}
DIGITS = 10  # of two derivatives that would print alike, and are not: as many as HAIR sees
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
    T = back.exercise.T
    more = "cut" if T > FURTHEST else "shares" if T > 1 else ""
    names = filter(None, ("loss", "what", more))
    return paragraph(*(WORDS.text("walk", name, known) for name in names))


def memory_sentences(found: Reach) -> list[str]:
    """Return how the direct product and the whole derivative compare, and why they differ."""
    paths, t = found.paths, found.since
    if paths.direct is None:
        return [WORDS.text("memory", "made anew"), *_cut(found)]
    if t == found.T - 1:
        return [WORDS.text("memory", "nothing between"), *_cut(found)]
    same = is_same(float(paths.whole[t]), float(paths.direct[t]))
    heading = of_kind(found.exercise.cell, "memory")
    compared = WORDS.text(heading, "agree" if same else "differ", _both(found))
    return [compared, _without_h(found), *_cut(found)]


def _both(found: Reach) -> dict[str, str]:
    """The two derivatives, and what is between them; with more digits where it takes them."""
    whole, direct = found.paths.whole[found.since], found.direct[found.since]
    numbers = {"direct": direct, "whole": whole, "rest": whole - direct}
    texts = {name: found.text(float(x)) for name, x in numbers.items()}
    if texts["direct"] == texts["whole"] and not is_same(float(whole), float(direct)):
        return {name: numeral(float(f"{x:.{DIGITS}g}"), None) for name, x in numbers.items()}
    return texts


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
    many = found.exercise.n > MOST
    sentences = [WORDS.text("compare", "drawn, many units" if many else "drawn", {"most": MOST})]
    of_C = (ends[-1] for name, ends in found.arriving.items() if "Cₜ" in name)
    own = of_kind(found.exercise.cell, "compare")
    sentences += [WORDS.text(own, "C", {"end": found.text(end)}) for end in of_C]
    return [*sentences, _fates_sentence(found), *_cut(found)]


def _fates_sentence(found: Reach) -> str:
    """What is called vanished, and whose weights the cells beside it have."""
    f = found.text(float(sigmoid(np.array([HELD + found.trial.forget]))[0]))
    weights = WORDS.text(of_kind(found.exercise.cell, "compare"), "weights", {"f": f})
    bounds = {"gone": f"{GONE:g}", "kept": f"{KEPT:g}", "much": f"{MUCH:g}"}
    return WORDS.text("compare", "fates", {**bounds, "weights": weights})
