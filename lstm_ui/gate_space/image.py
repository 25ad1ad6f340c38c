"""The image of v in gate space: one point, and where it goes if one entry of v changes.

Gate space has an axis for each unit. The figure shows two of them, or two such squares side by side
that share the upright axis: a point stands at the same height in both.
"""

import numpy as np

from lstm_core.looks.surface import toggled
from lstm_core.ops import Array
from lstm_core.text.numerals import numeral
from lstm_ui.figures.parts import Part
from lstm_ui.gate_space.bars import squashed_ends
from lstm_ui.gate_space.scene import Scene
from lstm_ui.gate_space.square import APART, Square, layout
from lstm_ui.session.address import cell_id
from lstm_ui.sheet import theme

POINTS = 31  # of each line
SHORTEST = 0.04  # a line that is shorter, in widths, gets no label
MOST_LABELS = 8  # in each square
TOGETHER = 14  # ends that are nearer than one part in so many share a label
LARGEST = 1e300  # a z that is larger is drawn there
Line = tuple[Array, Array]  # x and y of its points
COLOURS = {"h": (theme.DERIVATIVE, "dash"), "x": (theme.CURVE, "solid")}


def image(seen: Scene) -> Part:
    """Return the figure of gate space, or of z, where the lines are still straight."""
    lines = {k: _moved(seen, k) for k in seen.shown}
    ends = _ends(seen, lines)
    others: tuple[int | None, ...] = seen.against or (None,)
    squares = [Square(other, k * APART, ends) for k, other in enumerate(others)]
    return {
        "data": [*_toggles(seen, squares, lines), *(_here(seen, square) for square in squares)],
        "layout": layout(seen, squares),
        "least": 300,
        "most": 460 if len(squares) == 1 else 760,
        "alt": _alt(seen),
    }


def _moved(seen: Scene, k: int) -> Array:
    """Where the point goes as entry k of v runs over its range: (points, n)."""
    along = np.linspace(-seen.reach, seen.reach, POINTS)
    return _drawn(seen, toggled(seen.desk.trace, seen.desk.t, seen.parts, k, along))


def _drawn(seen: Scene, z: Array) -> Array:
    """Return z as the axes show it: after the squash, or before it."""
    with np.errstate(all="ignore"):
        of = seen.step.op.forward(z) if seen.is_bent else z
    return np.clip(np.nan_to_num(of), -LARGEST, LARGEST)


def _ends(seen: Scene, lines: dict[int, Array]) -> tuple[float, float]:
    """The range of both axes: that of the squash, or as far as the lines go."""
    if seen.is_bent and seen.step.op.name != "relu":
        return squashed_ends(seen)
    units = [seen.unit, *seen.against]
    end = min(theme.limit(*(line[:, units] for line in lines.values())), LARGEST)
    return (0.0 if seen.is_bent else -end), end


def _toggles(seen: Scene, squares: list[Square], moved: dict[int, Array]) -> list[Part]:
    """The lines of each part of v, with arrows and names at the upper end of the range."""
    lines = {
        (v, k): (square.x(space, k, len(seen.parts.values)), space[:, seen.unit])
        for v, square in enumerate(squares)
        for k, space in moved.items()
    }
    parts = {
        part.name[0]: [line for (_, k), line in lines.items() if part.start <= k < part.stop]
        for part in seen.parts.parts
    }
    drawn = [_part(letter, found) for letter, found in parts.items() if found]
    return [*drawn, _arrows(parts), _labels(seen, squares[0].ends, lines)]


def _part(letter: str, lines: list[Line]) -> Part:
    colour, dash = COLOURS.get(letter, COLOURS["h"])
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [number for x, _ in lines for number in (*x.round(6).tolist(), None)],
        "y": [number for _, y in lines for number in (*y.round(6).tolist(), None)],
        "name": f"{letter} part",
        "hoverinfo": "skip",
        "line": {"color": colour, "dash": dash, "width": 2},
        "cliponaxis": False,
    }


