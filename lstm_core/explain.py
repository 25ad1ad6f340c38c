"""One number explained: the rule in words, the numbers put in, and where they came from.

The printed line is true: read back and calculated, it gives the printed result. Where operands
rounded to the wished places would not, they are printed with as many places more as it takes.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from lstm_core.latex import columns, plain
from lstm_core.numerals import numeral
from lstm_core.ops import CONCAT, MATVEC, MATVEC_FIRST, MATVEC_LAST, Op, sigmoid
from lstm_core.trace import Address, Trace

Sources = tuple[Address, ...]
Terms = Callable[[Sequence[str]], tuple[str, ...]]  # printed operands to printed terms

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


@dataclass(frozen=True, eq=False)
class Rule:
    """How one operation is explained: in words, its operands, and as printed terms."""

    words: str
    sources: Callable[[Trace, Address], Sources]
    terms: Terms


def explain(trace: Trace, address: Address, decimals: int | None) -> Explanation:
    """Explain the number at `address`, an entry of a step, with `decimals` places (None: all).

    Raises KeyError where the cell has no such step, ValueError where `index` is not one entry.
    """
    rule = RULES[trace.cell[address.step].op.name]
    if len(address.index) != 1:
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
    return words.format(y=y, a=a, b=b, j=address.index[0] + 1, first=first, last=last)


def _printed(trace: Trace, address: Address, places: int | None) -> str:
    return numeral(
        float(trace[address]), places, rounded=address.step in trace.cell.rounded(address.t)
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
    rounded = address.step in trace.cell.rounded(address.t)
    for places in (*more, None):
        texts = [_printed(trace, source, places) for source in sources]
        value = _value(op, [_read(text) for text in texts])
        if all(numeral(value * factor, decimals, rounded) == wanted for factor in near):
            return texts, True
    return texts, False


def _value(op: Op, values: list[float]) -> float:
    """Calculate the line as it is read: a sum of products from left to right."""
    if op is CONCAT:
        return values[0]
    with np.errstate(all="ignore"):  # an overflow is a value to show
        if op in (MATVEC, MATVEC_FIRST, MATVEC_LAST):
            return float(np.add.accumulate(np.multiply(values[::2], values[1::2]))[-1])
        return float(op.forward(*(np.float64(x) for x in values)))


def _copied(trace: Trace, address: Address) -> Sources:
    first, second = trace.cell[address.step].inputs
    (j,), size = address.index, len(trace[address.t, first])
    name, k = (first, j) if j < size else (second, j - size)
    return (Address(name, address.t, (k,)),)


def _row(trace: Trace, address: Address) -> Sources:
    """Row j of W and the vector, in turn: W[j, 0], v[0], W[j, 1], v[1], …"""
    step, t = trace.cell[address.step], address.t
    (W, v), (j,) = step.inputs, address.index
    start = columns(step.op, trace[t, W], trace[t, v]).start
    pairs = ((Address(W, t, (j, start + k)), Address(v, t, (k,))) for k in range(len(trace[t, v])))
    return tuple(chain.from_iterable(pairs))


def _same_entry(trace: Trace, address: Address) -> Sources:
    return tuple(replace(address, step=name) for name in trace.cell[address.step].inputs)


def _signed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def _product(texts: Sequence[str]) -> tuple[str, ...]:
    return ("·".join(_signed(text) for text in texts),)


def _products(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(_product(pair)[0] for pair in zip(texts[::2], texts[1::2], strict=True))


def _addends(texts: Sequence[str]) -> tuple[str, ...]:
    return texts[0], *(_signed(text) for text in texts[1:])


def _from_one(texts: Sequence[str]) -> tuple[str, ...]:
    return (f"1 − {_signed(texts[0])}",)


def _call(pattern: str) -> Terms:
    return lambda texts: (pattern.format(*texts),)


_ROW = "Row {j} of {a} times {b}, term by term, added up."
_BLOCK = "Row {j} of {a}, columns {first} to {last}, times {b}, term by term, added up."
RULES: Mapping[str, Rule] = {
    "concat": Rule("Entry {j} of {y} is entry {first} of {a}.", _copied, tuple),
    "matvec": Rule(_ROW, _row, _products),
    "matvec_first": Rule(_BLOCK, _row, _products),
    "matvec_last": Rule(_BLOCK, _row, _products),
    "add": Rule("Entry {j} of {a} plus entry {j} of {b}.", _same_entry, _addends),
    "hadamard": Rule("Entry {j} of {a} times entry {j} of {b}.", _same_entry, _product),
    "one_minus": Rule("1 minus entry {j} of {a}.", _same_entry, _from_one),
    "sigmoid": Rule("σ of entry {j} of {a}.", _same_entry, _call("σ({})")),
    "tanh": Rule("tanh of entry {j} of {a}.", _same_entry, _call("tanh({})")),
    "relu": Rule("Entry {j} of {a} if positive, else 0.", _same_entry, _call("max(0, {})")),
}


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
