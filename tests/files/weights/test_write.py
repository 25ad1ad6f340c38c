import io

import numpy as np
import pytest
import torch
from safetensors.torch import load

from lstm_core.frameworks.convert import from_framework, named_arrays
from lstm_core.frameworks.frameworks import FRAMEWORKS
from lstm_files.weights.npz import write_npz
from lstm_files.weights.read import read_weights
from lstm_files.weights.write import write_weights
from tests.core.frameworks.layers import random_params, same


@pytest.mark.parametrize("extension", ["npz", "safetensors"])
@pytest.mark.parametrize("framework", [key for key in FRAMEWORKS if key != "tf1"])
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
