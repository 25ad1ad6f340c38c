"""The grid on which wires run: where they may, what is taken, and the cheapest way between places.

A place is a pair of line numbers (column, row). A wire goes along edges between places next to each
other. It may cross another at right angles, which costs; it may never run along another, nor
through what is written or drawn.
"""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lstm_ui.diagram.parts import SIDES, Box, Point, Side

Place = tuple[int, int]
Edge = tuple[int, int, bool]  # from a place to the right, or (True) down
State = tuple[int, int, int]  # a place, and in which of SIDES one arrives
BEND, CROSSING = 26.0, 40.0  # what a bend and a crossing cost, in units of length
NEAR = 6  # wires that run alongside are at least so far apart


@dataclass
class Grid:
    """Lines, the edges that nothing may use, and the edges and places that wires have taken."""

    xs: Sequence[float]
    ys: Sequence[float]
    obstacles: list[Box] = field(default_factory=list)
    blocked: set[Edge] = field(default_factory=set)
    taken: dict[Edge, set[str]] = field(default_factory=dict)
    used: dict[Place, dict[str, set[int]]] = field(default_factory=dict)

    def point(self, place: Place) -> Point:
        """Return where a place lies in the drawing."""
        return self.xs[place[0]], self.ys[place[1]]

    def block(self, box: Box) -> None:
        """Keep wires out of a rectangle."""
        self.obstacles.append(box)
        self.blocked.update(self._edges_in(box))

    def _edges_in(self, box: Box) -> Iterable[Edge]:
        columns = range(bisect_right(self.xs, box.x0), bisect_left(self.xs, box.x1))
        rows = range(bisect_right(self.ys, box.y0), bisect_left(self.ys, box.y1))
        wide = range(max(bisect_right(self.xs, box.x0) - 1, 0), bisect_left(self.xs, box.x1))
        high = range(max(bisect_right(self.ys, box.y0) - 1, 0), bisect_left(self.ys, box.y1))
        yield from ((i, j, False) for j in rows for i in wide)
        yield from ((i, j, True) for i in columns for j in high)

    def take(self, net: str, places: Sequence[Place]) -> None:
        """Mark a way as that of a net: its edges, those too near alongside, and its places."""
        for a, b in pairwise(places):
            self._take_edge(net, a, b)
        for k, place in enumerate(places):
            axes = self.used.setdefault(place, {}).setdefault(net, set())
            axes.update(axis(places[n], place) for n in (k - 1, k + 1) if 0 <= n < len(places))

    def _take_edge(self, net: str, a: Place, b: Place) -> None:
        across = axis(a, b)
        lines, at = (self.xs, a[0]) if across else (self.ys, a[1])
        low = min(a, b)
        for line in range(
            bisect_right(lines, lines[at] - NEAR), bisect_left(lines, lines[at] + NEAR)
        ):
            edge = (line, low[1], True) if across else (low[0], line, False)
            self.taken.setdefault(edge, set()).add(net)

    def close(self, box: Box) -> None:
        """Let no other wire pass, of this value or another: where the head of an arrow is."""
        self.blocked.update(self._edges_in(box))

    def is_open(self, net: str, edge: Edge) -> bool:
        """Return whether a net may use an edge."""
        if edge in self.blocked:
            return False
        others = self.taken.get(edge)
        return others is None or others == {net}

    def crosses(self, net: str, place: Place) -> list[set[int]]:
        """Return the axes along which other nets run through a place."""
        return [axes for other, axes in self.used.get(place, {}).items() if other != net]

    def is_clear(self, net: str, box: Box) -> bool:
        """Return whether no other net has taken an edge in a rectangle."""
        return all(self.taken.get(edge, {net}) == {net} for edge in self._edges_in(box))

    def step(self, place: Place, direction: int) -> tuple[Place, Edge] | None:
        """Return the next place in a direction, and the edge between; None at the rim."""
        dx, dy = SIDES[direction]
        there = place[0] + dx, place[1] + dy
        if not (0 <= there[0] < len(self.xs) and 0 <= there[1] < len(self.ys)):
            return None
        low = min(place, there)
        return there, (*low, dy != 0)

    def beyond(self, point: Point, side: Side, by: float) -> Place | None:
        """Return the first place at least so far from a point on its line; None at the rim."""
        x, y = point[0] + by * side[0], point[1] + by * side[1]
        i, j = bisect_left(self.xs, x), bisect_left(self.ys, y)
        i -= side[0] < 0 and (i == len(self.xs) or self.xs[i] > x)
        j -= side[1] < 0 and (j == len(self.ys) or self.ys[j] > y)
        inside = 0 <= i < len(self.xs) and 0 <= j < len(self.ys)
        return (i, j) if inside else None


def axis(a: Place, b: Place) -> int:
    """Return 1 where the way from a to b is vertical, else 0."""
    return int(a[0] == b[0])


def cheapest(
    grid: Grid, net: str, starts: Mapping[State, float], goals: Mapping[State, float]
) -> tuple[float, list[Place]] | None:
    """Return the cheapest way from a start to a goal, and what it costs; None where none leads."""
    if not goals:
        return None
    ahead = _Ahead(grid, goals)
    best = {state: cost + goals.get(state, 0) for state, cost in starts.items()}
    queue = [(cost + ahead(state), cost, state) for state, cost in sorted(best.items())]
    heapq.heapify(queue)
    before: dict[State, State] = {}
    while queue:
        _, cost, state = heapq.heappop(queue)
        if cost > best[state]:
            continue  # reached more cheaply since
        if state in goals:
            return cost, _walked(before, state)
        for there, further in _next(grid, net, state):
            total = cost + further + goals.get(there, 0)
            if total < best.get(there, float("inf")):
                best[there], before[there] = total, state
                heapq.heappush(queue, (total + ahead(there), total, there))
    return None


class _Ahead:
    """How far a goal is at least: as far as the rectangle that all goals lie in."""

    def __init__(self, grid: Grid, goals: Collection[State]):
        """Take that rectangle."""
        self.grid = grid
        xs, ys = [grid.xs[i] for i, _, _ in goals], [grid.ys[j] for _, j, _ in goals]
        self.left, self.right, self.top, self.foot = min(xs), max(xs), min(ys), max(ys)

    def __call__(self, state: State) -> float:
        """Return the distance from a state."""
        x, y = self.grid.xs[state[0]], self.grid.ys[state[1]]
        across = max(self.left - x, x - self.right, 0)
        return across + max(self.top - y, y - self.foot, 0)


def _walked(before: Mapping[State, State], state: State) -> list[Place]:
    way = [state]
    while way[-1] in before:
        way.append(before[way[-1]])
    return [(i, j) for i, j, _ in reversed(way)]


def _next(grid: Grid, net: str, state: State) -> Iterable[tuple[State, float]]:
    """Return where one can go from here, and what each costs."""
    i, j, arrived = state
    on_another = (i, j) in grid.used and grid.crosses(net, (i, j))  # where none may bend
    for turn in (0,) if on_another else (0, 1, 3):
        direction = (arrived + turn) % 4
        found = grid.step((i, j), direction)
        if found is None or not grid.is_open(net, found[1]):
            continue
        there, (a, b, upright) = found
        crossed = grid.crosses(net, there) if there in grid.used else []
        if any(axes != {int(not upright)} for axes in crossed):
            continue  # another bends or ends there
        length = grid.ys[b + 1] - grid.ys[b] if upright else grid.xs[a + 1] - grid.xs[a]
        yield (*there, direction), length + BEND * bool(turn) + CROSSING * len(crossed)
