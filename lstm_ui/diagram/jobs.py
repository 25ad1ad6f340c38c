"""Which wires are needed, from where to where each may run, and in which order they are laid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lstm_core.cell import Cell
from lstm_ui.diagram.ends import port_rows
from lstm_ui.diagram.parts import (
    DOWN,
    LEFT,
    RIGHT,
    SIDES,
    UP,
    Box,
    Node,
    Plan,
    Port,
    box_of,
)
from lstm_ui.diagram.roles import is_product, reads

NEAR = 26  # ports that face each other nearer than this are joined without a grid


@dataclass(frozen=True)
class Job:
    """A wire to be laid: from one of these ports to one of those."""

    source: str
    target: str
    stage: str
    begins: tuple[Port, ...]
    ends: tuple[Port, ...]
    goes_out: bool

    @property
    def from_below(self) -> bool:
        """Whether the node is to be fed from below: a product, in a stack."""
        return self.ends[0].side == DOWN


def orders(plan: Plan, jobs: Sequence[Job]) -> Iterable[list[Job]]:
    """Return orders in which to lay the wires.

    Neighbours first, and what runs straight along a row; then one value after the other, in the
    order of the table, from above and from below.
    """
    first = [job for job in jobs if straight(job)]
    first += [job for job in jobs if job not in first and _facing(plan, job)]
    rest = [job for job in jobs if job not in first]
    rows = {job.source: min(port.y for port in job.begins) for job in rest}
    nets = list(dict.fromkeys(job.source for job in rest))
    for order in (nets, sorted(nets, key=lambda n: rows[n]), sorted(nets, key=lambda n: -rows[n])):
        yield first + [job for net in order for job in rest if job.source == net]


def _facing(plan: Plan, job: Job) -> bool:
    """Return whether a wire can run straight, with nothing in its way: to the right, or up."""
    for a in job.begins:
        for b in job.ends:
            level = a.side == RIGHT and b.side == LEFT and a.y == b.y and not job.from_below
            if level or (a.side == UP and b.side == DOWN and a.x == b.x):
                way = box_of(a.out(1), b.out(1))
                if a.out(1) != b.out(1) and not _in_the_way(plan, way):
                    return True
    return False


def _in_the_way(plan: Plan, way: Box) -> bool:
    thin = way.grown(0.5)
    drawn = (*(node.box for node in plan.nodes.values()), *(text.box for text in plan.texts))
    return any(box.meets(thin) for box in drawn)


def jobs_of(cell: Cell, plan: Plan) -> list[Job]:
    """Return the wires: one for each value that a step reads, and those that lead outwards."""
    begins = {end.name: _ends_of(end.port) for end in plan.terminals if not end.goes_out}
    begins |= {name: _exits(node) for name, node in plan.nodes.items()}
    jobs: list[Job] = []
    for step in cell.steps:
        for name in reads(cell, step):
            entries = _entries(cell, plan, step.name, name)
            jobs.append(Job(name, step.name, step.stage, begins[name], entries, False))
    for end in plan.terminals:
        if end.goes_out:
            stage, port = plan.nodes[end.name].stage, _ends_of(end.port)
            jobs.append(Job(end.name, end.name, stage, begins[end.name], port, True))
    return jobs


def _ends_of(*ports: Port) -> tuple[Port, ...]:
    return ports


def _exits(node: Node) -> tuple[Port, ...]:
    """Return where a value may leave its node: a concatenation's on the lane to its right."""
    if node.shape == "box":
        return (Port(node.x + node.w, node.y + node.h - 6, RIGHT),)
    return tuple(node.port(side) for side in (UP, RIGHT, DOWN, LEFT))


def _entries(cell: Cell, plan: Plan, name: str, value: str) -> tuple[Port, ...]:
    """Return where a value may enter a node: a product from below, a concatenation at its left."""
    node = plan.nodes[name]
    if node.shape != "box":
        below = is_product(cell[name])
        return tuple(node.port(s) for s in ((DOWN, LEFT, RIGHT) if below else SIDES))
    rows = port_rows(node)
    left = [Port(node.x - node.w, row, LEFT) for row in rows]
    if name == cell.steps[0].name:
        start = [end.port.y for end in plan.terminals if end.name == value and not end.goes_out]
        return (left[int(bool(start) and start[0] > node.y)],)
    return (*left, node.port(UP), node.port(DOWN))


def straight(job: Job) -> tuple[Port, Port] | None:
    """Return two ports that face each other too near for a way on the grid; None without such."""
    for a in job.begins:
        for b in job.ends:
            apart = (b.x - a.x) * a.side[0] + (b.y - a.y) * a.side[1]
            faces = (a.side[0] + b.side[0], a.side[1] + b.side[1]) == (0, 0)
            faces = faces and (b.side == DOWN or not job.from_below)
            if faces and 0 < apart < NEAR and b == Port(*a.out(apart), b.side):
                return a, b
    return None
