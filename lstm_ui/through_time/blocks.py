"""The page through time, as blocks: what to see, the inputs to edit, and words to the figure."""

from lstm_core.looks.signals import SIGNALS
from lstm_core.text.numerals import how_many
from lstm_ui.session.address import cell_id
from lstm_ui.session.draws import ALL_INPUTS
from lstm_ui.session.draws import WORDS as RANDOM
from lstm_ui.session.options import Choice
from lstm_ui.sheet import blocks, theme
from lstm_ui.sheet.blocks import Block, Controls, Matrix, MatrixCell
from lstm_ui.sheet.choices import unit_control
from lstm_ui.sheet.controls import Control, cell_slider, field, segments, slider, start_of
from lstm_ui.sheet.letters import subscripted
from lstm_ui.sheet.matrices import shaded, with_draft
from lstm_ui.sheet.panels import notice, toolbar, walk
from lstm_ui.sheet.window import from_to, window
from lstm_ui.through_time.choices import LENGTH, LOOK, Span
from lstm_ui.through_time.words import WORDS, figure_sentences, look_text, questions

_LOOKS = {
    "maps": "All units",
    "unit": "One unit",
    "cobweb": "Same input repeated",
    "memory": "One input left out",
}
_OF_ONE_UNIT = ("unit", "cobweb")
_AROUND, _REACH = 8, 4.0  # rows of inputs on screen; how far a slider moves a bias
_MADE = Choice("made", tuple(SIGNALS))


def through_time_blocks(span: Span) -> list[Block]:
    """Return the whole page; its figure stands under the controls."""
    session = span.desk.session
    exercise = span.exercise
    each = how_many(exercise.m, "number")
    title = f"Inputs x: {how_many(exercise.T, 'time step')} of {each} each"
    return [
        blocks.lead(look_text(span, "what")),
        blocks.group("bar", [walk(session, steps=False), toolbar(session)]),
        notice(session),
        blocks.controls("look", segments(session, LOOK, "Show", _LOOKS), *_more(span)),
        blocks.figure(),
        blocks.text("said", *figure_sentences(span)),
        *_moves(span),
        blocks.fold("inputs", title, _inputs(span)),
        blocks.questions(questions(span)),
    ]


def _more(span: Span) -> list[Control]:
    """What can be chosen of a view: a unit, or the input that is left out."""
    session, exercise = span.desk.session, span.exercise
    if span.look in _OF_ONE_UNIT and exercise.n > 1:
        return [unit_control(session, exercise.n)]
    if span.look == "memory" and exercise.T > 1:
        shown = f"t = {span.left_out + 1}"
        return [slider(session, span.without, "Left out: the input at", 1, shown)]
    return []


# ---- what can be moved and edited ----------------------------------------------------------------


def _moves(span: Span) -> list[Controls]:
    """Sliders for the biases of one unit: they move where it comes to rest, and how fast."""
    if span.look not in _OF_ONE_UNIT:
        return []
    names = [name for name in span.exercise.params if name.startswith("b_") and name != "b_y"]
    return [blocks.controls("biases", *(_bias(span, name) for name in names[:4]))]


def _bias(span: Span, name: str) -> Control:
    value, cell = float(span.exercise.params[name][span.unit]), cell_id(name, (span.unit,))
    label, shown = f"{span.desk.plain(name)}[{span.unit + 1}]", span.desk.text("", value)
    start = start_of(span.desk.session, name, (span.unit,))
    return cell_slider(cell, label, value, -_REACH, _REACH, 0.05, shown, start)


def _inputs(span: Span) -> list[Block]:
    session = span.desk.session
    # It makes inputs, and chooses nothing that lasts: none of its buttons stays pressed.
    signals = segments(session, _MADE, "Make inputs", {})
    signals["event"], signals["value"] = "signal", ""
    return [
        blocks.controls("signals", signals, field(session, LENGTH, "time steps")),
        blocks.equation([_table(span)], "xs"),
        blocks.legend(WORDS.text("inputs", "help"), "help"),
    ]


def _table(span: Span) -> Matrix:
    """The inputs around the time step on screen, as cells to edit."""
    exercise = span.exercise
    steps, end = window(span.desk.t, exercise.T, _AROUND), theme.limit(exercise.xs)
    part = f", rows {from_to(steps)} shown" if len(steps) < exercise.T else ""
    return {
        "id": "xs",
        "label": "x",
        "name": "inputs",
        "shape": f"{exercise.T} × {exercise.m}{part}",
        "rows": [[_input(span, t, k, end) for k in range(exercise.m)] for t in steps],
        "units": [f"t = {t + 1}" for t in steps],
        "columns": [subscripted("x", k + 1) for k in range(exercise.m)],
        "problem": span.desk.session.problems.get("xs"),
        "offer": None,
        "random": RANDOM.text("choices", "one", {"name": ALL_INPUTS}),
    }


def _input(span: Span, t: int, k: int, end: float) -> MatrixCell:
    value, at = float(span.exercise.xs[t, k]), cell_id("xs", (t, k))
    name = f"{subscripted('x', k + 1)} at t = {t + 1}"
    cell = shaded(at, name, span.desk.text("", value), value, end)
    return with_draft(span.desk, {**cell, "edit": True, "error": None})
