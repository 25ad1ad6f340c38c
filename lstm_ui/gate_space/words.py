"""The sentences of the page on gate space: what the figure shows, and what people ask there."""

import math

from lstm_core.lesson.explain import explain
from lstm_core.lesson.words import words
from lstm_core.ops import HADAMARD
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from lstm_ui.gate_space.choices import Scene
from lstm_ui.gate_space.coin import MOST_UNITS, tally

TITLE = "Gate space: columns are toggles"
WHAT = (
    "Each entry of v pushes every unit up or down through its own column of W. The pushes and the "
    "bias add up to z, and a squash makes the gate of it. Drag a slider: everything follows."
)


def told(scene: Scene) -> list[str]:
    """Return what the figure on screen shows, with its numbers."""
    return {"map": _map, "space": _space, "coin": _coin}[scene.look](scene)


def said(scene: Scene) -> list[str]:
    """Return what has to be said before the figure is looked at: only the coin needs it."""
    if scene.look != "coin":
        return []
    cell = "An LSTM" if "lstm" in scene.exercise.cell.name else "This cell"
    on = {"f": " On means kept.", "i": " On means written.", "o": " On means shown."}
    return [
        f"{cell} does not sample: the same v gives the same gate, each time. This is an experiment "
        f"beside it: draw u from 0 to 1, and switch the unit on where u < {scene.name(scene.gate)}."
        f"{on.get(scene.gate, '')}"
    ]


def used(scene: Scene) -> str:
    """Say what the gate is used for in this unit, with the product: 0.6318·0.5 = 0.3159."""
    note = words("gate_space").texts["near 1"].get(scene.gate, "")
    user = next(
        (s for s in scene.exercise.cell.steps if s.op is HADAMARD and scene.gate in s.inputs), None
    )
    if user is None:
        return note
    at = Address(user.name, scene.desk.t, (scene.unit,))
    sum_ = explain(scene.desk.trace, at, scene.exercise.decimals)
    return f"{note} Here {scene.name(user.name)} = {sum_.substitution} = {sum_.result}.".strip()


def held(scene: Scene) -> str:
    """Say what is held still although it depends on v as well."""
    if scene.parts.scales:
        return "The reset gate is held still as well, as if it did not see v."
    beside = [name for name in scene.parts.others if name.startswith("pC")]
    return f"{scene.plain(beside[0])} is held still as well." if beside else ""


def made(scene: Scene) -> str:
    """Say why some entries of v have no slider."""
    hidden = next(part for part in scene.parts.parts if part.name != "x")
    if scene.is_given(hidden.start):
        return ""
    name = scene.plain(hidden.name)
    before = f" It was made at t = {scene.desk.t}." * (scene.desk.t > 0)
    return f"{name} is worked out, not given: it has no slider here.{before}"


def _map(scene: Scene) -> list[str]:
    first, second = (scene.labels[k] for k in scene.axes)
    a, b = (numeral(x, scene.exercise.decimals) for x in scene.surface.point)
    here = (
        f"Your point: {first} = {a}, {second} = {b}, {scene.name(scene.gate)} = "
        f"{scene.text(scene.gate)}.{_click(scene)}"
    )
    return [here, _line(scene, f"{first} and {second}"), _uphill(scene), held(scene)]


def _click(scene: Scene) -> str:
    movable = [scene.labels[k] for k in scene.axes if scene.is_given(k)]
    if not movable:
        return ""
    alone = f", along {movable[0]} only" if len(movable) == 1 else ""
    return f" Click on the map to put it there{alone}."


def _uphill(scene: Scene) -> str:
    if not any(scene.surface.slopes):
        return ""
    weights = [
        scene.desk.text(scene.parts.weights[k][0], s)
        for k, s in zip(scene.axes, scene.surface.slopes, strict=True)
    ]
    return f"The arrow is the steepest way up: along the two weights, {' and '.join(weights)}."


def _line(scene: Scene, both: str) -> str:
    gate, middle = scene.name(scene.gate), "0.5" if scene.is_soft else "0"
    if not any(scene.surface.slopes):
        return f"The weights of {both} are both 0: here {gate} is the same everywhere."
    if scene.line:
        return f"On the line {gate} = {middle}: there all pushes and the bias cancel, and z = 0."
    below = "0" if scene.step.op.name == "relu" else f"below {middle}"
    side = f"above {middle}" if scene.surface.z_here > 0 else below
    return (
        f"The line {gate} = {middle} lies beyond ±{numeral(scene.reach, 0)}: "
        f"on all of this map {gate} is {side}."
    )


def _space(scene: Scene) -> list[str]:
    n, reach, name = scene.exercise.n, numeral(scene.reach, 0), scene.space_name
    units = {1: "the unit is", 2: "both units together are"}.get(n, f"all {n} units together are")
    numbers = [scene.text(name, j) for j in range(min(n, MOST_UNITS))]
    numbers += ["…"] * (n > MOST_UNITS)
    moves = (
        f"Each line shows where the point goes if one entry of v runs from −{reach} to {reach}: "
        f"the arrow is at {reach}."
    )
    W, z = scene.plain(scene.parts.weights[0][0]), scene.plain(scene.parts.z)
    where = f"Whatever v is, {z} stays in the column space of {W}, moved by what is added to it."
    bent = (
        f"{where} There each line is straight: its own column. The squash bends it."
        if scene.is_bent
        else f"Each line runs straight along its own column of {W}. {where}"
    )
    point = f"{scene.plain(name)} = [{', '.join(numbers)}]"
    return [f"Here {units} one point{_inside(scene, n)}: {point}.", moves, bent, held(scene)]


def _inside(scene: Scene, n: int) -> str:
    """The space that a gate cannot leave."""
    if not scene.is_bent or scene.step.op.name == "relu":
        return ""
    where = {1: "an interval", 2: "a square", 3: "a cube"}.get(n, f"a cube of {n} dimensions")
    return f" in gate space, {where} from {'0' if scene.is_soft else '−1'} to 1"


def _coin(scene: Scene) -> list[str]:
    found, name = tally(scene, scene.unit), scene.name(scene.gate)
    draws = "1 draw" if found.count == 1 else f"{found.count:,} draws"
    mean = numeral(found.mean, scene.exercise.decimals)
    apart, band = abs(found.mean - found.soft), 4 * found.error
    return [
        f"The mean of {draws} is {mean}, and {name} = {scene.text(scene.gate)}: "
        f"{_short(apart)} apart. Four standard errors are {_short(band)}."
    ]


def _short(x: float) -> str:
    """Two digits that count."""
    return numeral(float(f"{x:.2g}"), None) if math.isfinite(x) else numeral(x, 2)
