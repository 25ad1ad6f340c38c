import numpy as np
import pytest

from lstm_core.frameworks.convert import describe_conversion, find_layers
from lstm_files.weights.h5 import read_h5
from lstm_files.weights.keras import read_keras, read_keras_archive
from lstm_files.weights.read import read_weights
from tests.core.frameworks.keras_oracle import QUIET, keras, layer, named, outputs, randomised
from tests.core.frameworks.layers import CLOSE, hidden
from tests.files.archives import refused, zipped

pytestmark = QUIET


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """Return where a model was saved, and the model."""
    made = keras.Sequential(
        [
            keras.Input((None, 3)),
            layer("lstm", 4, "float32"),
            keras.layers.Bidirectional(layer("gru_after", 2, "float32")),
            keras.layers.Dense(2),
        ]
    )
    made.compile("adam", "mse")
    randomised(made)
    place = tmp_path_factory.mktemp("keras")
    for name in ("m.weights.h5", "m.keras"):
        (made.save_weights if "weights" in name else made.save)(place / name)
    return place, made


def test_weights_of_keras(model):
    place, made = model
    arrays = list(named(made).values())
    data = (place / "m.weights.h5").read_bytes()
    read = read_keras(data)
    assert [name for name in read if "lstm" in name] == [
        f"layers/lstm/cell/vars/{k}" for k in "012"
    ]
    assert all(np.array_equal(read[f"layers/lstm/cell/vars/{k}"], arrays[k]) for k in range(3))
    assert len(read) == len(arrays)  # the optimizer's are left out
    assert len(read_h5(data)) > len(arrays)
    archived = read_keras_archive((place / "m.keras").read_bytes()).arrays
    assert archived.keys() == read.keys()
    assert all(np.array_equal(archived[name], read[name]) for name in read)


def test_a_layer_from_a_file_gives_keras_own_outputs(model):
    place, made = model
    arrays = read_weights((place / "m.weights.h5").read_bytes(), "m.weights.h5")
    assert [found.title for found in find_layers(arrays)] == [
        "Keras GRU, layer 0, forward: n = 2, m = 4 (layers/bidirectional/forward_layer)",
        "Keras GRU, layer 0, reverse: n = 2, m = 4 (layers/bidirectional/backward_layer)",
        "Keras LSTM, layer 1, forward: n = 4, m = 3 (layers/lstm)",
    ]
    xs = np.random.default_rng(2).normal(size=(6, 3)).astype("f4")
    zero = {"h_prev": np.zeros(4), "C_prev": np.zeros(4)}
    ours = hidden(describe_conversion("keras", arrays, layer=1), xs, zero)
    np.testing.assert_allclose(ours, outputs(made.layers[0], xs), **CLOSE["float32"])


def test_an_archive_without_weights():
    assert refused(lambda: read_keras_archive(zipped({"config.json": b"{}"})), "weights") == (
        "This .keras file holds no weights; save the model once more."
    )
