"""The wires: from where each value is made to each step that reads it, round all that is written.

All wires of one value are one tree: each goes on from the nearest place that another has reached.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lstm_core.cell import Cell
from lstm_ui.diagram.grid import BEND, Grid, Place, State, cheapest
from lstm_ui.diagram.jobs import Job, jobs_of, orders, straight
from lstm_ui.diagram.parts import (
    DOWN,
    LEFT,
    RIGHT,
    SIDES,
    UP,
    Box,
    Plan,
    Point,
    Port,
    Text,
    Wire,
    box_of,
)

PITCH, CLEAR = 9, 5  # between lines of the grid; from a wire to what it passes
SIDEWAYS = 20.0  # what it costs to leave a node other than upwards
START, END = 6, 13  # how far from its node a wire may first bend, and last


@dataclass
class Wiring:
    """Wires in the making: for each value, the way from its node to each place that it reaches."""

    grid: Grid
    trees: dict[str, dict[Place, tuple[Point, ...]]] = field(default_factory=dict)
    ports: set[tuple[float, float]] = field(default_factory=set)  # those in use
    wires: list[Wire] = field(default_factory=list)
    cost: float = 0
    stuck: list[Job] = field(default_factory=list)  # those that found no way


def wires(cell: Cell, plan: Plan, kept_free: Sequence[Text] = ()) -> tuple[tuple[Wire, ...], int]:
    """Return all wires, in the order of the table: the cheapest of a few ways to lay them.

    The number beside them says how many found no way and run straight across all that is there.
    """
    jobs = jobs_of(cell, plan)
    tries: list[Wiring] = []
    for order in orders(plan, jobs):
        tries.append(_lay(plan, order, kept_free))
        if not tries[-1].stuck and not crossings(tries[-1].wires):
            break
    best = min(tries, key=lambda tried: (len(tried.stuck), tried.cost))
    across = [_across(job) for job in best.stuck]
    rank = {(job.source, job.target, job.goes_out): k for k, job in enumerate(jobs)}
    laid = [*best.wires, *across]
    laid.sort(key=lambda wire: rank[wire.source, wire.target, wire.goes_out])
    return tuple(laid), len(across)


def _across(job: Job) -> Wire:
    (begin, *_), (end, *_) = job.begins, job.ends
    points = (begin.out(0), end.out(0))
    return Wire(job.source, job.target, job.stage, points, 0, job.goes_out)


def crossings(laid: Sequence[Wire]) -> int:
    """Return how often wires of different values cross."""
    pieces = {(w.source, piece) for w in laid for piece in w.pieces}
    level = [(n, a, b) for n, (a, b) in pieces if a[1] == b[1]]
    upright = [(n, box_of(a, b)) for n, (a, b) in pieces if a[0] == b[0]]
    found = {
        (name, other, box.x0, a[1])
        for name, a, b in level
        for other, box in upright
        if name != other and min(a[0], b[0]) < box.x0 < max(a[0], b[0]) and box.y0 < a[1] < box.y1
    }
    return len(found)


def _lay(plan: Plan, jobs: Sequence[Job], kept_free: Sequence[Text]) -> Wiring:
    wiring = Wiring(_grid(plan, jobs, kept_free))
    for job in jobs:
        _add(wiring, job)
    return wiring


def _grid(plan: Plan, jobs: Sequence[Job], kept_free: Sequence[Text]) -> Grid:
    """Return the grid: lines through all ports, and between them as far as they are apart."""
    ports = [port for job in jobs for port in (*job.begins, *job.ends)]
    xs = _lines({p.x for p in ports if p.side in (UP, DOWN)}, 4, plan.width - 4)
    rows = {p.y for p in ports if p.side in (LEFT, RIGHT)}
    for node in plan.nodes.values():  # and where a wire turns to a circle, or away from a squash
        if node.shape in ("circle", "pill"):
            rows |= {node.y - node.h - END, node.y + node.h + END, node.y - node.h - START}
    ys = _lines(rows, plan.top, plan.foot)
    grid = Grid(xs, ys)
    for node in plan.nodes.values():
        grid.block(node.box.grown(CLEAR))
    for text in (*plan.texts, *kept_free):
        grid.block(text.box.grown(1))
    return grid


def _lines(fixed: Iterable[float], low: float, high: float) -> list[float]:
    """Return the given lines, and others between them, about PITCH apart."""
    known = sorted({low, high, *(line for line in fixed if low <= line <= high)})
    lines = [known[0]]
    for a, b in pairwise(known):
        parts = max(1, int((b - a) // PITCH))
        lines += [a + (b - a) * k / parts for k in range(1, parts)] + [b]
    return lines


def _add(wiring: Wiring, job: Job) -> None:
    """Lay one wire: straight, or on the grid from the cheapest place that its value has reached."""
    begins = [p for p in job.begins if _is_free(wiring, job, p)]
    ends = [p for p in job.ends if (p.x, p.y) not in wiring.ports]
    near = straight(replace(job, begins=tuple(begins), ends=tuple(ends)))
    if near:
        wiring.grid.close(_ray(near[1], near[0].out(0)))
        _commit(wiring, job, (near[0].out(0), near[1].out(0)))
        wiring.ports.update(((near[0].x, near[0].y), (near[1].x, near[1].y)))
        return
    tree = wiring.trees.get(job.source, {})
    goals = _goals(wiring, job, ends)
    roots = {place: p for p in begins if (place := wiring.grid.beyond(p.out(0), p.side, START))}
    starts = _starts(wiring, job, roots) | _forks(tree)
    found = cheapest(
        wiring.grid, job.source, starts, {state: extra for state, (_, extra) in goals.items()}
    )
    if found is None:
        wiring.stuck.append(job)
        return
    cost, way = found
    wiring.cost += cost
    _follow(wiring, job, way, roots, goals)


def _is_free(wiring: Wiring, job: Job, port: Port) -> bool:
    return (port.x, port.y) not in wiring.ports


def _starts(wiring: Wiring, job: Job, roots: Mapping[Place, Port]) -> dict[State, float]:
    """Return where a wire may begin at its node; a second one for the same value costs more."""
    extra = 2 * BEND if job.source in wiring.trees else 0.0
    found: dict[State, float] = {}
    for place, port in roots.items():
        far = wiring.grid.point(place)
        if wiring.grid.is_clear(job.source, _ray(port, far)) and not _covered(wiring, port, far):
            length = abs(far[0] - port.x) + abs(far[1] - port.y)
            found[*place, SIDES.index(port.side)] = extra + length + SIDEWAYS * (port.side != UP)
    return found


def _ray(port: Port, far: Point) -> Box:
    """Return the room of the piece at a port, its far end left out: there others may cross."""
    length = abs(far[0] - port.x) + abs(far[1] - port.y)
    return box_of(port.out(0), port.out(max(length - 1, 0)), 0.5)


def _covered(wiring: Wiring, port: Port, far: Point) -> bool:
    """Return whether something that is drawn or written lies between a port and its first place."""
    ray = box_of(port.out(CLEAR + 0.5), far, 0.1)
    return any(box.meets(ray) for box in wiring.grid.obstacles)


def _forks(tree: Mapping[Place, tuple[Point, ...]]) -> dict[State, float]:
    """Return where a wire may leave another of its value, in any direction but back."""
    found: dict[State, float] = {}
    for place, way in tree.items():
        (x0, y0), (x1, y1) = way[-2:]
        came = SIDES.index((_sign(x1 - x0), _sign(y1 - y0)))
        found[*place, came] = BEND / 3
    return found


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _goals(wiring: Wiring, job: Job, ends: Sequence[Port]) -> dict[State, tuple[Port, float]]:
    """Return the states in which a wire arrives, each with its port and what that costs."""
    found: dict[State, tuple[Port, float]] = {}
    for port in ends:
        place = wiring.grid.beyond(port.out(0), port.side, START if job.goes_out else END)
        if place is None:
            continue
        far = wiring.grid.point(place)
        if wiring.grid.is_clear(job.source, _ray(port, far)) and not _covered(wiring, port, far):
            inward = (SIDES.index(port.side) + 2) % 4
            turns = (0,) if wiring.grid.crosses(job.source, place) else (0, 1, 3)
            # A product is fed from below, wherever it can be.
            extra = 10 * SIDEWAYS if job.from_below and port.side != DOWN else 0
            found |= {
                (*place, (inward + turn) % 4): (port, extra + BEND * bool(turn)) for turn in turns
            }
    return found


def _follow(
    wiring: Wiring,
    job: Job,
    way: Sequence[Place],
    roots: Mapping[Place, Port],
    goals: Mapping[State, tuple[Port, float]],
) -> None:
    """Mark the way that was found, and keep its wire."""
    tree = wiring.trees.setdefault(job.source, {})
    at_root = way[0] not in tree
    if at_root:
        port = roots[way[0]]
        wiring.ports.add((port.x, port.y))
        tree[way[0]] = (port.out(0), wiring.grid.point(way[0]))
    points = list(tree[way[0]])
    for place in way[1:]:
        points.append(wiring.grid.point(place))
        if place != way[-1]:  # nothing leaves just before the head of an arrow
            tree.setdefault(place, tuple(points))
    end = next(port for (i, j, _), (port, _) in goals.items() if (i, j) == way[-1])
    wiring.ports.add((end.x, end.y))
    wiring.grid.take(job.source, way)
    wiring.grid.close(_ray(end, wiring.grid.point(way[-1])))
    _commit(wiring, job, (*points, end.out(0)))


def _commit(wiring: Wiring, job: Job, points: Sequence[Point]) -> None:
    corners = _corners(points)
    hidden = max(
        (_shared(corners, w.points) for w in wiring.wires if w.source == job.source), default=0
    )
    wiring.wires.append(
        Wire(job.source, job.target, job.stage, tuple(corners), hidden, job.goes_out)
    )


def _corners(points: Sequence[Point]) -> list[Point]:
    """Return the ends and bends of a way."""
    kept = [points[0]]
    for a, b, c in zip(points, points[1:], points[2:], strict=False):
        if (a[0] == b[0]) != (b[0] == c[0]):
            kept.append(b)
    return [*kept, points[-1]]


def _shared(a: Sequence[Point], b: Sequence[Point]) -> float:
    """Return how far two wires run together from their begin."""
    total = 0.0
    if a[0] != b[0]:
        return 0.0
    for (p, q), (r, s) in zip(pairwise(a), pairwise(b), strict=False):
        if _direction(p, q) != _direction(r, s):
            break
        total += min(_length(p, q), _length(r, s))
        if q != s:
            break
    return total


def _direction(a: Point, b: Point) -> Point:
    return _sign(b[0] - a[0]), _sign(b[1] - a[1])


def _length(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])
