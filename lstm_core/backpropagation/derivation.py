"""The backward pass of any cell, derived from its table: each vector-Jacobian product in small ops.

Read from the last row up, every value asks its readers what they hand back. One reader: that is its
gradient. Several: a row for each of them, and their sum.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lstm_core.backpropagation.ops import (
    BESIDE,
    COPY,
    HARD_SIX_SLOPE,
    HARD_SLOPE,
    MATVEC_T,
    MATVEC_T_FIRST,
    MATVEC_T_LAST,
    NEGATIVE,
    OUTER,
    PART_FIRST,
    PART_LAST,
    RELU_SLOPE,
    SIGMOID_SLOPE,
    SUM,
    TANH_SLOPE,
)
from lstm_core.cell import Cell, Step
from lstm_core.ops import ADD, HADAMARD, MATVEC_LAST, Op

HANDED_BACK = "handed back"  # the last stage: what leaves the time step
Product = tuple[Op, tuple[str, ...]]

_VALVE, _SAME = (HADAMARD, ("dy", "slope")), (COPY, ("dy",))
# What an operation hands back to each of its operands: dy is the gradient of its own value, a is
# its first operand, b its last, and slope the row of its derivative.
PRODUCTS: Mapping[str, tuple[Product, ...]] = {
    "concat": ((PART_FIRST, ("dy", "a")), (PART_LAST, ("dy", "b"))),
    "matvec": ((OUTER, ("dy", "b")), (MATVEC_T, ("a", "dy"))),
    "matvec_first": ((OUTER, ("dy", "b")), (MATVEC_T_FIRST, ("a", "dy", "b"))),
    "matvec_last": ((OUTER, ("dy", "b")), (MATVEC_T_LAST, ("a", "dy", "b"))),
    "add": (_SAME, _SAME),
    "hadamard": ((HADAMARD, ("dy", "b")), (HADAMARD, ("dy", "a"))),
    "one_minus": ((NEGATIVE, ("dy",)),),
    **dict.fromkeys(("sigmoid", "tanh", "relu", "hard", "hard_six"), (_VALVE,)),
    **dict.fromkeys(("none", "left_out"), (_SAME,)),
}
_SLOPES = {
    "sigmoid": (SIGMOID_SLOPE, "y"),
    "tanh": (TANH_SLOPE, "y"),
    "relu": (RELU_SLOPE, "a"),
    "hard": (HARD_SLOPE, "a"),
    "hard_six": (HARD_SIX_SLOPE, "a"),
}


@dataclass(frozen=True, eq=False)
class Reader:
    """A step that reads a value, as its operand number `at`."""

    step: Step
    at: int


@dataclass(frozen=True, eq=False)
class Derivation:
    """The backward rows of `cell` for a loss that depends directly on the values `seeded`.

    They are rows of mathematics: what they are called, in letters and in words, is for the lesson.
    """

    cell: Cell
    seeded: frozenset[str]

    def rows(self) -> Iterator[Step]:
        """Give all rows: the stages from the last to the first, then what leaves the time step."""
        for step in reversed(self.cell.steps):
            yield from self.gradient(step.name, step.stage)
            for name in step.inputs:
                # Of several readers the first one is, on the way back, the last to answer.
                if name in self.cell.params and self.cell.readers(name)[0] is step:
                    yield from self.gradient(name, step.stage)
        for name in (*self.cell.states, "x"):
            yield from self.gradient(name, HANDED_BACK)

    def gradient(self, name: str, stage: str) -> Iterator[Step]:
        """Give the rows that make the gradient of one value."""
        parts, readers = list(self.arriving(name)), self.readers(name)
        for reader in readers:
            yield from self.slope(reader.step, stage)
            op, inputs = self.product(reader)
            if len(readers) + len(parts) == 1:
                yield _row(f"d{name}", op, inputs, stage)
                return
            parts.append(self.part_name(name, reader))
            yield _row(parts[-1], op, inputs, stage)
        yield _row(f"d{name}", self.joining(parts, readers), tuple(parts), stage)

    def arriving(self, name: str) -> tuple[str, ...]:
        """Return what reaches a value from outside this time step: from L, and from t + 1."""
        carried = name in self.cell.carry
        # What nothing reads, as the read-out, has no gradient at all unless L depends on it.
        direct = name in self.seeded or not (carried or self.readers(name))
        from_loss = (f"seed_{name}",) if direct else ()
        return (*from_loss, f"d{name}_next") if carried else from_loss

    def readers(self, name: str) -> tuple[Reader, ...]:
        """Return the steps that read a value, the last first; of blocks of W, the first block."""
        steps = [*reversed(self.cell.readers(name))]
        steps.sort(key=lambda step: step.op is MATVEC_LAST)
        pairs = (Reader(step, k) for step in steps for k in range(len(step.inputs)))
        return tuple(reader for reader in pairs if reader.step.inputs[reader.at] == name)

    def product(self, reader: Reader) -> Product:
        """Return the operation, and its operands by name, that a reader hands back with."""
        step = reader.step
        op, roles = PRODUCTS[step.op.name][reader.at]
        names = {"dy": self.read(step.name), "a": step.inputs[0], "b": step.inputs[-1]}
        return op, tuple({**names, "slope": f"slope_{step.name}"}[role] for role in roles)

    def read(self, name: str) -> str:
        """Return where the gradient of a value is read: behind a sum, it is that of the sum."""
        readers = self.readers(name)
        if len(readers) == 1 and readers[0].step.op is ADD and not self.arriving(name):
            return self.read(readers[0].step.name)
        return f"d{name}"

    def joining(self, parts: list[str], readers: tuple[Reader, ...]) -> Op:
        """Return what makes one gradient of its parts."""
        if readers and all(PRODUCTS[r.step.op.name][r.at][0] is OUTER for r in readers):
            return BESIDE
        return (COPY, ADD, SUM)[min(len(parts), 3) - 1]

    def part_name(self, name: str, reader: Reader) -> str:
        """Return what one reader's part is called; of weights, after the block that it read."""
        op, inputs = self.product(reader)
        tag = reader_tag(self.cell, name, reader.step)
        return f"d{name}{inputs[1][0]}" if op is OUTER else f"d{name}_via_{tag}"

    def slope(self, step: Step, stage: str) -> Iterator[Step]:
        """Give the row of the derivative of a squash."""
        if step.op.name in _SLOPES:
            op, of = _SLOPES[step.op.name]
            inputs = (step.name,) if of == "y" else (step.inputs[0],)
            yield _row(f"slope_{step.name}", op, inputs, stage)


def reader_tag(cell: Cell, name: str, reader: Step) -> str:
    """Return what tells a reader of a value from the others, in the names of rows.

    Of weights it is their gate: dv_via_f. Where that would stand for two readers, as it can in a
    cell with changed rows, it is the reader's own name.
    """
    tag = _short_tag(cell, reader)
    alike = [step for step in cell.readers(name) if _short_tag(cell, step) == tag]
    return tag if len(alike) == 1 else reader.name


def _short_tag(cell: Cell, step: Step) -> str:
    first = step.inputs[0]
    return first.rpartition("_")[2] if first in cell.params else step.name


def _row(name: str, op: Op, inputs: tuple[str, ...], stage: str) -> Step:
    return Step(name, op, inputs, "", "", stage)
