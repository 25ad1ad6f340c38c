"""The sentences of the page on gate space, with its numbers; they stand in words/gate_space.txt."""

import math

import numpy as np

from lstm_core.lesson.explain import explain
from lstm_core.lesson.words import of_kind, paragraph, words
from lstm_core.looks.surface import toggled
from lstm_core.ops import HADAMARD, Array
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.gate_space.choices import Scene
from lstm_ui.gate_space.coin import MOST_UNITS, tally
from lstm_ui.sheet.window import window

WORDS = words("gate_space")


def gate_numbers(scene: Scene) -> dict[str, str]:
    """Return what many sentences want: the gate's letter, its entry, and that entry's number."""
    return {
        "gate": scene.name(scene.gate),
        "letter": scene.plain(scene.gate),
        "value": scene.text(scene.gate),
    }


def figure_sentences(scene: Scene) -> list[str]:
    """Return what the figure on screen shows, with its numbers."""
    return {"map": _map, "toggle": _toggle, "space": _space, "coin": _coin}[scene.look](scene)


def warning(scene: Scene) -> str:
    """Return what a reader has to know before the figure is looked at: only the coin needs it."""
    if scene.look != "coin":
        return ""
    coin, on = of_kind(scene.exercise.cell, "coin"), f"on, {scene.gate}"
    sentence = WORDS.text(coin, "warning", gate_numbers(scene))
    return paragraph(sentence, WORDS.text(coin, on) if WORDS.has(coin, on) else "")


def use_sentence(scene: Scene) -> str:
    """Return what the gate is used for in this unit, with the product: 0.6318·0.5 = 0.3159."""
    near_one = of_kind(scene.exercise.cell, "near 1")
    note = WORDS.text(near_one, scene.gate) if WORDS.has(near_one, scene.gate) else ""
    products = (step for step in scene.exercise.cell.steps if step.op is HADAMARD)
    users = [step.name for step in products if scene.gate in step.inputs]
    if not users:
        return note
    at = Address(users[-1], scene.desk.t, (scene.unit,))  # of two the one that makes the new state
    line = explain(scene.desk.trace, at, scene.exercise.decimals)
    known = {"name": scene.name(users[-1]), "numbers": line.substitution, "result": line.result}
    return paragraph(note, WORDS.text("use", "product", known))


def held_sentence(scene: Scene) -> str:
    """Return what is held still although it depends on v as well; "" where nothing is."""
    if scene.parts.scales:
        return WORDS.text("held still", "reset")
    beside = [name for name in scene.parts.others if name.startswith("pC")]
    return WORDS.text("held still", "peephole", {"name": scene.plain(beside[0])}) if beside else ""


def made_sentence(scene: Scene) -> str:
    """Return why some entries of v have no slider; "" where all have one."""
    hidden = next(part for part in scene.parts.parts if part.name != "x")
    if scene.is_given(hidden.start):
        return ""
    made = WORDS.text("no slider", "made", {"name": scene.plain(hidden.name)})
    t = scene.desk.t
    return paragraph(made, WORDS.text("no slider", "made before", {"t": t}) if t else "")


def _map(scene: Scene) -> list[str]:
    first, second = (scene.labels[k] for k in scene.axes)
    a, b = (scene.desk.text("", x) for x in scene.surface.point)
    known = {**gate_numbers(scene), "first": first, "second": second, "a": a, "b": b}
    point = paragraph(WORDS.text("map", "point", known), _click(scene))
    return [point, _line(scene, known), _arrow(scene), held_sentence(scene)]


def _click(scene: Scene) -> str:
    movable = [scene.labels[k] for k in scene.axes if scene.is_given(k)]
    if not movable:
        return ""
    if len(movable) == 1:
        return WORDS.text("map", "click along one", {"only": movable[0]})
    return WORDS.text("map", "click")


def _arrow(scene: Scene) -> str:
    if not any(scene.surface.slopes):
        return ""
    slopes = zip(scene.axes, scene.surface.slopes, strict=True)
    weights = [scene.desk.text(scene.parts.weights[k][0], slope) for k, slope in slopes]
    return WORDS.text("map", "arrow", {"weights": " and ".join(weights)})


