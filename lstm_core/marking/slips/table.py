"""The mistakes of method that people make: a table, each row the cell with some steps changed.

A row can be used with any cell that has the steps which it changes.
"""

from functools import cache, lru_cache

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.lesson.latex import plain
from lstm_core.marking.slips.affine import (
    MINUS,
    Changes,
    Rows,
    Slip,
    biases,
    products,
    row,
    wrong_op,
)
from lstm_core.marking.slips.ops import ACTIVATIONS, FOR_TANH_OF_C, LEFT_OUT, ROWS, added
from lstm_core.ops import CONCAT, COPY, HADAMARD, ONE_MINUS, SIGMOID, TANH

_KEPT, _WRITTEN = ("f", "C_prev"), ("i", "C_tilde")


def _concatenation(cell: Cell) -> Rows:
    first, second = cell["v"].inputs
    yield row(cell, "concat-order", f"{second} before {first}", ("v", CONCAT, (second, first)))
    joined = wrong_op("sum", added)
    phrase = f"{first} + {second} and not both in a row"
    yield row(cell, "concat-as-sum", phrase, ("v", joined, (first, second)))
    for name, forward in zip((first, second), LEFT_OUT, strict=True):
        code = "h-omitted" if name == "h_prev" else "x-omitted"
        phrase = f"v without {plain(cell, name)}"
        yield row(cell, code, phrase, ("v", wrong_op(code, forward), (first, second)))


def _states(cell: Cell) -> Rows:
    if "C_prev" not in cell.states:
        return
    first, second = ("C_prev" if name == "h_prev" else name for name in cell["v"].inputs)
    joined: Changes = ("v", CONCAT, (first, second))
    yield row(cell, "states-swapped", "with C and h swapped", joined)
    if "kept" in _names(cell):
        kept: Changes = ("kept", HADAMARD, ("f", "h_prev"))
        yield row(cell, "states-swapped", "with h in the place of C", kept)
        yield row(cell, "states-swapped", "with C and h swapped", joined, kept)


@lru_cache(maxsize=256)
def _names(cell: Cell) -> frozenset[str]:
    return frozenset(step.name for step in cell.steps)


def activations(cell: Cell, step: Step) -> Rows:
    """Give the wrong activations of one step."""
    for code, phrase, forward in ACTIVATIONS.get(step.op.name, ()):
        letter = plain(cell, step.inputs[0])
        op = wrong_op(code, forward)
        yield row(cell, code, phrase.format(z=letter), (step.name, op, step.inputs))


def _activation(cell: Cell) -> Rows:
    for step in cell.steps:
        if step.op in (SIGMOID, TANH) and step.name != "squashed":
            yield from activations(cell, step)


def _gates(cell: Cell) -> Rows:
    if not {"f", "i", "kept", "written"} <= _names(cell):
        return
    swapped = ("kept", HADAMARD, ("i", "C_prev")), ("written", HADAMARD, ("f", "C_tilde"))
    yield row(cell, "f-and-i-swapped", "with f and i swapped", *swapped)
    yield row(cell, "f-and-i-swapped", "with i in the place of f", swapped[0])
    yield row(cell, "f-and-i-swapped", "with f in the place of i", swapped[1])
    inverted = wrong_op("inverted", lambda f, C: (1.0 - f) * C)
    yield row(cell, "forget-inverted", "with 1 − f in the place of f", ("kept", inverted, _KEPT))
    if cell["i"].op is not ONE_MINUS:
        yield row(cell, "coupled-gate", "1 − f", ("i", ONE_MINUS, ("f",)))
    for gate, state in (("f", "squashed"), ("i", "squashed")):
        phrase = f"with {gate} in the place of o"
        yield row(cell, "gates-swapped", phrase, ("h", HADAMARD, (gate, state)))
    for name, (_, other) in (("kept", _KEPT), ("written", _WRITTEN)):
        if "pC_o" in _names(cell):
            return  # this o has seen the new C: it is too late to make C with it
        phrase = "with o in the place of the gate"
        yield row(cell, "gates-swapped", phrase, (name, HADAMARD, ("o", other)))


def _cell_state(cell: Cell) -> Rows:
    names = _names(cell)
    if not {"C", "written"} <= names:
        return
    skipped = ("written", COPY, ("C_tilde",))
    yield row(cell, "input-gate-skipped", "C̃ without the gate", skipped)
    if "kept" not in names:
        return
    both = cell["C"].inputs
    yield row(cell, "forget-gate-skipped", "C before the gate", ("kept", COPY, ("C_prev",)))
    yield row(cell, "forget-term-missing", "what is written alone", ("C", COPY, ("written",)))
    yield row(cell, "minus-for-plus", "the difference and not the sum", ("C", MINUS, both))
    yield row(cell, "product-for-sum", "the product and not the sum", ("C", HADAMARD, both))


def _not_hadamard(cell: Cell) -> Rows:
    for step in cell.steps:
        if step.op is HADAMARD:
            for code, phrase, op in ROWS:
                yield row(cell, code, phrase, (step.name, op, step.inputs))


def _hidden_state(cell: Cell) -> Rows:
    if "squashed" not in _names(cell):
        return
    for code, phrase, forward in FOR_TANH_OF_C:
        yield row(cell, code, phrase, ("squashed", wrong_op(code, forward), ("C",)))
    for name, code in (("C_prev", "C-prev-instead-of-C"), ("C_tilde", "candidate-instead-of-C")):
        phrase = f"with {plain(cell, name)} in the place of C"
        yield row(cell, code, phrase, ("squashed", TANH, (name,)))
    phrase = "o∘C̃: the candidate in the place of tanh(C)"
    yield row(cell, "candidate-instead-of-C", phrase, ("h", HADAMARD, ("o", "C_tilde")))
    product = wrong_op("tanh_of_product", lambda o, C: np.tanh(o * C))
    yield row(cell, "tanh-of-product", "tanh(o∘C)", ("h", product, ("o", "C")))
    yield row(cell, "output-gate-skipped", "tanh(C) without the gate", ("h", COPY, ("squashed",)))


_FAMILIES = (_concatenation, _states, biases, _activation, _gates, _cell_state)


@cache
def slips(cell: Cell, columns: int) -> tuple[Slip, ...]:
    """Return every row that applies to this cell, whose v has so many entries."""
    families = (*_FAMILIES, _not_hadamard, _hidden_state)
    return (*(slip for family in families for slip in family(cell)), *products(cell, columns))