def _arrows(parts: dict[str, list[Line]]) -> Part:
    """Heads that point away from the number before them, which is itself not seen."""
    lines = [line for found in parts.values() for line in found]
    colours = [COLOURS.get(letter, COLOURS["h"])[0] for letter in parts for _ in parts[letter]]
    marker = {"symbol": "arrow", "angleref": "previous", "size": [0, 12, 0] * len(lines)}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [number for x, _ in lines for number in (*x[-2:].tolist(), None)],
        "y": [number for _, y in lines for number in (*y[-2:].tolist(), None)],
        "marker": {**marker, "color": np.repeat(colours, 3).tolist(), "line": {"width": 0}},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def _labels(seen: Scene, ends: tuple[float, float], lines: dict[tuple[int, int], Line]) -> Part:
    """Name the entries that move the point farthest; lines that end together share a label."""
    found: dict[tuple[int, int, int], Part] = {}
    for v, k in _longest(lines, ends[1] - ends[0]):
        x, y = lines[v, k]
        height = (y - ends[0]) / (ends[1] - ends[0])
        place = {"x": float(x[-1]), "y": float(y[-1]), "textposition": _beyond(x, height)}
        at = (v, round(x[-1] * TOGETHER), round(height[-1] * TOGETHER))
        label = found.setdefault(at, {**place, "text": ""})
        label["text"] = f"{label['text']} {seen.labels[k]}".strip()
    keys = ("x", "y", "text", "textposition")
    columns = {key: [label[key] for label in found.values()] for key in keys}
    style = {"hoverinfo": "skip", "showlegend": False, "cliponaxis": False}
    return {"type": "scatter", "mode": "text", **columns, **style}


def _longest(lines: dict[tuple[int, int], Line], span: float) -> list[tuple[int, int]]:
    """The lines that reach farthest in each square, and far enough to be seen, in their order."""
    size = {at: float(np.hypot(np.ptp(x), np.ptp(y) / span)) for at, (x, y) in lines.items()}
    kept = [at for at in lines if size[at] > SHORTEST]
    return [
        (v, k)
        for v, k in kept
        if sum(size[w, j] > size[v, k] for w, j in kept if w == v) < MOST_LABELS
    ]


def _beyond(across: Array, up: Array) -> str:
    """Where a label stands: on from the end of the line."""
    right, higher = across[-1] - across[-4], up[-1] - up[-4]
    side = "center" if abs(right) < abs(higher) / 3 else "right" if right > 0 else "left"
    return f"{'top' if higher >= 0 else 'bottom'} {side}"


def _here(seen: Scene, square: Square) -> Part:
    """The reader's point: where there is but one unit, on every line."""
    name, columns = seen.space_name, len(seen.parts.values)
    now = _drawn(seen, seen.values(seen.parts.z))
    lines = seen.shown if square.other is None else [0]
    units = [seen.unit] if square.other is None else [square.other, seen.unit]
    hover = "<br>".join(f"{seen.mark(name, j)} = {seen.text(name, j)}" for j in units)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(square.x(now[None, :], k, columns)[0]) for k in lines],
        "y": [float(now[seen.unit])] * len(lines),
        "customdata": [cell_id(name, (seen.unit,))] * len(lines),
        "hovertemplate": f"{hover}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
        "marker": {"size": 14, "color": "#ffffff", "line": {"color": "#1a1a1a", "width": 4}},
    }


def _alt(seen: Scene) -> str:
    name, units = seen.space_name, [seen.unit, *seen.against]
    point = ", ".join(f"{seen.name(name, j)} = {seen.text(name, j)}" for j in units)
    return (
        f"Your point in the space of {seen.plain(name)}: {point}. Lines through it show where it "
        f"goes as each entry of v runs from −{numeral(seen.reach, 0)} to {numeral(seen.reach, 0)}."
    )
