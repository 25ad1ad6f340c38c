"""One number explained: the rule in words, the numbers put in, and where they came from.

The printed line is true: read back and calculated, it gives the printed result. Where operands
rounded to the wished places would not, they are printed with as many places more as it takes.
"""

import math
from dataclasses import dataclass

import numpy as np

from lstm_core.lesson.latex import plain
from lstm_core.lesson.printing import rounded_names
from lstm_core.lesson.rules import RULES, Sources
from lstm_core.ops import sigmoid
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address, Trace

MOST_PLACES = 15  # from here on, writing every digit is shorter
HAIR = (1.0 - 4e-15, 1.0, 1.0 + 4e-15)  # what two implementations of σ and tanh may differ by
SATURATED = 0.01  # the slope below which a squash hardly reacts
LAST_DIGITS = "The last digits can differ: double precision rounds after every operation."


@dataclass(frozen=True)
class Explanation:
    """How one number came about: `sources` are the entries used, in the order of reading.

    `terms` are the printed terms of the sum (of a line that is no sum, the line itself), and
    `note` is one sentence where something can mislead, else "".
    """

    rule: str
    substitution: str
    result: str
    sources: Sources
    terms: tuple[str, ...]
    note: str


def explain(trace: Trace, address: Address, decimals: int | None) -> Explanation:
    """Explain the number at `address`, an entry of a step, with `decimals` places (None: all).

    The step may be one of the backward pass, of a trace that `backprop` gave. Raises KeyError where
    the cell has no such step, ValueError where `index` is not one entry.
    """
    rule = RULES[trace.cell[address.step].op.name]
    if len(address.index) != trace[address.t, address.step].ndim:
        raise ValueError(f"One entry of {address.step} can be explained, given {address.index}.")
    result, used = _printed(trace, address, decimals), rule.sources(trace, address)
    texts, true = _operands(trace, address, used, decimals)
    terms = rule.terms(texts)
    line = " + ".join(terms)
    note = _note(trace, address, used, line, result) or ("" if true else LAST_DIGITS)
    return Explanation(_words(trace, address, used), line, result, used, terms, note)


def sources(trace: Trace, address: Address) -> Sources:
    """Return the addresses of the entries that this one was worked out from."""
    return RULES[trace.cell[address.step].op.name].sources(trace, address)


def _words(trace: Trace, address: Address, sources: Sources) -> str:
    """Fill in the names and the entries, which count from 1 on the page."""
    cell, first = trace.cell, sources[0].index[-1] + 1
    y, a, b = (plain(cell, at.step) for at in (address, sources[0], sources[-1]))
    words, last = RULES[cell[address.step].op.name].words, first + len(sources) // 2 - 1
    j, k = address.index[0] + 1, address.index[-1] + 1
    return words.format(y=y, a=a, b=b, j=j, k=k, first=first, last=last)


def _printed(trace: Trace, address: Address, places: int | None) -> str:
    return numeral(
        float(trace[address]), places, rounded=address.step in rounded_names(trace.cell, address.t)
    )


def _read(text: str) -> float:
    return float(text.replace("−", "-").replace("∞", "inf").replace("undefined", "nan"))


def _operands(
    trace: Trace, address: Address, sources: Sources, decimals: int | None
) -> tuple[list[str], bool]:
    """Print the operands with as few places as make the line true; False where none do."""
    op, wanted = trace.cell[address.step].op, _printed(trace, address, decimals)
    more = () if decimals is None else range(decimals, MOST_PLACES)
    near = HAIR if op.name in _SQUASHES and decimals is not None else (1.0,)
    rounded = address.step in rounded_names(trace.cell, address.t)
    for places in (*more, None):
        texts = [_printed(trace, source, places) for source in sources]
        with np.errstate(all="ignore"):  # an overflow is a value to show
            value = RULES[op.name].value([_read(text) for text in texts])
        if all(numeral(value * factor, decimals, rounded) == wanted for factor in near):
            return texts, True
    return texts, False


# σ and tanh are one curve: tanh(z) = 2σ(2z) − 1. The factor is all that the notes have to know.
_SQUASHES = {"sigmoid": ("σ", 1.0), "tanh": ("tanh", 2.0)}


def _note(trace: Trace, address: Address, sources: Sources, line: str, result: str) -> str:
    if not all(math.isfinite(trace[at]) for at in (*sources, address)):
        return "Too large for double precision: the largest number it holds is about 1.8e308."
    if (op := trace.cell[address.step].op.name) not in _SQUASHES:
        return ""
    z, letter = float(trace[sources[0]]), plain(trace.cell, sources[0].step)
    return _tail(*_SQUASHES[op], z, letter, line, result)


def _tail(name: str, factor: float, z: float, letter: str, line: str, result: str) -> str:
    """Say what printing hides: that the limit is not reached, that the curve is flat here."""
    # Both distances as tails of σ, where every digit is kept: 1 − 1.0 would be 0.
    above, below = (factor * float(sigmoid(np.asarray(s * z))) for s in (-factor, factor))
    if _read(result) == 1.0:
        return f"{line} is not 1: 1 − {line} {_about(above)}."
    if _read(result) == 1.0 - factor:
        return f"{line} is not {numeral(1.0 - factor, 0)}: the distance is {_about(below)}."
    if above * below >= SATURATED:
        return ""
    slope = f"{name}′({letter}) {_about(above * below)}"
    return f"Saturated: {slope}, so a small change of {letter} changes almost nothing."


def _about(x: float) -> str:
    """Print two digits of a number that may be far too small to store."""
    return f"≈ {numeral(float(f'{x:.2g}'), None)}".replace("e−0", "e−") if x else "< 5e−324"
