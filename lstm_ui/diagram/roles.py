"""What each step plays in the drawing, by the table alone: its operation, its stage, who reads it.

A cell is drawn in columns, from left to right in the order of the table. A product with a matrix
begins a stack, which grows upwards: W·v, + b, σ. What works on the results of stacks alone stands
in a column that falls: tanh(C), and below it ∘. Above them all runs the line of the memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lstm_core.cell import Cell, Step
from lstm_core.cells import facts

ACTIVATIONS = ("sigmoid", "tanh", "relu", "hard", "hard_six", "none")


@dataclass(frozen=True)
class Column:
    """Steps above each other: of a stack from below, of others from above.

    `sides` are the steps that stand beside one of a stack, and feed it alone: a peephole.
    """

    stage: str
    steps: tuple[str, ...]
    stacked: bool
    sides: Mapping[str, str]  # the step of the stack, and what stands beside it

    @property
    def top(self) -> str:
        """The step whose value leaves a stack."""
        return self.steps[-1]


@dataclass(frozen=True)
class Roles:
    """The columns; the steps on the line of the memory; and those that stand below that line."""

    columns: tuple[Column, ...]
    rail: tuple[str, ...]
    under: tuple[str, ...]

    @property
    def has_rail(self) -> bool:
        """Whether the memory has a line of its own: not where a stack makes all of it anew."""
        return bool(self.rail)


def reads(cell: Cell, step: Step) -> tuple[str, ...]:
    """Return the values that a step reads, each once, parameters left out."""
    return tuple(dict.fromkeys(name for name in step.operands if name not in cell.params))


def is_product(step: Step) -> bool:
    """Return whether a step is a matrix times a vector."""
    return step.op.name.startswith("matvec")


def _stacks(cell: Cell) -> list[list[str]]:
    """Return the stacks: each begins with a product, and goes on to what alone reads its end."""
    found: list[list[str]] = []
    for step in cell.steps:
        if is_product(step) or step.op.name == "concat":
            found += [[step.name]] if is_product(step) else []
            continue
        below = [stack for stack in found if _goes_on(cell, stack, step)]
        if below:
            below[-1].append(step.name)
    return found


def _goes_on(cell: Cell, stack: Sequence[str], step: Step) -> bool:
    """Return whether a step stands on a stack: what joins values does so below a squash only."""
    inputs, last = reads(cell, step), cell[stack[-1]]
    if last.name not in inputs or last.stage != step.stage:
        return False
    squashed = any(cell[name].op.name in ACTIVATIONS for name in stack)
    return len(inputs) == 1 or (not squashed and len(stack) < 4)


def _path(cell: Cell, free: set[str], memory: str) -> tuple[str, ...]:
    """Return the shortest way of the memory through the free steps of its stage: kept, C."""
    ways: dict[str, tuple[str, ...]] = {cell.carry[memory]: ()}
    for step in cell.steps:
        if step.name in free:
            known = [ways[name] for name in reads(cell, step) if name in ways]
            if known:
                ways[step.name] = (*min(known, key=len), step.name)
    return ways.get(memory, (memory,))


def roles(cell: Cell) -> Roles:
    """Return what each step of a cell plays."""
    stacks, memory = _stacks(cell), facts(cell).memory
    in_stacks = {name for stack in stacks for name in stack}
    free = [step for step in cell.steps if step.name not in in_stacks and step.op.name != "concat"]
    above = {step.name for step in free if step.stage == cell[memory].stage}
    if memory not in above:
        above = set()
    rail = _path(cell, above, memory) if above else ()
    sides = _sides(cell, stacks, [step for step in free if step.name not in above])
    columns = [
        Column(cell[stack[0]].stage, tuple(stack), True, _of(sides, stack)) for stack in stacks
    ]
    columns += _falling(cell, {*in_stacks, *above, *sides.values()})
    order = cell.names.index
    return Roles(
        tuple(sorted(columns, key=lambda column: order(column.steps[0]))),
        rail,
        tuple(name for name in cell.names if name in above and name not in rail),
    )


def _of(sides: Mapping[str, str], stack: Sequence[str]) -> dict[str, str]:
    return {name: side for name, side in sides.items() if name in stack}


def _sides(cell: Cell, stacks: list[list[str]], free: list[Step]) -> dict[str, str]:
    """Return what stands beside a stack: what only one of its upper steps reads."""
    upper = {name for stack in stacks for name in stack[1:]}
    found: dict[str, str] = {}
    for step in free:
        readers = cell.readers(step.name)
        alone = len(readers) == 1 and readers[0].name in upper
        if alone and readers[0].stage == step.stage and readers[0].name not in found:
            found[readers[0].name] = step.name
    return found


def _falling(cell: Cell, placed: set[str]) -> list[Column]:
    """Return columns of the remaining steps, of one stage each; a concatenation ends its column."""
    groups: list[list[Step]] = []
    before: Step | None = None
    for step in cell.steps:
        if step.name in placed:
            before = None if is_product(step) else before
            continue
        joined = before is not None and before.stage == step.stage
        if joined and before is not None and before.op.name != "concat" and len(groups[-1]) < 3:
            groups[-1].append(step)
        else:
            groups.append([step])
        before = step
    return [Column(g[0].stage, tuple(step.name for step in g), False, {}) for g in groups]
