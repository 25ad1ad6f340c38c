import json
import struct

import numpy as np
import pytest
import torch
from safetensors.torch import save

from lstm_files.weights.read import read_weights
from lstm_files.weights.safetensors import read_safetensors, write_safetensors
from tests.files.archives import refused

KINDS = ["float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8"]


def file(header, data=b"", length=None):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def tensor(dtype="F64", shape=(2,), offsets=(0, 16)):
    return {"W": {"dtype": dtype, "shape": list(shape), "data_offsets": list(offsets)}}


@pytest.mark.parametrize("kind", KINDS)
def test_what_torch_wrote_is_what_is_read(kind):
    tensors = {"a.b": torch.arange(6).reshape(2, 3).to(getattr(torch, kind)), "c": torch.ones(())}
    read = read_safetensors(save(tensors))
    assert read.keys() == tensors.keys()
    for name, given in tensors.items():
        assert read[name].dtype == given.numpy().dtype
        assert np.array_equal(read[name], given.numpy())


def test_a_header_whose_length_begins_as_a_pickle_does_is_no_pickle():
    torch.manual_seed(0)
    module = torch.nn.LSTM(3, 2, num_layers=2, bidirectional=True)
    data = save(module.state_dict())
    assert data.startswith(b"\x80\x04")
    assert read_weights(data, "model.safetensors").keys() == module.state_dict().keys()


def test_bfloat16_is_read_as_float32():
    given = torch.tensor([1.5, -0.3333, 3e38, 1e-38]).to(torch.bfloat16)
    read = read_safetensors(save({"W": given}))["W"]
    assert read.dtype == np.float32
    assert np.array_equal(read, given.float().numpy())


def test_truth_values_are_left_out():
    assert list(read_safetensors(save({"mask": torch.ones(2).bool(), "W": torch.ones(1)}))) == ["W"]


def test_what_is_written_is_what_is_read_whatever_the_strides():
    arrays = {"W": np.arange(6.0).reshape(2, 3).T, "b": np.arange(8.0)[::2], "c": np.array(1.0)}
    read = read_safetensors(write_safetensors(arrays))
    assert all(np.array_equal(read[name], arrays[name]) for name in arrays)
    assert read_safetensors(write_safetensors({})) == {}


DAMAGED = "This file is no safetensors file, or a damaged one."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"x", DAMAGED),
        (file(tensor(), bytes(15)), DAMAGED),
        (file(tensor(), bytes(17)), DAMAGED),
        (file(tensor(offsets=(0, 17)), bytes(17)), DAMAGED),
        (file(tensor(offsets=(8, 24)), bytes(24)), DAMAGED),
        (file(tensor(offsets=(16, 0)), bytes(16)), DAMAGED),
        (file(tensor(shape=(2_000_000_000,)), bytes(16)), DAMAGED),
        (file(tensor(shape=(2**62, 2**62)), bytes(16)), DAMAGED),
        (file(tensor(shape=(0, 2**63), offsets=(0, 0))), DAMAGED),
        (file(tensor(shape=(-2,)), bytes(16)), DAMAGED),
        (file(tensor(dtype="X9"), bytes(16)), DAMAGED),
        (file(tensor(), bytes(16), length=2**63), DAMAGED),
        (file(b"{" * 100_000), DAMAGED),
        (file(b'{"a":' * 50_000), DAMAGED),
        (file(b"[]"), DAMAGED),
        (file(b'{"\xff'), DAMAGED),
        (file(tensor("C64"), bytes(16)), "“W” holds C64, not plain numbers; save it as float32."),
        (file(tensor("F8_E4M3", (16,)), bytes(16)), "“W” holds F8_E4M3, not plain numbers; save"),
        (file(b"{" + b" " * 1_000_001 + b"}"), "The header of this file has 1,000,003 bytes; exp"),
        (
            file({f"{k}": tensor(offsets=(0, 0), shape=(0,))["W"] for k in range(1001)}),
            "This file has 1,001 arrays; expected at most 1,000.",
        ),
        (file(tensor(shape=(2_000_000,)), bytes(16_000_000)), "This file has 16,000,0"),
        (b"", "This file is empty; expected something to read."),
    ],
)
def test_what_is_damaged_or_too_large(data, sentence):
    assert refused(lambda: read_safetensors(data), r".").startswith(sentence)
