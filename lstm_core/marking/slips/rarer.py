"""More mistakes of method, rarer or of one kind of cell: looked for in answers alone.

Worksheets need not keep these apart, so they stand beside the table that both go by.
"""

from functools import cache

import numpy as np

from lstm_core.backpropagation.ops import COPY
from lstm_core.cell import Cell
from lstm_core.lesson.letters import plain
from lstm_core.marking.slips.slip import Change, Slip, Slips, slip, wrong_op
from lstm_core.ops import (
    ADD,
    HADAMARD,
    MATVEC,
    MATVEC_FIRST,
    MATVEC_LAST,
    ONE_MINUS,
    SIGMOID,
    TANH,
    Array,
    Op,
    sigmoid,
)

_DEGREE = np.pi / 180
_FUNCTIONS = (
    ("half-argument", "σ({z}/2)", SIGMOID, lambda z: sigmoid(z / 2)),
    ("double-argument", "σ(2·{z})", SIGMOID, lambda z: sigmoid(2 * z)),
    ("tanh-for-sigmoid", "2σ({z}) − 1 = tanh({z}/2)", SIGMOID, lambda z: np.tanh(z / 2)),
    ("exp-for-sigmoid", "1 + e to the power −{z}", SIGMOID, lambda z: 1 + np.exp(-z)),
    ("exp-for-sigmoid", "1 + e to the power {z}", SIGMOID, lambda z: 1 + np.exp(z)),
    ("exp-for-sigmoid", "1/(1 − e^−z)", SIGMOID, lambda z: 1 / (1 - np.exp(-z))),
    ("exp-for-sigmoid", "e^z/(1 + z)", SIGMOID, lambda z: np.exp(z) / (1 + z)),
    ("atan", "the arc tangent of {z}", SIGMOID, np.arctan),
    ("log", "the logarithm of {z}", SIGMOID, lambda z: np.log(np.abs(z))),
    ("log", "log(1 + e^z)", SIGMOID, lambda z: np.log1p(np.exp(z))),
    ("log", "1/(1 + 10^−z)", SIGMOID, lambda z: 1 / (1 + 10.0**-z)),
    ("operation-twice", "σ(σ({z}))", SIGMOID, lambda z: sigmoid(sigmoid(z))),
    ("tan-for-tanh", "tan({z}), not tanh({z})", TANH, np.tan),
    ("tan-for-tanh", "tan({z}) of {z} in degrees", TANH, lambda z: np.tan(z * _DEGREE)),
    ("half-argument", "tanh({z}/2)", TANH, lambda z: np.tanh(z / 2)),
    ("double-argument", "tanh(2·{z})", TANH, lambda z: np.tanh(2 * z)),
    ("sinh", "sinh({z})", TANH, np.sinh),
    ("sinh", "cosh({z})", TANH, np.cosh),
    ("sinh", "1/tanh({z})", TANH, lambda z: 1 / np.tanh(z)),
    ("atan", "the arc tangent of {z}", TANH, np.arctan),
    ("log", "the logarithm of {z}", TANH, lambda z: np.log(np.abs(z))),
    ("exp-for-sigmoid", "e to the power {z}", TANH, np.exp),
    ("operation-twice", "tanh(tanh({z}))", TANH, lambda z: np.tanh(np.tanh(z))),
)


def _functions(cell: Cell) -> Slips:
    for step in cell.steps:
        letter = plain(cell, step.inputs[0])
        for code, phrase, op, forward in _FUNCTIONS:
            if step.op is op:
                wrong = wrong_op(code, forward)
                yield slip(cell, code, phrase.format(z=letter), (step.name, wrong, step.inputs))


def _signs(cell: Cell) -> Slips:
    """A result, or one operand of a sum, taken with the other sign."""
    for step in cell.steps:
        letters = [plain(cell, name) for name in step.inputs]
        if step.op in (MATVEC, ADD, HADAMARD):  # shows further on, where it was not written
            negated = wrong_op("negated", lambda a, b, op=step.op: -op.forward(a, b))
            phrase = f"with the other sign of {plain(cell, step.name)}"
            yield slip(cell, "sign-slip", phrase, (step.name, negated, step.inputs))
        if step.op is ADD:
            first = wrong_op("minus_first", lambda a, b: b - a)
            phrase = f"{letters[1]} − {letters[0]}"
            yield slip(cell, "sign-slip", phrase, (step.name, first, step.inputs))
            if not step.inputs[1].startswith("b_") and step.name not in cell.carry:
                second = wrong_op("minus_second", lambda a, b: a - b)
                phrase = f"{letters[0]} − {letters[1]}"
                yield slip(cell, "sign-slip", phrase, (step.name, second, step.inputs))


def _sums(cell: Cell) -> Slips:
    """What is left out of a sum that is no bias; a gate's bias with one added by a framework."""
    for step in cell.steps:
        if step.op is ADD and step.name in cell.carry:
            for kept, lost in (step.inputs, step.inputs[::-1]):
                code = "written-term-missing" if lost == "written" else "forget-term-missing"
                phrase = f"{plain(cell, kept)} alone, without {plain(cell, lost)}"
                yield slip(cell, code, phrase, (step.name, COPY, (kept,)))
        if step.op is ADD and step.inputs[1].startswith("b_"):
            more = wrong_op("plus_one", lambda a, b: a + b + 1)
            phrase = f"{plain(cell, step.name)} with 1 added to the bias, as some frameworks do"
            yield slip(cell, "forget-bias-added", phrase, (step.name, more, step.inputs))


