"""The mistakes of the backward pass: its table, each with a row changed."""

from functools import lru_cache

import numpy as np

from lstm_core.backpropagation.ops import COPY, MATVEC_T, OUTER, SUM
from lstm_core.cell import Cell, Step
from lstm_core.lesson.letters import plain
from lstm_core.marking.slips.slip import Forward, Slip, Slips, slip, wrong_op
from lstm_core.ops import ADD, CONCAT, SIGMOID, TANH, sigmoid
from lstm_core.shapes import letters

_IN_Z, _OF_Y = "derivative-in-wrong-variable", "tanh-of-tanh"
# Where the squash y = σ(z) or tanh(z) was to be differentiated: what is taken of z or y instead.
_SLOPES: dict[str, tuple[tuple[str, str, str, Forward], ...]] = {
    SIGMOID.name: (
        (_IN_Z, "z", "{z}·(1 − {z})", lambda z: z * (1 - z)),
        (_IN_Z, "y", "σ′ at {y} and not at {z}", lambda y: sigmoid(y) * sigmoid(-y)),
    ),
    TANH.name: (
        (_IN_Z, "z", "1 − {z}²", lambda z: 1 - z * z),
        (_OF_Y, "y", "1 − tanh²({y})", lambda y: 1 - np.tanh(y) ** 2),
        ("square-forgotten", "y", "1 − {y}, without the square", lambda y: 1 - y),
    ),
}


def _slopes(table: Cell) -> Slips:
    for step in table.steps:
        squash = table[step.name.removeprefix("slope_")] if _is_slope(step.name) else None
        if squash is None:
            continue
        names = {"y": squash.name, "z": squash.inputs[0]}
        letters = {key: plain(table, name) for key, name in names.items()}
        for code, of, phrase, forward in _SLOPES.get(squash.op.name, ()):
            changed = (step.name, wrong_op(code, forward), (names[of],))
            yield slip(table, code, phrase.format(**letters), changed)


def _is_slope(name: str) -> bool:
    return name.startswith("slope_")


def _forgotten(table: Cell) -> Slips:
    for step in table.steps:
        rest = tuple(name for name in step.inputs if not _is_slope(name))
        if rest != step.inputs:
            phrase = f"{plain(table, rest[0])} without the derivative of the activation"
            yield slip(table, "derivative-forgotten", phrase, (step.name, COPY, rest))


def _paths(table: Cell) -> Slips:
    for step in table.steps:
        for name in step.inputs if len(step.inputs) > 1 else ():
            if name.endswith("_next"):
                yield _without(table, step, name, "recurrent-path-cut")
            elif name == "dC_via_squashed":
                yield _without(table, step, name, "h-path-dropped")


def _without(table: Cell, step: Step, left_out: str, code: str) -> Slip:
    rest = tuple(name for name in step.inputs if name != left_out)
    phrase = f"{plain(table, step.name)} without {plain(table, left_out)}"
    return slip(table, code, phrase, (step.name, SUM, rest))


def _sums(table: Cell) -> Slips:
    """What comes back through several readers, added up without one of them."""
    for step in table.steps:
        parts = [name for name in step.inputs if "_via_" in name]
        for name in parts if step.op in (ADD, SUM) and step.name.startswith("d") else ():
            if name != "dC_via_squashed":
                yield _without(table, step, name, "path-left-out")


def _products(table: Cell) -> Slips:
    """∂L/∂W, with rows and columns interchanged, or with h and x in the other order; Wᵀ·dz."""
    for step in table.steps:
        if step.op is OUTER:
            yield from _outer(table, step)
        if step.op is MATVEC_T:
            yield from _other_weights(table, step)


def _outer(table: Cell, step: Step) -> Slips:
    dz, v = step.inputs
    turned = wrong_op("turned", lambda a, b: np.outer(b, a).reshape(len(a), len(b)))
    phrase = f"{plain(table, v)} times {plain(table, dz)}, with rows and columns interchanged"
    yield slip(table, "outer-transposed", phrase, (step.name, turned, step.inputs))
    joined = table.get(v)
    if joined is not None and joined.op is CONCAT:
        a, b = joined.inputs
        other = wrong_op("order", lambda dz, a, b: np.outer(dz, np.concatenate((b, a))))
        phrase = f"with {plain(table, b)} before {plain(table, a)} in {plain(table, v)}"
        yield slip(table, "concat-order", phrase, (step.name, other, (dz, a, b)))


def _alike(table: Cell, other: str, W: str) -> bool:
    """Whether a parameter is a matrix of the size of W, and so could stand in its place."""
    projected = table.projected
    return other.startswith("W_") and letters(other, projected) == letters(W, projected)


def _other_weights(table: Cell, step: Step) -> Slips:
    W, dz = step.inputs
    for other in table.params:
        if other not in (W, "W_y") and W != "W_y" and _alike(table, other, W):
            phrase = f"worked out with {other} of another gate"
            yield slip(table, "wrong-gate-weights", phrase, (step.name, MATVEC_T, (other, dz)))


@lru_cache(maxsize=256)
def backward_slips(table: Cell) -> tuple[Slip, ...]:
    """Return every row that applies to the backward pass in this table."""
    families = (_slopes, _forgotten, _paths, _sums, _products)
    return tuple(one for family in families for one in family(table))
