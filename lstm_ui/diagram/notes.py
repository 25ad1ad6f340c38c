"""Where numbers and letters find room once the wires run: beside what they belong to."""

from collections.abc import Iterable, Mapping, Sequence

from lstm_core.cell import Cell
from lstm_core.lesson.stages import stage_title
from lstm_ui.diagram import letters
from lstm_ui.diagram.parts import Band, Box, Node, Plan, Point, Text, Wire, box_of
from lstm_ui.diagram.roles import Roles

LINE = 2.5  # half the width of a wire that is lit, and a hair
UNIT = "numbers of unit 00"


def notes(
    cell: Cell, found: Roles, plan: Plan, wires: Sequence[Wire]
) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Return the texts that the plan left open; and, where they would be, those without room."""
    taken = [node.box.grown(1) for node in plan.nodes.values()]
    taken += [text.box for text in plan.texts]
    taken += [box_of(a, b, LINE) for wire in wires for a, b in wire.pieces]
    placed, missing = list[Text](), list[Text]()
    whole = Box(1, 1, plan.width - 1, plan.height - 1)
    for choices in _wishes(cell, found, plan, wires):
        fits = (t for t in choices if whole.holds(t.box) and not _meets_any(t.box, taken))
        text = next(fits, None)
        if text is None:
            missing.append(choices[0])
        else:
            placed.append(text)
            taken.append(text.box)
    return tuple(placed), tuple(missing)


def _meets_any(box: Box, others: Sequence[Box]) -> bool:
    return any(box.meets(other) for other in others)


def _wishes(
    cell: Cell, found: Roles, plan: Plan, wires: Sequence[Wire]
) -> Iterable[Sequence[Text]]:
    """Return for each text the places where it may stand, the best one first."""
    on_rail = [name for name in plan.free if name in found.rail]
    for name in on_rail:
        yield _number_places(plan.nodes[name], on_rail=True)
    for column in found.columns:
        for name in column.steps:
            if _has_letter(cell, name, column.steps):
                yield _letter_places(cell, plan.nodes[name], wires)
    for name in plan.free:
        if name not in found.rail:
            yield _number_places(plan.nodes[name], on_rail=False)
    if found.rail:
        yield _heading_places(cell, found, plan)
    yield _unit_places(plan)


def _number_places(node: Node, on_rail: bool) -> list[Text]:
    """Return places for the number of a node: beside it, and at its corners."""
    x, y, w, h = node.x, node.y, node.w, node.h
    right, left = x + w + 4, x - w - 4
    level = letters.number(node.name, right, y + 4.5, "start")
    corner = letters.number(node.name, right - 1, y + 16, "start")
    places = [corner, level] if on_rail else [level, corner]
    if node.shape == "rect":
        places.insert(0, letters.number(node.name, x, y + h + 14, "middle"))
    places += [
        letters.number(node.name, left + 2, y - 7, "end"),
        letters.number(node.name, right - 2, y - 7, "start"),
        letters.number(node.name, left, y + 4.5, "end"),
        letters.number(node.name, left + 2, y + 16, "end"),
        letters.number(node.name, x, y + h + 14, "middle"),
        letters.number(node.name, x, y - h - 6, "middle"),
        letters.number(node.name, x + 5, y + h + 14, "start"),
        letters.number(node.name, x + 5, y - h - 6, "start"),
        letters.number(node.name, x - 5, y + h + 14, "end"),
        letters.number(node.name, x - 5, y - h - 6, "end"),
    ]
    return places


def _has_letter(cell: Cell, name: str, column: Sequence[str]) -> bool:
    """Return whether a value has a letter of its own, beside the wire on which it leaves."""
    if letters.symbol(cell, name) is None or cell[name].op.name == "concat":
        return False
    elsewhere = [step for step in cell.readers(name) if step.name not in column]
    return bool(elsewhere) and name not in cell.carry


def _letter_places(cell: Cell, node: Node, wires: Sequence[Wire]) -> list[Text]:
    """Return places beside the wires of a value, near its node first."""
    symbol = letters.symbol(cell, node.name)
    assert symbol is not None
    spots = [
        spot
        for wire in wires
        if wire.source == node.name
        for a, b in wire.pieces
        for spot in _alongside(a, b)
    ]
    spots.sort(key=lambda spot: abs(spot[0] - node.x) + abs(spot[1] - node.y))
    spots += [(node.x - node.w - 14, node.y + 4), (node.x + node.w + 14, node.y + 4)]
    return [letters.written(node.name, symbol, x, y) for x, y in spots]


def _alongside(a: Point, b: Point) -> Iterable[Point]:
    """Return places for a letter on both sides of a straight piece, every few units of it."""
    upright, length = a[0] == b[0], abs(a[0] - b[0]) + abs(a[1] - b[1])
    for part in range(8, max(int(length) - 3, 9), 4):
        x = a[0] + (b[0] - a[0]) * part / max(length, 1)
        y = a[1] + (b[1] - a[1]) * part / max(length, 1)
        yield from ((x + 13, y + 4), (x - 13, y + 4)) if upright else ((x, y - 10), (x, y + 17))


def _heading_places(cell: Cell, found: Roles, plan: Plan) -> list[Text]:
    """Return places for the heading of the memory's field: above its line, then anywhere in it."""
    title = stage_title(cell[found.rail[-1]].stage)
    xs = [plan.nodes[found.rail[0]].x + 87 + 8 * k for k in range(int(plan.width / 8))]
    xs += [plan.nodes[found.rail[0]].x - 70 + 8 * k for k in range(16)]
    return [letters.caption(title, x, y) for y in (13, 36, 55) for x in xs if x < plan.width - 60]


def _unit_places(plan: Plan) -> list[Text]:
    """Return places for the line that says whose the numbers are: near the left upper corner."""
    spots = [(x, y) for y in range(14, int(plan.height), 7) for x in range(62, int(plan.width), 8)]
    right = plan.width - 64, plan.height / 2

    def far(spot: Point) -> float:
        """Return how far a place is from the best one, at the left, or from the second best."""
        at_left = abs(spot[0] - 70) + 1.5 * abs(spot[1] - 70)
        return min(at_left, 60 + abs(spot[0] - right[0]) + 1.5 * abs(spot[1] - right[1]))

    spots.sort(key=far)
    rooms = [(spot, letters.room("unit", UNIT, *spot, "middle")) for spot in spots]
    fields = [_around(band) for band in plan.bands]
    free = [(spot, box) for spot, box in rooms if not _meets_any(box, fields)]
    return [Text("unit", "unit", *spot, "middle", box) for spot, box in free or rooms]


def _around(band: Band) -> Box:
    xs, ys = zip(*band.corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def by_name(texts: Iterable[Text], kind: str) -> Mapping[str, Text]:
    """Return the texts of one kind by what they are of."""
    return {text.of: text for text in texts if text.kind == kind}
