"""Codes to type from paper: eight letters and digits for one number, the last of them a check.

The alphabet has no 0, 1, I, L or O, which look alike. It has 31 signs, a prime, so one sign that
was mistyped, or any two that changed places, are always noticed.
"""

import re
from collections.abc import Iterable

from lstm_core.text.matrix_text import abbreviated

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
CAPACITY: int = len(ALPHABET) ** (LENGTH - 1)

_BASE = len(ALPHABET)
_SPREAD = 10_888_869_451  # no multiple of 31: neighbouring numbers get codes that look unlike
_GATHER = pow(_SPREAD, -1, CAPACITY)
_GAPS = re.compile(r"[\s\-‐‑‒–—−]+")
_SIGNS = "the digits 2 to 9 and the letters A to Z without I, L and O"


def encode(number: int) -> str:
    """Return the code of a number from 0 to CAPACITY − 1, in two groups of four."""
    rest, digits = number * _SPREAD % CAPACITY, []
    for _ in range(LENGTH - 1):
        rest, digit = divmod(rest, _BASE)
        digits.append(digit)
    # The check has the weight 8, and makes the weighted sum a multiple of 31.
    digits.append(-_weighted(digits) * pow(LENGTH, -1, _BASE) % _BASE)
    return _written("".join(ALPHABET[digit] for digit in digits))


def decode(text: str) -> int:
    """Return the number of a code, in capitals or not, with or without its hyphen.

    Raises ValueError, in one plain sentence, for a text that is no code or has a slip in it.
    """
    code = _signs(text)
    digits = [ALPHABET.index(sign) for sign in code]
    if _weighted(digits) % _BASE:
        slip = "one of its signs is mistyped, or two are swapped"
        raise ValueError(f"{_written(code)} is no worksheet code: {slip}.")
    number = 0
    for digit in reversed(digits[:-1]):
        number = number * _BASE + digit
    return number * _GATHER % CAPACITY


def _signs(text: str) -> str:
    code = _GAPS.sub("", text[:200])
    for sign in code:
        if not sign.isascii() or sign.upper() not in ALPHABET:
            raise ValueError(f"A worksheet code is made of {_SIGNS}; given {abbreviated(sign)}.")
    if len(code) != LENGTH or len(text) > 200:
        given = abbreviated(text) if code else "nothing"
        raise ValueError(f"A worksheet code has {LENGTH} letters and digits; given {given}.")
    return code.upper()


def _written(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def _weighted(digits: Iterable[int]) -> int:
    return sum(weight * digit for weight, digit in enumerate(digits, 1))
