"""Random numbers on demand: one array of the exercise, or all, drawn anew by a chosen rule."""

from lstm_core.cells import facts
from lstm_core.exercise.draws import ORTHOGONAL, RULES, reach
from lstm_core.exercise.exercise import Exercise
from lstm_core.lesson.letters import plain
from lstm_core.lesson.words import paragraph, words
from lstm_core.shapes import letters
from lstm_core.text.numerals import numeral
from lstm_ui.session.options import Choice
from lstm_ui.session.session import Session

RULE = Choice("init", RULES)
FORGET_BIAS = Choice("forget_bias", ("drawn", "one"))
OPTIONS = (RULE, FORGET_BIAS)
WORDS = words("draws")
ALL_INPUTS = "all inputs x"


def randomise(session: Session, matrix: str) -> None:
    """Draw an array anew, or the whole exercise where none is named: an edit, to be undone.

    Of the input on screen, "x", it draws the one at this time step.
    """
    exercise, rule = session.exercise, RULE.of(session.options)
    name = {"x": "xs"}.get(matrix, matrix)
    ones = FORGET_BIAS.of(session.options) == "one"
    new = exercise.redrawn([name] if name else [], rule, ones)
    if matrix == "x":
        xs = exercise.xs.copy()
        xs[session.place.t] = new.xs[session.place.t]
        new = exercise.with_array("xs", xs)
    session.change(new, drawn_sentence(exercise, matrix, rule, ones))


def can_be_drawn(exercise: Exercise, name: str, t: int) -> bool:
    """Tell whether all of an array on screen is the reader's to set, and so can be drawn."""
    return name in exercise.params or name == "x" or (name in exercise.cell.states and t == 0)


def kept_by(exercise: Exercise) -> str:
    """Return the bias of the gate that keeps the memory; nothing where no gate keeps it."""
    name = f"b_{facts(exercise.cell).keeps}"
    return name if name in exercise.params else ""


def drawn_sentence(exercise: Exercise, matrix: str, rule: str, ones: bool) -> str:
    """Return what was drawn, and from how large a range."""
    bias = kept_by(exercise) if ones else ""
    one = WORDS.text("drawn", "forget bias", {"name": bias}) if bias else ""
    if not matrix:
        return paragraph(_all(exercise, rule), one)
    if matrix == bias:
        return one
    square = rule == ORTHOGONAL and letters(matrix) == ("n", "n+m")
    name = ALL_INPUTS if matrix == "xs" else plain(exercise.cell, matrix)
    known = {"name": name, "reach": _reach(exercise, matrix, rule)}
    return WORDS.text("drawn", "orthogonal" if square else "one array", known)


def _all(exercise: Exercise, rule: str) -> str:
    weights = next(name for name in exercise.params if letters(name) == ("n", "n+m"))
    known = {
        "reach": _reach(exercise, "h_prev", rule),
        "weights": _reach(exercise, weights, rule),
    }
    return WORDS.text("everything drawn", rule, known)


def _reach(exercise: Exercise, name: str, rule: str) -> str:
    # Hundredths, whatever decimals are shown: the range is one of them.
    return numeral(reach({"x": "xs"}.get(name, name), exercise.sizes, rule), 2)
