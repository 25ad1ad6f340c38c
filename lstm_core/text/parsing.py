r"""Text to numbers and matrices. A closed list of forms is recognised; nothing is ever evaluated.

A number is first rewritten to one spelling (− to -, \sqrt{2} to √(2), 10⁻³ to 10^(-3)), and
then has to be, as a whole, one of the rows of `_FORMS`.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lstm_core.ops import Array
from lstm_core.text.matrix_text import LEFT_OUT, PASTE_FORMATS, abbreviated, cells, matrix_text
from lstm_core.text.pasted.piece import Piece
from lstm_core.text.pasted.read import pieces

__all__ = ["PASTE_FORMATS", "Typed", "matrix_text", "parse_matrix", "parse_number", "read_number"]

MAX_NUMBER = 100  # characters of one number: keeps every pattern below fast


@dataclass(frozen=True)
class Typed:
    """A number as it was typed; `unit` is one unit of its last decimal, 0.0 if it is exact."""

    value: float
    unit: float


def parse_number(text: str) -> float:
    r"""Return the number that was typed: 0.62, −2,5e-3, 1/3, 2^-1, √2, \frac{1}{3}, 1.5·10⁻³.

    Raises ValueError with one sentence made for the person who typed it.
    """
    return read_number(text).value


def read_number(text: str) -> Typed:
    """Return the number and its precision: 0.620 has the unit 0.001; 1/3 and √2 are exact (0.0).

    1,234 is refused, as it may mean 1.234 or 1234; so is what double precision cannot hold.
    Raises ValueError with one sentence made for the person who typed it.
    """
    try:
        return _read(text.strip())
    except ValueError as refused:
        raise ValueError(str(refused).replace("{given}", abbreviated(text))) from None


def parse_matrix(text: str) -> Array:
    """Return the (rows, columns) float64 array in a pasted text; 1 2 3 is 1×3.

    Reads spreadsheet blocks (tabs), CSV with , or ; and quotes, NumPy, JSON, MATLAB and LaTeX.
    1,2 is two entries, but with ; or tabs between entries its comma is the decimal one. Raises
    ValueError with one sentence that names row and column, counted from 1.
    """
    found = pieces(text)
    if len(found) > 1:
        names = ", ".join(abbreviated(one.name) for one in found[:4] if one.name)
        which = f", {names}" if names else ""
        raise ValueError(f"There are {len(found)} matrices here{which}; paste the one you mean.")
    return _array(found[0])


@dataclass(frozen=True, eq=False)
class Pasted:
    """A matrix (rows, columns) that was pasted, its name or "", and how it was read."""

    name: str
    array: Array
    sentence: str


def parse_matrices(text: str) -> tuple[Pasted, ...]:
    """Return every matrix of a pasted text, each with what was left out of it, in a sentence.

    Raises ValueError as `parse_matrix` does, for the first that cannot be read.
    """
    return tuple(Pasted(one.name, _array(one), one.sentence) for one in pieces(text))


def typed_entries(text: str) -> list[list[str]]:
    """Return the texts of the entries of one pasted matrix, row by row, every digit as typed."""
    found = pieces(text)
    if len(found) > 1 or found[0].factor or found[0].transposed:
        raise ValueError("Expected one row or column of numbers, as they are meant.")
    return cells(found[0].text)


def _array(piece: Piece) -> Array:
    rows = enumerate(cells(piece.text), 1)
    array = np.array([[_entry(cell, i, j) for j, cell in enumerate(row, 1)] for i, row in rows])
    if piece.factor:
        array = array * parse_number(piece.factor)
    return np.ascontiguousarray(array.T) if piece.transposed else array


def _entry(cell: str, i: int, j: int) -> float:
    try:
        return parse_number(cell)
    except ValueError as refused:
        raise ValueError(f"Row {i}, column {j}: {refused}") from None


_CHARACTERS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−➖﹣－¯", "-") | dict.fromkeys("×·⋅∙", "*") | {"{": "(", "}": ")"}
)
_FRACTIONS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5)}
_FRACTIONS |= {"⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8)}
_FRACTIONS |= {"⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)}
_ORDINARY = re.compile("[0-9.,eE/^+-]+")
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_REWRITES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\\(?:cdot|times)(?![a-zA-Z])"), "*"),
    # Brackets stay round the exponent, so that 2⁻¹3 is refused and not read as 2^-13.
    (re.compile("[⁻⁺⁰¹²³⁴-⁹]+"), lambda raised: f"^({raised[0].translate(_RAISED)})"),
    # Spaces that cannot join two numbers into one.
    (re.compile(r"(?<![\w.,])\s+|\s+(?![\w.,])"), ""),
    (re.compile(r"\\?sqrt(?=\()"), "√"),
)

_RARE = re.compile("[≈~≃≅xX%％]")
_RARE_REWRITES = (
    (re.compile("^[≈~≃≅]"), ""),
    (re.compile(r"(?<=[0-9.])\s*[xX]\s*(?=10\s*\^)"), "*"),
    (re.compile(r"\\%|％"), "%"),
)


def _spelled(text: str) -> str:
    if _ORDINARY.fullmatch(text):  # as most are: twice as fast
        return text
    if text[0] == text[-1] == "$":
        text = text.strip("$").strip()
    text = text.replace("{,}", ",").translate(_CHARACTERS)  # 0{,}62: LaTeX's decimal comma
    rewrites = (*_RARE_REWRITES, *_REWRITES) if _RARE.search(text) else _REWRITES
    for pattern, replacement in rewrites:
        text = pattern.sub(replacement, text)
    return text


_TOO_LARGE = "{given} is too large; double precision ends at about 1.8e308."
_TOO_SMALL = "{given} is too small; below about 4.9e-324 double precision holds only 0."
_BY_ZERO = "{given} divides by zero; expected a denominator other than 0."
_FAULTS: dict[type[ArithmeticError], str] = {OverflowError: _TOO_LARGE, ZeroDivisionError: _BY_ZERO}
_NEGATIVE_ROOT = "{given} is the root of a negative number; expected 0 or more under the root."


def _held(value: float, is_zero: bool) -> float:
    """Return the value, unless double precision made infinity, or 0 of what is not zero."""
    if math.isinf(value):
        raise ValueError(_TOO_LARGE)
    if value == 0 and not is_zero:
        raise ValueError(_TOO_SMALL)
    return value


def _split(text: str) -> tuple[str, int]:
    """Cut -1,5e3 into its digits, with a point, and its power of ten."""
    digits, _, power = text.lower().partition("e")
    if _TWO_READINGS.fullmatch(digits):
        readings = " or as ".join(digits.replace(",", point) for point in (".", ""))
        raise ValueError(f"{{given}} can be read as {readings}; type the one you mean.")
    return digits.replace(",", "."), int(power or 0)


def _value(digits: str, power: int) -> float:
    return _held(float(f"{digits}e{power}"), is_zero=not digits.strip("+-0."))


def _decimal(text: str) -> Typed:
    digits, power = _split(text)
    places = len(digits.partition(".")[2])
    return Typed(_value(digits, power), _held(float(f"1e{power - places}"), is_zero=True))


def _power_of_ten(sign: str, mantissa: str | None, power: str) -> Typed:
    """Read 1.5·10^-3 by way of 1.5e-3: the nearest double, which the product would miss."""
    typed = _decimal(f"{sign}{mantissa or 1}e{power.strip('()')}")
    return typed if mantissa else Typed(typed.value, 0.0)


def _percent(text: str) -> Typed:
    """Read 50 % as 0.50: the same digits, two places further down."""
    digits, power = _split(text)
    places = len(digits.partition(".")[2])
    return Typed(_value(digits, power - 2), _held(float(f"1e{power - places - 2}"), is_zero=True))


def _vulgar(sign: str, whole: str, fraction: str) -> Typed:
    over, under = _FRACTIONS[fraction]
    value = (int(whole or 0) * under + over) / under
    return Typed(-value if sign == "-" else value, 0.0)


def _root(sign: str, radicand: str) -> Typed:
    under = _value(*_split(radicand.strip("()")))
    if under < 0:
        raise ValueError(_NEGATIVE_ROOT)
    return Typed(math.copysign(math.sqrt(under), -1 if sign == "-" else 1), 0.0)


def _atom(text: str) -> float:
    sign, root, radicand = text.partition("√")
    return _root(sign, radicand).value if root else _value(*_split(text))


def _quotient(sign: str, over: str, under: str) -> Typed:
    numerator = _atom(over)
    value = _held(numerator / _atom(under), is_zero=numerator == 0)
    return Typed(-value if sign == "-" else value, 0.0)


def _power(sign: str, base: str, power: str) -> Typed:
    x = _value(*_split(base))
    value = _held(x ** int(power.strip("()")), is_zero=x == 0)
    return Typed(-value if sign == "-" else value, 0.0)


# [0-9], never \d: that would let other scripts' digits in.
_PLAIN = r"(?:[0-9]++(?:\.[0-9]*+|,[0-9]++)?|[.,][0-9]++)"
_DECIMAL = rf"[+-]?{_PLAIN}(?:[eE][+-]?[0-9]++)?"
_ROOT = rf"([+-]?)√({_PLAIN}|\({_DECIMAL}\))"
_ATOM = rf"([+-]?√(?:{_PLAIN}|\({_DECIMAL}\))|{_DECIMAL})"
_EXPONENT = r"\^([+-]?[0-9]++|\([+-]?[0-9]++\))"
_TWO_READINGS = re.compile("[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Typed]], ...] = (
    (re.compile(f"({_DECIMAL})"), _decimal),
    (re.compile(rf"([+-]?)(?:({_PLAIN})\*)?10{_EXPONENT}"), _power_of_ten),
    (re.compile(_ROOT), _root),
    (re.compile(f"(){_ATOM}/{_ATOM}"), _quotient),
    (re.compile(rf"([+-]?)\\[dt]?frac\({_ATOM}\)\({_ATOM}\)"), _quotient),
    (re.compile(f"([+-]?)({_PLAIN}){_EXPONENT}"), _power),
    (re.compile(f"({_DECIMAL})%"), _percent),
    (re.compile(f"([+-]?)([0-9]{{0,9}})([{''.join(_FRACTIONS)}])"), _vulgar),
)
_LIKE = "expected a number such as 0.62, -2.5e-3, 1/3, 2^-1 or sqrt(2)"
_REFUSALS = (
    (LEFT_OUT, "{given} stands for numbers left out"),
    (re.compile(r"[+-]?(?:nan|inf|infinity|∞|\\infty)", re.I), "{given} is not a finite number"),
    (re.compile(r".*[0-9]_[0-9].*"), "{given} has a _ between its digits"),
    (re.compile(r"[+-]?0[xob].*", re.I), "{given} is not written in base ten"),
    (re.compile(r".*(?![0-9])\d.*"), "{given} has digits other than 0 to 9"),
    (re.compile(r".*\*\*.*"), "{given} has a **, where ^ marks a power"),
    (re.compile(r".*", re.S), "{given} is not a number in a form known here"),
)


@lru_cache(maxsize=8192)  # matrices are full of equal cells
def _read(text: str) -> Typed:
    if not text:
        raise ValueError(f"No number was given; {_LIKE}.")
    if len(text) > MAX_NUMBER:
        raise ValueError(f"{{given}} has {len(text)} characters; expected at most {MAX_NUMBER}.")
    spelled = _spelled(text)
    for pattern, reader in _FORMS:
        if match := pattern.fullmatch(spelled):
            try:
                return reader(*match.groups())
            except ArithmeticError as fault:
                raise ValueError(_FAULTS[type(fault)]) from None
    raise ValueError(next(f"{why}; {_LIKE}." for p, why in _REFUSALS if p.fullmatch(spelled)))
