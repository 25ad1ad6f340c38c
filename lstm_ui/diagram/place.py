"""Where everything stands: columns from left to right, rows from the feet of the stacks upwards."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lstm_core.cell import Cell, Step
from lstm_core.lesson.stages import stage_title
from lstm_ui.diagram import letters
from lstm_ui.diagram.bands import bands
from lstm_ui.diagram.ends import RAIL, terminals
from lstm_ui.diagram.parts import Node, Plan, Shape, Text
from lstm_ui.diagram.roles import ACTIVATIONS, Column, Roles, reads, roles

EDGE, GAP = 50, 8  # room for what comes in, and between two bands
UNDER, FIRST = 55, 90  # rows: what stands below the memory's line, and the ends of stacks
LOWER = 14  # how much lower stacks end where wires have to pass above them
ROW, FALL = 29, 36  # from step to step: up a stack, down a column
HALF, FLAT = 24, 10  # half the width and height of a step in a stack
ROUND, SMALL = 13, 10  # the radius of a circle, and of one in a stack
BOX = 61  # from a step to the lane of v, where a concatenation stands between them
END = 14  # what the head of an arrow needs, with the bend before it
NUMBER, SIDE = 54, 60  # room for a number beside a step, and for a step beside a stack
ASIDE = 136  # room at the right where the line about the numbers has to stand there
LANE = 18  # from the lane of v to the next below it


@dataclass
class Layout:
    """A drawing in the making. `spread` is room added beside each column, for wires to pass."""

    cell: Cell
    spread: float
    roles: Roles
    x: dict[str, float] = field(default_factory=dict)
    y: dict[str, float] = field(default_factory=dict)
    spans: list[tuple[float, float]] = field(default_factory=list)  # left and right of each column

    @property
    def deepest(self) -> int:
        """How many steps the highest stack has."""
        return max((len(c.steps) for c in self.roles.columns if c.stacked), default=1)

    @property
    def top_row(self) -> float:
        """The row of the last step of the highest stack."""
        if not self.roles.has_rail:
            return FIRST - 2 * ROW + (ROW if self.cell.readout else 0) - LOWER
        falling = {n for c in self.roles.columns[1:] if not c.stacked for n in c.steps}
        passed = any(s.name in falling for s in self.cell.readers(self.memory_in or ""))
        if not (passed and self.roles.under):
            return FIRST
        tops = {c.top for c in self.roles.columns if c.stacked and len(c.steps) == self.deepest}
        lifted = [n for n in self.roles.under if {*reads(self.cell, self.cell[n])} <= tops]
        return FIRST + LOWER + (ROUND - 5 if any(_goes_up(self, n) for n in lifted) else 0)

    @property
    def lane(self) -> float:
        """The row, below all stacks, on which v runs to them."""
        return self.top_row + ROW * (self.deepest - 1) + ROW - 5

    @property
    def lanes(self) -> int:
        """How many lanes may be needed: one more for each given value that is read beyond v."""
        late = {name for s in self.cell.steps[1:] for name in reads(self.cell, s)}
        given = {"x", *self.cell.states} - {self.memory_in}
        return 1 + len(given & late) + round(self.spread / 16)

    @property
    def memory_in(self) -> str | None:
        """The incoming state whose line runs above all; None where there is no such line."""
        return self.cell.carry[self.roles.rail[-1]] if self.roles.rail else None

    @property
    def foot(self) -> float:
        """Where the captions begin."""
        return self.lane + 8 + (LANE - 6) * (self.lanes - 1)

    def column_of(self, name: str) -> Column | None:
        """Return the column in which a step stands; None above them."""
        found = (c for c in self.roles.columns if name in (*c.steps, *c.sides.values()))
        return next(found, None)


def place(cell: Cell, spread: float = 0) -> Plan:
    """Return where everything stands; with `spread`, further apart."""
    layout = Layout(cell, spread, roles(cell))
    right = _columns(layout)
    _above(layout)
    right = max([right, *(layout.x[name] + 84 for name in layout.roles.rail)])
    nodes = {step.name: _node(layout, step) for step in cell.steps}
    ends = terminals(cell, layout.roles, nodes, right, layout.lane)
    texts, free = _numbers(layout, nodes)
    texts += [*_captions(layout), *(text for end in ends for text in end.texts)]
    height = max(layout.foot + 19, *(text.box.y1 + 3 for text in texts))
    fields = bands(layout.roles, layout.spans, nodes, cell, layout.foot + 18)
    width = max(right + ASIDE if _is_narrow(layout) else 0, *(text.box.x1 + 2 for text in texts))
    top = -9 if spread else 7  # a row above all others, where it is needed
    return Plan(nodes, ends, fields, tuple(texts), tuple(free), width, height, top, layout.foot)


def _is_narrow(layout: Layout) -> bool:
    """Return whether a wire from the memory's line leaves no room for text at the left."""
    return (layout.memory_in or "") in reads(layout.cell, layout.cell.steps[0])