def _inverted(cell: Cell) -> Slips:
    """1 − z for z and z for 1 − z, in one product or in both."""
    for step in cell.steps:
        if step.op is not ONE_MINUS:
            continue
        (gate,), other = step.inputs, step.name
        wholes: list[Change] = []
        for product in cell.steps:
            if product.op is HADAMARD and {gate, other} & {*product.inputs}:
                swap = {gate: other, other: gate}
                inputs = tuple(swap.get(name, name) for name in product.inputs)
                wholes.append((product.name, HADAMARD, inputs))
        for change in wholes:
            yield slip(cell, "z-inverted", f"with {gate} and 1 − {gate} exchanged", change)
        yield slip(cell, "z-inverted", f"with {gate} and 1 − {gate} exchanged", *wholes)


def _candidates(cell: Cell) -> Slips:
    """A product of a gate and a candidate, or a state: the one in the place of the other."""
    for step in cell.steps:
        if step.op is HADAMARD and cell.states == ("h_prev",) and "h_tilde" in cell.names:
            swap = {"h_tilde": "h_prev", "h_prev": "h_tilde"}
            inputs = tuple(swap.get(name, name) for name in step.inputs)
            if inputs != step.inputs and cell.names.index("h_tilde") < cell.names.index(step.name):
                phrase = f"with {plain(cell, inputs[1])} in the place of the other state"
                yield slip(cell, "state-for-candidate", phrase, (step.name, HADAMARD, inputs))


def _reset(cell: Cell) -> Slips:
    if "r" in cell.names:
        first = cell["v"].inputs[0] == "h_prev"
        of_h, of_x = (MATVEC_FIRST, MATVEC_LAST) if first else (MATVEC_LAST, MATVEC_FIRST)
        before = "v_r" in cell.names
        yield from _reset_before(cell, of_h, of_x) if before else _reset_after(cell, of_h)


def _reset_before(cell: Cell, of_h: Op, of_x: Op) -> Slips:
    """The GRU that resets h before the product with W_h."""
    (product,) = (step for step in cell.steps if step.inputs[-1] == "v_r")

    def after(W: Array, v_r: Array, r: Array, h: Array, x: Array) -> Array:
        return np.asarray(r * of_h.forward(W, h) + of_x.forward(W, x))

    inputs = (*product.inputs, "r", "h_prev", "x")
    phrase, op = "with the reset after the product", wrong_op("after", after)
    yield slip(cell, "reset-before-for-after", phrase, (product.name, op, inputs))
    skipped: Change = ("reset_h", COPY, ("h_prev",))
    yield slip(cell, "reset-skipped", "with h that was not reset", skipped)


def _reset_after(cell: Cell, of_h: Op) -> Slips:
    """The GRU that resets the product, with a bias of its own inside."""
    phrase, inputs = "with the reset before the product", ("r", "a_h", "W_h", "h_prev")
    before = wrong_op("before", lambda r, a, W, h: of_h.forward(W, r * h))
    yield slip(cell, "reset-before-for-after", phrase, ("reset_h", before, inputs))
    with_bias = wrong_op("before_b", lambda r, a, W, h, b: of_h.forward(W, r * h) + b)
    yield slip(cell, "reset-before-for-after", phrase, ("reset_h", with_bias, (*inputs, "b_hh")))
    yield slip(cell, "reset-skipped", "with a_h that was not reset", ("reset_h", COPY, ("a_h",)))
    outside = wrong_op("outside", lambda r, Wh, b: r * Wh + b)
    phrase = "with the bias b_hh outside the reset"
    yield slip(cell, "bias-outside-reset", phrase, ("reset_h", outside, ("r", "Wh_h", "b_hh")))
    alone = wrong_op("alone", lambda a, b: a)
    for name in ("a_h", "a_x"):
        phrase = f"{plain(cell, name)} without its bias"
        yield slip(cell, "bias-omitted", phrase, (name, alone, cell[name].inputs))


def _peepholes(cell: Cell) -> Slips:
    for step in cell.steps:
        if not step.name.startswith("pC_"):
            continue
        gate, (p, seen) = step.name[3:], step.inputs
        for other in ("C_prev", "h_prev"):
            if other != seen:
                phrase = f"the peephole at {plain(cell, other)}"
                change: Change = (step.name, HADAMARD, (p, other))
                yield slip(cell, "peephole-other-state", phrase, change)
        omitted: Change = (f"z_{gate}", COPY, (f"a_{gate}",))
        yield slip(cell, "peephole-omitted", f"z_{gate} without the peephole", omitted)
        alone = wrong_op("alone", lambda a, b: a)
        inputs = cell[f"a_{gate}"].inputs
        phrase = f"{plain(cell, inputs[0])} before the bias"
        yield slip(cell, "bias-omitted", phrase, (f"a_{gate}", alone, inputs))


_FAMILIES = (_functions, _signs, _sums, _inverted, _candidates, _reset, _peepholes)


@cache
def rarer_slips(cell: Cell) -> tuple[Slip, ...]:
    """Return every row that applies to this cell."""
    return tuple(one for family in _FAMILIES for one in family(cell))
