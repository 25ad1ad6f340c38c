"""The page through time, as blocks: what to see, the inputs to edit, and words to the figure."""

from lstm_core.lesson.latex import plain
from lstm_core.looks.signals import SIGNALS
from lstm_core.text.numerals import numeral
from lstm_ui.session.address import cell_id
from lstm_ui.session.options import Choice
from lstm_ui.sheet import theme
from lstm_ui.sheet.controls import cell_slider, controls, field, segments, select
from lstm_ui.sheet.letters import subscripted
from lstm_ui.sheet.matrices import Block
from lstm_ui.sheet.panels import notice, toolbar, walk
from lstm_ui.through_time.choices import LENGTH, LOOK, MOST_UNITS, Span, lines, unit_choice
from lstm_ui.through_time.cobweb import at_rest
from lstm_ui.through_time.words import QUESTIONS, WHAT, words

_LOOKS = {
    "maps": "all units",
    "unit": "one unit",
    "cobweb": "held still",
    "memory": "beside an RNN",
}
_AROUND, _REACH = 8, 4.0  # rows of inputs on screen; how far a slider moves a bias
_NONE = Choice("made", ("", *SIGNALS))


def through_time_blocks(span: Span) -> list[Block]:
    """Return the whole page; its figure stands under the controls."""
    session = span.desk.session
    heading = {"level": 1, "title": "Through time", "what": WHAT[span.look]}
    return [
        {"kind": "heading", "id": "top", **heading},
        walk(session, steps=False),
        notice(session),
        controls("look", segments(session, LOOK, "Show", _LOOKS), *_unit(span)),
        {"kind": "figure", "id": "figure"},
        {"kind": "text", "id": "said", "lines": _said(span)},
        *_moves(span),
        toolbar(session),
        {
            "kind": "fold",
            "id": "inputs",
            "title": _title(span),
            "open": True,
            "blocks": _inputs(span),
        },
        {"kind": "questions", "id": "questions", "items": QUESTIONS},
    ]


def _unit(span: Span) -> list[Block]:
    choice = unit_choice(span.exercise)
    if span.look not in ("unit", "cobweb") or len(choice.words) == 1:
        return []
    kind = segments if len(choice.words) <= MOST_UNITS // 2 else select
    return [kind(span.desk.session, choice, "Unit", {})]


def _said(span: Span) -> list[Block]:
    told = {"maps": _about_maps, "unit": _about_unit, "cobweb": _about_web, "memory": _about_memory}
    return [{"text": text} for text in told[span.look](span) if text]


def _about_maps(span: Span) -> list[str]:
    few, n, T = MOST_UNITS, span.exercise.n, span.exercise.T
    cut = f" Of {n} units the first {few} are drawn." if n > few else ""
    part = span.stop - span.start < T
    cut += f" Of {T} time steps, {span.start + 1} to {span.stop} are drawn." * part
    return [words("maps") + cut]


def _about_unit(span: Span) -> list[str]:
    exercise, t = span.exercise, span.desk.t
    values = [
        f"{plain(exercise.cell, name)} = {_number(span, span.trace[t, name][span.unit])}"
        for name in lines(exercise.cell)
    ]
    return [f"Unit {span.unit + 1} at t = {t + 1}: {', '.join(values)}.", words("unit")]


def _about_web(span: Span) -> list[str]:
    return [at_rest(span), words("cobweb")]


def _about_memory(span: Span) -> list[str]:
    mine, other = span.memories
    if not mine.left.any():
        return ["The first input does nothing here: it is 0, or its weights are."]
    last = span.exercise.T
    told = [
        f"until t = {found.until}" + " (the end)" * (found.until == last) for found in (mine, other)
    ]
    return [
        f"1 % or more of the first input is left in this cell {told[0]}, in a plain RNN with the "
        f"candidate's weights {told[1]}.",
        words("memory"),
    ]


def _moves(span: Span) -> list[Block]:
    """Sliders for the biases of one unit: they move where it comes to rest, and how fast."""
    if span.look not in ("cobweb", "unit"):
        return []
    exercise, items = span.exercise, []
    for name in [name for name in exercise.params if name.startswith("b_") and name != "b_y"][:4]:
        value = float(exercise.params[name][span.unit])
        label = f"{plain(exercise.cell, name)}[{span.unit + 1}]"
        shown = numeral(value, exercise.decimals)
        cell = cell_id(name, (span.unit,))
        items.append(cell_slider(cell, label, value, -_REACH, _REACH, 0.05, shown))
    return [controls("moves", *items)]


def _title(span: Span) -> str:
    return f"Inputs x: {span.exercise.T} time steps of {span.exercise.m}"


def _inputs(span: Span) -> list[Block]:
    session = span.desk.session
    signals = segments(session, _NONE, "Make inputs", {}) | {"event": "signal", "value": ""}
    signals["choices"] = [[kind, kind] for kind in SIGNALS]
    help_text = "One row for each time step. Paste a whole table into any cell: T follows it."
    return [
        controls("signals", signals, field(session, LENGTH, "time steps")),
        {"kind": "equation", "id": "xs", "items": [_table(span)]},
        {"kind": "legend", "id": "help", "text": help_text},
    ]


def _table(span: Span) -> Block:
    """The inputs around the time step on screen, as cells to edit."""
    exercise = span.exercise
    start = max(0, min(span.desk.t - _AROUND // 2, exercise.T - _AROUND))
    steps = range(start, min(exercise.T, start + _AROUND))
    end = theme.limit(exercise.xs)
    part = f", rows {start + 1} to {steps[-1] + 1} shown" if len(steps) < exercise.T else ""
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
    }


def _input(span: Span, t: int, k: int, end: float) -> Block:
    value, at = float(span.exercise.xs[t, k]), cell_id("xs", (t, k))
    draft = span.desk.session.draft(at)
    text = draft.text if draft else numeral(value, span.exercise.decimals)
    return {
        "at": at,
        "text": text,
        "full": draft.text if draft else numeral(value, None),
        "share": round(theme.share(value, end), 3),
        "name": f"{subscripted('x', k + 1)} at t = {t + 1}",
        "edit": True,
        "error": draft.problem if draft else None,
    }


def _number(span: Span, x: float) -> str:
    return numeral(float(x), span.exercise.decimals)