def _columns(layout: Layout) -> float:
    """Set the places of all steps in columns; return where the last one ends."""
    edge: float = EDGE
    before: Column | None = None
    for column in layout.roles.columns:
        edge += 0 if before and before.stage == column.stage else GAP
        edge = edge if before else EDGE
        width = _stack(layout, column, edge) if column.stacked else _fall(layout, column, edge)
        layout.spans.append((edge, edge + width))
        edge += width
        before = column
    return edge


def leads_right(layout: Layout, column: Column) -> bool:
    """Return whether the value of a stack goes on to the right, on its own row."""
    later = [c for c in layout.roles.columns if c is not column]
    readers = {step.name for step in layout.cell.readers(column.top)}
    if column.top in layout.cell.carry and column.top not in layout.roles.rail:
        return True
    row = len(column.steps) - 1
    return any(readers & {*(c.steps[row : row + 1] if c.stacked else c.steps)} for c in later)


def _stack(layout: Layout, column: Column, left: float) -> float:
    """Set the places of a stack; return its width. Numbers stand away from where its value goes."""
    room = (SIDE if column.sides else 0) + layout.spread
    width = GAP + room + 2 * HALF + NUMBER - 2
    leftward = leads_right(layout, column) and not column.sides
    x = left + (width - GAP - HALF if leftward else GAP + room + HALF)
    for k, name in enumerate(column.steps):
        layout.x[name], layout.y[name] = x, layout.lane - 24 - ROW * k
    for name, side in column.sides.items():
        layout.x[side], layout.y[side] = x - SIDE + 2, layout.y[name]
    return width


def _fall(layout: Layout, column: Column, left: float) -> float:
    """Set the places of steps below each other; return the width of their column."""
    title = letters.caption(stage_title(column.stage), 0, 0).box
    pad = _pad(layout, column) + layout.spread
    boxed = layout.cell[column.steps[-1]].op.name == "concat"
    if len(column.steps) == 1 and boxed:
        width = max(92, title.x1 - title.x0 + 8)
        layout.x[column.top], layout.y[column.top] = left + 53, layout.lane - 18
        return width
    width = pad + 2 * ROUND + NUMBER + 2
    for name, y in zip(column.steps, _falling_rows(layout, column), strict=True):
        layout.x[name], layout.y[name] = left + pad + ROUND, y
    return max(width, title.x1 - title.x0 + 8 if _alone(layout, column) else 0)


def _alone(layout: Layout, column: Column) -> bool:
    return [c.stage for c in layout.roles.columns].count(column.stage) == 1


def _pad(layout: Layout, column: Column) -> float:
    """Return the room left of a falling column: more where a letter stands above what comes in.

    And more again where that value also goes up there, past the number of what stands above it.
    """
    gates = {gate for name in column.steps for gate in _gates(layout, column, name)}
    rising = any(s.name in layout.roles.under for gate in gates for s in layout.cell.readers(gate))
    return (44 if gates else 18) + (16 if rising else 0)


def _gates(layout: Layout, column: Column, name: str) -> list[str]:
    """Return the results of stacks that a step of a column reads."""
    tops = {c.top for c in layout.roles.columns if c.stacked}
    return [v for v in reads(layout.cell, layout.cell[name]) if v in tops and v in layout.y]


def _falling_rows(layout: Layout, column: Column) -> list[float]:
    """Return the rows of a falling column: what reads a stack's result stands on its row."""
    gates = [_gates(layout, column, name) for name in column.steps]
    held = [k for k, found in enumerate(gates) if found]
    at = held[-1] if held else 0
    highest = _highest(layout, column)
    row = layout.y[gates[at][0]] if held else highest
    rows = [row + FALL * (k - at) for k in range(len(column.steps))]
    push = max(0, highest - rows[0])
    rows = [row + push for row in rows]
    if layout.cell[column.top].op.name != "concat":
        return rows
    # The box stands on the lane of v, and the others well above it.
    up = max([0, *(row - (layout.lane - BOX) for row in rows[-2:-1])])
    return [*(row - up for row in rows[:-1]), layout.lane - 15]


def _highest(layout: Layout, column: Column) -> float:
    """Return the highest row of a falling column: below all that stands above it."""
    if not layout.roles.has_rail:
        return layout.top_row
    above = (*layout.roles.rail, *layout.roles.under)
    read = {name for step in above for name in reads(layout.cell, layout.cell[step])}
    columns = layout.roles.columns
    covered = [k for k, c in enumerate(columns) if read & {*c.steps}]
    return layout.top_row if columns.index(column) <= max(covered, default=0) else UNDER - 1


def _above(layout: Layout) -> None:
    """Set the places of the steps on the memory's line, and of those just below it."""
    for name in layout.roles.under:
        layout.x[name], layout.y[name] = _under_x(layout, name), UNDER
    last = 0.0
    for name in sorted(layout.roles.under, key=lambda name: layout.x[name]):
        layout.x[name] = last = max(layout.x[name], last + 64)
    last = EDGE + 30
    for name in layout.roles.rail:
        from_below = [v for v in reads(layout.cell, layout.cell[name]) if v in layout.x]
        from_below = [v for v in from_below if v not in layout.roles.rail]
        wanted = max((layout.x[v] for v in from_below), default=last + 100)
        layout.x[name], layout.y[name] = max(wanted, last + 84), RAIL
        last = layout.x[name]
        for feeder in from_below:
            if layout.y[feeder] == UNDER and abs(layout.x[feeder] - last) < 2 * ROUND + END:
                layout.x[feeder] = last  # straight below, or not near it at all


