"""PyTorch: a script that works out every step with tensors, and fails where one differs."""

from lstm_core.exercise.exercise import Exercise
from lstm_core.trace import Trace
from lstm_files.exports.code import TORCH, expression, literal, terms_size
from lstm_files.exports.document import note_lines
from lstm_files.exports.names import title
from lstm_files.exports.pytorch_cells import NATIVE, framework_cell

_TOP = '''\
"""Every step of a recurrent cell in plain PyTorch, each compared with the recorded numbers.

It needs PyTorch and nothing else. Time steps and entries count from 0 here.
"""

import torch

TITLE = {title!r}
SOURCE = {source!r}
CHECK = True  # False: change the numbers below and work out an exercise of your own


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def same(t, name, ours, terms=tensor(0.0)):
    """Fail where a step differs from the recorded one by more than rounding.

    The calculation goes on with the recorded digits, so that the last bits of two machines cannot
    add up. `terms` is how large the terms of a sum are: its rounding is in proportion.
    """
    if not CHECK:
        return ours
    recorded = tensor(RECORDED[t][name])
    close = abs(ours - recorded) <= 1e-12 * (abs(recorded) + terms) + 1e-300
    both_nan = ours.isnan() & recorded.isnan()
    assert (close | (ours == recorded) | both_nan).all(), f"{{name}} differs at t = {{t}}: {{ours}}"
    return recorded
'''


def pytorch(exercise: Exercise) -> bytes:
    """Return a Python script that asserts every step of the exercise; exact, self-contained."""
    parts = (
        _TOP.format(title=title(exercise), source=exercise.source),
        _time_step(exercise),
        framework_cell(exercise.cell),
        _numbers(exercise),
        _recorded(exercise.trace()),
        _run(exercise),
    )
    return "\n\n".join(part for part in parts if part).encode()


def _time_step(exercise: Exercise) -> str:
    cell = exercise.cell
    lines = [
        f"def time_step(t, x, {', '.join(cell.states)}):",
        '    """Return the new states, after every step of time step t."""',
    ]
    for step in cell.steps:
        size = terms_size(TORCH, step)
        arguments = [f'"{step.name}"', expression(TORCH, step), *([size] if size else [])]
        lines += [
            f"    # {step.title}",
            *(f"    # Note: {_comment(line)}" for line in note_lines(exercise, step.name)),
            f"    {step.name} = same(t, {', '.join(arguments)})",
        ]
    return "\n".join([*lines, f"    return {', '.join(cell.carry)}", ""])


def _comment(line: str) -> str:
    """Return text for a comment; what has no shape, such as a change of direction, is escaped."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)


def _numbers(exercise: Exercise) -> str:
    arrays = exercise.arrays.items()
    lines = (f"{name} = tensor({literal(array, 'torch')})" for name, array in arrays)
    return "\n".join(["# The numbers that are given", *lines])


def _recorded(trace: Trace) -> str:
    lines = ["# What every step gave, to the last digit", "RECORDED = ["]
    for frame in trace.frames:
        values = (
            f'        "{step.name}": {literal(frame[step.name], "torch")},'
            for step in trace.cell.steps
        )
        lines += ["    {", *values, "    },"]
    return "\n".join([*lines, "]", ""])


def _run(exercise: Exercise) -> str:
    cell = exercise.cell
    states, made = ", ".join(cell.states), ", ".join(cell.carry)
    native = f"    framework_cell(t, x, {states})\n" if cell.name in NATIVE else ""
    states_text = ", ".join(f"{name} = {{{name}.tolist()}}" for name in cell.carry)
    return f"""\
for t, x in enumerate(xs):
{native}    {made} = time_step(t, x, {states})
    print(f"t = {{t}}: {states_text}")
    {states} = {made}
print("Every step agrees." if CHECK else "Nothing was compared.")
"""
