"""Activations that a file says its layer has, as rows of our cell swapped for them."""

from dataclasses import dataclass

from lstm_core.cells import cell_named, facts
from lstm_core.ops import RELU, SIGMOID, TANH
from lstm_core.variants.changes import MOST, Change, variant

_NONE_HERE = "no cell here has it, and h would be another."
_TOO_MANY = f"here at most {MOST} rows of a cell can be swapped for others."


@dataclass(frozen=True)
class Activations:
    """The operations of the gates, the candidate, and what squashes C; "" for one not known here.

    Where a cell has none of the three, that one is not looked at.
    """

    gates: str
    candidate: str
    shown: str


def swapped(cell: str, found: Activations) -> tuple[Change, ...]:
    """Return the rows of a cell that these activations swap, none where they are its own.

    Raises ValueError, in the end of a sentence, where no cell here has them.
    """
    base = cell_named(cell, "hx")
    candidate, changes = facts(base).candidate, []
    for step in base.steps:
        if step.op in (SIGMOID, TANH, RELU):
            squash = found.candidate if step.name == candidate else found.shown
            op = found.gates if step.op is SIGMOID else squash
            if op != step.op.name:
                changes.append(Change(step.name, op, step.inputs))
    if any(not change.op for change in changes):
        raise ValueError(_NONE_HERE)
    if len(changes) > MOST:
        raise ValueError(_TOO_MANY)
    try:
        variant(base, tuple(changes))
    except ValueError:
        raise ValueError(_NONE_HERE) from None
    return tuple(changes)
