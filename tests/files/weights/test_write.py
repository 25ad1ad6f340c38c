import io

import numpy as np
import pytest
import torch
from safetensors.torch import load

from lstm_core.cells import CELLS
from lstm_core.frameworks.convert import (
    conversion_of,
    find_layers,
    from_framework,
    named_arrays,
)
from lstm_core.frameworks.find import alternatives
from lstm_core.frameworks.frameworks import FRAMEWORKS
from lstm_files.weights.npz import write_npz
from lstm_files.weights.read import read_weights
from lstm_files.weights.write import write_weights
from tests.core.frameworks.layers import random_params, same
from tests.files.archives import refused

WRITTEN = [key for key in FRAMEWORKS if key != "tf1"]  # its one kernel does not say its order
# Which frameworks have a cell; our own names hold every one.
HAVE = {
    "lstm": {*WRITTEN},
    "peephole_lstm": {"onnx"},
    "projected_lstm": {"pytorch"},
    "gru_before": {"keras", "onnx"},
    "gru_after": {"pytorch", "keras", "onnx", "flax", "equinox"},
    "rnn_tanh": {"pytorch", "keras", "onnx"},
    "rnn_relu": {"pytorch", "keras", "onnx"},
}


@pytest.mark.parametrize("extension", ["npz", "safetensors"])
@pytest.mark.parametrize("framework", WRITTEN)
def test_what_is_written_is_what_is_read(framework, extension):
    params = random_params("lstm")
    data = write_weights(framework, params, extension)
    assert same(from_framework(framework, read_weights(data, f"model.{extension}")), params)


@pytest.mark.parametrize("kind", [torch.nn.LSTM, torch.nn.LSTMCell])
def test_torch_loads_it(kind):
    params = random_params("lstm", n=3, m=2)
    module = kind(2, 3)
    layer = None if kind is torch.nn.LSTMCell else 0
    data = write_weights("pytorch", params, "safetensors", precision="float32", layer=layer)
    module.load_state_dict(load(data))
    again = from_framework("pytorch", module.state_dict())
    assert all(np.array_equal(again[name], params[name].astype("f4")) for name in params)


def test_the_other_order_and_the_precision():
    params = random_params("lstm", order="xh")
    data = write_weights("keras", params, "npz", order="xh", precision="float32")
    read = np.load(io.BytesIO(data))
    expected = named_arrays("keras", params, order="xh")
    assert {name: a.dtype for name, a in read.items()} == dict.fromkeys(expected, np.float32)
    assert all(np.array_equal(read[name], expected[name].astype("f4")) for name in expected)


def test_the_same_numbers_are_the_same_bytes():
    arrays = {"W": np.arange(6.0).reshape(2, 3)}
    turned = {"W": np.asfortranarray(arrays["W"])}
    assert write_npz(arrays) == write_npz(turned)
    assert np.array_equal(np.load(io.BytesIO(write_npz(arrays)))["W"], arrays["W"])


def test_a_cell_that_the_framework_does_not_have():
    with pytest.raises(ValueError, match="Keras has no cell with"):
        write_weights("keras", random_params("peephole_lstm"), "npz")


@pytest.mark.parametrize("framework", WRITTEN)
@pytest.mark.parametrize("name", CELLS)
def test_every_cell_comes_back_from_every_framework_that_has_it(name, framework):
    params = random_params(name)
    if framework not in {*HAVE.get(name, ()), "lstm_core"}:
        message = refused(lambda: write_weights(framework, params, "npz"), " has no cell with ")
        assert message.startswith(FRAMEWORKS[framework].title)
        return
    arrays = read_weights(write_weights(framework, params, "npz"), "model.npz")
    (layer,) = find_layers(arrays)
    ways = [conversion_of(arrays, found) for found in alternatives(arrays, layer)]
    assert any(way.found.cell == name and same(way.params, params) for way in ways)
