import io
import pickle

import numpy as np
import pytest
import torch
from safetensors.torch import save

from lstm_core.cells import lstm
from lstm_core.frameworks.convert import describe_conversion, find_layers, from_framework
from lstm_files.exports.npz import npz
from lstm_files.weights.read import read_weights
from tests.core.exercises import some
from tests.core.frameworks.layers import CLOSE, hidden, same
from tests.files.archives import refused, zipped
from tests.files.weights.hdf5 import holding
from tests.files.weights.weight_files import PARAMS, SOUND, npy


def loosely(params, others):
    """Equal but for the last digit, which openpyxl does not write."""
    return params.keys() == others.keys() and all(
        np.allclose(params[name], others[name], rtol=0, atol=1e-15) for name in params
    )


@pytest.mark.parametrize("named", [*SOUND, "txt", ""])
@pytest.mark.parametrize("kind", SOUND)
def test_the_content_decides_what_a_file_is(kind, named):
    if kind != "csv" or named in ("csv", "txt", ""):  # a text may be anything: then the name does
        params = from_framework("keras", read_weights(SOUND[kind], f"model.{named}"))
        assert (loosely if kind == "xlsx" else same)(params, PARAMS)


def test_a_file_without_weights():
    for data, name in ((zipped({}), "a.npz"), (b"W_f\nW_i\n", "a.csv"), (holding(), "a.h5")):
        assert refused(lambda data=data, name=name: read_weights(data, name), "no") == (
            "This file holds no numbers; expected weights."
        )


def test_one_array_goes_by_the_name_of_its_file():
    assert read_weights(npy(), "kernel.NPY")["kernel"].shape == (1, 8)
    assert list(read_weights(npy(), "kernel")) == ["kernel"]


@pytest.mark.parametrize("order", ["hx", "xh"])
def test_our_own_exercise_and_export(order):
    exercise = some(lstm(order), n=3, m=2, T=2)
    expected = {name: exercise.reordered("hx").params[name] for name in exercise.params}
    for data, name in ((exercise.to_json().encode(), "a.json"), (npz(exercise), "a.npz")):
        arrays = read_weights(data, name)
        (found,) = find_layers(arrays)
        assert found.framework == "lstm_core"
        assert same(from_framework("lstm_core", arrays), expected)


def test_an_export_with_a_read_out_keeps_it_as_it_is():
    exercise = some(lstm("xh", readout=True), n=3, m=2)
    read = read_weights(npz(exercise), "a.npz")
    assert np.array_equal(read["W_y"], exercise.params["W_y"])
    assert np.array_equal(read["W_f"], exercise.reordered("hx").params["W_f"])


@pytest.mark.parametrize("v", [np.zeros(5), np.zeros((0, 5)), np.full((1, 5), 9.0)])
def test_an_array_that_happens_to_be_called_v(v):
    arrays = {"v": v, "xs": np.ones((1, 2)), "h_prev": np.ones(3), "W_f": np.ones((3, 5))}
    held = io.BytesIO()
    np.savez(held, **arrays)
    assert same(read_weights(held.getvalue(), "a.npz"), arrays)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_model_of_torch_through_a_file_gives_torchs_own_outputs(dtype):
    torch.manual_seed(3)
    model = torch.nn.Sequential()
    model.add_module("rnn", torch.nn.LSTM(3, 4, 2, bidirectional=True, dtype=getattr(torch, dtype)))
    arrays = read_weights(save(model.state_dict()), "model.safetensors")
    assert [found.place for found in find_layers(arrays)] == ["rnn."] * 4
    xs = np.random.default_rng(1).normal(size=(5, 3)).astype(dtype)
    with torch.no_grad():
        expected = torch.nn.LSTM(3, 4, dtype=getattr(torch, dtype))
        first = {k[4:]: v for k, v in model.state_dict().items() if k.endswith("_l0")}
        expected.load_state_dict(first)
        outputs = expected(torch.tensor(xs))[0].numpy()
    zero = {"h_prev": np.zeros(4), "C_prev": np.zeros(4)}
    ours = hidden(describe_conversion("pytorch", arrays), xs, zero)
    np.testing.assert_allclose(ours, outputs, **CLOSE[dtype])


def torch_zip():
    held = io.BytesIO()
    torch.save({"W": torch.ones(2)}, held)
    return held.getvalue()


class Harmful:
    def __reduce__(self):
        return exec, ("raise SystemExit('opened')",)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (torch_zip(), "model.pt"),
        (torch_zip(), "model.pth"),
        (torch_zip(), "model.npz"),
        (pickle.dumps(Harmful()), "model.pkl"),
        (pickle.dumps(Harmful()), "model.npz"),
        (pickle.dumps(Harmful(), 2), "pytorch_model.bin"),
        (b"anything", "model.PT"),
    ],
)
def test_what_was_pickled_is_never_opened(data, name):
    sentence = refused(lambda: read_weights(data, name), "run a program")
    assert "safetensors.torch.save_file(model.state_dict(), " in sentence


def test_a_broken_onnx_model_is_refused_with_what_to_do_instead():
    assert "np.savez(“model.npz”, W=…" in refused(lambda: read_weights(b"\x08", "m.onnx"), "ONNX")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.npz", "This is no zip archive, or a damaged one."),
        ("a.xlsx", "This is no zip archive, or a damaged one."),
        ("a.npy", "“a.npy” is no NumPy array, or a damaged one."),
        ("a.h5", "This is no HDF5 file, or a damaged one; save the weights once more."),
        ("a.safetensors", "This file is no safetensors file, or a damaged one."),
        ("a.json", "This exercise cannot be read: it is not JSON (line 1, column 1)."),
        ("a.csv", "“a”: "),
    ],
)
def test_the_name_decides_what_is_said_of_a_strange_file(name, sentence):
    assert refused(lambda: read_weights(b"\x01strange", name), r".").startswith(sentence)


def test_a_member_without_a_name():
    data = SOUND["npz"].replace(b"kernel.npy", b"\0" * 10, 2)
    refused(lambda: read_weights(data, "a.npz"), "expected arrays, as .npy|damaged")


def test_too_large_or_empty():
    refused(lambda: read_weights(bytes(10_000_001), "a.npz"), "10,000,001 bytes")
    refused(lambda: read_weights(b"", "a.npz"), "empty")
