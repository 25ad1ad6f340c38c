"""LaTeX of a cell: one rule for each operation, used for letters and for numbers alike.

Only names from the cell's table and printed numbers are ever set, never text that someone typed.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from lstm_core.cell import Cell, Step
from lstm_core.numerals import numeral
from lstm_core.ops import HADAMARD, MATVEC, MATVEC_FIRST, MATVEC_LAST, Array, Op
from lstm_core.shapes import letters
from lstm_core.trace import Trace

_GIVEN = {"x": "x_t", "h_prev": "h_{t-1}", "C_prev": "C_{t-1}"}
_BOARD = re.compile(r"v|(\w|\\tilde\{\w\})_t")  # v, f_t, \tilde{C}_t: the letters of the lesson
_MATRIX = r"\begin{bmatrix}"
_MATVECS = ("matvec", "matvec_first", "matvec_last")
_BLOCKS = (MATVEC_FIRST, MATVEC_LAST)
_UNICODE = {
    r"\\tilde\{(\w)\}": "\\1\N{COMBINING TILDE}",
    r" \\circ ": "∘",
    r" \\cdot ": "·",
    r"\\tanh": "tanh",
    r" - ": " − ",
    r"_t\b": "ₜ",
    r"_\{t − 1\}|_\{t-1\}": "ₜ₋₁",
    r"_\{(\w+)\}": r"_\1",
}


def _enclosed(left: str, text: str, right: str) -> str:
    # Operands come as letters or as matrices of numbers: brackets grow to the matrix.
    return rf"\left{left}{text}\right{right}" if _MATRIX in text else f"{left}{text}{right}"


def _call(function: str) -> Callable[..., str]:
    return lambda z: function + _enclosed("(", z, ")")


def _factor(text: str) -> str:
    return f"({text})" if " + " in text or " - " in text else text


def _matvec(W: str, v: str) -> str:
    return f"{W} {v}" if _MATRIX in W else rf"{W} \cdot {v}"


RULES: Mapping[str, Callable[..., str]] = {
    "concat": lambda a, b: _enclosed("[", rf"{a},\, {b}", "]"),
    **dict.fromkeys(_MATVECS, _matvec),
    "add": lambda a, b: f"{a} + {b}",
    "hadamard": lambda a, b: rf"{_factor(a)} \circ {_factor(b)}",
    "one_minus": lambda a: f"1 - {_factor(a)}",
    "sigmoid": _call(r"\sigma"),
    "tanh": _call(r"\tanh"),
    "relu": _call(r"\mathrm{ReLU}"),
}


@lru_cache(maxsize=1024)  # asked for at every cell of a page, as the plain letters are
def letter(cell: Cell, name: str) -> str:
    r"""Return the LaTeX of a name: \tilde{C}_t, W_f, h_{t-1}. KeyError where the cell has none."""
    if name in _GIVEN:
        return _GIVEN[name]
    if name in cell.params:
        base, _, below = name.partition("_")
        return f"{base}_{_braced(below)}"
    step = cell[name]
    # A product has no letter of its own: its operand says whether it is W·v or W·v_r.
    return _matvec(*_operands(cell, step)) if step.op is MATVEC else step.symbol


@lru_cache(maxsize=1024)
def plain(cell: Cell, name: str) -> str:
    """Return the same letter as plain text: C̃_t, W_f·v, f_t∘C_{t-1}."""
    text = letter(cell, name)
    for pattern, replacement in _UNICODE.items():
        text = re.sub(pattern, replacement, text)
    return text


def formula(cell: Cell, name: str) -> str:
    r"""Return one step in symbols: f_t = \sigma(z_f); only W_f \cdot v where it has no letter."""
    step = cell[name]
    own, right = letter(cell, name), RULES[step.op.name](*_operands(cell, step))
    return right if _composite(own) else f"{own} = {right}"


def equation(cell: Cell, name: str) -> str:
    r"""Return the board equation that the step belongs to: f_t = \sigma(W_f \cdot v + b_f)"""
    head = _head(cell, name)
    right = RULES[head.op.name](*(_in_full(cell, part) for part in head.inputs))
    return right if _composite(head.symbol) else f"{head.symbol} = {right}"


def _operands(cell: Cell, step: Step) -> tuple[str, ...]:
    if step.op in _BLOCKS:  # a block of W: the columns that meet h, or x
        W, a = step.inputs
        return f"{W[0]}_{{{W[2:]}{a[0]}}}", letter(cell, a)
    return tuple(letter(cell, part) for part in step.inputs)


def _braced(below: str) -> str:
    return below if len(below) == 1 else f"{{{below}}}"


def _composite(text: str) -> bool:
    return " " in text or "(" in text


def _head(cell: Cell, name: str) -> Step:
    """Return the step whose letter the equation starts with: the first on the board from here."""
    step = cell[name]
    user = next((later for later in cell.steps if name in later.inputs), None)
    return step if _BOARD.fullmatch(step.symbol) or user is None else _head(cell, user.name)


def _in_full(cell: Cell, name: str) -> str:
    """Return what stands in an equation for `name`: its letter, or what it is made of."""
    step = next((step for step in cell.steps if step.name == name), None)
    if step is None or _BOARD.fullmatch(step.symbol) or step.op in _BLOCKS:
        return letter(cell, name)
    return RULES[step.op.name](*(_in_full(cell, part) for part in step.inputs))


def entry_formula(cell: Cell, name: str) -> str:
    r"""Return the step for one entry j: f_j = \sigma(z_{f,j})."""
    step = cell[name]
    return f"{_entry(letter(cell, name), 'j')} = {_ENTRY_RULES[step.op.name](cell, step)}"


def _entry(text: str, index: str) -> str:
    """Return entry `index` of a letter; the time step is left away: f_t is f_j, x_t is x_{j-n}."""
    base, _, below = (f"({text})", "", "") if _composite(text) else text.partition("_")
    parts = (part for part in (below.strip("{}"), index) if part not in ("", "t"))
    return f"{base}_{_braced(','.join(parts))}"


def _elementwise(cell: Cell, step: Step) -> str:
    parts = [_operand_entry(cell, part) for part in step.inputs]
    if step.op is HADAMARD:
        return r"\, ".join(_factor(part) for part in parts)
    return RULES[step.op.name](*parts)


def _operand_entry(cell: Cell, name: str) -> str:
    """Write a composite operand out, f_j C_{t-1,j}; but keep (W·v)_j, which is a sum by itself."""
    text = letter(cell, name)
    if _composite(text) and cell[name].op.name not in _MATVECS:
        return _ENTRY_RULES[cell[name].op.name](cell, cell[name])
    return _entry(text, "j")


def _sum_entry(cell: Cell, step: Step) -> str:
    W, v = _operands(cell, step)
    return rf"\sum_{{k=1}}^{{{letters(step.inputs[1])[0]}}} ({W})_{{jk}}\, {_entry(v, 'k')}"


def _concat_entry(cell: Cell, step: Step) -> str:
    (first, second), size = _operands(cell, step), letters(step.inputs[0])[0]
    upper = rf"{_entry(first, 'j')} & j \le {size}"
    lower = rf"{_entry(second, f'j-{size}')} & j > {size}"
    return rf"\begin{{cases}} {upper} \\ {lower} \end{{cases}}"


_ENTRY_RULES: Mapping[str, Callable[[Cell, Step], str]] = {
    **dict.fromkeys(RULES, _elementwise),
    **dict.fromkeys(_MATVECS, _sum_entry),
    "concat": _concat_entry,
}


def columns(op: Op, W: Array, a: Array) -> slice:
    """Return which columns of W meet the vector a: all of them, the first or the last."""
    start = W.shape[1] - len(a) if op is MATVEC_LAST else 0
    return slice(start, start + len(a))


def number(x: float, decimals: int | None, rounded: bool = False) -> str:
    r"""Return a number in LaTeX, printed as everywhere else: -0.5, 1.1 \cdot 10^{-40}."""
    text = numeral(x, decimals, rounded).replace("−", "-")
    if not math.isfinite(x):
        return r"\text{undefined}" if math.isnan(x) else text.replace("∞", r"\infty")
    mantissa, _, power = text.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(power)}}}" if power else mantissa


def substitution(trace: Trace, t: int, name: str, decimals: int | None) -> str:
    """Return the step at time t with its numbers put in: formula = operands = result."""
    step, rounded = trace.cell[name], trace.cell.rounded(t)
    values = [trace[t, part] for part in step.inputs]
    if step.op in _BLOCKS:
        values[0] = values[0][:, columns(step.op, *values)]
    parts = zip((*step.inputs, name), (*values, trace[t, name]), strict=True)
    *given, result = (_matrix(array, decimals, part in rounded) for part, array in parts)
    return f"{formula(trace.cell, name)} = {RULES[step.op.name](*given)} = {result}"


def _matrix(values: Array, decimals: int | None, rounded: bool) -> str:
    rows = values.reshape(len(values), -1)
    lines = (" & ".join(number(float(x), decimals, rounded) for x in row) for row in rows)
    return rf"{_MATRIX} " + r" \\ ".join(lines) + r" \end{bmatrix}"
