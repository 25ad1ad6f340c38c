"""What a .keras file says of its layers is read: the cell that it says, or why it cannot be."""

import json

import h5py
import numpy as np
import pytest

from lstm_core.frameworks.convert import find_layers
from lstm_files.weights.file import LayerFacts
from lstm_files.weights.h5 import root_text
from lstm_files.weights.keras import facts_for, layer_facts
from lstm_files.weights.own import own_exercise
from lstm_files.weights.read import open_weights
from lstm_files.weights.stack_json import own_stack
from lstm_ui.exchange.all_layers import all_layers
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


def of_cell(cell, **layer):
    """A layer that Keras makes of a cell alone."""
    return lambda n, return_sequences, **options: keras.layers.RNN(
        cell(n, **options), return_sequences=return_sequences, **layer
    )


RNN, LSTM, GRU = keras.layers.SimpleRNN, keras.layers.LSTM, keras.layers.GRU
SAME = {
    "lstm": (LSTM, {}),
    "go_backwards": (LSTM, {"go_backwards": True}),
    "no biases": (GRU, {"use_bias": False}),
    "no biases, reset before": (GRU, {"use_bias": False, "reset_after": False}),
    "reset before": (GRU, {"reset_after": False}),
    "ReLU": (RNN, {"activation": "relu"}),
    "tanh": (RNN, {}),
    "hard gates": (LSTM, {"recurrent_activation": "hard_sigmoid"}),
    "hard gates of a GRU": (GRU, {"recurrent_activation": "hard_sigmoid", "reset_after": False}),
    "ReLU in an LSTM": (LSTM, {"activation": "relu"}),
    "no activation": (LSTM, {"activation": "linear"}),
    "tanh for gates": (GRU, {"recurrent_activation": "tanh", "go_backwards": True}),
    "an RNN of σ": (RNN, {"activation": "sigmoid"}),
    "a plain sum": (RNN, {"activation": "linear"}),
    "a cell in a layer": (of_cell(keras.layers.LSTMCell), {"recurrent_activation": "hard_sigmoid"}),
    "one that turns": (of_cell(keras.layers.GRUCell, go_backwards=True), {"reset_after": False}),
    "a plain cell": (of_cell(keras.layers.SimpleRNNCell), {"activation": "relu"}),
}


@pytest.mark.parametrize(("kind", "options"), SAME.values(), ids=SAME)
def test_h_is_keras_own(tmp_path, kind, options):
    model, file = saved(tmp_path, kind(4, return_sequences=True, **options))
    (found,) = find_layers(file.arrays)
    h, said = hidden(file, found, XS)
    np.testing.assert_allclose(h, outputs(model.layers[0], XS), atol=1e-6)
    turned = "go_backwards" in options or getattr(model.layers[0], "go_backwards", False)
    assert any("last to the first" in sentence for sentence in said) == turned
    swapped = {*options.values()} & {"hard_sigmoid", "linear", "sigmoid", "tanh"}
    swapped = swapped or (options.get("activation") == "relu" and kind is LSTM)
    assert any("says which activations" in sentence for sentence in said) == bool(swapped)
    assert not any("do not say" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("kind", "options", "says"),
    [
        (LSTM, {"recurrent_activation": "elu"}, "tanh, and elu for its gates: no cell here has it"),
        (LSTM, {"activation": "gelu"}, "gelu, and sigmoid for its gates: no cell here has it"),
        (RNN, {"activation": "softsign"}, "the activation softsign: no cell here has it"),
        (
            LSTM,
            {"activation": "relu", "recurrent_activation": "hard_sigmoid"},
            "relu, and hard_sigmoid for its gates: here at most 3 rows",
        ),
    ],
)
def test_a_layer_that_no_cell_here_is_like_says_why(tmp_path, kind, options, says):
    _, file = saved(tmp_path, kind(4, **options))
    (found,) = find_layers(file.arrays)
    with pytest.raises(ValueError, match=says):
        ways(file, Chosen(found, range(4), range(3)))


@pytest.mark.parametrize(
    ("version", "op"), [("2.15.0", "hard"), ("3.1.0", "hard_six"), ("", None), ("new", None)]
)
def test_the_slope_of_hard_sigmoid_is_that_of_the_version(version, op):
    config = {"recurrent_activation": "hard_sigmoid"}
    model = {"config": {"layers": [{"class_name": "GRU", "config": config}]}}
    (said,) = dict(layer_facts(json.dumps(model).encode(), version=version)).values()
    assert {change.op for change in said.changes} == ({op} if op else set())
    assert bool(said.refusal) == (op is None)


