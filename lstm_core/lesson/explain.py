"""One number explained: the rule in words, the numbers put in, and where they came from.

The printed line is true: read back and calculated, it gives the printed result. Where operands
rounded to the wished places would not, they are printed with as many places more as it takes.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from lstm_core.backpropagation.ops import ALL_OPS, PART_LAST
from lstm_core.backpropagation.rows import operand_places
from lstm_core.cells import facts
from lstm_core.lesson.letters import plain
from lstm_core.lesson.printing import printed, rounded_names
from lstm_core.lesson.words import of_kind, words
from lstm_core.looks.activations import SATURATED, bounded
from lstm_core.ops import columns, sigmoid
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address, Trace

MOST_PLACES = 15  # from here on, writing every digit is shorter
HAIR = (1.0 - 4e-15, 1.0, 1.0 + 4e-15)  # what two implementations of σ and tanh may differ by
WORDS = words("explain")
LAST_DIGITS = WORDS.text("note", "last digits")

Sources = tuple[Address, ...]
Find = Callable[[Trace, Address], Sources]
Terms = Callable[[Sequence[str]], tuple[str, ...]]  # printed operands to printed terms
Value = Callable[[Sequence[float]], float]  # operands, read back, to the value of the line


@dataclass(frozen=True, eq=False)
class Rule:
    """How one operation is explained: its operands, the terms printed from them, their value.

    Its words stand in words/explain.txt.
    """

    sources: Find
    terms: Terms
    value: Value


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
    result, used = printed(trace, address, decimals), rule.sources(trace, address)
    texts, true = _operands(trace, address, used, decimals)
    terms = rule.terms(texts)
    line = " + ".join(terms)
    note = _note(trace, address, used, line, result) or ("" if true else LAST_DIGITS)
    return Explanation(_rule_sentence(trace, address, used), line, result, used, terms, note)


def sources(trace: Trace, address: Address) -> Sources:
    """Return the addresses of the entries that this one was worked out from."""
    return RULES[trace.cell[address.step].op.name].sources(trace, address)


def _rule_sentence(trace: Trace, address: Address, sources: Sources) -> str:
    """Return the rule in words, with the names and the entries, which count from 1 on the page."""
    first, names = sources[0].index[-1] + 1, (address.step, sources[0].step, sources[-1].step)
    y, a, b = (plain(trace.cell, name) for name in names)
    known = {"y": y, "a": a, "b": b, "j": address.index[0] + 1, "k": address.index[-1] + 1}
    known |= {"first": first, "last": first + len(sources) // 2 - 1, "T": len(trace)}
    return WORDS.text(trace.cell[address.step].op.name, "rule", known)


def _read(text: str) -> float:
    return float(text.replace("−", "-").replace("∞", "inf").replace("undefined", "nan"))


def _operands(
    trace: Trace, address: Address, sources: Sources, decimals: int | None
) -> tuple[list[str], bool]:
    """Print the operands with as few places as make the line true; False where none do."""
    op, wanted = trace.cell[address.step].op, printed(trace, address, decimals)
    more = () if decimals is None else range(decimals, MOST_PLACES)
    near = HAIR if op.name in _SQUASHES and decimals is not None else (1.0,)
    rounded = address.step in rounded_names(trace.cell, address.t)
    for places in (*more, None):
        texts = [printed(trace, source, places) for source in sources]
        with np.errstate(all="ignore"):  # an overflow is a value to show
            value = RULES[op.name].value([_read(text) for text in texts])
        if all(numeral(value * factor, decimals, rounded) == wanted for factor in near):
            return texts, True
    return texts, False


# σ and tanh are one curve: tanh(z) = 2σ(2z) − 1. The factor is all that the notes have to know.
_SQUASHES = {"sigmoid": ("σ", 1.0), "tanh": ("tanh", 2.0)}


def _note(trace: Trace, address: Address, sources: Sources, line: str, result: str) -> str:
    if not all(math.isfinite(trace[at]) for at in (*sources, address)):
        return WORDS.text("note", "too large")
    if (op := trace.cell[address.step].op.name) not in _SQUASHES:
        return _start(trace, sources[0], result) if op == "concat" else ""
    z, z_letter = float(trace[sources[0]]), plain(trace.cell, sources[0].step)
    return _tail(*_SQUASHES[op], z, z_letter, line, result)


def _start(trace: Trace, source: Address, result: str) -> str:
    """Say of an h that was given what no cell can make: where it is copied, it is seen first."""
    given = source.step == "h_prev" and source.t == 0
    if not (given and abs(trace[source]) >= 1.0 and bounded(trace.cell)):
        return ""
    known = {"cell": facts(trace.cell).title, "value": result}
    return WORDS.text(of_kind(trace.cell, "start"), "beyond 1", known)


def _tail(name: str, factor: float, z: float, z_letter: str, line: str, result: str) -> str:
    """Say what printing hides: that the limit is not reached, that the curve is flat here."""
    # Both distances as tails of σ, where every digit is kept: 1 − 1.0 would be 0.
    above, below = (factor * float(sigmoid(np.asarray(s * z))) for s in (-factor, factor))
    if _read(result) == 1.0:
        return WORDS.text("note", "not 1", {"line": line, "about": _about(above)})
    if _read(result) == 1.0 - factor:
        limit = numeral(1.0 - factor, 0)
        known = {"line": line, "limit": limit, "about": _about(below)}
        return WORDS.text("note", "not the limit", known)
    if above * below >= SATURATED:
        return ""
    known = {"slope": f"{name}′({z_letter})", "about": _about(above * below), "z": z_letter}
    return WORDS.text("note", "saturated", known)


def _about(x: float) -> str:
    """Print two digits of a number that may be far too small to store."""
    return f"≈ {numeral(float(f'{x:.2g}'), None)}".replace("e−0", "e−") if x else "< 5e−324"


# One rule for each operation: which entries it reads, and how its line reads.


def _copied(trace: Trace, address: Address) -> Sources:
    """The entry that was copied: of the first part or, behind it or to the right, of the second."""
    first, second = trace.cell[address.step].inputs
    *row, k = address.index
    size = trace[address.t, first].shape[-1]
    name, at = (first, k) if k < size else (second, k - size)
    return (Address(name, address.t, (*row, at)),)


def _cut(trace: Trace, address: Address) -> Sources:
    """The entry of the whole that this entry of a part is."""
    step, t = trace.cell[address.step], address.t
    whole, like = step.inputs
    start = len(trace[t, whole]) - len(trace[t, like]) if step.op is PART_LAST else 0
    return (Address(whole, t, (start + address.index[0],)),)


def _row(trace: Trace, address: Address) -> Sources:
    """Row j of W and the vector, in turn: W[j, 0], v[0], W[j, 1], v[1], …"""
    step, t = trace.cell[address.step], address.t
    (W, v), (j,) = step.inputs, address.index
    start = columns(step.op, trace[t, W], trace[t, v]).start
    pairs = ((Address(W, t, (j, start + k)), Address(v, t, (k,))) for k in range(len(trace[t, v])))
    return tuple(chain.from_iterable(pairs))


def _column(trace: Trace, address: Address) -> Sources:
    """Column j of W, or of the block that is meant, and the vector, in turn."""
    step, t = trace.cell[address.step], address.t
    (W, a), (j,) = step.operands, address.index
    start = columns(step.op, trace[t, W], trace[t, address.step]).start
    pairs = ((Address(W, t, (k, start + j)), Address(a, t, (k,))) for k in range(len(trace[t, a])))
    return tuple(chain.from_iterable(pairs))


def _row_and_column(trace: Trace, address: Address) -> Sources:
    """Entry j of the one and entry k of the other."""
    names = trace.cell[address.step].inputs
    pairs = zip(names, address.index, strict=True)
    return tuple(Address(name, address.t, (at,)) for name, at in pairs)


def _same_entry(trace: Trace, address: Address) -> Sources:
    return tuple(replace(address, step=name) for name in trace.cell[address.step].inputs)


def _at_each_time(trace: Trace, address: Address) -> Sources:
    """The same entry of every time step's share."""
    places = operand_places(trace.cell[address.step], address.t, len(trace))
    return tuple(Address(name, t, address.index) for t, name in places)


