"""What a .keras file says of its layers is read: the cell that it says, or why it cannot be."""

import json

import h5py
import numpy as np
import pytest

from lstm_core.frameworks.convert import find_layers
from lstm_files.weights.file import LayerFacts
from lstm_files.weights.h5 import root_text
from lstm_files.weights.keras import facts_for, layer_facts
from lstm_files.weights.read import open_weights
from lstm_ui.exchange.layer import Chosen, exercise_of, is_backwards, remarks, ways
from tests.core.frameworks.keras_oracle import QUIET, keras, outputs, randomised
from tests.files.archives import refused, zipped
from tests.files.weights.hdf5 import holding
from tests.files.weights.weight_files import SOUND

pytestmark = QUIET
XS = np.random.default_rng(2).normal(size=(4, 3)).astype("f4")


def saved(tmp_path, *layers):
    model = keras.Sequential([keras.Input((None, 3)), *layers])
    randomised(model)
    model.save(tmp_path / "m.keras")
    return model, open_weights((tmp_path / "m.keras").read_bytes(), "m.keras")


def hidden(file, found, xs):
    """Every h of the exercise that a layer becomes, on these inputs, in the order it reads them."""
    (way,) = ways(file, Chosen(found, range(found.n), range(found.m)))
    exercise = exercise_of(way, file, "m.keras")
    inputs = xs[::-1] if is_backwards(file, found) else xs
    trace = exercise.with_array("xs", np.asarray(inputs, float)).trace()
    return np.array([trace[t, "h"] for t in range(len(xs))]), remarks(way, file)


RNN, LSTM, GRU = keras.layers.SimpleRNN, keras.layers.LSTM, keras.layers.GRU
SAME = {
    "lstm": (LSTM, {}),
    "go_backwards": (LSTM, {"go_backwards": True}),
    "no biases": (GRU, {"use_bias": False}),
    "no biases, reset before": (GRU, {"use_bias": False, "reset_after": False}),
    "reset before": (GRU, {"reset_after": False}),
    "ReLU": (RNN, {"activation": "relu"}),
    "tanh": (RNN, {}),
}


@pytest.mark.parametrize(("kind", "options"), SAME.values(), ids=SAME)
def test_h_is_keras_own(tmp_path, kind, options):
    model, file = saved(tmp_path, kind(4, return_sequences=True, **options))
    (found,) = find_layers(file.arrays)
    h, said = hidden(file, found, XS)
    np.testing.assert_allclose(h, outputs(model.layers[0], XS), atol=1e-6)
    assert any("last to the first" in sentence for sentence in said) == ("go_backwards" in options)
    assert not any("do not say" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("kind", "options", "says"),
    [
        (LSTM, {"recurrent_activation": "hard_sigmoid"}, "hard_sigmoid for its gates instead of σ"),
        (GRU, {"recurrent_activation": "relu"}, "relu for its gates instead of σ"),
        (LSTM, {"activation": "relu"}, "relu as its activation instead of tanh"),
        (RNN, {"activation": "linear"}, "linear as its activation instead of tanh"),
    ],
)
def test_a_layer_that_no_cell_here_is_like_says_why(tmp_path, kind, options, says):
    _, file = saved(tmp_path, kind(4, **options))
    (found,) = find_layers(file.arrays)
    with pytest.raises(ValueError, match=says) as refused:
        ways(file, Chosen(found, range(4), range(3)))
    assert str(refused.value).endswith("its h would be another.")


@pytest.mark.filterwarnings("ignore")  # Keras calls this way of saving old
def test_one_hdf5_file_holds_the_config_too(tmp_path):
    layers = [
        LSTM(4, recurrent_activation="hard_sigmoid", return_sequences=True, name="a"),
        RNN(4, activation="relu", return_sequences=True, name="b"),
        keras.layers.Bidirectional(GRU(2, return_sequences=True, reset_after=False), name="c"),
    ]
    model = keras.Sequential([keras.Input((None, 3)), *layers])
    randomised(model)
    model.save(tmp_path / "m.h5")
    data = (tmp_path / "m.h5").read_bytes()
    file = open_weights(data, "m.h5")
    assert {path: facts.cell for path, facts in file.facts.items()} == {
        "model_weights/a": "lstm",
        "model_weights/b": "rnn_relu",
        "model_weights/c": "gru_before",
    }
    assert "hard_sigmoid" in file.facts["model_weights/a"].refusal
    assert root_text(data, "keras_version").decode() == keras.__version__
    assert root_text(data, "another") == b""
    (found,) = (one for one in find_layers(file.arrays) if one.cell.startswith("rnn"))
    inner = np.random.default_rng(4).normal(size=(4, 4)).astype("f4")
    h, _ = hidden(file, found, inner)
    np.testing.assert_allclose(h, outputs(model.layers[1], inner), atol=1e-6)


