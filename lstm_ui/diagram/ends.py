"""What comes in at the left and goes out at the right: states, the input, the read-out."""

from collections.abc import Mapping

from lstm_core.cell import Cell
from lstm_ui.diagram import letters
from lstm_ui.diagram.parts import DOWN, LEFT, RIGHT, Node, Port, Symbol, Terminal, Text
from lstm_ui.diagram.roles import Roles

RAIL = 20  # the row of the memory's line
NEXT = "next time step"
IN, OUT = 28, 40  # the middle of a letter: from the left edge, and from where its wire ends


def terminals(
    cell: Cell, roles: Roles, nodes: Mapping[str, Node], right: float, lane: float
) -> tuple[Terminal, ...]:
    """Return what comes in and goes out; `right` is where the last column ends."""
    return (*_incoming(cell, roles, nodes), *_outgoing(cell, roles, nodes, right, lane))


def _incoming(cell: Cell, roles: Roles, nodes: Mapping[str, Node]) -> list[Terminal]:
    """Return the memory on its line, and the others where the first concatenation reads them."""
    memory = cell.carry[roles.rail[-1]] if roles.rail else None
    box = nodes[cell.steps[0].name]
    rows: list[tuple[str, float]] = [(memory, RAIL)] if memory else []
    others = [name for name in (*cell.states, "x") if name != memory]
    wanted = port_rows(box)
    rows += zip(others, wanted[-len(others) :] if len(others) < 3 else wanted, strict=False)
    return [_incoming_one(cell, name, y) for name, y in rows]


def port_rows(box: Node) -> tuple[float, ...]:
    """Return where wires enter a concatenation, from above: a state, then the input."""
    return box.y - box.h + 8, box.y + box.h - 6


def _incoming_one(cell: Cell, name: str, y: float) -> Terminal:
    symbol = letters.symbol(cell, name) or Symbol(name)
    texts = [letters.written(name, symbol, IN, y + 5)]
    if name != "x":
        texts.append(letters.number(name, IN, y + 22, "middle"))
    return Terminal(name, False, Port(IN + 21, y, RIGHT), tuple(texts))


def _outgoing(
    cell: Cell, roles: Roles, nodes: Mapping[str, Node], right: float, lane: float
) -> list[Terminal]:
    found: list[Terminal] = []
    for name in cell.carry:
        on_rail = bool(roles.rail) and name == roles.rail[-1]
        y = RAIL if on_rail else _row_out(roles, nodes[name], lane)
        found.append(_outgoing_one(cell, name, right + 14, y))
    if cell.readout:
        stacked = any(c.stacked and c.top == "y" for c in roles.columns)
        node = nodes["y"]
        found.append(_read_out(cell, node) if stacked else _answer(cell, node, right + 14))
    return found


def _row_out(roles: Roles, node: Node, lane: float) -> float:
    """Return the row on which a state leaves: its own at the right end, else the lane of v."""
    last = roles.columns[-1]
    return node.y if node.name in last.steps and last.stacked else lane


def _outgoing_one(cell: Cell, name: str, x: float, y: float) -> Terminal:
    symbol = letters.symbol(cell, name) or Symbol(name)
    texts = (
        letters.written(name, symbol, x + OUT, y + 3),
        letters.small(NEXT, x + OUT + 8, y + 20),
    )
    return Terminal(name, True, Port(x + 8, y, LEFT), texts)


def _answer(cell: Cell, node: Node, x: float) -> Terminal:
    """Return the read-out at the right, where its step is not the top of a stack."""
    symbol = letters.symbol(cell, node.name) or Symbol(node.name)
    text = letters.written(node.name, symbol, x + 20, node.y + 5)
    return Terminal(node.name, True, Port(x + 8, node.y, LEFT), (text,))


def _read_out(cell: Cell, node: Node) -> Terminal:
    symbol = letters.symbol(cell, node.name) or Symbol(node.name)
    y = node.y - node.h
    text: Text = letters.written(node.name, symbol, node.x, y - 19)
    return Terminal(node.name, True, Port(node.x, y - 12, DOWN), (text,))
