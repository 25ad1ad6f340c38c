"""The fields behind the stages: below, one behind each run of columns; above, along the memory."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from lstm_core.cell import Cell
from lstm_ui.diagram.parts import Band, Node, Point
from lstm_ui.diagram.roles import Roles

TOP, RAIL_FOOT, UNDER_FOOT, APART = 1, 38, 73, 3
Span = tuple[float, float]


def bands(
    roles: Roles, spans: Sequence[Span], nodes: Mapping[str, Node], cell: Cell, foot: float
) -> tuple[Band, ...]:
    """Return the fields: their corners, clockwise."""
    below = [_columns(roles, spans, nodes, stage, foot) for stage in _runs(roles)]
    if not roles.rail:
        return tuple(below)
    return (*below, _above(roles, spans, nodes, cell))


def _runs(roles: Roles) -> list[list[int]]:
    """Return the columns that stand side by side and are of one stage, by their numbers."""
    numbered = groupby(range(len(roles.columns)), key=lambda k: roles.columns[k].stage)
    return [list(run) for _, run in numbered]


def _columns(
    roles: Roles, spans: Sequence[Span], nodes: Mapping[str, Node], run: list[int], foot: float
) -> Band:
    left, right = spans[run[0]][0], spans[run[-1]][1]
    top = _top(roles, nodes, spans, run)
    return Band(roles.columns[run[0]].stage, _rectangle(left, top, right, foot))


def _top(roles: Roles, nodes: Mapping[str, Node], spans: Sequence[Span], run: list[int]) -> float:
    """Return where a field begins: below the memory's; a concatenation's only above its box."""
    highest = min(_crown(nodes[n]) for k in run for n in roles.columns[k].steps)
    if run[0] == 0 or not roles.rail:
        return highest - 6
    return (
        UNDER_FOOT + APART
        if spans[run[0]][0] < _under_right(roles, spans, nodes)
        else RAIL_FOOT + APART
    )


def _crown(node: Node) -> float:
    return node.y - node.h


def _under_right(roles: Roles, spans: Sequence[Span], nodes: Mapping[str, Node]) -> float:
    """Return how far right the memory's field reaches down to what stands below its line."""
    last = max((nodes[name].x + nodes[name].w for name in roles.under), default=0)
    ends = [spans[run[-1]][1] for run in _runs(roles) if spans[run[0]][0] < last]
    return max(ends[1:], default=0) if last else 0


def _rectangle(left: float, top: float, right: float, foot: float) -> tuple[Point, ...]:
    return (left, top), (right, top), (right, foot), (left, foot)


def _above(roles: Roles, spans: Sequence[Span], nodes: Mapping[str, Node], cell: Cell) -> Band:
    """Return the memory's field: along its line, and down to what stands below it."""
    left = spans[1][0] if len(spans) > 1 else spans[0][0]
    right = max([spans[-1][1], *(nodes[name].x + 70 for name in roles.rail)])
    stage, inner = cell[roles.rail[-1]].stage, _under_right(roles, spans, nodes)
    if not inner:
        return Band(stage, _rectangle(left, TOP, right, RAIL_FOOT))
    if inner >= right:
        return Band(stage, _rectangle(left, TOP, right, UNDER_FOOT))
    corners = [(left, TOP), (right, TOP), (right, RAIL_FOOT)]
    corners += [(inner, RAIL_FOOT), (inner, UNDER_FOOT), (left, UNDER_FOOT)]
    return Band(stage, tuple(corners))
