r"""The backward pass with its words: each row with its letter and its title.

    trace = run(cell, params, xs, start)
    back = backprop(trace, {(T - 1, "h"): np.ones(n)})  # L = Σ h_T
    back.cell["dz_f"].symbol, back.cell["dz_f"].title  # \frac{\partial L}{…}, Gradient of z_f
    explain(back, Address("dz_f", t, (0,)), 4)  # and formula(back.cell, "dz_f"), reason(…), figures

Of several time steps, `dW_f` is the share of one, and so it is called; `dW_f_sum` is ∂L/∂W_f.

The numbers, and what the rows are named, are those of backpropagation/rows.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from numpy.typing import ArrayLike

from lstm_core.backpropagation.derivation import reader_tag
from lstm_core.backpropagation.rows import is_sum, run_back, with_backward_rows
from lstm_core.cell import Cell, Step
from lstm_core.lesson.letters import braced, gradient, letter, plain, through
from lstm_core.shapes import value_of
from lstm_core.trace import Trace

Label = tuple[str, str]  # the letter in LaTeX, and the title
_FUNCTIONS = {
    "sigmoid": (r"\sigma", "σ"),
    "tanh": (r"\tanh", "tanh"),
    "relu": (r"\mathrm{ReLU}", "ReLU"),
    "hard": (r"\text{hard}\,\sigma", "hard σ"),
    "hard_six": (r"\text{hard}\,\sigma_6", "hard σ (z/6)"),
}
_NO_NOUNS = ("Add", "Join", "Look", "Weights")  # how titles begin that say what is done


def backprop(
    trace: Trace, seeds: Mapping[tuple[int, str], ArrayLike], table: Cell | None = None
) -> Trace:
    """Return the trace with all rows of the backward pass: frames[t] holds values and gradients.

    `seeds` says how L depends on the trace directly, as in `backward`, which gives the same
    gradients: {(T-1, "h"): dL/dh}. The values named there are the seeded ones of the table; where a
    time step has no seed, its seed is zero, as is what arrives at the last from behind. `table`
    puts another table in the place of `backward_cell(trace.cell, …)`, one with a changed row.
    Where the trace has several time steps, rows that add up the shares of all of them come last.
    Raises ValueError for a seed that names no value of the trace, or has another shape.
    """
    names = (name for _, name in seeds)
    return run_back(trace, seeds, table or backward_cell(trace.cell, names, len(trace) > 1))


def backward_cell(cell: Cell, seeded: Iterable[str] = ("h",), summed: bool = False) -> Cell:
    """Return the cell with its backward rows after its own: one table, forward and back.

    `seeded` are the values that the loss depends on directly, and `summed` says that there are
    several time steps to add up, as in `with_backward_rows`.
    """
    return _lettered(cell, frozenset(seeded), summed)


@lru_cache(maxsize=256)
def _lettered(cell: Cell, seeded: frozenset[str], summed: bool) -> Cell:
    table = with_backward_rows(cell, seeded, summed)
    forward = len(cell.steps)
    labels = (_label(cell, row, summed) for row in table.steps[forward:])
    rows = (
        replace(row, symbol=symbol, title=title)
        for row, (symbol, title) in zip(table.steps[forward:], labels, strict=True)
    )
    return replace(table, steps=(*cell.steps, *rows))


def _label(cell: Cell, row: Step, summed: bool) -> Label:
    """Return what a row is called, which its name says: dz_f, dv_via_f, db_f_sum or slope_f."""
    if row.name.startswith("slope_"):
        return _slope(cell, cell[row.name.removeprefix("slope_")])
    name, _, tag = row.name[1:].partition("_via_")
    if tag:
        return _part(cell, name, tag)
    if is_sum(row):
        of = value_of(row.name)
        return gradient(letter(cell, of)), f"Gradient of {of}, summed over time"
    if name in (*cell.names, *cell.states, "x"):
        return gradient(letter(cell, name)), f"Gradient of {_called(cell, name)}"
    return _of_weights(name, summed)


def _of_weights(name: str, shared: bool) -> Label:
    """A parameter, or a block of one, W_hh of W_h: among several time steps, the share of one."""
    base, _, below = name.partition("_")
    whole, title = gradient(f"{base}_{braced(below)}"), f"Gradient of {name}"
    return (through(whole, "t"), f"{title}, share of time step t") if shared else (whole, title)


def _slope(cell: Cell, squash: Step) -> Label:
    function, word = _FUNCTIONS[squash.op.name]
    z = squash.inputs[0]
    return f"{function}'({letter(cell, z)})", f"Slope of {word} at {plain(cell, z)}"


def _part(cell: Cell, name: str, tag: str) -> Label:
    """What comes back through one of the steps that read a value."""
    reader = next(step for step in cell.readers(name) if reader_tag(cell, name, step) == tag)
    of = letter(cell, tag) if tag == reader.name else tag
    title = f"Gradient of {plain(cell, name)}, through {plain(cell, reader.name)}"
    return through(gradient(letter(cell, name)), of), title


def _called(cell: Cell, name: str) -> str:
    """Return what a value is called in a sentence: the forget gate, z_f, what is kept."""
    step = cell.get(name)
    if step is None or step.title.startswith(_NO_NOUNS):
        return plain(cell, name)
    noun = step.title[0].lower() + step.title[1:]
    return noun if noun.startswith(("what", "how")) else f"the {noun}"
