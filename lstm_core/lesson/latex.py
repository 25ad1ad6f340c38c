"""LaTeX of a cell: one rule for each operation, used for letters and for numbers alike.

Only names from the cell's table and printed numbers are ever set, never text that someone typed.
"""

import math
import re
from collections.abc import Callable, Mapping

from lstm_core.backpropagation.ops import PART_FIRST, TANH_SLOPE
from lstm_core.backpropagation.rows import operand_places
from lstm_core.cell import Cell, Step
from lstm_core.lesson.letters import (
    BLOCKS,
    MATRIX,
    composite,
    entry,
    letter,
    matvec,
    named,
    operands,
)
from lstm_core.lesson.printing import rounded_names
from lstm_core.ops import HADAMARD, Array, columns
from lstm_core.shapes import letters
from lstm_core.text.numerals import numeral
from lstm_core.trace import Trace

# v, f_t, \tilde{C}_t: the letters of the lesson; and the whole gradients
_BOARD = re.compile(r"v|(\w|\\tilde\{\w\})_t|\\frac\{\\partial L\}.*")
_MATVECS = ("matvec", "matvec_first", "matvec_last")
_TRANSPOSED = ("matvec_t", "matvec_t_first", "matvec_t_last")
_PARTS = ("part_first", "part_last")
_INDICATOR = r"\mathbf{1}"


def _enclosed(left: str, text: str, right: str) -> str:
    # Operands come as letters or as matrices of numbers: brackets grow to the matrix.
    tall = MATRIX in text or r"\frac" in text
    return rf"\left{left}{text}\right{right}" if tall else f"{left}{text}{right}"


def _call(function: str) -> Callable[..., str]:
    return lambda z: function + _enclosed("(", z, ")")


def _factor(text: str) -> str:
    return f"({text})" if (" + " in text or " - " in text) and not named(text) else text


def _added(*parts: str) -> str:
    return " + ".join(parts).replace(" + -", " - ")


def _over_time(*shares: str) -> str:
    """In letters one share stands for all of them; in numbers each is there."""
    return _added(*shares) if len(shares) > 1 else rf"\sum_{{t=1}}^{{T}} {shares[0]}"


def _transposed(W: str, a: str) -> str:
    return rf"{W}^\top {a}" if MATRIX in W else rf"{W}^\top \cdot {a}"


RULES: Mapping[str, Callable[..., str]] = {
    **dict.fromkeys(("concat", "beside"), lambda a, b: _enclosed("[", rf"{a},\, {b}", "]")),
    **dict.fromkeys(_MATVECS, matvec),
    **dict.fromkeys(_TRANSPOSED, _transposed),
    **dict.fromkeys(("add", "sum"), _added),
    "over_time": _over_time,
    **dict.fromkeys(_PARTS, lambda a, which: _enclosed("(", a, ")") + f"_{{{which}}}"),
    **dict.fromkeys(("copy", "none", "left_out"), lambda a: a),
    "negative": lambda a: f"-{_factor(a)}",
    "outer": lambda a, b: rf"{a}\, {b}^\top",
    "hadamard": lambda a, b: rf"{_factor(a)} \circ {_factor(b)}",
    "one_minus": lambda a: f"1 - {_factor(a)}",
    "sigmoid": _call(r"\sigma"),
    "tanh": _call(r"\tanh"),
    "relu": _call(r"\mathrm{ReLU}"),
    "hard": _call(r"\text{hard}\,\sigma"),
    "hard_six": _call(r"\text{hard}\,\sigma_6"),
    "sigmoid_slope": lambda y: rf"{y} \circ (1 - {y})",
    "tanh_slope": lambda y: rf"1 - {y} \circ {y}",
    "relu_slope": lambda z: _INDICATOR + _enclosed("(", f"{z} > 0", ")"),
    "hard_slope": lambda z: rf"0.2\, {_INDICATOR}" + _enclosed("(", f"-2.5 < {z} < 2.5", ")"),
    "hard_six_slope": lambda z: (
        rf"\frac{{1}}{{6}}\, {_INDICATOR}" + _enclosed("(", f"-3 < {z} < 3", ")")
    ),
}


def formula(cell: Cell, name: str) -> str:
    r"""Return one step in symbols: f_t = \sigma(z_f); only W_f \cdot v where it has no letter."""
    step = cell[name]
    own, right = letter(cell, name), RULES[step.op.name](*operands(cell, step))
    return right if composite(own) else f"{own} = {right}"


def equation(cell: Cell, name: str) -> str:
    r"""Return the board equation that the step belongs to: f_t = \sigma(W_f \cdot v + b_f)"""
    head = _head(cell, name)
    right = _written_out(cell, head)
    return right if composite(head.symbol) else f"{head.symbol} = {right}"


def _head(cell: Cell, name: str) -> Step:
    """Return the step whose letter the equation starts with: the first on the board from here."""
    step = cell[name]
    if _BOARD.fullmatch(step.symbol) or not (users := cell.readers(name)):
        return step
    return _head(cell, users[0].name)


def _in_full(cell: Cell, name: str) -> str:
    """Return what stands in an equation for `name`: its letter, or what it is made of."""
    step = cell.get(name)
    lettered = step is None or _BOARD.fullmatch(step.symbol)
    return letter(cell, name) if lettered or step is None else _written_out(cell, step)


