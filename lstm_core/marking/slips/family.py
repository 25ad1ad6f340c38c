"""The closed family of operands: a step's operation on any other vector that the student has seen.

What stands written need not have been used. So each operand is replaced by every vector of its
size, of this time step or the one before; the operation is left out, or another one of the few is
taken. What has a name of its own in the table of mistakes is found there as well, and weighs more.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from lstm_core.backpropagation.ops import COPY, OUTER, SUM
from lstm_core.backpropagation.rows import is_sum
from lstm_core.cell import Cell, Step
from lstm_core.lesson.letters import plain
from lstm_core.marking.program import Row
from lstm_core.marking.slips.slip import MINUS, Slip, Slips, wrong_op
from lstm_core.marking.typed import Place
from lstm_core.marking.work import Work
from lstm_core.ops import ADD, CONCAT, HADAMARD, MATVEC, ONE_MINUS, SIGMOID, TANH, Array, Op

_ENTRYWISE = (ADD, SUM, HADAMARD, SIGMOID, TANH, ONE_MINUS, COPY)
_BINARY = ((ADD, "+"), (HADAMARD, "∘"), (MINUS, "−"))


def operand_slips(work: Work, row: Row) -> Slips:
    """Give the family of one row: changed steps that stand at this row alone."""
    step = row.step
    if step.op in _ENTRYWISE and len(step.inputs) <= 2:
        for slot, name in enumerate(step.inputs):
            for other, code, phrase in _others(work, row, name):
                yield _with_operand(work, step, slot, other, code, phrase)
        yield from _operations(work, step)
    elif step.op is MATVEC:
        yield from _joined(work, row)
    elif step.op is OUTER:
        for slot, name in enumerate(step.inputs):
            for other, code, phrase in _others(work, row, name):
                yield _with_operand(work, step, slot, other, code, phrase)
    elif is_sum(step):
        yield from _single_shares(work, step)


def _single_shares(work: Work, step: Step) -> Slips:
    """Give what a sum over time becomes where one time step's share is taken for all of it."""
    for t in range(work.exercise.T):
        alone = wrong_op("alone", lambda *shares, t=t: shares[t])
        phrase = f"the share of time step {t + 1} alone"
        yield Slip("share-for-sum", step.name, (replace(step, op=alone),), phrase)


def stale_inputs(work: Work, row: Row) -> Slips:
    """Give what v, or another joined vector, becomes with x or a state of another time."""
    step = row.step
    first, last = step.inputs
    for name, others in _stale(work, row).items():
        for vector, phrase in others:
            a, b = (vector if part == name else None for part in (first, last))
            op = wrong_op("stale", _joining(step.op, a, b))
            changed = replace(step, op=op)
            yield Slip("stale-value", step.name, (changed,), phrase)


def _joining(op: Op, a: Array | None, b: Array | None) -> Callable[..., Array]:
    return lambda x, y: op.forward(x if a is None else a, y if b is None else b)


def _stale(work: Work, row: Row) -> dict[str, list[tuple[Array, str]]]:
    """Return, for each part of a joined vector, its values at other times, and their names."""
    found: dict[str, list[tuple[Array, str]]] = {}
    for name in row.step.inputs:
        letter = plain(work.table, name)
        times = [t for t in range(work.exercise.T) if t != row.t and (t, name) in work.true]
        near_by = [t for t in times if abs(t - row.t) == 1 or t == 0]
        found[name] = [
            (work.carried[t, name], f"with {letter} of time step {t + 1}") for t in near_by
        ]
    return found


def _with_operand(
    work: Work, step: Step, slot: int, other: Place | str, code: str, phrase: str
) -> Slip:
    inputs = list(step.inputs)
    if isinstance(other, str):
        inputs[slot] = other
        return Slip(code, step.name, (replace(step, inputs=tuple(inputs)),), phrase)
    vector = work.carried[other]  # of another time: the changed step has it built in

    def forward(*xs: Array) -> Array:
        operands = [vector if k == slot else x for k, x in enumerate(xs)]
        return step.op.forward(*operands)

    return Slip(code, step.name, (replace(step, op=wrong_op("stale", forward)),), phrase)


