"""Numbers as they are printed: display only, never part of the calculation."""

import math

TOO_LONG = 1e7  # from here on, scientific notation is easier to read


def numeral(x: float, decimals: int | None, rounded: bool = False) -> str:
    """Return `x` with `decimals` places (None: every digit), trailing zeros dropped.

    `rounded` keeps the zeros: it marks a number that is irrational however short it looks, as
    σ(92), which prints as 1.0000 and is not 1. Too large or too small for that many places, it is
    written as 1.1e−40. The minus sign is the typographic one, which parse_number reads as well.
    """
    if not math.isfinite(x):
        return "undefined" if math.isnan(x) else "∞" if x > 0 else "−∞"
    x = x + 0.0  # −0 is printed as 0
    if decimals is None:  # Python writes no zero too many, but for that of a whole number
        return repr(float(x)).removesuffix(".0").replace("-", "−")
    text = f"{x:.{decimals}f}"
    if abs(x) >= TOO_LONG or (x != 0 and float(text) == 0):
        text = _scientific(x, decimals)
    elif "." in text and not rounded:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def _scientific(x: float, decimals: int) -> str:
    """Write x as mantissa and power of ten, without padding: 1.1e-40, not 1.1000e-40."""
    mantissa, power = f"{x:.{decimals}e}".split("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(power)}"


def how_many(count: int, noun: str, plural: str = "") -> str:
    """Return so many of something: 1 time step, 3 time steps, 2,000 entries."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {plural or f'{noun}s'}"
