"""ONNX: the recurrent nodes of a model, their initialisers and attributes, and nothing else.

A model is a protocol buffer; the few fields that are needed are read here, as views of the file, so
that nothing is allocated and no node is run. Source: onnx.proto3 of ONNX 1.17, and the operators
LSTM, GRU and RNN as they stand there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_core.variants.changes import Change
from lstm_core.variants.ops import HARD_GAIN, HARD_SIX_GAIN
from lstm_files.bounds import check_size, quoted_name, too_much
from lstm_files.weights.activations import Activations, swapped
from lstm_files.weights.file import Arrays, LayerFacts, WeightFile

_FIELDS = 50_000  # of one model: one of a thousand nodes has fewer
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5  # wire types
_DTYPES = {1: "<f4", 10: "<f2", 11: "<f8", 6: "<i4", 7: "<i8"}
_PACKED = {4: "<f4", 10: "<f8"}  # fields of a tensor that hold its numbers, where they are not raw
_OPERATORS = ("LSTM", "GRU", "RNN")
_INPUTS = {1: "W", 2: "R", 3: "B", 7: "P"}  # by their place among a node's inputs
_STARTS = {5: "initial_h", 6: "initial_c"}
_USUAL = {"LSTM": ["sigmoid", "tanh", "tanh"], "GRU": ["sigmoid", "tanh"], "RNN": ["tanh"]}
_SQUASHES = {name: name for name in ("sigmoid", "tanh", "relu")}
_HINT = (
    "in Python, np.savez(“model.npz”, W=…, R=…, B=…) with the initialisers of the LSTM node writes "
    "a file that is."
)
_DAMAGED = f"This is no ONNX model that can be read here, or a damaged one; {_HINT}"
_NOT_HERE = (
    "The weights {name} are computed within the model or held in another file, and so are not "
    f"opened here; {_HINT}"
)
_NO_CELL = "This layer {does}, which no cell here does: its h would be another."


@dataclass
class _Message:
    """One message: for each field that it has, by number, the values in their order."""

    fields: dict[int, list[Any]]

    def one(self, number: int, default: Any = None) -> Any:
        return self.fields.get(number, [default])[-1]

    def text(self, number: int) -> str:
        value = self.one(number, b"")
        return bytes(value).decode("utf-8", "replace") if isinstance(value, memoryview) else ""

    def texts(self, number: int) -> list[str]:
        values = self.fields.get(number, [])
        return [bytes(v).decode("utf-8", "replace") for v in values if isinstance(v, memoryview)]


class _Reader:
    """Reads messages, of which so many fields may still be looked at."""

    def __init__(self) -> None:
        self.left = _FIELDS

    def message(self, data: Any) -> _Message:
        """Return the fields of a message; ValueError where it is none."""
        if not isinstance(data, memoryview):
            raise ValueError(_DAMAGED)
        found: dict[int, list[Any]] = {}
        at = 0
        while at < len(data):
            self.left -= 1
            if self.left < 0:
                raise ValueError(too_much("This model has over", _FIELDS, "fields", _FIELDS))
            key, at = _varint(data, at)
            value, at = _value(data, at, key & 7)
            found.setdefault(key >> 3, []).append(value)
        return _Message(found)

    def messages(self, message: _Message, number: int) -> Iterator[_Message]:
        """Give the messages within one that stand in a field."""
        for data in message.fields.get(number, []):
            yield self.message(data)


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 70:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
    raise ValueError(_DAMAGED)


def _value(data: memoryview, at: int, wire: int) -> tuple[Any, int]:
    if wire == _VARINT:
        return _varint(data, at)
    size, at = (
        _varint(data, at) if wire == _BYTES else ({_FIXED32: 4, _FIXED64: 8}.get(wire, -1), at)
    )
    if size < 0 or at + size > len(data):
        raise ValueError(_DAMAGED)
    return data[at : at + size], at + size


def onnx_file(data: bytes) -> WeightFile:
    """Return the weights of every LSTM, GRU and RNN node, and what its attributes say.

    Raises ValueError, in one plain sentence, for what is damaged, has no such node, or does not
    hold its weights itself.
    """
    check_size(data)
    reader = _Reader()
    graph = reader.message(reader.message(memoryview(data)).one(7))
    nodes = list(reader.messages(graph, 1))
    tensors = {tensor.text(8): tensor for tensor in reader.messages(graph, 5)}
    tensors |= dict(_constants(reader, nodes))
    arrays: Arrays = {}
    facts: dict[str, LayerFacts] = {}
    for node in nodes:
        if (kind := node.text(4)) in _OPERATORS:
            place = f"{(node.text(3) or kind).replace('.', '_')}_{len(facts)}"
            arrays |= _weights(node, tensors, place)
            facts[place] = _facts(kind, _attributes(reader, node), f"{place}/P" in arrays)
    if not facts:
        raise ValueError("This ONNX model has no LSTM, GRU or RNN node.")
    if len(facts) == 1:
        arrays |= _states(next(one for one in nodes if one.text(4) in _OPERATORS), tensors)
    return WeightFile(arrays, facts=facts)


def _attributes(reader: _Reader, node: _Message) -> dict[str, _Message]:
    return {attribute.text(1): attribute for attribute in reader.messages(node, 5)}


def _constants(reader: _Reader, nodes: list[_Message]) -> Iterator[tuple[str, _Message]]:
    """Give the tensors of nodes that are nothing else: some exporters keep weights there."""
    for node in nodes:
        if node.text(4) == "Constant" and "value" in (values := _attributes(reader, node)):
            yield node.text(2), reader.message(values["value"].one(5))


def _weights(node: _Message, tensors: Mapping[str, _Message], place: str) -> Arrays:
    names = node.texts(1)
    arrays: Arrays = {}
    for k, letter in _INPUTS.items():
        if name := names[k] if k < len(names) else "":
            if name not in tensors:
                raise ValueError(_NOT_HERE.format(name=quoted_name(name)))
            arrays[f"{place}/{letter}"] = _array(name, tensors[name])
    return arrays


def _states(node: _Message, tensors: Mapping[str, _Message]) -> Arrays:
    """The starting states that the model holds itself: often they are its inputs instead."""
    names = node.texts(1)
    held = {ours: names[k] for k, ours in _STARTS.items() if k < len(names) and names[k] in tensors}
    return {ours: _array(name, tensors[name]) for ours, name in held.items()}


def _array(name: str, tensor: _Message) -> NDArray[Any]:
    shape = tuple(_whole_numbers(tensor.fields.get(1, [])))
    kind = tensor.one(2)
    if kind not in _DTYPES or tensor.one(14):
        raise ValueError(_NOT_HERE.format(name=quoted_name(name)))
    if isinstance(raw := tensor.one(9), memoryview):
        flat = _numbers(raw, _DTYPES[kind])
    else:
        parts = [
            (part, form) for number, form in _PACKED.items() for part in _parts(tensor, number)
        ]
        flat = np.concatenate([_numbers(part, form) for part, form in parts] or [np.zeros(0)])
    if flat.size != int(np.prod(shape, dtype=object)):
        raise ValueError(_DAMAGED)
    return flat.reshape(shape)


def _parts(tensor: _Message, number: int) -> list[memoryview]:
    return [part for part in tensor.fields.get(number, []) if isinstance(part, memoryview)]


def _numbers(raw: memoryview, form: str) -> NDArray[Any]:
    if len(raw) % np.dtype(form).itemsize:
        raise ValueError(_DAMAGED)
    return np.frombuffer(raw, form)


def _whole_numbers(values: list[Any]) -> Iterator[int]:
    """Give a repeated number, whether each stands for itself or all are packed."""
    for value in values:
        if isinstance(value, int):
            yield value
        else:
            at = 0
            while at < len(value):
                number, at = _varint(value, at)
                yield number


def _facts(kind: str, attributes: Mapping[str, _Message], peepholes: bool) -> LayerFacts:
    none = _Message({})
    squash = [text.lower() for text in attributes.get("activations", none).texts(9)]
    relu = kind == "RNN" and squash[:1] == ["relu"]
    after = bool(attributes.get("linear_before_reset", none).one(3))
    cells = {
        "LSTM": "peephole_lstm" if peepholes else "lstm",
        "GRU": "gru_after" if after else "gru_before",
        "RNN": "rnn_relu" if relu else "rnn_tanh",
    }
    backwards = attributes.get("direction", none).text(4) == "reverse"
    changes: tuple[Change, ...] = ()
    refusal = _refusal(attributes)
    try:
        changes = swapped(cells[kind], _activations(kind, squash, attributes))
    except ValueError as error:
        refusal = f"This layer squashes by {', '.join(squash)[:80]}: {error}"
    return LayerFacts(cells[kind], backwards, refusal, changes=changes)


def _activations(kind: str, squash: list[str], attributes: Mapping[str, _Message]) -> Activations:
    """What squashes each sum; "" for what is not known here, or differs by direction."""
    usual = _USUAL[kind]
    runs = [squash[k : k + len(usual)] for k in range(0, len(squash), len(usual))] or [usual]
    known = _SQUASHES | {"hardsigmoid": _hard(attributes)}
    ops = [known.get(name, "") for name in runs[0]] if all(run == runs[0] for run in runs) else []
    if kind == "RNN":
        ops = ["sigmoid", *ops]
    gates, candidate, shown = [*ops, "", "", ""][:3]
    return Activations(gates, candidate, shown)


def _hard(attributes: Mapping[str, _Message]) -> str:
    """The hard sigmoid of these slopes; those that stand there must be one of ours throughout."""
    alphas, betas = (
        [n for part in _parts(attributes[name], 7) for n in _numbers(part, "<f4")]
        if name in attributes
        else []
        for name in ("activation_alpha", "activation_beta")
    )
    for op, gain in (("hard", HARD_GAIN), ("hard_six", HARD_SIX_GAIN)):
        if np.allclose(alphas or [HARD_GAIN], gain, atol=1e-6) and np.allclose(betas or [0.5], 0.5):
            return op
    return ""


def _refusal(attributes: Mapping[str, _Message]) -> str:
    """Why no cell here gives this node's h, in a sentence; nothing where one does."""
    if "clip" in attributes:
        return _NO_CELL.format(does="clips its sums")
    if "input_forget" in attributes and attributes["input_forget"].one(3):
        return _NO_CELL.format(does="takes 1 − i for its forget gate (input_forget)")
    return ""