def _others(work: Work, row: Row, name: str) -> Iterator[tuple[Place | str, str, str]]:
    """Give the vectors that can stand in an operand's place: which, the code, what it is then."""
    cell, size = work.table, work.true[row.t, name].shape
    own, steps = row.step.name, [step.name for step in work.cell.steps]
    known = steps[: steps.index(own)] if own in steps else steps
    taken = {own, *row.step.inputs}
    if row.step.op is OUTER:  # the gradients of the other gates
        known = list(dict.fromkeys((*known, *(s.name for s in cell.steps if s.name[:2] == "dz"))))
    vectors = (*known, *cell.states, "x", *(p for p in work.cell.params if p[0] in "bp"))
    for other in dict.fromkeys(vectors):
        if other not in taken and _fits(work, (row.t, other), size):
            phrase = f"with {plain(cell, other)} in the place of {plain(cell, name)}"
            yield other, _code(work, name, other), phrase
    if row.t:
        for other in (*steps, *cell.states):
            if _fits(work, (row.t - 1, other), size):
                code = "stale-value" if other in (name, own) else "wrong-operand"
                phrase = _of_before(cell, other, name)
                yield (row.t - 1, other), code, phrase
    for state in cell.states if row.t > 1 else ():
        if _fits(work, (0, state), size):
            start = state.replace("_prev", "₀")
            phrase = f"with the starting {start} in the place of {plain(cell, name)}"
            yield (0, state), "stale-value", phrase


def _of_before(cell: Cell, other: str, name: str) -> str:
    """Say which vector of the time step before was taken: the operand's own, or another."""
    if other == name:
        return f"with {plain(cell, name)} as it was at the time step before"
    return f"with {plain(cell, other)} of the time step before in the place of {plain(cell, name)}"


def _fits(work: Work, place: Place, size: tuple[int, ...]) -> bool:
    return place in work.true and work.true[place].shape == size


def _code(work: Work, name: str, other: str) -> str:
    steps = {step.name: step for step in work.cell.steps}
    made = [{s.op for s in steps.values() if s.inputs == (z,)} for z in (name, other)]
    if made[0] & made[1] & {SIGMOID, TANH}:
        return "copied"  # σ of another gate's z is that other gate
    gates = {step.name for step in steps.values() if step.op in (SIGMOID, ONE_MINUS)}
    if {name, other} == {"f", "i"}:
        return "f-and-i-swapped"
    if {name, other} <= gates:
        return "gates-swapped"
    if name.startswith("b_") and other.startswith("b_"):
        return "wrong-gate-bias"
    return "states-swapped" if {name, other} <= {*work.table.states} else "wrong-operand"


def _operations(work: Work, step: Step) -> Slips:
    """Give the step with another operation, with it left out, and with it made twice."""
    letters = [plain(work.table, name) for name in step.inputs]
    if len(step.inputs) != 2:
        return
    a, b = letters
    for squash in (TANH, SIGMOID) if step.op is ADD else ():
        squashed = wrong_op("squashed", lambda x, y, squash=squash: squash.forward(x + y))
        phrase = f"{squash.name} of {plain(work.table, step.name)}"
        yield Slip("wrong-operation", step.name, (replace(step, op=squashed),), phrase)
    for op, sign in _BINARY:
        if op is not step.op:
            phrase = f"{a} {sign} {b}"
            yield Slip("wrong-operation", step.name, (replace(step, op=op),), phrase)
    for name, letter in zip(step.inputs, letters, strict=True):
        alone = replace(step, op=COPY, inputs=(name,))
        yield Slip("wrong-operand", step.name, (alone,), f"{letter} alone")
        twice = wrong_op("twice", lambda x, y, op=step.op: op.forward(op.forward(x, y), y))
        inputs = step.inputs if name == step.inputs[1] else step.inputs[::-1]
        phrase = f"with {letter} taken twice"
        changed = replace(step, op=twice, inputs=inputs)
        yield Slip("operation-twice", step.name, (changed,), phrase)


def _joined(work: Work, row: Row) -> Slips:
    """Give W·v with a v in which x or a state is one of another time, though v stands written."""
    W, v = row.step.inputs
    joined = work.program.by_place[row.t, v]
    for one in stale_inputs(work, joined) if joined.step.op is CONCAT else ():
        (changed,) = one.changes
        parts = changed.inputs
        op = changed.op

        def forward(W: Array, a: Array, b: Array, op: Op = op) -> Array:
            return W @ op.forward(a, b)

        inputs = (W, *parts)
        step = replace(row.step, op=wrong_op("stale", forward), inputs=inputs)
        yield Slip(one.code, row.step.name, (step,), one.phrase)
