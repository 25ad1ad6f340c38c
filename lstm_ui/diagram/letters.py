"""What is written in a node, beside a wire and at the ends; and how much room writing takes."""

import re

from lstm_core.cell import Cell, Step
from lstm_core.lesson.letters import composite, letter
from lstm_ui.diagram.parts import Anchor, Box, Symbol, Text
from lstm_ui.diagram.roles import is_product, reads

# The sign of an operation, and whether it is a letter, an upright word or a large sign.
SIGNS = {
    "add": Symbol("+", style="sign"),
    "hadamard": Symbol("∘", style="sign"),
    "one_minus": Symbol("1−", style="word"),
    "sigmoid": Symbol("σ"),
    "tanh": Symbol("tanh", style="word"),
    "relu": Symbol("ReLU", style="word"),
    "hard": Symbol("hard σ", style="word"),
    "hard_six": Symbol("hard σ", style="word"),
    "none": Symbol("id", style="word"),
    "left_out": Symbol("id", style="word"),
}
_LETTER = re.compile(r"(\\tilde\{(?P<under>\w)\}|(?P<base>\w))(_\{?(?P<below>[^{}]*)\}?)?")
_LONGEST = 6  # letters of the name of an operation that has no sign
_WIDTH = {"number": 53, "small": 6.6, "caption": 7.6, "unit": 6.6}  # a number; else one letter
_RISE, _DROP = 11, 4  # of a line of text above and below its foot


def symbol(cell: Cell, name: str) -> Symbol | None:
    """Return the letter of a value; None where it is an expression and has none of its own."""
    step = cell.get(name)
    text = step.symbol if step and is_product(step) else letter(cell, name)
    found = None if composite(text) else _LETTER.fullmatch(text)
    if found is None:
        return None
    below = (found["below"] or "").replace("-", "−")
    return Symbol(found["under"] or found["base"], below, bool(found["under"]))


def label(cell: Cell, step: Step) -> Symbol:
    """Return what stands in a step's node: σ, W·v, + b, ∘."""
    sign = SIGNS.get(step.op.name) or Symbol(step.op.name[:_LONGEST], style="word")
    given = [name for name in step.operands if name in cell.params]
    if is_product(step):
        return _product(symbol(cell, step.inputs[-1]))
    if step.op.name == "concat":
        return _timeless(symbol(cell, step.name) or Symbol("v"))
    return Symbol(f"{sign.base} {given[0][0]}") if given else sign


def order(cell: Cell, step: Step) -> str:
    """Return what is joined, in its order, as h, x; nothing where a part has no letter."""
    parts = [symbol(cell, name) for name in step.inputs]
    joined = step.op.name == "concat" and all(parts)
    return ", ".join(part.base for part in parts if part) if joined else ""


def _timeless(of: Symbol) -> Symbol:
    return Symbol(of.base, "" if of.below.startswith("t") else of.below)


def _product(of: Symbol | None) -> Symbol:
    """Return W·v; the operand without its time step, and nothing where it is an expression."""
    return Symbol("W·" + (of.base if of else ""), _timeless(of).below if of else "")


def is_join(cell: Cell, step: Step) -> bool:
    """Return whether a step is drawn as a circle: it joins two values, or it is 1 −."""
    return len(reads(cell, step)) != 1 or step.op.name == "one_minus"


def room(kind: str, words: str, x: float, y: float, anchor: Anchor) -> Box:
    """Return the room, generously, of one line of text whose foot stands at (x, y)."""
    width = _WIDTH[kind] if kind == "number" else _WIDTH[kind] * len(words)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Box(left, y - _RISE, left + width, y + _DROP)


def number(name: str, x: float, y: float, anchor: Anchor) -> Text:
    """Return the place of a value's number."""
    return Text("number", name, x, y, anchor, room("number", "", x, y, anchor))


def caption(words: str, x: float, y: float) -> Text:
    """Return a heading."""
    return Text("caption", words, x, y, "middle", room("caption", words, x, y, "middle"))


def small(words: str, x: float, y: float) -> Text:
    """Return a small remark."""
    return Text("small", words, x, y, "middle", room("small", words, x, y, "middle"))


def written(name: str, of: Symbol, x: float, y: float) -> Text:
    """Return a letter, its middle at x."""
    half = 6 + 3 * len(of.below)
    box = Box(x - half, y - (19 if of.tilde else 13), x + half, y + (7 if of.below else 4))
    return Text("letter", name, x, y, "middle", box, of)