def test_an_attribute_that_is_damaged_or_of_a_plain_length(tmp_path):
    with h5py.File(tmp_path / "a.h5", "w") as made:
        made["W"] = np.ones(2)
        made.attrs["varying"] = "some text"
        made.attrs["plain"] = np.bytes_(b"plain text")
    data = (tmp_path / "a.h5").read_bytes()
    assert root_text(data, "varying") == b"some text"
    assert root_text(data, "plain") == b"plain text"
    broken = data.replace(b"GCOL", b"GCOX")
    assert "damaged" in refused(lambda: root_text(broken, "varying"), ".")
    assert root_text(b"x" * 200, "varying") == b""


def test_several_layers_each_by_its_own_config(tmp_path):
    inner = keras.Sequential([keras.Input((None, 4)), RNN(4, activation="relu")])
    _, file = saved(
        tmp_path,
        LSTM(4, return_sequences=True, name="b"),
        keras.layers.Bidirectional(LSTM(2, return_sequences=True, go_backwards=False)),
        LSTM(4, return_sequences=True, go_backwards=True, name="a"),
        inner,
    )
    places = {found.place.removesuffix("cell/vars/"): found for found in find_layers(file.arrays)}
    assert {place.rstrip("/") for place in places} == set(file.facts)
    backwards = {place for place, found in places.items() if is_backwards(file, found)}
    assert backwards == {"layers/lstm_1/", "layers/bidirectional/backward_layer/"}
    assert file.facts["layers/sequential/layers/simple_rnn"] == LayerFacts("rnn_relu")


@pytest.mark.parametrize(
    "config",
    [
        *(b"", b"no json", b"[]", b"{}", b'{"config": {"layers": 3}}'),
        b'{"config": {"layers": [1]}}',
        b'{"config": {"layers": [{"class_name": "LSTM", "config": 1}, {"class_name": []}]}}',
    ],
)
def test_a_strange_config_says_nothing(config):
    assert dict(layer_facts(config)) == {}


def test_layers_by_their_class_or_by_their_own_names():
    layers = [
        {"class_name": "LSTM", "config": {"name": name, "go_backwards": backwards}}
        for name, backwards in (("lstm_1", True), ("lstm", False))
    ]
    config = json.dumps({"config": {"layers": layers}}).encode()
    by_class = facts_for(config, ["layers/lstm/cell/vars/0", "layers/lstm_1/cell/vars/0"])
    assert by_class["layers/lstm"].backwards
    layers[0]["config"]["name"] = "encoder"
    config = json.dumps({"config": {"layers": layers}}).encode()
    own = facts_for(config, ["layers/encoder/cell/vars/0", "layers/lstm/cell/vars/0"])
    assert own["layers/encoder"].backwards
    assert not own["layers/lstm"].backwards
    assert facts_for(config, ["layers/another/cell/vars/0"]) == {}


def test_a_config_that_fits_no_weights_is_said():
    layer = {"class_name": "LSTM", "config": {"name": "a"}}
    config = json.dumps({"config": {"layers": [layer]}}).encode()
    data = zipped({"config.json": config, "model.weights.h5": holding(kernel=np.ones((2, 4)))})
    file = open_weights(data, "m.keras")
    assert file.facts == {}
    assert "could not be matched to their weights" in file.remarks[0]
    assert open_weights(SOUND["keras"], "m.keras").remarks == ()


def test_models_within_models_end():
    model = {"class_name": "LSTM", "config": {}}
    for _ in range(40):
        model = {"class_name": "Sequential", "config": {"layers": [model]}}
    assert dict(layer_facts(json.dumps(model).encode())) == {}


def test_an_activation_may_be_an_object():
    of = {"class_name": "function", "config": "hard_silu"}
    config = {"recurrent_activation": of, "activation": {"class_name": "Tanh", "config": {}}}
    model = {"config": {"layers": [{"class_name": "LSTM", "config": config}]}}
    (facts,) = dict(layer_facts(json.dumps(model).encode())).values()
    assert "hard_silu for its gates" in facts.refusal
