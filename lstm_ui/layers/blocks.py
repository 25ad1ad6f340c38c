"""The page on layers and directions, as blocks: examples, the drawing, its layers, the inputs."""

from collections.abc import Mapping

from lstm_core.cells import CELLS
from lstm_core.exercise.parts import LIMITS
from lstm_core.layers.changes import WAYS, way_of
from lstm_core.layers.examples import EXAMPLES
from lstm_core.layers.stack import MOST_LAYERS, time_of
from lstm_core.lesson.questions import question
from lstm_core.text.numerals import how_many
from lstm_ui.layers.choices import WORDS, View
from lstm_ui.layers.examples import example_of, story
from lstm_ui.layers.figure import figure_sentence
from lstm_ui.layers.grid import grid
from lstm_ui.session.address import cell_id
from lstm_ui.session.cells import cell_title
from lstm_ui.session.draws import ALL_INPUTS
from lstm_ui.session.draws import WORDS as RANDOM
from lstm_ui.sheet import blocks, theme
from lstm_ui.sheet.blocks import Block, Matrix, MatrixCell, Question
from lstm_ui.sheet.choices import unit_control
from lstm_ui.sheet.controls import Control
from lstm_ui.sheet.letters import readable, subscripted
from lstm_ui.sheet.matrices import shaded, with_draft
from lstm_ui.sheet.panels import notice, toolbar, walk
from lstm_ui.sheet.window import from_to, window

TOPICS = ("stacked layers", "C in a stack", "both directions", "h of a whole sequence")
_FEW_UNITS, _AROUND = 8, 8  # sizes to choose from; rows of inputs on screen


def layer_blocks(view: View) -> list[Block]:
    """Return the whole page; its figure stands below the layers."""
    session = view.session
    return [
        blocks.lead(WORDS.text("page", "what")),
        blocks.group("bar", [walk(session, steps=False), toolbar(session)]),
        notice(session),
        blocks.controls("examples", _examples(view)),
        *_story(view),
        grid(view),
        *_too_far(view),
        blocks.group("rows", [*_rows(view), _add(view)], "layer-rows"),
        blocks.notice(session.problems.get("layers", ""), "refused"),
        *([blocks.controls("unit", unit_control(session, view.units))] if view.units > 1 else []),
        blocks.figure(),
        blocks.text("said", figure_sentence(view), WORDS.text("page", "sidebar")),
        blocks.fold("inputs", _inputs_title(view), _inputs(view)),
        blocks.questions(_questions(view)),
    ]


def _questions(view: View) -> list[Question]:
    """What people ask of a stack; of C only where a layer has one."""
    has_C = any("C" in view.stack[place].cell.carry for place in view.stack.places)
    topics = [topic for topic in TOPICS if has_C or topic != "C in a stack"]
    asked = (question(topic, "layers") for topic in topics)
    return [{"question": readable(q), "answer": readable(a)} for q, a in asked]


# ---- what is on screen ---------------------------------------------------------------------------


def _examples(view: View) -> Control:
    return {
        "type": "segments",
        "label": WORDS.text("page", "examples"),
        "value": example_of(view.stack),
        "event": "stack_example",
        "choices": [[name, WORDS.text(name, "title")] for name in EXAMPLES],
    }


def _story(view: View) -> list[Block]:
    name = example_of(view.stack)
    return [blocks.text("story", story(name))] if name and not view.problem else []


def _too_far(view: View) -> list[Block]:
    if not view.problem:
        return []
    return [blocks.text("too far", WORDS.text("page", "too far", {"problem": view.problem}))]


# ---- what can be changed -------------------------------------------------------------------------


def _rows(view: View) -> list[Block]:
    """A row of controls for each layer, the last one above, as in the drawing."""
    count = len(view.around.layers)
    return [_row(view, k, count) for k in reversed(range(count))]


def _row(view: View, k: int, count: int) -> Block:
    layer = view.around.holding(view.session.exercise)[k]
    lane, name = next(iter(layer.values())), WORDS.text("layer", "name", {"layer": k + 1})
    sizes = sorted({*range(1, _FEW_UNITS + 1), lane.n})
    titles = {name: cell_title(name) for name in CELLS}
    ways = {way: WORDS.text("layer", way) for way in WAYS}
    n = {str(size): str(size) for size in sizes if size <= LIMITS["n"]}
    controls = [
        _chooser(
            k, "layer_cell", f"{name} · {WORDS.text('layer', 'cell')}", lane.cell.name, titles
        ),
        _chooser(k, "layer_units", WORDS.text("layer", "n"), str(lane.n), n),
        _chooser(k, "layer_way", WORDS.text("layer", "way"), way_of(layer), ways),
    ]
    if count > 1:
        controls.append(_remove(k))
    return blocks.controls(f"layer {k + 1}", *controls)


def _chooser(k: int, event: str, label: str, value: str, choices: Mapping[str, str]) -> Control:
    """A list whose choices say which layer they are for: 1 gru_before."""
    return {
        "type": "select",
        "label": label,
        "value": f"{k} {value}",
        "event": event,
        "choices": [[f"{k} {word}", title] for word, title in choices.items()],
    }


def _remove(k: int) -> Control:
    label = WORDS.text("layer", "remove", {"layer": k + 1})
    return {"type": "button", "label": label, "value": str(k), "event": "layer_remove", "on": True}


def _add(view: View) -> Block:
    is_full = len(view.around.layers) >= MOST_LAYERS
    full = WORDS.text("page", "full", {"most": MOST_LAYERS})
    help = full if is_full else WORDS.text("page", "add, help")
    possible = not is_full and not view.problem
    add = blocks.tool("layer_add", WORDS.text("page", "add"), possible, help)
    return blocks.toolbar(add, key="add")


# ---- the inputs ----------------------------------------------------------------------------------


def _inputs_title(view: View) -> str:
    T, m = view.stack.xs.shape
    known = {"steps": how_many(T, "time step"), "each": how_many(m, "number")}
    return WORDS.text("inputs", "title", known)


def _inputs(view: View) -> list[Block]:
    help = blocks.legend(WORDS.text("inputs", "help"), "help")
    return [blocks.equation([_table(view)], "xs"), help]


def _table(view: View) -> Matrix:
    """The inputs around the time step on screen, as cells to edit."""
    T, m = view.stack.xs.shape
    steps = window(view.t, T, _AROUND)
    part = f", rows {from_to(steps)} shown" if len(steps) < T else ""
    return {
        "id": "xs",
        "label": "x",
        "name": "inputs",
        "shape": f"{T} × {m}{part}",
        "rows": [[_input(view, t, k) for k in range(m)] for t in steps],
        "units": [f"t = {t + 1}" for t in steps],
        "columns": [subscripted("x", k + 1) for k in range(m)],
        "problem": view.session.problems.get("xs"),
        "offer": None,
        "random": RANDOM.text("choices", "one", {"name": ALL_INPUTS}),
    }


def _input(view: View, t: int, k: int) -> MatrixCell:
    """One input; the first layer's exercise has it at its own time step."""
    value = float(view.stack.xs[t, k])
    at = cell_id("xs", (time_of(view.around.at.direction, t, view.stack.T), k))
    name = f"{subscripted('x', k + 1)} at t = {t + 1}"
    cell = shaded(at, name, view.desk.text("", value), value, theme.limit(view.stack.xs))
    return with_draft(view.desk, {**cell, "edit": True, "error": None})