def _signed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def _product(texts: Sequence[str]) -> tuple[str, ...]:
    return ("·".join(_signed(text) for text in texts),)


def _products(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(_product(pair)[0] for pair in zip(texts[::2], texts[1::2], strict=True))


def _addends(texts: Sequence[str]) -> tuple[str, ...]:
    return texts[0], *(_signed(text) for text in texts[1:])


def _call(pattern: str) -> Terms:
    return lambda texts: (pattern.format(*texts, s=_signed(texts[0])),)


def _sum_of_products(values: Sequence[float]) -> float:
    """From left to right, as it is read."""
    return float(np.add.accumulate(np.multiply(values[::2], values[1::2]))[-1])


def _rule(op: str, sources: Find, terms: Terms) -> Rule:
    """Return a rule whose line is worth what its operation makes of the numbers in it."""

    def value(operands: Sequence[float]) -> float:
        return float(np.sum(ALL_OPS[op].forward(*(np.float64(x) for x in operands))))

    return Rule(sources, terms, value)


def _copy(sources: Find) -> Rule:
    return Rule(sources, tuple, lambda values: values[0])


def _dot(sources: Find) -> Rule:
    return Rule(sources, _products, _sum_of_products)


_OF_THE_SAME_ENTRY: Mapping[str, Terms] = {
    "add": _addends,
    "sum": _addends,
    "hadamard": _product,
    "one_minus": _call("1 − {s}"),
    "negative": _call("−{s}"),
    "sigmoid": _call("σ({})"),
    "tanh": _call("tanh({})"),
    "relu": _call("max(0, {})"),
    "hard": _call("max(0, min(1, 0.2·{s} + 0.5))"),
    "hard_six": _call("max(0, min(1, {s}/6 + 0.5))"),
    "sigmoid_slope": _call("{s}·(1 − {s})"),
    "tanh_slope": _call("1 − {s}·{s}"),
    "relu_slope": _call("1 if {} > 0 else 0"),
    "hard_slope": _call("0.2 if −2.5 < {} < 2.5 else 0"),
    "hard_six_slope": _call("1/6 if −3 < {} < 3 else 0"),
}
RULES: Mapping[str, Rule] = {
    **dict.fromkeys(("concat", "beside"), _copy(_copied)),
    **dict.fromkeys(("part_first", "part_last"), _copy(_cut)),
    **dict.fromkeys(("copy", "none", "left_out"), _copy(_same_entry)),
    **dict.fromkeys(("matvec", "matvec_first", "matvec_last"), _dot(_row)),
    **dict.fromkeys(("matvec_t", "matvec_t_first", "matvec_t_last"), _dot(_column)),
    "outer": _rule("outer", _row_and_column, _product),
    "over_time": _rule("over_time", _at_each_time, _addends),
    **{op: _rule(op, _same_entry, terms) for op, terms in _OF_THE_SAME_ENTRY.items()},
}
