"""All layers of a file as one stack: h of the last one is the framework's own."""

import json

import numpy as np
import pytest
import safetensors.numpy
import torch

from lstm_core.cells import cell_named
from lstm_core.frameworks.convert import find_layers, named_arrays
from lstm_core.layers.examples import EXAMPLES
from lstm_core.layers.stack import Place, stacked
from lstm_files.weights.file import WeightFile
from lstm_files.weights.npz import write_npz
from lstm_files.weights.read import open_weights
from lstm_files.weights.stack_json import own_stack, stack_json
from lstm_files.weights.write import write_stack
from lstm_ui.exchange.all_layers import all_layers
from lstm_ui.exchange.layer import Chosen, ways
from tests.core.exercises import ONE_SENTENCE, some
from tests.core.frameworks.keras_oracle import QUIET, keras, outputs, randomised

T, M, N = 4, 3, 2
XS = np.random.default_rng(5).normal(size=(T, M)).astype("f4").astype(float)
LSTM, GRU, BOTH = keras.layers.LSTM, keras.layers.GRU, keras.layers.Bidirectional


def whole(file, name="model"):
    """The stack of a file, the way on screen being the first one of its first layer."""
    found = find_layers(file.arrays)
    first = found[0]
    return all_layers(
        file, found, ways(file, Chosen(first, range(first.n), range(first.m)))[0], name
    )


@pytest.mark.parametrize("form", ["safetensors", "npz"])
@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize(("kind", "layers"), [("LSTM", 2), ("GRU", 3), ("RNN", 2), ("LSTM", 1)])
def test_h_of_the_last_layer_is_that_of_torch(form, both, kind, layers):
    torch.manual_seed(layers)
    module = getattr(torch.nn, kind)(
        M, N, num_layers=layers, bidirectional=both, dtype=torch.float64
    )
    states = torch.randn(2, layers * (1 + both), N, dtype=torch.float64)
    arrays = {name: array.numpy() for name, array in module.state_dict().items()}
    arrays |= {"x": XS, "h0": states[0].numpy()}
    if kind == "LSTM":
        arrays["c0"] = states[1].numpy()
    data = write_npz(arrays) if form == "npz" else safetensors.numpy.save(arrays)
    stack = whole(open_weights(data, f"model.{form}")).stack
    out, _ = module(torch.from_numpy(XS), (*states,) if kind == "LSTM" else states[0])
    assert len(stack) == layers
    np.testing.assert_allclose(stack.output(), out.detach().numpy(), rtol=0, atol=1e-12)


def saved(tmp_path, *layers):
    model = keras.Sequential([keras.Input((None, M)), *layers])
    randomised(model)
    model.save(tmp_path / "m.keras")
    return model, open_weights((tmp_path / "m.keras").read_bytes(), "m.keras")


KERAS = {
    "two": lambda: [LSTM(4, return_sequences=True), LSTM(N, return_sequences=True)],
    "both ways": lambda: [BOTH(LSTM(N, return_sequences=True))],
    "both ways, two": lambda: [
        BOTH(GRU(N, return_sequences=True)),
        keras.layers.Dropout(0.5),
        BOTH(LSTM(3, return_sequences=True)),
        GRU(N, return_sequences=True),
    ],
    "other cells, in the order of the model": lambda: [
        LSTM(4, return_sequences=True),
        GRU(N, return_sequences=True, reset_after=False),
    ],
    "backward in between": lambda: [
        LSTM(N, return_sequences=True),
        LSTM(N, return_sequences=True, go_backwards=True),
        GRU(N, return_sequences=True),
        GRU(N, return_sequences=True, go_backwards=True),
    ],
}


@QUIET
@pytest.mark.parametrize("layers", KERAS.values(), ids=KERAS)
def test_h_of_the_last_layer_is_that_of_keras(tmp_path, layers):
    model, file = saved(tmp_path, *layers())
    file.arrays["x"] = XS
    found = whole(file)
    np.testing.assert_allclose(found.stack.output(), outputs(model, XS.astype("f4")), atol=1e-6)
    assert not found.remarks


@QUIET
def test_a_last_layer_that_reads_backward_alone_is_said_to_be_in_the_order_of_time(tmp_path):
    model, file = saved(
        tmp_path, LSTM(N, return_sequences=True), LSTM(N, return_sequences=True, go_backwards=True)
    )
    file.arrays["x"] = XS
    found = whole(file)
    theirs = outputs(model, XS.astype("f4"))
    np.testing.assert_allclose(found.stack.output(), theirs[::-1], atol=1e-6)
    assert any("reversed order of time" in remark for remark in found.remarks)


REFUSED = {
    "Dense in between": (
        lambda: [LSTM(N, return_sequences=True), keras.layers.Dense(N), LSTM(N)],
        "The file has Dense below layer 2",
    ),
    "one output repeated": (
        lambda: [LSTM(N), keras.layers.RepeatVector(3), LSTM(N)],
        "The file has RepeatVector below layer 2",
    ),
    "a sum of both": (
        lambda: [BOTH(LSTM(N, return_sequences=True), merge_mode="sum"), LSTM(N)],
        "joins the two directions of layer 1 by sum",
    ),
    "turned below both": (
        lambda: [LSTM(N, return_sequences=True, go_backwards=True), BOTH(LSTM(N))],
        "Below layer 2, which runs both ways",
    ),
}


