"""An ONNX model is read by its initialisers and attributes alone; models are written by hand."""

import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.frameworks.convert import conversion_of, find_layers, named_arrays
from lstm_core.variants.changes import changes_of
from lstm_files.weights.onnx import onnx_file
from lstm_files.weights.read import open_weights
from lstm_ui.exchange.layer import Chosen, exercise_of, is_backwards, remarks, ways
from tests.core.frameworks.layers import random_params, same
from tests.files.archives import refused


def varint(number):
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def field(number, value):
    """One field of a message: a whole number, or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def tensor(name, array, form="raw"):
    dims = b"".join(field(1, size) for size in array.shape)
    if form == "packed":
        dims = field(1, b"".join(map(varint, array.shape)))
    kind = {"float32": 1, "float64": 11, "float16": 10}.get(str(array.dtype), 9)
    numbers = field(9, array.tobytes()) if form != "listed" else field(4, array.tobytes())
    return dims + field(2, kind) + numbers + field(8, name.encode())


def attribute(name, value):
    body = field(1, name.encode())
    if isinstance(value, int):
        return body + field(3, value)
    if isinstance(value, float):
        return body + varint(2 << 3 | 5) + struct.pack("<f", value)
    if isinstance(value, list) and isinstance(value[0], float):
        return body + field(7, struct.pack(f"<{len(value)}f", *value))
    if isinstance(value, list):
        return body + b"".join(field(9, text.encode()) for text in value)
    return body + (field(5, value) if isinstance(value, bytes) else field(4, value.encode()))


def node(kind, inputs, name="", output="y", **attributes):
    body = b"".join(field(1, text.encode()) for text in inputs) + field(2, output.encode())
    body += field(3, name.encode()) + field(4, kind.encode())
    return body + b"".join(field(5, attribute(*pair)) for pair in attributes.items())


def model(*nodes, tensors=()):
    graph = b"".join(field(1, one) for one in nodes) + b"".join(field(5, one) for one in tensors)
    return field(1, 8) + field(7, graph)


def layer(cell, form="raw", dtype="float64", **attributes):
    """A model of one node with random weights, and our parameters."""
    params = random_params(cell, 3, 2)
    arrays = {k: a.astype(dtype) for k, a in named_arrays("onnx", params).items()}
    kind = {"lstm": "LSTM", "peephole": "LSTM", "gru": "GRU", "rnn": "RNN"}[cell.split("_")[0]]
    names = ["X", "onnx::1", "onnx::2", "onnx::3", "", "", "", "onnx::7"]
    held = dict(zip("WRBP", (names[k] for k in (1, 2, 3, 7)), strict=True))
    inputs = names[: 8 if "P" in arrays else 4]
    made = node(kind, inputs, **attributes)
    return model(made, tensors=[tensor(held[k], a, form) for k, a in arrays.items()]), params


def every_way(data):
    file = open_weights(data, "m.onnx")
    (found,) = find_layers(file.arrays)
    return file, found, ways(file, Chosen(found, range(found.n), range(found.m)))


CELLS = {
    "lstm": {},
    "peephole_lstm": {},
    "gru_before": {},
    "gru_after": {"linear_before_reset": 1},
    "rnn_tanh": {"activations": ["Tanh"]},
    "rnn_relu": {"activations": ["Relu"]},
}


@pytest.mark.parametrize("form", ["raw", "packed"])
@pytest.mark.parametrize("cell", CELLS)
def test_the_cell_is_the_one_that_the_attributes_say(cell, form):
    data, params = layer(cell, form, **CELLS[cell])
    _, _, (way,) = every_way(data)
    assert way.found.cell == cell
    assert same(way.params, params)


@pytest.mark.parametrize(("dtype", "form"), [("float32", "listed"), ("float16", "raw")])
def test_other_kinds_of_numbers(dtype, form):
    data, params = layer("lstm", form, dtype)
    _, _, (way,) = every_way(data)
    for name, array in params.items():
        np.testing.assert_allclose(way.params[name], array, atol=1e-2)


def test_a_node_that_runs_backwards():
    file, found, _ = every_way(layer("lstm", direction="reverse")[0])
    assert is_backwards(file, found)


def test_weights_may_be_constants():
    params = random_params("lstm", 3, 2)
    arrays = named_arrays("onnx", params)
    constants = [
        node("Constant", [], output=k, value=tensor("", array)) for k, array in arrays.items()
    ]
    lost = node("Constant", [], output="lost")
    _, found, _ = every_way(model(*constants, lost, node("LSTM", ["X", *"WRB"], name="a.b")))
    assert found.place == "a_b_0/"
    file = onnx_file(model(*constants, node("LSTM", ["X", *"WRB"])))
    assert same(conversion_of(file.arrays, find_layers(file.arrays)[0]).params, params)


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        ({"activations": ["Elu", "Tanh", "Tanh"]}, "squashes by elu, tanh, tanh: no cell here"),
        ({"activations": ["Sigmoid", "Tanh"]}, "squashes by sigmoid, tanh: no cell here"),
        ({"activations": ["Sigmoid", *["Tanh"] * 5]}, "squashes by sigmoid, tanh, tanh"),
        ({"activations": ["HardSigmoid", "Tanh", "Relu"]}, "here at most 3 rows"),
        (
            {"activations": ["HardSigmoid", "Tanh", "Tanh"], "activation_alpha": [0.5]},
            "squashes by hardsigmoid, tanh, tanh: no cell here",
        ),
        ({"clip": 3.0}, "clips its sums"),
        ({"input_forget": 1}, "takes 1 − i for its forget gate"),
    ],
)
def test_what_no_cell_here_does_is_said(attributes, says):
    with pytest.raises(ValueError, match=says):
        every_way(layer("lstm", **attributes)[0])


@pytest.mark.parametrize(
    ("cell", "attributes", "ops"),
    [
        ("lstm", {"activations": ["HardSigmoid", "Tanh", "Tanh"]}, {"fio": "hard"}),
        (
            "gru_before",
            {"activations": ["HardSigmoid", "Relu"], "activation_alpha": [1 / 6]},
            {"zr": "hard_six", ("h_tilde",): "relu"},
        ),
        ("lstm", {"activations": ["Sigmoid", "Tanh", "Relu"]}, {("squashed",): "relu"}),
        ("rnn_tanh", {"activations": ["Sigmoid"]}, {"h": "sigmoid"}),
    ],
)
def test_activations_are_rows_of_a_variant(cell, attributes, ops):
    file, _, (way,) = every_way(layer(cell, **attributes)[0])
    exercise = exercise_of(way, file, "m.onnx")
    wanted = {name: op for names, op in ops.items() for name in names}
    assert {one.step: one.op for one in changes_of(exercise.cell)} == wanted
    assert any("says which activations" in sentence for sentence in remarks(way, file))


def test_starting_states_that_the_model_holds():
    params = random_params("lstm", 3, 2)
    arrays = named_arrays("onnx", params) | {"h": np.full((1, 1, 3), 0.25)}
    inputs = ["X", "W", "R", "B", "", "h", "another"]
    held = [tensor(name, array) for name, array in arrays.items()]
    file, _, (way,) = every_way(model(node("LSTM", inputs), tensors=held))
    start = exercise_of(way, file, "m.onnx").start
    assert [*start["h_prev"], *start["C_prev"]] == [0.25] * 3 + [0.0] * 3


GOOD = layer("lstm")[0]
W = tensor("W", np.ones((1, 12, 2)))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (model(node("Add", ["a", "b"])), "This ONNX model has no LSTM, GRU or RNN node."),
        (model(node("LSTM", ["X", "W", "R"])), "The weights “W” are computed within the model"),
        (model(node("LSTM", ["X", "W"]), tensors=[W + field(14, 1)]), "The weights “W” are"),
        (model(node("LSTM", ["X", "W"]), tensors=[W + field(1, 5)]), "or a damaged one;"),
        (model(node("LSTM", ["X", "W"]), tensors=[W + field(9, b"123")]), "or a damaged one;"),
        (model(node("LSTM", ["X", "W"]), tensors=[field(8, b"W")]), "The weights “W” are"),
        (b"\x08", "or a damaged one;"),
        (b"\xff" * 30, "or a damaged one;"),
        (b"\x0b", "or a damaged one;"),
        (field(7, 3), "or a damaged one;"),
        (b"\x08\x01" * 50_001, "This model has over 50,000 fields"),
    ],
)
def test_refused(data, says):
    assert says in refused(lambda: onnx_file(data), ".")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_changed_byte_does_no_harm(at, byte):
    data = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    with suppress(ValueError):
        arrays = onnx_file(data).arrays.values()
        assert sum(array.nbytes for array in arrays) <= 2 * len(data)
