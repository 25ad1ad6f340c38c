import numpy as np
import pytest
import torch

from lstm_core.frameworks.convert import FoundLayer, find_layers, from_framework, named_arrays
from lstm_core.frameworks.frameworks import FRAMEWORKS
from tests.core.frameworks.layers import random_params, same


def lstm(framework="pytorch", place="", cell="lstm", n=3, m=2, **where):
    arrays = named_arrays(framework, random_params(cell, n, m), **where)
    return {place + name: array for name, array in arrays.items()}


def test_a_model_of_many_layers():
    class Model(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = torch.nn.Embedding(10, 5)
            self.encoder = torch.nn.LSTM(5, 4, 2, bidirectional=True)
            self.decoder = torch.nn.GRUCell(5, 3)
            self.out = torch.nn.Linear(3, 10)

    assert [found.title for found in find_layers(Model().state_dict())] == [
        "PyTorch GRU, layer 0, forward: n = 3, m = 5 (decoder)",
        "PyTorch LSTM, layer 0, forward: n = 4, m = 5 (encoder)",
        "PyTorch LSTM, layer 0, reverse: n = 4, m = 5 (encoder)",
        "PyTorch LSTM, layer 1, forward: n = 4, m = 8 (encoder)",
        "PyTorch LSTM, layer 1, reverse: n = 4, m = 8 (encoder)",
    ]


def test_what_is_found_has_its_names_and_sizes():
    arrays = lstm(place="net.rnn.", layer=1, direction="reverse") | {"net.fc.weight": np.ones(4)}
    assert find_layers(arrays) == [
        FoundLayer(
            framework="pytorch",
            cell="lstm",
            place="net.rnn.",
            layer=1,
            direction="reverse",
            n=3,
            m=2,
            names={
                name: f"net.rnn.{name}_l1_reverse"
                for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            },
        )
    ]
    params = from_framework("pytorch", arrays, layer=1, direction="reverse", place="net.rnn.")
    assert same(params, random_params("lstm"))


@pytest.mark.parametrize("framework", [key for key in FRAMEWORKS if key != "flax-nnx"])
def test_every_framework_is_guessed_from_names_and_shapes(framework):
    place = "rnn/basic_lstm_cell/" if framework == "tf1" else ""
    for layout in FRAMEWORKS[framework].layouts:
        (found,) = find_layers(lstm(framework, place, layout.cell))
        looks_like = {"tinygrad": "pytorch"}.get(framework, framework)
        assert found.framework == looks_like
        alike = {"rnn_relu": "rnn_tanh", "gru_after": "gru_before"}
        same_arrays = layout.cell == "rnn_relu" or (framework, layout.cell) == ("onnx", "gru_after")
        assert found.cell == (alike[layout.cell] if same_arrays else layout.cell)


def test_two_sources_at_once():
    arrays = lstm("keras", "a/") | lstm("onnx", "b_") | lstm("lstm_core", "c.")
    found = find_layers(arrays)
    assert [f.framework for f in found] == ["keras", "onnx", "lstm_core"]
    assert [f.place for f in found] == ["a/", "b_", "c."]


def test_a_dense_layer_is_no_lstm():
    dense = {"dense/kernel": np.ones((7, 12)), "dense/bias": np.ones(12)}
    assert find_layers(dense) == []
    keras = {"layers/dense/vars/0": np.ones((7, 12)), "layers/dense/vars/1": np.ones(12)}
    assert find_layers(keras) == []
    assert find_layers({f"lstm_cell/{name[6:]}": a for name, a in dense.items()}) != []


def test_places_with_numbers_are_in_the_order_of_people():
    arrays = {}
    for k in (10, 2, 1):
        arrays |= lstm("keras", f"layers/lstm_{k}/cell/vars/", n=k)
    found = find_layers(arrays, "keras")
    assert [(f.layer, f.n) for f in found] == [(0, 1), (1, 2), (2, 10)]
    assert found[2].title == "Keras LSTM, layer 2, forward: n = 10, m = 2 (layers/lstm_10)"
    assert from_framework("keras", arrays, layer=2)["W_f"].shape == (10, 12)


def test_the_framework_that_explains_most_names_is_meant():
    cell = lstm(layer=None) | {"bias": np.ones(12)}
    assert [(f.framework, len(f.names)) for f in find_layers(cell)] == [("pytorch", 4)]
    del cell["bias_ih"], cell["bias_hh"]
    assert [(f.framework, len(f.names)) for f in find_layers(cell)] == [("equinox", 3)]


def test_the_two_directions_of_keras_are_one_layer():
    arrays = lstm("keras", "layers/bidirectional/forward_layer/cell/vars/")
    arrays |= lstm("keras", "layers/bidirectional/backward_layer/cell/vars/", n=4)
    arrays |= lstm("keras", "layers/lstm/cell/vars/", n=5)
    found = {(f.layer, f.direction): f.n for f in find_layers(arrays)}
    assert found == {(0, "forward"): 3, (0, "reverse"): 4, (1, "forward"): 5}


def test_the_two_directions_of_onnx_are_in_the_same_arrays():
    forward, reverse = lstm("onnx"), lstm("onnx", cell="lstm")
    reverse = {name: -array for name, array in reverse.items()}
    both = {name: np.concatenate([forward[name], reverse[name]]) for name in forward}
    assert [(f.direction, f.index, f.n) for f in find_layers(both)] == [
        ("forward", 0, 3),
        ("reverse", 1, 3),
    ]
    first = from_framework("onnx", both)
    second = from_framework("onnx", both, direction="reverse")
    assert same(first, random_params("lstm"))
    assert same(second, {name: -array for name, array in first.items()})


def test_one_layer_in_two_places_has_to_be_chosen():
    arrays = lstm(place="a.") | lstm(place="b.", n=4)
    with pytest.raises(ValueError, match=r"^Layer 0, forward, is in 2 places: a\., b\.\.$"):
        from_framework("pytorch", arrays)
    assert from_framework("pytorch", arrays, place="b.")["W_f"].shape == (4, 6)


def test_the_kind_narrows_the_search():
    arrays = lstm(place="a.") | lstm(place="b.", cell="gru_after")
    assert [f.place for f in find_layers(arrays, "pytorch", "gru")] == ["b."]
    assert [f.cell for f in find_layers(lstm("onnx", cell="gru_after"), cell="gru_after")] == [
        "gru_after"
    ]


def test_what_is_no_array_is_not_found():
    assert find_layers({}) == []
    assert find_layers({"weight_ih_l0": [[1, 2], [3]], "weight_hh_l0": "x"}) == []
    assert find_layers([np.ones((2, 8)), np.ones((2, 8))])[0].framework == "keras"


def test_names_are_read_in_no_time():
    names = ["a." * 20_000 + "weight_ih", "_" * 40_000, "weight_ih_l" + "9" * 40_000]
    assert find_layers(dict.fromkeys(names, np.ones(1))) == []