@QUIET
@pytest.mark.parametrize(("layers", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_stack_says_why(tmp_path, layers, says):
    _, file = saved(tmp_path, *layers())
    with pytest.raises(ValueError, match=says) as caught:
        whole(file)
    assert ONE_SENTENCE.fullmatch(str(caught.value))


def test_onnx_holds_both_directions_in_one_array():
    lanes = [some(cell_named("lstm", "hx"), seed) for seed in (3, 3)]
    one, two = lanes[0], lanes[1].redrawn()
    arrays = {
        name: np.concatenate([named_arrays("onnx", lane.params)[name] for lane in (one, two)])
        for name in named_arrays("onnx", one.params)
    }
    file = WeightFile({**arrays, "xs": one.xs})
    stack = whole(file).stack
    zero = [lane.with_array(s, np.zeros(3)) for lane in (one, two) for s in ("h_prev",)]
    zero = [lane.with_array("C_prev", np.zeros(3)) for lane in zero]
    wanted = stacked(one.xs, {"forward": zero[0], "backward": zero[1]})
    np.testing.assert_allclose(stack.output(), wanted.output(), rtol=0, atol=1e-15)


def test_layers_that_do_not_fit_or_are_too_large_say_so():
    module = torch.nn.LSTM(3, 40, num_layers=2, bidirectional=True)
    file = WeightFile({name: array.numpy() for name, array in module.state_dict().items()})
    with pytest.raises(ValueError, match="1 to 64"):
        whole(file)
    module = torch.nn.LSTM(M, N)
    arrays = {f"{place}.{k}": a.numpy() for place in "ab" for k, a in module.state_dict().items()}
    with pytest.raises(ValueError, match=r"Layer 2 reads m = 3 numbers .* layer 1 hands on 2"):
        whole(WeightFile(arrays))


def test_two_modules_are_taken_in_the_order_of_their_names_which_is_said():
    arrays = {
        f"{place}.{name}": array.numpy()
        for place, module in (("a", torch.nn.GRU(M, N)), ("b", torch.nn.GRU(N, M)))
        for name, array in module.state_dict().items()
    }
    found = whole(WeightFile(arrays))
    assert "in that of their names" in found.remarks[0]
    assert "x is an example" in found.remarks[1]
    assert found.sentence == (
        "Layer 1, GRU, n = 2, forward; layer 2, GRU, n = 3, forward: "
        "the h of each is the x of the next."
    )
    assert found.label == "Open all 2 layers"


# ---- out and in again ----------------------------------------------------------------------------


def both_ways():
    one = some(cell_named("lstm", "xh"), T=3, n=2)
    two = some(cell_named("lstm", "hx"), n=2, m=4)
    layer = {"forward": two, "backward": two.redrawn()}
    return stacked(one.xs, {"forward": one, "backward": one.redrawn()}, layer)


@pytest.mark.parametrize("extension", ["npz", "safetensors"])
def test_a_stack_under_the_names_of_torch_runs_there_and_comes_back(extension):
    stack = both_ways()
    file = open_weights(write_stack(stack, extension), f"stack.{extension}")
    module = torch.nn.LSTM(2, 2, num_layers=2, bidirectional=True, dtype=torch.float64)
    given = {name: torch.from_numpy(array.copy()) for name, array in file.arrays.items()}
    xs, h0, c0 = (given.pop(name) for name in ("xs", "h0", "c0"))
    module.load_state_dict(given)
    out, _ = module(xs, (h0, c0))
    np.testing.assert_allclose(stack.output(), out.detach().numpy(), rtol=0, atol=1e-12)
    again = whole(file).stack
    np.testing.assert_allclose(again.output(), stack.output(), rtol=0, atol=1e-15)
    assert again.xs.tolist() == stack.xs.tolist()


def test_what_no_module_of_torch_is_is_refused_and_goes_out_as_json():
    one = some(cell_named("lstm", "hx"))
    mixed = stacked(one.xs, one, some(cell_named("gru_before", "hx"), m=3))
    backward = stacked(one.xs, {"backward": one})
    for stack in (mixed, backward):
        with pytest.raises(ValueError, match="In PyTorch all layers have one cell"):
            write_stack(stack, "npz")
    for stack in (mixed, backward, both_ways(), *EXAMPLES.values()):
        data = stack_json(stack)
        again = own_stack(data)
        assert again.places == stack.places
        assert all(again[place] == stack[place] for place in stack.places)
        json.loads(data)


@pytest.mark.parametrize(
    "text",
    [
        '{"layers": []}',
        '{"layers": 3}',
        '{"layers": [{}]}',
        '{"layers": [{"sideways": {}}]}',
        '{"layers": [{"forward": 1}]}',
        '{"layers"',
        '{"layers": ' + "[" * 100_000,
        '{"layers": [' + ",".join(["{}"] * 9) + "]}",
    ],
    ids=lambda text: text[:24],
)
def test_a_damaged_stack_is_one_sentence(text):
    with pytest.raises(ValueError, match=ONE_SENTENCE):
        own_stack(text.encode())


def test_other_files_are_no_stack():
    assert own_stack(some().to_json().encode()) is None
    assert own_stack(b"PK\x03\x04") is None
    assert Place(0) in EXAMPLES["two_layers"].places