def _written_out(cell: Cell, step: Step) -> str:
    if step.op in BLOCKS or step.op.name in _PARTS:
        return RULES[step.op.name](*operands(cell, step))
    return RULES[step.op.name](*(_in_full(cell, part) for part in step.inputs))


def entry_formula(cell: Cell, name: str) -> str:
    r"""Return the step for one entry j, of a matrix jk: f_j = \sigma(z_{f,j})."""
    step, index = cell[name], "jk" if len(letters(name)) == 2 else "j"
    return f"{entry(letter(cell, name), index)} = {_ENTRY_RULES[step.op.name](cell, step)}"


def _elementwise(cell: Cell, step: Step) -> str:
    parts = [_operand_entry(cell, part) for part in step.inputs]
    if step.op is HADAMARD:
        return r"\, ".join(_factor(part) for part in parts)
    return RULES[step.op.name](*parts)


def _operand_entry(cell: Cell, name: str) -> str:
    """Write a composite operand out, f_j C_{t-1,j}; but keep (W·v)_j, which is a sum by itself."""
    text = letter(cell, name)
    if composite(text) and cell[name].op.name not in _MATVECS:
        return _ENTRY_RULES[cell[name].op.name](cell, cell[name])
    return entry(text, "j")


def _slope_entry(cell: Cell, step: Step) -> str:
    y = _operand_entry(cell, step.inputs[0])
    return f"1 - {y}^2" if step.op is TANH_SLOPE else rf"{y}\, (1 - {y})"


def _sum_entry(cell: Cell, step: Step) -> str:
    (W, v), size = operands(cell, step), letters(step.operands[1], cell.projected)[0]
    at = "kj" if step.op.name in _TRANSPOSED else "jk"
    return rf"\sum_{{k=1}}^{{{size}}} ({W})_{{{at}}}\, {entry(v, 'k')}"


def _outer_entry(cell: Cell, step: Step) -> str:
    a, b = operands(cell, step)
    return rf"{entry(a, 'j')}\, {entry(b, 'k')}"


def _over_time_entry(cell: Cell, step: Step) -> str:
    (share,) = operands(cell, step)
    return _over_time(entry(share, "jk" if len(letters(step.name)) == 2 else "j"))


def _part_entry(cell: Cell, step: Step) -> str:
    whole, which = operands(cell, step)
    return entry(whole, "j" if step.op is PART_FIRST else which.split("+")[0] + "+j")


def _concat_entry(cell: Cell, step: Step) -> str:
    (first, second), size = operands(cell, step), letters(step.inputs[0], cell.projected)[-1]
    row, at = ("", "j") if step.op.name == "concat" else ("j,", "k")
    upper = rf"{entry(first, row + at)} & {at} \le {size}"
    lower = rf"{entry(second, f'{row}{at}-{size}')} & {at} > {size}"
    return rf"\begin{{cases}} {upper} \\ {lower} \end{{cases}}"


_ENTRY_RULES: Mapping[str, Callable[[Cell, Step], str]] = {
    **dict.fromkeys(RULES, _elementwise),
    **dict.fromkeys((*_MATVECS, *_TRANSPOSED), _sum_entry),
    **dict.fromkeys(_PARTS, _part_entry),
    **dict.fromkeys(("sigmoid_slope", "tanh_slope"), _slope_entry),
    **dict.fromkeys(("concat", "beside"), _concat_entry),
    "outer": _outer_entry,
    "over_time": _over_time_entry,
}


def number(x: float, decimals: int | None, rounded: bool = False) -> str:
    r"""Return a number in LaTeX, printed as everywhere else: -0.5, 1.1 \cdot 10^{-40}."""
    text = numeral(x, decimals, rounded).replace("−", "-")
    if not math.isfinite(x):
        return r"\text{undefined}" if math.isnan(x) else text.replace("∞", r"\infty")
    mantissa, _, power = text.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(power)}}}" if power else mantissa


def substitution(trace: Trace, t: int, name: str, decimals: int | None) -> str:
    """Return the step at time t with its numbers put in: formula = operands = result."""
    step, rounded = trace.cell[name], rounded_names(trace.cell, t)
    read = operand_places(step, t, len(trace))
    places = (*(read[:-1] if step.op.sized else read), (t, name))
    values = [trace[place] for place in places]
    if step.op in BLOCKS:
        values[0] = values[0][:, columns(step.op, values[0], trace[t, step.inputs[-1]])]
    texts = (
        _matrix(x, decimals, part in rounded) for (_, part), x in zip(places, values, strict=True)
    )
    *given, result = texts
    which = operands(trace.cell, step)[len(given) :]  # of a part, which it is
    return f"{formula(trace.cell, name)} = {RULES[step.op.name](*given, *which)} = {result}"


def _matrix(values: Array, decimals: int | None, rounded: bool) -> str:
    rows = values.reshape(len(values), -1)
    lines = (" & ".join(number(float(x), decimals, rounded) for x in row) for row in rows)
    return rf"{MATRIX} " + r" \\ ".join(lines) + r" \end{bmatrix}"
