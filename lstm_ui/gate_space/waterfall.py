"""The waterfall of one pre-activation: what each column of W adds, up to z, and the gate of it.

The printed numbers add up exactly: each was rounded by itself, so a total says what the rounding
of its addends lacks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import numpy as np

from lstm_core.lesson.printing import remainder
from lstm_core.looks.contributions import Part
from lstm_core.text.numerals import numeral
from lstm_ui.gate_space.choices import Scene
from lstm_ui.session.address import Index, cell_id
from lstm_ui.session.grids import Entry, entries
from lstm_ui.sheet import theme
from lstm_ui.sheet.blocks import Block, MatrixCell
from lstm_ui.sheet.controls import Control, cell_slider
from lstm_ui.sheet.matrices import cells

FINEST = 1000  # the scale goes down to 1 / FINEST
Ends = tuple[float, float]  # of a bar, or of a scale


class Bar(TypedDict, total=False):
    """Where a bar stands, in parts of its scale: its left end and its length.

    `sign` is the way it goes, `zero` where 0 is, and `scale` the ends of the scale as texts.
    """

    bar: list[float]
    sign: int
    zero: float
    scale: list[str]


class Row(Bar, total=False):
    """One row: a column of W, the rest of a part, a part, another addend, z or the gate.

    `value` and `weight` are the two factors of a push, `slide` what moves the first of them;
    `lacks` is what the rounding of the rows above lacks of this one.
    """

    row: str
    label: str
    text: str
    value: MatrixCell
    weight: MatrixCell
    slide: Control | None
    told: str
    what: str
    lacks: str


class Waterfall(Block):
    """The rows with the heads of their columns; `problem` says why a paste was refused."""

    heads: list[str]
    rows: Sequence[Row]
    problem: NotRequired[str]


@dataclass(frozen=True, eq=False)
class Addend:
    """A row of the waterfall, and the number that it stands for."""

    row: Row
    value: float


def waterfall(scene: Scene) -> Waterfall:
    """Return the waterfall, row by row, with the ends of its scale."""
    with np.errstate(all="ignore"):  # an overflow is a value to show, not a warning to print
        rows = _rows(scene)
    problems = scene.desk.session.problems
    names = {scene.parts.entries[0].step, *(W for W, _ in scene.parts.weights)}
    return {
        "kind": "waterfall",
        "id": "waterfall",
        "heads": _heads(scene),
        "rows": rows,
        "problem": next((problems[name] for name in sorted(names) if name in problems), ""),
    }


def _heads(scene: Scene) -> list[str]:
    W = scene.plain(scene.parts.weights[0][0])
    v = {scene.plain(entry.step) for entry in scene.parts.entries}
    return [v.pop() if len(v) == 1 else "h, x", f"{W}, row {scene.unit + 1}", "push"]


def _rows(scene: Scene) -> list[Row]:
    found, lines, totals = _cells(scene), [], []
    for part in scene.parts.parts:
        columns = list(_columns(scene, part, found))
        totals.append(_part(scene, part, columns))
        lines += [*columns, totals[-1]]
    others = [_other(scene, name) for name in scene.parts.others]
    z = _z(scene, [*totals, *others])
    return [*_with_bars([*lines, *others], z), _gate(scene)]


# ---- what is added -------------------------------------------------------------------------------


def _cells(scene: Scene) -> dict[Entry, MatrixCell]:
    """The cells of the columns on screen, made array by array."""
    places: dict[str, list[Index]] = {}
    for k in scene.columns:
        for name, index in _factors(scene, k):
            places.setdefault(name, []).append(index)
    return {
        (name, index): cell
        for name, indices in places.items()
        for index, cell in zip(indices, cells(scene.desk, name, indices), strict=True)
    }


def _factors(scene: Scene, k: int) -> tuple[Entry, Entry]:
    """Where the two numbers of a push stand: an entry of v and a weight."""
    entry, (W, column) = scene.parts.entries[k], scene.parts.weights[k]
    return (entry.step, entry.index), (W, (scene.unit, column))


def _columns(scene: Scene, part: Part, found: dict[Entry, MatrixCell]) -> Iterator[Addend]:
    """A row for each column on screen, and one for those of this part that are not."""
    inside = [k for k in range(part.start, part.stop) if k in scene.columns]
    for k in inside:
        yield _column(scene, part, k, found)
    hidden = [k for k in range(part.start, part.stop) if k not in scene.columns]
    if hidden:
        value = float(scene.parts.pushes[scene.unit, hidden].sum())
        label = f"{len(hidden)} more" if inside else f"all {len(hidden)}"
        yield Addend(
            {"row": "rest", "label": label, "text": _push(scene, part.start, value)}, value
        )


def _column(scene: Scene, part: Part, k: int, found: dict[Entry, MatrixCell]) -> Addend:
    entry, weight = (found[place] for place in _factors(scene, k))
    value, label = float(scene.parts.pushes[scene.unit, k]), scene.labels[k]
    text, by = _push(scene, k, value), _scaled(scene, part.name)
    row: Row = {
        "row": "column",
        "label": label,
        "value": entry,
        "weight": weight,
        "slide": _slide(scene, k, entry["text"]) if entry.get("edit") else None,
        "text": text,
        "told": f"{label}: {entry['text']} times {weight['text']}{by} adds {text}",
    }
    return Addend(row, value)


def _push(scene: Scene, k: int, value: float) -> str:
    """A push is as exact as the entry that it was made with."""
    return scene.desk.text(scene.parts.entries[k].step, value)


def _slide(scene: Scene, k: int, shown: str) -> Control:
    entry, reach = scene.parts.entries[k], scene.reach
    at, value = cell_id(entry.step, entry.index), float(scene.parts.values[k])
    return cell_slider(at, scene.labels[k], value, -reach, reach, reach / 100, shown)


def _part(scene: Scene, part: Part, lines: Sequence[Addend]) -> Addend:
    value = float(scene.parts.pushes[scene.unit, part.start : part.stop].sum())
    text = _push(scene, part.start, value)
    row: Row = {"row": "part", "label": f"{scene.part_letter(part.name)} part", "text": text}
    if by := _scaled(scene, part.name):
        row["what"] = f"each{by}"
    return Addend({**row, "lacks": _lacking(lines, text)}, value)


def _scaled(scene: Scene, name: str) -> str:
    """What a product is multiplied by afterwards: the reset gate, in one form of the GRU."""
    gate = scene.parts.scales.get(name)
    return f" times {scene.name(gate)} = {scene.text(gate)}" if gate else ""


def _other(scene: Scene, name: str) -> Addend:
    """The bias, or what else is added beside the columns."""
    value = float(scene.parts.others[name][scene.unit])
    by = scene.parts.scales.get(name)
    label = f"{scene.plain(by)}∘{scene.plain(name)}" if by else scene.plain(name)
    row: Row = {"row": "other", "label": label, "text": scene.desk.text(by or name, value)}
    if entries(scene.exercise, name, scene.desk.t):
        (row["value"],) = cells(scene.desk, name, [(scene.unit,)])
    return Addend(row, value)


def _z(scene: Scene, lines: Sequence[Addend]) -> Addend:
    z, text = scene.parts.z, scene.text(scene.parts.z)
    row: Row = {
        "row": "z",
        "label": scene.name(z),
        "text": text,
        "what": "= " + " + ".join(line.row["label"] for line in lines),
        "lacks": _lacking(lines, text),
    }
    return Addend(row, float(scene.desk.values(z)[scene.unit]))


def _lacking(lines: Sequence[Addend], total: str) -> str:
    """What the printed lines lack of the printed total."""
    found = remainder([line.row["text"] for line in lines], total)
    sign = "−" if found.startswith("−") else "+"
    return f"{sign} {found.removeprefix('−')} rounding" if found else ""


# ---- bars ----------------------------------------------------------------------------------------


def _with_bars(lines: Sequence[Addend], z: Addend) -> list[Row]:
    """The rows with their bars: each begins where the one before has ended; z begins at 0."""
    at, begun = 0.0, 0.0  # the sum so far, and where it stood when the part began
    ends: list[Ends] = []
    for line in lines:
        is_part = line.row["row"] == "part"
        ends.append((begun, at) if is_part else (at, at + line.value))
        at = ends[-1][1]
        begun = at if is_part or line.row["row"] == "other" else begun
    ends.append((0.0, z.value))
    rows = [line.row for line in (*lines, z)]
    return [{**row, **bar} for row, bar in zip(rows, _bars(ends, _scale(ends)), strict=True)]


def _scale(ends: Sequence[Ends]) -> Ends:
    """Where the scale of the bars ends: 0 and all of them are on it, and it moves in steps."""
    sizes = np.array(ends) * FINEST
    high, low = (theme.limit(np.maximum(side, 0.0)) / FINEST for side in (sizes, -sizes))
    return (-low if (sizes < 0).any() else 0.0), (high if (sizes > 0).any() else 0.0)


def _bars(ends: Sequence[Ends], scale: Ends) -> list[Bar]:
    low, high = scale
    places = (np.array([(0.0, 0.0), *ends]) - low) / ((high - low) or 1.0)
    places = np.nan_to_num(places, posinf=1.0, neginf=0.0).clip(0.0, 1.0).round(4)
    (zero, _), *found = places.tolist()
    return [
        {
            "bar": [min(a, b), round(abs(b - a), 4)],
            "sign": (end > start) - (end < start),
            "zero": zero,
            "scale": [numeral(low, 3), numeral(high, 3)],
        }
        for (a, b), (start, end) in zip(found, ends, strict=True)
    ]


def squashed_ends(scene: Scene) -> Ends:
    """Return the range of the gate: 0 to 1, −1 to 1, or for ReLU as far as it takes."""
    low, high = scene.squash.low, scene.squash.high
    return low, high if np.isfinite(high) else theme.limit(scene.desk.values(scene.gate))


def _gate(scene: Scene) -> Row:
    """The last row: what the squash makes of z, on a scale of its own."""
    what = f"= {scene.squash.name}({scene.text(scene.parts.z)})"
    text = scene.text(scene.gate)
    row: Row = {"row": "gate", "label": scene.name(scene.gate), "text": text, "what": what}
    return {**row, **_bars([(0.0, scene.here)], squashed_ends(scene))[0]}