def _line(scene: Scene, known: dict[str, str]) -> str:
    """Return where the line is on which the gate is half; of another squash, 0."""
    middle = "0.5" if scene.is_soft else "0"
    if not any(scene.surface.slopes):
        case = "same everywhere"
    elif scene.line:
        case = "line, ReLU" if scene.step.op.name == "relu" else "line"
    elif scene.surface.z_here > 0:
        case = "no line, above"
    else:
        case = "no line, zero" if scene.step.op.name == "relu" else "no line, below"
    return WORDS.text("map", case, {**known, "middle": middle, "reach": numeral(scene.reach, 0)})


def _space(scene: Scene) -> list[str]:
    known = {
        "reach": numeral(scene.reach, 0),
        "z": scene.plain(scene.parts.z),
        "W": scene.plain(scene.parts.weights[0][0]),
    }
    lines = WORDS.text("space", "bent" if scene.is_bent else "straight", known)
    return [_point(scene), WORDS.text("space", "moves", known), lines, held_sentence(scene)]


def column_sentence(scene: Scene) -> str:
    """Return what the chosen column does, with its numbers: where z would be without it."""
    k, trace, t = scene.column, scene.desk.trace, scene.desk.t
    value = float(scene.parts.values[k])
    without = toggled(trace, t, scene.parts, k, np.zeros(1))[0]
    known = {
        "label": scene.labels[k],
        "value": scene.desk.text(scene.parts.entries[k].step, value),
        "W": scene.plain(scene.parts.weights[k][0]),
        "column": _vector(scene, scene.parts.weights[k][0], scene.parts.slopes[:, k]),
        "z": scene.plain(scene.parts.z),
        "z without": _vector(scene, scene.parts.z, without),
        "z with": _vector(scene, scene.parts.z, scene.desk.values(scene.parts.z)),
        "letter": scene.plain(scene.gate),
        "without": _vector(scene, scene.gate, scene.step.op.forward(without)),
        "with": _vector(scene, scene.gate, scene.desk.values(scene.gate)),
    }
    if value == 0.0:
        return WORDS.text("toggle", "off", known)
    same = known["without"] == known["with"]
    after = WORDS.text("toggle", "no change" if same else "change", known)
    scaled = "on, scaled" if scene.parts.scales else "on"
    return paragraph(WORDS.text("toggle", scaled, known), after)


def _vector(scene: Scene, name: str, values: Array) -> str:
    """The numbers of a vector of units, in brackets: those around the chosen one, of many."""
    shown = window(scene.unit, len(values), MOST_UNITS)
    before = ["…"] if shown.start else []
    after = ["…"] if shown.stop < len(values) else []
    numbers = scene.desk.printed(name, values[shown.start : shown.stop])
    return f"[{', '.join([*before, *numbers, *after])}]"


def _toggle(scene: Scene) -> list[str]:
    known = {"z": scene.plain(scene.parts.z)}
    others = WORDS.text("toggle", "others", known) if len(scene.columns) > 1 else ""
    return [column_sentence(scene), others, held_sentence(scene)]


def _point(scene: Scene) -> str:
    """Return where the point is; a gate between two bounds cannot leave the space between them."""
    n, name = scene.exercise.n, scene.space_name
    known = {
        "units": _counted("units", n),
        "place": _counted("place", n),
        "low": "0" if scene.is_soft else "−1",
        "vector": f"{scene.plain(name)} = {_vector(scene, name, scene.desk.values(name))}",
    }
    bounded = scene.is_bent and scene.step.op.name != "relu"
    return WORDS.text("space", "point in gate space" if bounded else "point", known)


def _counted(word: str, n: int) -> str:
    own = f"{word} of {n}"
    return WORDS.text("space", own if WORDS.has("space", own) else word, {"n": n})


def _coin(scene: Scene) -> list[str]:
    found = tally(scene, scene.unit)
    draws = "one draw" if found.count == 1 else "draws"
    known = {
        **gate_numbers(scene),
        "draws": WORDS.text("coin", draws, {"count": f"{found.count:,}"}),
        "mean": scene.desk.text("", found.mean),
        "apart": _two_digits(abs(found.mean - found.soft)),
        "band": _two_digits(4 * found.error),
    }
    return [WORDS.text("coin", "mean", known)]


def _two_digits(x: float) -> str:
    """Two digits that count."""
    return numeral(float(f"{x:.2g}"), None) if math.isfinite(x) else numeral(x, 2)
