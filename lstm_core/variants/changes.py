"""A variant: a cell of CELLS with a few rows of its table swapped; it is a cell like any other.

A `Change` says what a row becomes: another activation, other operands, + in the place of ∘, or one
part alone with the other left out. Everything that it may be is a closed set: an operation that
fits the row, and values of the same shape that are there before it. Rows that then lead to nothing
are dropped, and with them their parameters.

The name of a variant is that of its cell, and what was changed: "lstm with tanh(Cₜ) left out".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lstm_core.cell import Cell, Order, Step
from lstm_core.cells import CELLS, cell_named
from lstm_core.looks.connected import leading_to
from lstm_core.looks.contributions import gates
from lstm_core.ops import ADD, CONCAT, HADAMARD, MATVEC_FIRST, MATVEC_LAST, ONE_MINUS
from lstm_core.shapes import letters
from lstm_core.variants.ops import FORWARD_OPS, LEFT_OUT
from lstm_core.variants.words import WITH, changed_rows, title

MOST = 3  # changes of one cell: more would be another cell altogether
ACTIVATIONS = ("sigmoid", "tanh", "relu", "hard", "hard_six", "none")
_READOUT = "read-out"  # the stage of y: it is no part of the cell
_JOINS = (ADD.name, HADAMARD.name, LEFT_OUT.name)


@dataclass(frozen=True)
class Change:
    """What the row `step` becomes: the operation `op`, by its name, of the values `inputs`."""

    step: str
    op: str
    inputs: tuple[str, ...]


def base_of(cell: Cell) -> Cell | None:
    """Return the cell of CELLS that this one is a variant of, or is; None where it is of none."""
    return (
        cell_named(base_name(cell), cell.order, cell.readout) if base_name(cell) in CELLS else None
    )


def base_name(cell: Cell) -> str:
    """Return the name of the cell that this one is a variant of: its own, where it is of none."""
    return cell.name.partition(WITH)[0]


def is_variant(cell: Cell) -> bool:
    """Return whether rows of this cell were swapped."""
    return WITH in cell.name


def changes_of(cell: Cell) -> tuple[Change, ...]:
    """Return what was changed in a variant: nothing in a cell of CELLS.

    Raises ValueError for a cell that these changes would not bring back.
    """
    base = base_of(cell)
    if cell is base:
        return ()
    changed = (step for step in cell.steps if step.name in changed_steps(cell))
    found = tuple(Change(step.name, step.op.name, step.inputs) for step in changed)
    if base is None or _steps(base, found) != (cell.name, cell.steps):
        raise ValueError(f"The cell {cell.name:.60} was changed, and so has no written form.")
    return found


@lru_cache(maxsize=256)
def changed_steps(cell: Cell) -> frozenset[str]:
    """Return the names of the steps that a variant makes in another way than its cell does."""
    base = base_of(cell)
    rows = [(step, base.get(step.name)) for step in cell.steps] if base else []
    return frozenset(
        step.name for step, own in rows if own and (own.op, own.inputs) != (step.op, step.inputs)
    )


def _steps(base: Cell, changes: tuple[Change, ...]) -> tuple[str, tuple[Step, ...]] | None:
    try:
        again = variant(base, changes)
    except ValueError:
        return None
    return again.name, again.steps


@lru_cache(maxsize=256)  # a run prepares a cell once: it has to be the same one the next time
def variant(base: Cell, changes: tuple[Change, ...]) -> Cell:
    """Return a cell of CELLS with these rows swapped; ValueError, in one sentence, for no cell."""
    if not changes:
        return base
    for change in changes:
        _check(base, change)
    by_step = {change.step: change for change in changes}
    if len(by_step) < len(changes):
        raise ValueError("each step can be changed once.")
    rows = changed_rows(base, [_row(step, by_step.get(step.name)) for step in base.steps])
    kept = leading_to(rows, (*base.carry, "v", *(["y"] if base.readout else [])))
    found = replace(base, name=f"{base.name}{WITH}{title(base, rows)}", steps=kept)
    _check_whole(found, by_step)
    return found


def _row(step: Step, change: Change | None) -> Step:
    if change is None:
        return step
    return replace(step, op=FORWARD_OPS[change.op], inputs=change.inputs)


def varied(cell: Cell, change: Change) -> Cell:
    """Return a cell, which may be a variant already, with one more row swapped, or swapped back."""
    base = base_of(cell)
    assert base is not None  # every exercise has a cell of CELLS, or a variant of one
    changes = with_change(base, changes_of(cell), change)
    if len(changes) > MOST:
        raise ValueError(f"at most {MOST} rows of a cell can be swapped.")
    return variant(base, changes)


def with_change(base: Cell, changes: Iterable[Change], change: Change) -> tuple[Change, ...]:
    """Return the changes with one more, in the place of one of the same step; by the table."""
    rows = {one.step: one for one in (*changes, change)}
    order = [rows[step.name] for step in base.steps if step.name in rows]
    return tuple(one for one in order if not _is_own(base, one))


def _is_own(base: Cell, change: Change) -> bool:
    return (base[change.step].op.name, base[change.step].inputs) == (change.op, change.inputs)


def in_form(cell: Cell, order: Order, readout: bool) -> Cell:
    """Return the same cell or variant in another order of v, with or without the read-out.

    Raises ValueError for a cell that is neither.
    """
    base, changes = cell_named(base_name(cell), order, readout), changes_of(cell)
    old = cell_named(base_name(cell), cell.order, cell.readout)
    return variant(base, tuple(_in_order(old, base, change) for change in changes))


def _in_order(old: Cell, new: Cell, change: Change) -> Change:
    """Turn the parts of v round, and take the other columns of W, where the order is another."""
    was, now = old[change.step], new[change.step]
    turned = was.op is CONCAT and old.order != new.order
    inputs = change.inputs[::-1] if turned else change.inputs
    return Change(change.step, now.op.name if change.op == was.op.name else change.op, inputs)


# ---- what a row may become -----------------------------------------------------------------------


def operations(step: Step) -> tuple[str, ...]:
    """Return the names of the operations that a row of a cell may have, its own one first."""
    families = (ACTIVATIONS, _JOINS, (ONE_MINUS.name, LEFT_OUT.name))
    family = next((names for names in families if step.op.name in names), ())
    return tuple(dict.fromkeys((step.op.name, *family)))


@lru_cache(maxsize=1024)  # asked for at every edit of a page that offers them
def operands(base: Cell, step: Step, op: str) -> tuple[tuple[str, ...], ...]:
    """Return what a row's inputs may be with an operation: its own first, then one at a time.

    Of ADD and HADAMARD, one of the two stays and the other is another value of the same shape.
    """
    if op == LEFT_OUT.name or len(step.inputs) == 1:
        return tuple((name,) for name in dict.fromkeys((*step.inputs, *_like(base, step, 0))))
    found = [step.inputs]
    for k in range(len(step.inputs)):
        for other in _like(base, step, k):
            inputs = (*step.inputs[:k], other, *step.inputs[k + 1 :])
            found += [inputs] if len({*inputs}) == len(inputs) else []
    return tuple(dict.fromkeys(found))


def _like(base: Cell, step: Step, k: int) -> Sequence[str]:
    """The values before a row that have the shape of its k-th operand; of a weight, none."""
    own = step.inputs[k]
    if own in base.params and len(letters(own)) > 1:
        return []
    earlier = base.names[: base.names.index(step.name)]
    shape = letters(own, base.projected)
    every = ("x", *base.states, *earlier)
    return [name for name in every if letters(name, base.projected) == shape]


@lru_cache(maxsize=64)
def changeable(base: Cell) -> tuple[Step, ...]:
    """Return the rows that can be changed at all."""
    return tuple(
        step
        for step in base.steps
        if step.stage != _READOUT
        and (len(operations(step)) > 1 or len(operands(base, step, step.op.name)) > 1)
    )


def _check(base: Cell, change: Change) -> None:
    step = base.get(change.step)
    if step is None:
        raise ValueError(f"the {CELLS[base.name].title} has no step {change.step!r:.40}.")
    if step.stage == _READOUT:
        raise ValueError(f"{step.name} is a part of the read-out, which cannot be changed.")
    if change.op not in operations(step):
        known = ", ".join(operations(step))
        raise ValueError(f"{step.name} can be made by {known}, not by {change.op!r:.40}.")
    if _is_own(base, change):
        raise ValueError(f"the change of {step.name} changes nothing.")
    if not _fit(base, step, change):
        needed = (
            "one value" if change.op == LEFT_OUT.name or len(step.inputs) == 1 else "two values"
        )
        given = ", ".join(change.inputs)
        raise ValueError(
            f"{step.name} can be made of {needed} of its own shape that are there before it, "
            f"not of {given:.60}."
        )


def _fit(base: Cell, step: Step, change: Change) -> bool:
    inputs = change.inputs
    if change.op == LEFT_OUT.name or len(step.inputs) == 1:
        return inputs in operands(base, step, change.op)
    fits = (
        name == own or name in _like(base, step, k)
        for k, (name, own) in enumerate(zip(inputs, step.inputs, strict=False))
    )
    return len(inputs) == len(step.inputs) == len({*inputs}) and all(fits)


def _check_whole(cell: Cell, changed: Iterable[str]) -> None:
    """Refuse a cell in which a changed row leads to nothing, or nothing squashes W·v any more."""
    for name in changed:
        if name not in cell.names:
            raise ValueError(f"{name} was changed, but nothing reads it any more.")
    read = {step.op for step in cell.steps}
    if len(read.intersection((MATVEC_FIRST, MATVEC_LAST))) == 1:
        raise ValueError("only a part of W_h would be read.")
    needed = {step.name for step in leading_to(cell.steps, cell.carry)}
    if not needed.intersection(gates(cell).values()):
        raise ValueError("no gate and no candidate of it would see v any more.")


# ---- as parsed data ------------------------------------------------------------------------------


def written(cell: Cell) -> list[dict[str, object]]:
    """Return a variant's changes as JSON has them; ValueError for a cell that has no such form."""
    return [{"step": one.step, "op": one.op, "inputs": [*one.inputs]} for one in changes_of(cell)]


def read(base: Cell, given: object) -> Cell:
    """Return the variant that parsed JSON describes; ValueError, in one sentence, for none."""
    if not isinstance(given, list) or len(given) > MOST:
        raise ValueError(f"its changes must be a list of at most {MOST}.")
    return variant(base, tuple(_change(one) for one in given))


def _change(given: object) -> Change:
    match given:
        case {"step": str(step), "op": str(op), "inputs": [*inputs], **more}:
            if not more and all(isinstance(name, str) for name in inputs):
                return Change(step, op, tuple(inputs))
    raise ValueError('each of its changes must have a "step", an "op" and a list of "inputs".')
