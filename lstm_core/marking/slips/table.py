"""The mistakes of method that people make: a table, each row the cell with some steps changed.

A row can be used with any cell that has the steps which it changes.
"""

from functools import cache

import numpy as np

from lstm_core.backpropagation.ops import COPY
from lstm_core.cell import Cell, Step
from lstm_core.lesson.letters import plain
from lstm_core.marking.slips.affine import biases, concatenation, products
from lstm_core.marking.slips.slip import MINUS, Change, Forward, Slip, Slips, slip, wrong_op
from lstm_core.ops import CONCAT, HADAMARD, ONE_MINUS, SIGMOID, TANH, Array, Op, sigmoid

WrongFunction = tuple[str, str, Forward]  # code, phrase, what is taken in the place of σ or tanh

_KEPT, _WRITTEN = ("f", "C_prev"), ("i", "C_tilde")


def _softmax(z: Array) -> Array:
    e = np.exp(z - np.max(z))
    return np.asarray(e / np.sum(e))


def _steep(slope: float) -> Forward:
    return lambda z: np.clip(slope * z + 0.5, 0.0, 1.0)


ACTIVATIONS: dict[str, tuple[WrongFunction, ...]] = {
    "sigmoid": (
        ("tanh-for-sigmoid", "tanh({z}) and not σ({z})", np.tanh),
        ("not-squashed", "{z}, not squashed", lambda z: z),
        ("sigmoid-of-minus-z", "1 − σ({z})", lambda z: sigmoid(-z)),
        ("softmax-for-sigmoid", "the softmax of {z}", _softmax),
        ("hard-sigmoid", "0.2·{z} + 0.5, clipped", _steep(0.2)),
        ("hard-sigmoid", "{z}/6 + 0.5, clipped", _steep(1 / 6)),
        ("exp-for-sigmoid", "e to the power {z}", np.exp),
        ("exp-for-sigmoid", "e to the power −{z}", lambda z: np.exp(-z)),
        ("gate-rounded-to-integer", "σ({z}) rounded to 0 or 1", lambda z: np.round(sigmoid(z))),
        ("derivative-for-function", "the derivative σ′({z})", lambda z: sigmoid(z) * sigmoid(-z)),
    ),
    "tanh": (
        ("sigmoid-for-tanh", "σ({z}) and not tanh({z})", sigmoid),
        ("not-squashed", "{z}, not squashed", lambda z: z),
        ("derivative-for-function", "the derivative tanh′({z})", lambda z: 1 - np.tanh(z) ** 2),
    ),
}

FOR_TANH_OF_C: tuple[WrongFunction, ...] = (
    ("tanh-on-C-omitted", "C, without tanh", lambda C: C),
    ("sigmoid-on-C", "σ(C) and not tanh(C)", sigmoid),
    ("derivative-for-function", "the derivative tanh′(C)", lambda C: 1 - np.tanh(C) ** 2),
)


def _dot(a: Array, b: Array) -> Array:
    return np.full(len(a), a @ b)


ROWS: tuple[tuple[str, str, Op], ...] = (
    ("matrix-product-for-hadamard", "the dot product of both vectors", wrong_op("dot", _dot)),
    (
        "outer-product-for-hadamard",
        "a row of the outer product, added up",
        wrong_op("outer_rows", lambda a, b: a * np.sum(b)),
    ),
    (
        "outer-product-for-hadamard",
        "a column of the outer product, added up",
        wrong_op("outer_columns", lambda a, b: b * np.sum(a)),
    ),
)


def _states(cell: Cell) -> Slips:
    if "C_prev" not in cell.states:
        return
    first, second = ("C_prev" if name == "h_prev" else name for name in cell["v"].inputs)
    joined: Change = ("v", CONCAT, (first, second))
    yield slip(cell, "states-swapped", "with C and h swapped", joined)
    if "kept" in cell.names:
        kept: Change = ("kept", HADAMARD, ("f", "h_prev"))
        yield slip(cell, "states-swapped", "with h in the place of C", kept)
        yield slip(cell, "states-swapped", "with C and h swapped", joined, kept)


def activations(cell: Cell, step: Step) -> Slips:
    """Give the wrong activations of one step."""
    for code, phrase, forward in ACTIVATIONS.get(step.op.name, ()):
        letter = plain(cell, step.inputs[0])
        op = wrong_op(code, forward)
        yield slip(cell, code, phrase.format(z=letter), (step.name, op, step.inputs))


