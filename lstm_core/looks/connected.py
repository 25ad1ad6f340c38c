"""Which steps of a table a value is made of, and which are made of it."""

from collections.abc import Iterable, Sequence

from lstm_core.cell import Step


def leading_to(steps: Sequence[Step], wanted: Iterable[str]) -> tuple[Step, ...]:
    """Return those of the steps that these names are made of, and their own, in their order."""
    needed, found = set(wanted), []
    for step in reversed(steps):
        if step.name in needed:
            needed.update(step.inputs)
            found.append(step)
    return tuple(reversed(found))


def following(steps: Sequence[Step], changed: Iterable[str]) -> tuple[Step, ...]:
    """Return those of the steps that are made of these names, at once or by way of others."""
    reached, found = set(changed), []
    for step in steps:
        if reached.intersection(step.inputs):
            reached.add(step.name)
            found.append(step)
    return tuple(found)
