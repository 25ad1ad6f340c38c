"""One rule for each operation: what it is in words, which entries it reads, how its line reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from lstm_core.backpropagation.ops import ALL_OPS, PART_LAST
from lstm_core.ops import columns
from lstm_core.trace import Address, Trace

Sources = tuple[Address, ...]
Terms = Callable[[Sequence[str]], tuple[str, ...]]  # printed operands to printed terms
Value = Callable[[Sequence[float]], float]  # operands, read back, to the value of the line


@dataclass(frozen=True, eq=False)
class Rule:
    """How one operation is explained: in words, its operands, as printed terms, and their value."""

    words: str
    sources: Callable[[Trace, Address], Sources]
    terms: Terms
    value: Value


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


def _rule(op: str, words: str, sources: Callable[[Trace, Address], Sources], terms: Terms) -> Rule:
    """Return a rule whose line is worth what its operation makes of the numbers in it."""

    def value(operands: Sequence[float]) -> float:
        return float(np.sum(ALL_OPS[op].forward(*(np.float64(x) for x in operands))))

    return Rule(words, sources, terms, value)


def _copy(words: str, sources: Callable[[Trace, Address], Sources]) -> Rule:
    return Rule(words, sources, tuple, lambda values: values[0])


def _dot(words: str, sources: Callable[[Trace, Address], Sources]) -> Rule:
    return Rule(words, sources, _products, _sum_of_products)


_ENTRY = "Entry {j} of {y} is entry {first} of {a}."
_BLOCK = "Row {j} of {a}, columns {first} to {last}, times {b}, term by term, added up."
_DOWN = "Column {first} of {a} times {b}, term by term, added up."
_TABLE = (
    ("add", "Entry {j} of {a} plus entry {j} of {b}.", _same_entry, _addends),
    ("hadamard", "Entry {j} of {a} times entry {j} of {b}.", _same_entry, _product),
    ("one_minus", "1 minus entry {j} of {a}.", _same_entry, _call("1 − {s}")),
    ("sigmoid", "σ of entry {j} of {a}.", _same_entry, _call("σ({})")),
    ("tanh", "tanh of entry {j} of {a}.", _same_entry, _call("tanh({})")),
    ("relu", "Entry {j} of {a} if positive, else 0.", _same_entry, _call("max(0, {})")),
    ("negative", "Minus entry {j} of {a}.", _same_entry, _call("−{s}")),
    ("sum", "Entry {j} of every part, added up.", _same_entry, _addends),
    ("outer", "Entry {j} of {a} times entry {k} of {b}.", _row_and_column, _product),
    (
        "sigmoid_slope",
        "The slope of σ: entry {j} of {a} times what is missing to 1.",
        _same_entry,
        _call("{s}·(1 − {s})"),
    ),
    (
        "tanh_slope",
        "The slope of tanh: 1 minus the square of entry {j} of {a}.",
        _same_entry,
        _call("1 − {s}·{s}"),
    ),
    (
        "relu_slope",
        "The slope of ReLU: 1 where entry {j} of {a} is positive, else 0.",
        _same_entry,
        _call("1 if {} > 0 else 0"),
    ),
)
RULES: Mapping[str, Rule] = {
    "concat": _copy(_ENTRY, _copied),
    "beside": _copy("Row {j}, column {k} of {y} is column {first} of {a}.", _copied),
    "part_first": _copy(_ENTRY, _cut),
    "part_last": _copy(_ENTRY, _cut),
    "copy": _copy("The same as entry {j} of {a}.", _same_entry),
    "matvec": _dot("Row {j} of {a} times {b}, term by term, added up.", _row),
    "matvec_first": _dot(_BLOCK, _row),
    "matvec_last": _dot(_BLOCK, _row),
    "matvec_t": _dot(_DOWN, _column),
    "matvec_t_first": _dot(_DOWN, _column),
    "matvec_t_last": _dot(_DOWN, _column),
    **{op: _rule(op, words, sources, terms) for op, words, sources, terms in _TABLE},
}
