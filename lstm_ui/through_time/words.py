"""The sentences of the page through time, with its numbers; they stand in words/through_time.txt.

Each kind of cell has words of its own where those for the LSTM are not true of it.
"""

from collections.abc import Callable, Mapping

from lstm_core.lesson.questions import question
from lstm_core.lesson.words import NOTHING, of_kind, paragraph, words
from lstm_core.looks.dynamics import LONG
from lstm_core.text.numerals import how_many
from lstm_ui.sheet import blocks
from lstm_ui.sheet.window import from_to
from lstm_ui.through_time.choices import MOST_UNITS, Span, lines

WORDS = words("through_time")
TOPICS = ("copied", "first states", "growing")


def look_text(span: Span, name: str, known: Mapping[str, object] = NOTHING) -> str:
    """Return a text about the view that is on screen, of this kind of cell."""
    return WORDS.text(of_kind(span.exercise.cell, span.look), name, known)


def figure_sentences(span: Span) -> list[str]:
    """Return what is to be seen in the figure."""
    return _ABOUT[span.look](span)


def questions(span: Span) -> list[blocks.Question]:
    """Return what people ask about time steps."""
    asked = (question(of_kind(span.exercise.cell, topic), "through time") for topic in TOPICS)
    return [{"question": q, "answer": a} for q, a in asked]


def course_sentence(span: Span) -> str:
    """Return where the whole cell takes the unit while the input is held."""
    course, desk = span.web.course, span.desk
    low, high = course.range
    known = {
        "state": desk.plain(span.web.state),
        "unit": span.unit + 1,
        "first": desk.text("", float(course.values[0])),
        "last": desk.text("", course.last),
        "low": desk.text("", low),
        "high": desk.text("", high),
        "settled": how_many(course.settled, "time step"),
        "long": how_many(LONG, "time step"),
    }
    there = course.end == "rests" and known["first"] == known["last"]
    return WORDS.text("cobweb", "is there" if there else course.end, known)


def frozen_sentence(span: Span) -> str:
    """Return where the unit would rest if h and the other units were frozen, and how fast."""
    web, desk = span.web, span.desk
    if not web.rest:
        return look_text(span, "frozen nowhere")
    pairs = ({"x": desk.text("", x), "slope": desk.text("", slope)} for x, slope in web.rest)
    points = "; ".join(WORDS.text("cobweb", "point", pair) for pair in pairs)
    return look_text(span, "frozen", {"points": points})


def _about_maps(span: Span) -> list[str]:
    (n, m, T), cuts = (span.exercise.n, span.exercise.m, span.exercise.T), []
    if n > MOST_UNITS:
        cuts.append(WORDS.text("maps", "cut units", {"n": n, "most": MOST_UNITS}))
    if m > MOST_UNITS:
        cuts.append(WORDS.text("maps", "cut inputs", {"m": m, "most": MOST_UNITS}))
    if len(span.steps) < T:
        cuts.append(WORDS.text("maps", "cut steps", {"T": T, "steps": from_to(span.steps)}))
    return [paragraph(look_text(span, "about"), *cuts)]


def _about_unit(span: Span) -> list[str]:
    desk = span.desk
    numbers = [
        f"{desk.plain(name)} = {desk.text('', desk.values(name)[span.unit])}"
        for name in lines(span.exercise.cell)
    ]
    known = {"unit": span.unit + 1, "t": desk.t + 1, "numbers": ", ".join(numbers)}
    return [look_text(span, "numbers", known), look_text(span, "about")]


def _about_cobweb(span: Span) -> list[str]:
    return [course_sentence(span), frozen_sentence(span), look_text(span, "about")]


def memory_sentences(span: Span) -> list[str]:
    """Return what is left of the input that is left out, here and in the cell beside."""
    mine, other = span.memories
    if not span.exercise.xs.any():
        return [look_text(span, "all zero")]
    known: dict[str, object] = {"since": mine.since + 1}
    if span.exercise.T == 1:
        return [look_text(span, "one step")]
    if not span.exercise.xs[mine.since].any():
        return [look_text(span, "zero", known)]
    if not mine.left.any():
        return [look_text(span, "nothing", known)]
    known |= {"here": _until(span, mine.until), "there": _until(span, other.until)}
    return [look_text(span, "left", known), look_text(span, "about")]


def _until(span: Span, t: int) -> str:
    if t == 0:
        return look_text(span, "never")
    return look_text(span, "until the end" if t == span.exercise.T else "until", {"t": t})


_ABOUT: Mapping[str, Callable[[Span], list[str]]] = {
    "maps": _about_maps,
    "unit": _about_unit,
    "cobweb": _about_cobweb,
    "memory": memory_sentences,
}
