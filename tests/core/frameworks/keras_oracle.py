"""Keras 3 on PyTorch, as the tests need it. It writes its settings to a place of its own."""

import os
import tempfile

os.environ["KERAS_BACKEND"] = "torch"
os.environ["KERAS_HOME"] = tempfile.mkdtemp(prefix="keras")

import keras
import numpy as np
import pytest

# Keras 3.15 hands PyTorch tensors to NumPy in a way that NumPy 2.4 deprecates.
QUIET = pytest.mark.filterwarnings(
    r"ignore:__array__ implementation doesn't accept:DeprecationWarning:keras\.src\..*"
)
LAYERS = {
    "lstm": (keras.layers.LSTM, {}),
    "gru_after": (keras.layers.GRU, {}),
    "gru_before": (keras.layers.GRU, {"reset_after": False}),
    "rnn_tanh": (keras.layers.SimpleRNN, {}),
    "rnn_relu": (keras.layers.SimpleRNN, {"activation": "relu"}),
}


def layer(cell, n, dtype="float64", **options):
    """Return a layer that gives every h, not yet built."""
    make, own = LAYERS[cell]
    return make(n, return_sequences=True, dtype=dtype, **own, **options)


def randomised(layer, seed=3):
    """Draw its weights and biases, none of them zero, and return it."""
    rng = np.random.default_rng(seed)
    layer.set_weights([rng.normal(0, 0.6, variable.shape) for variable in layer.weights])
    return layer


def named(layer):
    """Return a layer's arrays by the names that Keras gives them."""
    return {v.path: keras.ops.convert_to_numpy(v.value) for v in layer.weights}


def listed(layer):
    """Return a layer's arrays in the order of get_weights."""
    return list(named(layer).values())


def outputs(layer, xs, states=None):
    """Return what the layer makes of one sequence, from these states."""
    start = None if states is None else [state[None] for state in states]
    return keras.ops.convert_to_numpy(layer(xs[None], initial_state=start))[0]