def _under_x(layout: Layout, name: str) -> float:
    """Return where a step below the line stands: between two stacks, or above or beside one."""
    inputs = [v for v in reads(layout.cell, layout.cell[name]) if v in layout.x]
    columns = [layout.roles.columns.index(c) for v in inputs if (c := layout.column_of(v))]
    if len(columns) == 2 and abs(columns[0] - columns[1]) == 1:
        return sum(layout.x[v] for v in inputs) / 2
    if len(inputs) == 1:
        tops = {c.top for c in layout.roles.columns}
        above = _goes_up(layout, name) and inputs[0] in tops
        return layout.x[inputs[0]] + (0 if above else 72)
    if columns:
        return max(layout.x[v] for v in inputs if layout.column_of(v))
    return max((layout.x[v] + 70 for v in inputs), default=EDGE + 132)


def _goes_up(layout: Layout, name: str) -> bool:
    """Return whether a step below the memory's line works on one value, and leads to that line."""
    alone = len(reads(layout.cell, layout.cell[name])) == 1
    return alone and any(s.name in layout.roles.rail for s in layout.cell.readers(name))


def _shape(cell: Cell, step: Step) -> Shape:
    if step.op.name == "concat":
        return "box"
    if letters.is_join(cell, step):
        return "circle"
    return "pill" if step.op.name in ACTIVATIONS else "rect"


def _node(layout: Layout, step: Step) -> Node:
    shape, column = _shape(layout.cell, step), layout.column_of(step.name)
    stacked = column is not None and column.stacked
    w, h = (SMALL if stacked else ROUND,) * 2 if shape == "circle" else (HALF, FLAT)
    if shape == "box":
        first = step.name == layout.roles.columns[0].top
        w, h = 15, 24 if first else 21
    wide = step.op.name in ("tanh", "relu") and not stacked
    if step.name in {side for c in layout.roles.columns for side in c.sides.values()}:
        w = min(w, 17)
    at = layout.x[step.name], layout.y[step.name]
    written = letters.label(layout.cell, step), letters.order(layout.cell, step)
    return Node(step.name, step.stage, shape, *at, w + 2 * wide, h, *written)


def _numbers(layout: Layout, nodes: dict[str, Node]) -> tuple[list[Text], list[str]]:
    """Return the numbers beside the stacks, and the steps whose numbers have no place yet."""
    found: list[Text] = []
    for column in layout.roles.columns:
        if column.stacked:
            found += _beside(layout, nodes, column)
    held = {text.of for text in found}
    boxes = {name for name, node in nodes.items() if node.shape == "box"}
    return found, [name for name in nodes if name not in held | boxes]


def _beside(layout: Layout, nodes: dict[str, Node], column: Column) -> Iterable[Text]:
    """Return the numbers of a stack, at its right or, where its value goes there, at its left.

    A step whose own value goes there finds a place for its number later.
    """
    leads = leads_right(layout, column)
    leftward = leads and not column.sides
    for k, name in enumerate(column.steps):
        node, goes = nodes[name], _goes_elsewhere(layout, column, k)
        if leftward and node.shape != "circle":
            yield letters.number(name, node.x - node.w - 4, node.y + 4.5, "end")
        elif not leftward and not (goes or (leads and name == column.top)):
            yield letters.number(name, node.x + node.w + 4, node.y + 4.5, "start")


def _goes_elsewhere(layout: Layout, column: Column, k: int) -> bool:
    """Return whether others than the next one in its stack read a step that is not the last."""
    readers = {step.name for step in layout.cell.readers(column.steps[k])}
    return bool(readers - {*column.steps[k + 1 : k + 2]}) and k + 1 < len(column.steps)


def _captions(layout: Layout) -> Iterable[Text]:
    """Return the heading of each band of columns, and of each gate that shares one."""
    columns, y = layout.roles.columns, layout.foot + 13
    groups: dict[str, list[int]] = {}
    for k, column in enumerate(columns):
        groups.setdefault(column.stage, []).append(k)
    for stage, members in groups.items():
        rest = list(members)
        for k in members[:-1]:
            title = layout.cell[columns[k].top].title
            if _names_gate(layout, columns[k], title, layout.spans[k]):
                rest.remove(k)
                yield letters.caption(title, sum(layout.spans[k]) / 2, y)
        middle = (layout.spans[rest[0]][0] + layout.spans[rest[-1]][1]) / 2
        yield letters.caption(stage_title(stage), middle, y)


def _names_gate(layout: Layout, column: Column, title: str, span: tuple[float, float]) -> bool:
    """Return whether a column that shares its band has a heading of its own, which fits."""
    box = letters.caption(title, 0, 0).box
    gate = layout.cell[column.top].op.name in ACTIVATIONS and column.stacked
    return gate and box.x1 - box.x0 < span[1] - span[0]
