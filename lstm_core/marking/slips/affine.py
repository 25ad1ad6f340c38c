"""What a row of the table of mistakes is, and the rows of the affine maps W·v + b."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from lstm_core.cell import Cell, Step
from lstm_core.marking.slips.ops import PRODUCTS, term_dropped
from lstm_core.ops import ADD, MATVEC, SIGMOID, TANH, Array, Op


@dataclass(frozen=True, eq=False)
class Slip:
    """One way to go wrong: the changed steps, the first of them named by `where`."""

    code: str
    where: str
    changes: tuple[Step, ...]
    phrase: str  # what the wrong number is

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the changed steps."""
        return frozenset(step.name for step in self.changes)

    def changed(self, cell: Cell) -> Cell:
        """Return the cell in which this is done."""
        new = {step.name: step for step in self.changes}
        return replace(cell, steps=_sorted([new.get(step.name, step) for step in cell.steps]))


def _sorted(steps: list[Step]) -> tuple[Step, ...]:
    """Move a step up where one before it uses it: nothing is used before it is defined."""
    done: list[Step] = []
    while steps:
        later = {step.name for step in steps}
        ready = next(step for step in steps if not later.intersection(step.inputs))
        done.append(ready)
        steps = [step for step in steps if step is not ready]
    return tuple(done)


Rows = Iterator[Slip]
Changes = tuple[str, Op, tuple[str, ...]]
MINUS = Op("minus", np.subtract, lambda dy, y, a, b: (dy, -dy))


def wrong_op(name: str, forward: Callable[..., Array]) -> Op:
    """A wrong operation; nobody differentiates it."""
    return Op(name, forward, lambda dy, y, *xs: ())


def row(cell: Cell, code: str, phrase: str, *changes: Changes) -> Slip:
    """Return a row: the named steps with another operation and other operands."""
    steps = [replace(cell[name], op=op, inputs=inputs) for name, op, inputs in changes]
    return Slip(code, changes[0][0], tuple(steps), phrase)


def affine(cell: Cell) -> list[tuple[str, str, str, str, str]]:
    """Return the affine maps of a cell: the names W, v, W·v, z, b."""
    found = []
    for step in cell.steps:
        product = _product_of(cell, step)
        if product is not None:
            W, v = product.inputs
            found.append((W, v, product.name, step.name, step.inputs[1]))
    return found


def _product_of(cell: Cell, total: Step) -> Step | None:
    if total.op is not ADD or not total.inputs[1].startswith("b_"):
        return None
    step = cell[total.inputs[0]]
    return step if step.op is MATVEC else None


def products(cell: Cell, columns: int) -> Rows:
    """Give the mistakes in W·v: weights, rows, single products."""
    for W, v, Wv, z, _ in affine(cell):
        for code, phrase, op in PRODUCTS:
            yield row(cell, code, phrase.format(W=W), (Wv, op, (W, v)))
        for k in range(columns):
            phrase = f"{W}·v without its product number {k + 1}"
            yield row(cell, "term-dropped", phrase, (Wv, term_dropped(k), (W, v)))
        for other, v2, _, _, b in affine(cell):
            if other != W and v2 == v and other != "W_y":
                phrase = f"worked out with {other} and {b} of another gate"
                changes: tuple[Changes, Changes] = (Wv, MATVEC, (other, v)), (z, ADD, (Wv, b))
                yield row(cell, "wrong-gate-weights", phrase, *changes)
                phrase = f"worked out with {other} of another gate"
                yield row(cell, "wrong-gate-weights", phrase, changes[0])


def biases(cell: Cell) -> Rows:
    """Give the mistakes of the bias."""
    for W, v, Wv, z, b in affine(cell):
        label = f"{W}·{v}"
        alone = wrong_op("alone", lambda a, b: a)  # b is still an operand: the parameters stay
        yield row(cell, "bias-omitted", f"{label} before the bias", (z, alone, (Wv, b)))
        yield row(cell, "bias-subtracted", f"{label} minus the bias", (z, MINUS, (Wv, b)))
        twice = wrong_op("twice", lambda a, b: a + 2 * b)
        yield row(cell, "bias-twice", f"{label} with the bias added twice", (z, twice, (Wv, b)))
        for _, _, _, _, other in affine(cell):
            if other not in (b, "b_y") and b != "b_y":
                phrase = f"{label} with the bias {other}"
                yield row(cell, "wrong-gate-bias", phrase, (z, ADD, (Wv, other)))
        for step in _squashes(cell, z):
            outside = wrong_op("outside", lambda a, b, f=step.op.forward: f(a) + b)
            phrase = "the bias added after the activation and not before"
            yield row(cell, "bias-outside-activation", phrase, (step.name, outside, (Wv, b)))


def _squashes(cell: Cell, z: str) -> list[Step]:
    return [step for step in cell.steps if step.inputs == (z,) and step.op in (SIGMOID, TANH)]