def test_cells_on_top_of_each_other_are_layers_in_their_order(tmp_path):
    cells = [
        keras.layers.LSTMCell(4, activation="relu"),
        keras.layers.LSTMCell(3),
        keras.layers.GRUCell(2, recurrent_activation="hard_sigmoid"),
    ]
    model, file = saved(tmp_path, keras.layers.RNN(cells, return_sequences=True, go_backwards=True))
    places = ["lstm_cell", "lstm_cell_1", "gru_cell"]
    assert [*file.facts] == [f"layers/rnn/cell/cells/{name}" for name in places]
    assert [said.backwards for said in file.facts.values()] == [True, False, False]
    found = find_layers(file.arrays)
    file.arrays["x"] = XS
    way = ways(file, Chosen(found[0], range(found[0].n), range(found[0].m)))[0]
    stack = all_layers(file, found, way, "m.keras").stack
    theirs = outputs(model.layers[0], XS)
    np.testing.assert_allclose(stack.output(), theirs[::-1], atol=1e-6)


@pytest.mark.filterwarnings("ignore")  # Keras calls this way of saving old
@pytest.mark.parametrize("form", ["keras", "h5"])
def test_two_directions_that_differ(tmp_path, form):
    back = LSTM(4, activation="relu", go_backwards=True, return_sequences=True)
    both = keras.layers.Bidirectional(LSTM(4, return_sequences=True), backward_layer=back)
    model, file = saved(tmp_path, both)
    if form == "h5":
        model.save(tmp_path / "m.h5")
        file = open_weights((tmp_path / "m.h5").read_bytes(), "m.h5")
        refusal = "the two directions so that they can be told apart; save it as .keras"
        for found in find_layers(file.arrays):
            assert refusal in refused(lambda at=found: hidden(file, at, XS), ".")
        return
    theirs = outputs(model.layers[0], XS)
    ours = {found.direction: hidden(file, found, XS)[0] for found in find_layers(file.arrays)}
    np.testing.assert_allclose(ours["forward"], theirs[:, :4], atol=1e-6)
    np.testing.assert_allclose(ours["reverse"], theirs[::-1, 4:], atol=1e-6)


@pytest.mark.filterwarnings("ignore")  # Keras calls this way of saving old
def test_one_hdf5_file_holds_the_config_too(tmp_path):
    layers = [
        LSTM(4, recurrent_activation="hard_sigmoid", return_sequences=True, name="a"),
        RNN(4, activation="relu", return_sequences=True, name="b"),
        keras.layers.Bidirectional(GRU(2, return_sequences=True, reset_after=False), name="c"),
        keras.layers.RNN(keras.layers.GRUCell(2), return_sequences=True, name="d"),
        keras.layers.RNN([keras.layers.GRUCell(2), keras.layers.GRUCell(3)], name="e"),
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
        "model_weights/d": "gru_after",
        "model_weights/e": "gru_after",
    }
    assert [change.op for change in file.facts["model_weights/a"].changes] == ["hard_six"] * 3
    assert "the cells of one layer" in file.facts["model_weights/e"].refusal
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


def test_weights_without_a_config_say_that_the_usual_activations_are_taken():
    file = open_weights(SOUND["h5"], "m.weights.h5")
    found = find_layers(file.arrays)[0]
    _, said = hidden(file, found, np.ones((4, found.m)))
    assert any("those that Keras has by itself" in sentence for sentence in said)


def test_a_layer_within_a_model_of_over_ten_megabytes(tmp_path):
    model = keras.Sequential([keras.layers.Embedding(400_000, 8), LSTM(4, return_sequences=True)])
    model.build((None, 3))
    model.save(tmp_path / "m.keras")
    data = (tmp_path / "m.keras").read_bytes()
    assert len(data) > 12_000_000
    assert own_exercise(data, "m.keras") is None
    file = open_weights(data, "m.keras")
    (found,) = find_layers(file.arrays)
    h, _ = hidden(file, found, (inner := np.random.default_rng(4).normal(size=(4, 8))))
    np.testing.assert_allclose(h, outputs(model.layers[1], inner.astype("f4")), atol=1e-6)


@pytest.mark.parametrize("name", ["m.json", "m.csv", "m.npy", "m.safetensors"])
def test_other_files_of_that_size_are_refused_before_they_are_read(name):
    data = b'{"layers"' + bytes(10_000_000) if name == "m.json" else b"1,2" + bytes(10_000_000)
    for reader in (own_stack, lambda data: own_exercise(data, name)):
        if name == "m.json" or reader is not own_stack:
            assert "expected at most 10,000,000" in refused(lambda read=reader: read(data), ".")
    assert "expected at most 10,000,000" in refused(lambda: open_weights(data, name), ".")
