"""More mistakes of method, rarer ones: looked for in answers alone.

Worksheets need not keep these apart, so they stand beside the table that both go by.
"""

from functools import cache

import numpy as np

from lstm_core.backpropagation.ops import COPY
from lstm_core.cell import Cell
from lstm_core.lesson.letters import plain
from lstm_core.marking.slips.relatives import relatives
from lstm_core.marking.slips.slip import Slip, Slips, slip, wrong_op
from lstm_core.ops import ADD, HADAMARD, MATVEC, RELU, SIGMOID, TANH, sigmoid

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
    ("relu-for-tanh", "ReLU({z}) and not tanh({z})", TANH, lambda z: np.maximum(z, 0.0)),
    ("not-squashed", "{z}, not squashed", RELU, lambda z: z),
    ("tanh-for-relu", "tanh({z}) and not ReLU({z})", RELU, np.tanh),
    ("sigmoid-for-relu", "σ({z}) and not ReLU({z})", RELU, sigmoid),
    ("relu-other-side", "{z} where it is negative, and else 0", RELU, lambda z: np.minimum(z, 0.0)),
    ("relu-other-side", "ReLU(−{z})", RELU, lambda z: np.maximum(-z, 0.0)),
    ("sign-slip", "{z} without its sign", RELU, np.abs),
    (
        "leaky-relu",
        "{z}/100 where it is negative",
        RELU,
        lambda z: np.maximum(z, z / 100),
    ),
    ("leaky-relu", "{z}/10 where it is negative", RELU, lambda z: np.maximum(z, z / 10)),
    ("derivative-for-function", "the derivative ReLU′({z})", RELU, lambda z: 1.0 * (z > 0)),
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


_FAMILIES = (_functions, _signs, _sums, relatives)


@cache
def rarer_slips(cell: Cell) -> tuple[Slip, ...]:
    """Return every row that applies to this cell."""
    return tuple(one for family in _FAMILIES for one in family(cell))
