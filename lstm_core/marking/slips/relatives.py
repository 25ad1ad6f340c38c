"""The mistakes that are peculiar to the relatives of the LSTM: GRU, peepholes, 1997, plain RNN.

They go by what a table is made of, and not by the name of a cell: whoever has a reset, a peephole
or a gate that is used as 1 − f as well can make these slips.
"""

from collections.abc import Iterator

import numpy as np

from lstm_core.backpropagation.ops import COPY
from lstm_core.cell import Cell, Step
from lstm_core.lesson.letters import plain
from lstm_core.marking.slips.affine import LEFT_OUT
from lstm_core.marking.slips.slip import MINUS, Change, Slips, slip, wrong_op
from lstm_core.ops import (
    ADD,
    CONCAT,
    HADAMARD,
    MATVEC,
    MATVEC_FIRST,
    MATVEC_LAST,
    ONE_MINUS,
    RELU,
    Array,
    Op,
)

_BLOCKS = (MATVEC_FIRST, MATVEC_LAST)


def _inverted(cell: Cell) -> Slips:
    """1 − z for z and z for 1 − z: in one product, in both, or where 1 − z is made."""
    for step in cell.steps:
        if step.op is not ONE_MINUS:
            continue
        (gate,), other = step.inputs, step.name
        letter = plain(cell, gate)
        itself: Change = (other, COPY, (gate,))
        yield slip(cell, "z-inverted", f"{letter} itself, and not 1 − {letter}", itself)
        if other == "i":  # of a coupled cell: f and i in each other's place have a name
            continue
        wholes = list(_exchanged(cell, gate, other))
        phrase = f"with {letter} and 1 − {letter} exchanged"
        for change in wholes:
            yield slip(cell, "z-inverted", phrase, change)
        yield slip(cell, "z-inverted", phrase, *wholes)
        reset = cell.get("reset_h")
        if reset is not None and reset.inputs[0] == gate:  # before 1 − f is made
            op = wrong_op("inverted", lambda f, h: (1 - f) * h)
            phrase = f"with 1 − {letter} in the place of {letter}"
            yield slip(cell, "z-inverted", phrase, (reset.name, op, reset.inputs))


def _exchanged(cell: Cell, gate: str, other: str) -> Iterator[Change]:
    """Give each product of a state and one of these two, with the other one in it."""
    swap = {gate: other, other: gate}
    names = cell.names
    for product in cell.steps:
        made = names.index(product.name) > names.index(other)
        if product.op is HADAMARD and made and not swap.keys().isdisjoint(product.inputs):
            inputs = tuple(swap.get(name, name) for name in product.inputs)
            yield product.name, HADAMARD, inputs


def _candidates(cell: Cell) -> Slips:
    """A product of a gate and a candidate, or a state: the one in the place of the other."""
    for step in cell.steps:
        if step.op is HADAMARD and cell.states == ("h_prev",) and "h_tilde" in cell.names:
            swap = {"h_tilde": "h_prev", "h_prev": "h_tilde"}
            inputs = tuple(swap.get(name, name) for name in step.inputs)
            if inputs != step.inputs and cell.names.index("h_tilde") < cell.names.index(step.name):
                phrase = f"with {plain(cell, inputs[1])} in the place of the other state"
                yield slip(cell, "state-for-candidate", phrase, (step.name, HADAMARD, inputs))


def _ungated(cell: Cell) -> Slips:
    """What a gate is to weaken, taken as it is; a gate where none is."""
    for step in cell.steps:
        if step.op is HADAMARD and cell.states == ("h_prev",) and step.name in ("kept", "written"):
            lost, state = step.inputs
            code = "forget-gate-skipped" if step.name == "kept" else "input-gate-skipped"
            phrase = f"{plain(cell, state)} without {plain(cell, lost)}"
            yield slip(cell, code, phrase, (step.name, COPY, (state,)))
    if "f" not in cell.names and "C_prev" in cell.states and "i" in cell.names:
        for phrase, op in _FORGETTING:
            change: Change = ("C", wrong_op("forgetting", op), ("C_prev", "written", "i"))
            yield slip(cell, "forget-gate-added", phrase, change)


_FORGETTING = (
    ("with the old C times i, though nothing is forgotten here", lambda C, w, i: i * C + w),
    ("with the old C times 1 − i, though nothing is forgotten here", lambda C, w, i: C - i * C + w),
)


