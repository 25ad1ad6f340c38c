"""The waterfall of one pre-activation: what each column of W adds, up to z, and the gate of it.

The printed numbers add up exactly: each was rounded by itself, so a total says what the rounding
of its addends lacks.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from lstm_core.looks.contributions import Part, remainder
from lstm_ui.gate_space.bars import Addend, bars, placed, squashed_ends
from lstm_ui.gate_space.scene import Scene
from lstm_ui.session.address import Index, cell_id
from lstm_ui.session.grids import Entry, entries
from lstm_ui.sheet.controls import cell_slider
from lstm_ui.sheet.matrices import Block, cells

Cells = dict[Entry, Block]


def waterfall(scene: Scene) -> Block:
    """Return the waterfall, row by row, with the ends of its scale."""
    with np.errstate(all="ignore"):  # an overflow is a value to show, not a warning to print
        return _waterfall(scene)


def _waterfall(scene: Scene) -> Block:
    found = _cells(scene)
    parts = [(part, list(_columns(scene, part, found))) for part in scene.parts.parts]
    totals = [_part(scene, part, lines) for part, lines in parts]
    others = [_other(scene, name) for name in scene.parts.others]
    z = _z(scene, [*totals, *others])
    grouped = [
        line for (_, lines), total in zip(parts, totals, strict=True) for line in (*lines, total)
    ]
    rows = placed([*grouped, *others], z)
    problems = scene.desk.session.problems
    names = {scene.parts.entries[0].step, *(W for W, _ in scene.parts.weights)}
    return {
        "kind": "waterfall",
        "id": "waterfall",
        "heads": _heads(scene),
        "rows": [*rows, _gate(scene)],
        "problem": next((problems[name] for name in sorted(names) if name in problems), ""),
    }


def _heads(scene: Scene) -> list[str]:
    W = scene.plain(scene.parts.weights[0][0])
    v = {scene.plain(entry.step) for entry in scene.parts.entries}
    return [v.pop() if len(v) == 1 else "h, x", f"{W}, row {scene.unit + 1}", "push"]


def _cells(scene: Scene) -> Cells:
    """The cells of the columns on screen, made array by array."""
    places: dict[str, list[Index]] = {}
    for k in scene.shown:
        for name, index in _places(scene, k):
            places.setdefault(name, []).append(index)
    return {
        (name, index): cell
        for name, indices in places.items()
        for index, cell in zip(indices, cells(scene.desk, name, indices), strict=True)
    }


def _places(scene: Scene, k: int) -> tuple[Entry, Entry]:
    """Where the two numbers of a push stand: an entry of v and a weight."""
    entry, (W, column) = scene.parts.entries[k], scene.parts.weights[k]
    return (entry.step, entry.index), (W, (scene.unit, column))


def _columns(scene: Scene, part: Part, found: Cells) -> Iterator[Addend]:
    """A line for each column on screen, and one for those of this part that are not."""
    inside = [k for k in range(part.start, part.stop) if k in scene.shown]
    yield from (_column(scene, k, found) for k in inside)
    hidden = [k for k in range(part.start, part.stop) if k not in scene.shown]
    if hidden:
        value = float(scene.parts.pushes[scene.unit, hidden].sum())
        label = f"{len(hidden)} more" if inside else f"all {len(hidden)}"
        row = {"row": "rest", "label": label, "text": _push(scene, part.start, value)}
        yield Addend(row, value)


def _column(scene: Scene, k: int, found: Cells) -> Addend:
    v_cell, weight = (found[place] for place in _places(scene, k))
    value = float(scene.parts.pushes[scene.unit, k])
    text = _push(scene, k, value)
    by = _scaled(scene, next(p.name for p in scene.parts.parts if p.start <= k < p.stop))
    row = {
        "row": "column",
        "label": scene.labels[k],
        "value": v_cell,
        "weight": weight,
        "slide": _slide(scene, k, v_cell["text"]) if v_cell.get("edit") else None,
        "text": text,
        "told": f"{scene.labels[k]}: {v_cell['text']} times {weight['text']}{by} adds {text}",
    }
    return Addend(row, value)


def _push(scene: Scene, k: int, value: float) -> str:
    """A push is as exact as the entry that it was made with."""
    return scene.desk.text(scene.parts.entries[k].step, value)


def _slide(scene: Scene, k: int, shown: str) -> Block:
    entry, reach = scene.parts.entries[k], scene.reach
    at, value = cell_id(entry.step, entry.index), float(scene.parts.values[k])
    return cell_slider(at, scene.labels[k], value, -reach, reach, reach / 100, shown)


def _part(scene: Scene, part: Part, lines: Sequence[Addend]) -> Addend:
    value = float(scene.parts.pushes[scene.unit, part.start : part.stop].sum())
    text, letter = _push(scene, part.start, value), part.name[0]
    row = {"row": "part", "label": f"{letter} part", "text": text}
    if by := _scaled(scene, part.name):
        row["what"] = f"each{by}"
    return Addend(row | _lacking(lines, text), value)


def _scaled(scene: Scene, name: str) -> str:
    """What a product is multiplied by afterwards: the reset gate, in one form of the GRU."""
    gate = scene.parts.scales.get(name)
    return f" times {scene.name(gate)} = {scene.text(gate)}" if gate else ""


def _other(scene: Scene, name: str) -> Addend:
    """The bias, or what else is added beside the columns."""
    value = float(scene.parts.others[name][scene.unit])
    by = scene.parts.scales.get(name)
    label = f"{scene.plain(by)}∘{scene.plain(name)}" if by else scene.plain(name)
    row: Block = {"row": "other", "label": label, "text": scene.desk.text(by or name, value)}
    if entries(scene.exercise, name, scene.desk.t):
        (row["value"],) = cells(scene.desk, name, [(scene.unit,)])
    return Addend(row, value)


def _z(scene: Scene, lines: Sequence[Addend]) -> Addend:
    z, text = scene.parts.z, scene.text(scene.parts.z)
    sum_of = " + ".join(str(line.row["label"]) for line in lines)
    row = {"row": "z", "label": scene.name(z), "text": text, "what": f"= {sum_of}"}
    return Addend(row | _lacking(lines, text), float(scene.values(z)[scene.unit]))


def _lacking(lines: Sequence[Addend], total: str) -> Block:
    """What the printed lines lack of the printed total."""
    found = remainder([line.text for line in lines], total)
    sign = "−" if found.startswith("−") else "+"
    return {"lacks": f"{sign} {found.removeprefix('−')} rounding" if found else ""}


def _gate(scene: Scene) -> Block:
    """The last row: what the squash makes of z, on a scale of its own."""
    value, step = float(scene.values(scene.gate)[scene.unit]), scene.step
    word = {"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU"}[step.op.name]
    row = {"row": "gate", "label": scene.name(scene.gate), "text": scene.text(scene.gate)}
    what = f"= {word}({scene.text(scene.parts.z)})"
    (found,) = bars([(0.0, value)], *squashed_ends(scene))
    return {**row, "what": what, **found}