def _activation(cell: Cell) -> Slips:
    for step in cell.steps:
        if step.op in (SIGMOID, TANH) and step.name != "squashed":
            yield from activations(cell, step)


def _gates(cell: Cell) -> Slips:
    if not {"f", "i", "kept", "written"} <= {*cell.names}:
        return
    swapped = ("kept", HADAMARD, ("i", "C_prev")), ("written", HADAMARD, ("f", "C_tilde"))
    yield slip(cell, "f-and-i-swapped", "with f and i swapped", *swapped)
    yield slip(cell, "f-and-i-swapped", "with i in the place of f", swapped[0])
    yield slip(cell, "f-and-i-swapped", "with f in the place of i", swapped[1])
    inverted = wrong_op("inverted", lambda f, C: (1.0 - f) * C)
    yield slip(cell, "forget-inverted", "with 1 − f in the place of f", ("kept", inverted, _KEPT))
    if cell["i"].op is not ONE_MINUS:
        yield slip(cell, "coupled-gate", "1 − f", ("i", ONE_MINUS, ("f",)))
    for gate, state in (("f", "squashed"), ("i", "squashed")):
        phrase = f"with {gate} in the place of o"
        yield slip(cell, "gates-swapped", phrase, (_shown(cell), HADAMARD, (gate, state)))
    for name, (_, other) in (("kept", _KEPT), ("written", _WRITTEN)):
        if "pC_o" in cell.names:
            return  # this o has seen the new C: it is too late to make C with it
        phrase = "with o in the place of the gate"
        yield slip(cell, "gates-swapped", phrase, (name, HADAMARD, ("o", other)))


def _cell_state(cell: Cell) -> Slips:
    names = {*cell.names}
    if not {"C", "written"} <= names:
        return
    skipped = ("written", COPY, ("C_tilde",))
    yield slip(cell, "input-gate-skipped", "C̃ without the gate", skipped)
    if "kept" not in names:
        return
    both = cell["C"].inputs
    yield slip(cell, "forget-gate-skipped", "C before the gate", ("kept", COPY, ("C_prev",)))
    yield slip(cell, "forget-term-missing", "what is written alone", ("C", COPY, ("written",)))
    yield slip(cell, "minus-for-plus", "the difference and not the sum", ("C", MINUS, both))
    yield slip(cell, "product-for-sum", "the product and not the sum", ("C", HADAMARD, both))


def _not_hadamard(cell: Cell) -> Slips:
    for step in cell.steps:
        if step.op is HADAMARD:
            for code, phrase, op in ROWS:
                yield slip(cell, code, phrase, (step.name, op, step.inputs))


def _shown(cell: Cell) -> str:
    """Return the name of o∘tanh(C): h, or what a projection is made of."""
    return "cell_output" if "cell_output" in cell.names else "h"


def _hidden_state(cell: Cell) -> Slips:
    if "squashed" not in cell.names:
        return
    h = _shown(cell)
    for code, phrase, forward in FOR_TANH_OF_C:
        yield slip(cell, code, phrase, ("squashed", wrong_op(code, forward), ("C",)))
    for name, code in (("C_prev", "C-prev-instead-of-C"), ("C_tilde", "candidate-instead-of-C")):
        phrase = f"with {plain(cell, name)} in the place of C"
        yield slip(cell, code, phrase, ("squashed", TANH, (name,)))
    phrase = "o∘C̃: the candidate in the place of tanh(C)"
    yield slip(cell, "candidate-instead-of-C", phrase, (h, HADAMARD, ("o", "C_tilde")))
    product = wrong_op("tanh_of_product", lambda o, C: np.tanh(o * C))
    yield slip(cell, "tanh-of-product", "tanh(o∘C)", (h, product, ("o", "C")))
    yield slip(cell, "output-gate-skipped", "tanh(C) without the gate", (h, COPY, ("squashed",)))


_FAMILIES = (concatenation, _states, biases, _activation, _gates, _cell_state)


@cache
def slips(cell: Cell, columns: int) -> tuple[Slip, ...]:
    """Return every row that applies to this cell, whose v has so many entries."""
    families = (*_FAMILIES, _not_hadamard, _hidden_state)
    return (*(slip for family in families for slip in family(cell)), *products(cell, columns))