def _other_gates(cell: Cell) -> Slips:
    """The update gate in the place of the reset gate, and the other way round."""
    swap = {"z": "r", "r": "z"} if {"z", "r"} <= {*cell.names} else {}
    for step in cell.steps:
        gate = step.inputs[0]
        if step.op is HADAMARD and gate in swap:
            phrase = f"with {plain(cell, swap[gate])} in the place of {plain(cell, gate)}"
            change: Change = (step.name, HADAMARD, (swap[gate], *step.inputs[1:]))
            yield slip(cell, "gates-swapped", phrase, change)


def _second_vectors(cell: Cell) -> Slips:
    """The joined vector of a candidate, in the other order or with a part left out."""
    for step in cell.steps:
        if step.op is CONCAT and step.name != "v":
            first, second = step.inputs
            phrase = f"{plain(cell, second)} before {plain(cell, first)}"
            yield slip(cell, "concat-order", phrase, (step.name, CONCAT, (second, first)))
            for name, forward in zip(step.inputs, LEFT_OUT, strict=True):
                code = "x-omitted" if name == "x" else "h-omitted"
                phrase = f"{plain(cell, step.name)} without {plain(cell, name)}"
                change: Change = (step.name, wrong_op(code, forward), (first, second))
                yield slip(cell, code, phrase, change)


def _reset_before(cell: Cell) -> Slips:
    """A gate on h before the product with W: the GRU of 2014, the minimal gated unit."""
    if not {"v_r", "reset_h"} <= {*cell.names}:
        return
    (product,) = (step for step in cell.steps if step.inputs[-1] == "v_r")
    gate, (of_h, of_x) = cell["reset_h"].inputs[0], _blocks(cell)

    def after(W: Array, v_r: Array, r: Array, h: Array, x: Array) -> Array:
        return np.asarray(r * of_h.forward(W, h) + of_x.forward(W, x))

    def outside(W: Array, v_r: Array, r: Array, v: Array) -> Array:
        return np.asarray(r * (W @ v))

    code, inputs = "reset-before-for-after", product.inputs
    phrase, op = "with the reset after the product", wrong_op("after", after)
    yield slip(cell, code, phrase, (product.name, op, (*inputs, gate, "h_prev", "x")))
    phrase, op = "with the reset of the whole product", wrong_op("outside", outside)
    yield slip(cell, code, phrase, (product.name, op, (*inputs, gate, "v")))
    skipped: Change = ("reset_h", COPY, ("h_prev",))
    yield slip(cell, "reset-skipped", "with h that was not reset", skipped)
    W = inputs[0]  # the reset stands written, and was not used
    phrase = f"{W}·v, with h that was not reset"
    yield slip(cell, "reset-skipped", phrase, (product.name, MATVEC, (W, "v")))


def _blocks(cell: Cell) -> tuple[Op, Op]:
    """Return the products of W's columns for h and for x."""
    return _BLOCKS if cell["v"].inputs[0] == "h_prev" else _BLOCKS[::-1]


def _reset_after(cell: Cell) -> Slips:
    """The GRU that resets the product, with a bias of its own inside."""
    if not {"a_h", "reset_h"} <= {*cell.names}:
        return
    of_h, _ = _blocks(cell)
    code, inputs = "reset-before-for-after", ("r", "a_h", "W_h", "h_prev")
    phrase = "with the reset before the product"
    before = wrong_op("before", lambda r, a, W, h: of_h.forward(W, r * h))
    yield slip(cell, code, phrase, ("reset_h", before, inputs))
    with_bias = wrong_op("before_b", lambda r, a, W, h, b: of_h.forward(W, r * h) + b)
    yield slip(cell, code, phrase, ("reset_h", with_bias, (*inputs, "b_hh")))
    yield slip(cell, "reset-skipped", "with a_h that was not reset", ("reset_h", COPY, ("a_h",)))
    outside = wrong_op("outside", lambda r, Wh, b: r * Wh + b)
    phrase = "with the bias b_hh outside the reset"
    yield slip(cell, "bias-outside-reset", phrase, ("reset_h", outside, ("r", "Wh_h", "b_hh")))


