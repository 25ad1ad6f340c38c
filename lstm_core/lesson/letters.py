r"""The letter of every name: W_f, \tilde{C}_t, \frac{\partial L}{\partial z_f}; as LaTeX and plain.

A gradient's letter holds that of its value, so all that is known of z_f is known of ∂L/∂z_f too.
"""

import re
from functools import lru_cache

from lstm_core.backpropagation.ops import MATVEC_T_FIRST, MATVEC_T_LAST, PART_FIRST, PART_LAST
from lstm_core.cell import Cell, Step
from lstm_core.ops import MATVEC, MATVEC_FIRST, MATVEC_LAST
from lstm_core.shapes import letters

BLOCKS = (MATVEC_FIRST, MATVEC_LAST, MATVEC_T_FIRST, MATVEC_T_LAST)
MATRIX = r"\begin{bmatrix}"
_GIVEN = {"x": "x_t", "h_prev": "h_{t-1}", "C_prev": "C_{t-1}"}
# A gradient, whole or that part of it which comes through one of the readers of the value.
_GRADIENT = re.compile(
    r"(\\left\.)?\\frac\{\\partial L\}\{\\partial ((?:(?!\\partial).)*?)\}(\\right\|_\{.*\})?"
)
_SLOPE = re.compile(r"((?:\\text\{hard\}\\,)?\\\w+(?:\{ReLU\})?')\((.*)\)")
_UNICODE = {
    r"\\left\.(.*)\\right\|_\{(.*)\}": r"\1|\2",
    r"\\frac\{\\partial L\}\{\\partial (.*?)\}(\||$)": r"∂L/∂\1\2",
    r"\\tilde\{(\w)\}": "\\1\N{COMBINING TILDE}",
    r"\\(?:text|mathrm)\{(\w+)\}": r"\1",
    r"\\,": " ",
    r" \\circ ": "∘",
    r" \\cdot ": "·",
    r"\\tanh": "tanh",
    r"\\sigma": "σ",
    r"'": "′",
    r" - ": " − ",
    r"_t\b": "ₜ",
    r"_\{t − 1\}|_\{t-1\}": "ₜ₋₁",
    r"_\{(\w+)\}": r"_\1",
}


@lru_cache(maxsize=4096)  # asked for at every cell of a page, as the plain letters are
def letter(cell: Cell, name: str) -> str:
    r"""Return the LaTeX of a name: \tilde{C}_t, W_f, h_{t-1}. KeyError where the cell has none."""
    if name in _GIVEN:
        return _GIVEN[name]
    if name in cell.params and name.startswith("seed_"):
        return through(gradient(letter(cell, name[5:])), r"\text{direct}")
    if name in cell.states and name.endswith(
        "_next"
    ):  # what the next time step hands back: dh_next
        return through(gradient(letter(cell, name[1:-5])), "t+1")
    if name in cell.params:
        base, _, below = name.partition("_")
        return f"{base}_{braced(below)}"
    step = cell[name]
    # W·v has no letter of its own: its operand says whether it is W·v or W·v_r.
    is_product = step.op is MATVEC and composite(step.symbol)
    return matvec(*operands(cell, step)) if is_product else step.symbol


@lru_cache(maxsize=4096)
def plain(cell: Cell, name: str) -> str:
    """Return the same letter as plain text: C̃_t, W_f·v, f_t∘C_{t-1}, ∂L/∂z_f."""
    return as_plain(letter(cell, name))


def as_plain(text: str) -> str:
    """Return letters in LaTeX as plain text."""
    for pattern, replacement in _UNICODE.items():
        text = re.sub(pattern, replacement, text)
    return text


def gradient(of: str) -> str:
    r"""Return the letter of the gradient of a value: \frac{\partial L}{\partial z_f}"""
    return rf"\frac{{\partial L}}{{\partial {f'({of})' if ' ' in of else of}}}"


def through(whole: str, reader: str) -> str:
    """Return the letter of the part of a gradient that comes through one reader of the value."""
    return rf"\left.{whole}\right|_{{{reader}}}"


def operands(cell: Cell, step: Step) -> tuple[str, ...]:
    """Return the letters of a step's operands; of a block of W, and of a part, which it is."""
    parts = tuple(letter(cell, part) for part in step.operands)
    if step.op in BLOCKS:  # the columns of W that meet h, or x
        return block(step.inputs[0], step.inputs[-1]), *parts[1:]
    if step.op in (PART_FIRST, PART_LAST):
        return *parts, _range(cell, step)
    return parts


def block(W: str, like: str) -> str:
    r"""Return the letter of the block of W that meets a vector: W_{hx} meets x."""
    return f"{W[0]}_{{{W[2:]}{like[0]}}}"


def _range(cell: Cell, step: Step) -> str:
    size = letters(step.inputs[1], cell.projected)[0]
    if step.op is PART_FIRST:
        return rf"1 \ldots {size}"
    other = "m" if size != "m" else letters("h", cell.projected)[0]
    return rf"{other}+1 \ldots {other}+{size}"


def matvec(W: str, v: str) -> str:
    """Return a matrix times a vector, in letters or in numbers."""
    return f"{W} {v}" if MATRIX in W else rf"{W} \cdot {v}"


def braced(below: str) -> str:
    """Return a subscript, in braces where it needs them."""
    return below if len(below) == 1 else f"{{{below}}}"


def named(text: str) -> bool:
    """Return whether the letter is that of a gradient or of a slope, whatever stands in it."""
    return bool(_GRADIENT.fullmatch(text) or _SLOPE.fullmatch(text))


def composite(text: str) -> bool:
    """Return whether the letter is an expression, and no letter of its own: W_f·v, tanh(C_t)."""
    return (" " in text or "(" in text) and not named(text)


def entry(text: str, index: str) -> str:
    """Return entry `index` of a letter; the time step is left away: f_t is f_j, x_t is x_{j-n}."""
    if found := _GRADIENT.fullmatch(text):
        left, inner, right = (part or "" for part in found.groups())
        inner = inner[1:-1] if inner.startswith("(") else inner
        return rf"{left}\frac{{\partial L}}{{\partial {entry(inner, index)}}}{right}"
    if found := _SLOPE.fullmatch(text):
        return f"{found[1]}({entry(found[2], index)})"
    base, _, below = (f"({text})", "", "") if composite(text) else text.partition("_")
    parts = (part for part in (below.strip("{}"), index) if part not in ("", "t"))
    return f"{base}_{braced(','.join(parts))}"