def _half_products(cell: Cell) -> Slips:
    """The sums of a product with one block of W: its bias, its rows, its weights."""
    for step in cell.steps:
        product = cell.get(step.inputs[0])
        if step.op is not ADD or product is None or product.op not in _BLOCKS:
            continue
        a, b = step.inputs
        if b not in cell.params:
            continue
        for code, phrase, op in _OF_THE_BIAS:
            yield slip(cell, code, phrase.format(a=plain(cell, a)), (step.name, op, (a, b)))
        for other in cell.params:
            if other.startswith("b_") and other not in (b, "b_y"):
                change: Change = (step.name, ADD, (a, other))
                yield slip(cell, "wrong-gate-bias", f"with the bias {other}", change)
        yield from _of_the_block(cell, product)


_OF_THE_BIAS = (
    ("bias-omitted", "{a} before the bias", wrong_op("alone", lambda a, b: a)),
    ("bias-subtracted", "{a} minus the bias", MINUS),
    ("bias-twice", "{a} with the bias added twice", wrong_op("twice", lambda a, b: a + 2 * b)),
)


def _of_the_block(cell: Cell, product: Step) -> Slips:
    W, vector = product.inputs
    times = f"{W}, times {plain(cell, vector)}"
    up = wrong_op("up", lambda W, a: np.roll(product.op.forward(W, a), 1))
    down = wrong_op("down", lambda W, a: np.roll(product.op.forward(W, a), -1))
    yield slip(cell, "rows-shifted", f"the row above of {times}", (product.name, up, (W, vector)))
    yield slip(cell, "rows-shifted", f"the row below of {times}", (product.name, down, (W, vector)))
    if vector in cell.states:  # the only square block
        turned = wrong_op("turned", lambda W, a: _turned(product.op, W, a))
        change: Change = (product.name, turned, (W, vector))
        yield slip(cell, "weights-transposed", f"the transposed block of {times}", change)
    for other in cell.params:
        if other.startswith("W_") and other not in (W, "W_y"):
            phrase = f"worked out with {other} of another gate"
            other_gate: Change = (product.name, product.op, (other, vector))
            yield slip(cell, "wrong-gate-weights", phrase, other_gate)


def _turned(op: Op, W: Array, a: Array) -> Array:
    """Return Bᵀ·a, where B is the square block of W that meets a."""
    block = np.stack([op.forward(W, unit) for unit in np.eye(len(a))], axis=1)
    return np.asarray(block.T @ a)


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
        squashed = wrong_op("squashed", lambda p, C: p * np.tanh(C))
        phrase = f"the peephole at tanh({plain(cell, seen)})"
        yield slip(cell, "peephole-other-state", phrase, (step.name, squashed, step.inputs))
        omitted: Change = (f"z_{gate}", COPY, (f"a_{gate}",))
        yield slip(cell, "peephole-omitted", f"z_{gate} without the peephole", omitted)


def _outside_relu(cell: Cell) -> Slips:
    for step in cell.steps:
        total = cell.get(step.inputs[0])
        if step.op is RELU and total is not None and total.op is ADD:
            outside = wrong_op("outside", lambda a, b: np.maximum(a, 0.0) + b)
            phrase = "the bias added after the activation and not before"
            change: Change = (step.name, outside, total.inputs)
            yield slip(cell, "bias-outside-activation", phrase, change)


def _projection(cell: Cell) -> Slips:
    """W_p times another vector than the cell's output, or with its rows shifted."""
    for step in cell.steps:
        W, vector = (*step.inputs, "")[:2]
        if W != "W_p":
            continue
        for other in ("squashed", "C"):
            phrase = f"with {plain(cell, other)} in the place of {plain(cell, vector)}"
            yield slip(cell, "wrong-operand", phrase, (step.name, MATVEC, (W, other)))
        for by, where in ((1, "above"), (-1, "below")):
            rolled = wrong_op("rolled", lambda W, m, by=by: np.roll(W @ m, by))
            phrase = f"the row {where} of {W}, times {plain(cell, vector)}"
            yield slip(cell, "rows-shifted", phrase, (step.name, rolled, step.inputs))


_FAMILIES = (
    *(_inverted, _candidates, _ungated, _other_gates, _second_vectors),
    *(_reset_before, _reset_after, _half_products, _peepholes, _outside_relu, _projection),
)


def relatives(cell: Cell) -> Slips:
    """Give every row that applies to this cell."""
    for family in _FAMILIES:
        yield from family(cell)
