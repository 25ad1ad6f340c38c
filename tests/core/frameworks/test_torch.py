import numpy as np
import pytest
import torch

from lstm_core.cells import projected_lstm
from lstm_core.frameworks.convert import describe_conversion, from_framework, to_framework
from tests.core.frameworks.layers import CLOSE, both_directions, hidden, same
from tests.core.samples import random_exercise

MODULES = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}
CELLS = {"lstm": torch.nn.LSTMCell, "gru": torch.nn.GRUCell, "rnn": torch.nn.RNNCell}
N, M, T = 4, 3, 6


def module(kind, dtype, **options):
    torch.manual_seed(19196)
    return MODULES[kind](M, N, dtype=getattr(torch, dtype), **options)


def inputs(layers, dtype):
    """Random inputs, and states that are not zero, one for each layer and direction."""
    rng = np.random.default_rng(5)
    xs, states = rng.normal(size=(T, M)), rng.normal(0, 0.5, (2, layers, N))
    return xs.astype(dtype), states.astype(dtype)


def outputs(layer, xs, states):
    h, C = (torch.tensor(state) for state in states)
    start = (h, C) if isinstance(layer, torch.nn.LSTM) else h
    with torch.no_grad():
        return layer(torch.tensor(xs), start)[0].numpy()


def starts(states):
    return [{"h_prev": h, "C_prev": C} for h, C in zip(*states, strict=True)]


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("kind", MODULES)
def test_two_layers_of_two_directions_give_torchs_own_outputs(kind, dtype, bias):
    layer = module(kind, dtype, num_layers=2, bidirectional=True, bias=bias)
    xs, states = inputs(4, dtype)
    arrays, each = layer.state_dict(), starts(states)
    first = both_directions("pytorch", arrays, xs, each[:2], layer=0)
    second = both_directions("pytorch", arrays, first, each[2:], layer=1)
    np.testing.assert_allclose(second, outputs(layer, xs, states), **CLOSE[dtype])


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_relu_network_has_the_same_arrays(dtype):
    layer = module("rnn", dtype, nonlinearity="relu")
    xs, states = inputs(1, dtype)
    conversion = describe_conversion("pytorch", layer.state_dict(), cell="rnn_relu")
    ours = hidden(conversion, xs, starts(states)[0])
    np.testing.assert_allclose(ours, outputs(layer, xs, states), **CLOSE[dtype])


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_has_names_without_a_layer(kind, order):
    torch.manual_seed(1)
    theirs = CELLS[kind](M, N, dtype=torch.float64)
    xs, states = inputs(1, "float64")
    conversion = describe_conversion("pytorch", theirs.state_dict(), order=order)
    ours = hidden(conversion, xs[:1], starts(states)[0])
    h, C = torch.tensor(states)
    with torch.no_grad():
        given = theirs(torch.tensor(xs[:1]), (h, C) if kind == "lstm" else h)
    expected = given[0] if kind == "lstm" else given
    np.testing.assert_allclose(ours, expected.numpy(), **CLOSE["float64"])


@pytest.mark.parametrize("kind", MODULES)
def test_torch_loads_what_it_is_given_back(kind):
    layer, other = module(kind, "float64"), MODULES[kind](M, N, dtype=torch.float64)
    arrays = to_framework("pytorch", from_framework("pytorch", layer.state_dict()))
    other.load_state_dict({name: torch.tensor(array) for name, array in arrays.items()})
    xs, states = inputs(1, "float64")
    expected = outputs(layer, xs, states)
    np.testing.assert_allclose(outputs(other, xs, states), expected, **CLOSE["float64"])


def test_the_two_biases_become_one_and_a_zero():
    arrays = {name: array.numpy() for name, array in module("lstm", "float64").state_dict().items()}
    params = from_framework("pytorch", arrays)
    both = arrays["bias_ih_l0"] + arrays["bias_hh_l0"]
    assert np.array_equal(params["b_C"], both[2 * N : 3 * N])
    again = to_framework("pytorch", params)
    assert np.array_equal(again["bias_ih_l0"], both)
    assert not again["bias_hh_l0"].any()
    assert same(from_framework("pytorch", again), params)
    assert np.array_equal(again["weight_hh_l0"], arrays["weight_hh_l0"])


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize("r", [1, 2, 3])
def test_a_projection_is_read_run_and_written(r, order):
    layer = module("lstm", "float64", proj_size=r, num_layers=2, bidirectional=True)
    xs, (_, C) = inputs(4, "float64")
    h = np.random.default_rng(6).normal(0, 0.5, (4, r))
    each, arrays = starts((h, C)), layer.state_dict()
    first = both_directions("pytorch", arrays, xs, each[:2], layer=0, order=order)
    second = both_directions("pytorch", arrays, first, each[2:], layer=1, order=order)
    np.testing.assert_allclose(second, outputs(layer, xs, (h, C)), **CLOSE["float64"])
    params = from_framework("pytorch", arrays, order=order)
    again = to_framework("pytorch", params, order=order)
    assert same(from_framework("pytorch", again, order=order), params)
    assert np.array_equal(again["weight_hr_l0"], arrays["weight_hr_l0"].numpy())


def test_of_a_projected_layer_some_units_are_taken_with_as_much_of_h():
    arrays = module("lstm", "float64", proj_size=3).state_dict()
    whole = from_framework("pytorch", arrays)
    few = from_framework("pytorch", arrays, units=range(1, 3))
    assert np.array_equal(few["W_p"], whole["W_p"][:2, 1:3])
    assert np.array_equal(few["W_f"], whole["W_f"][1:3][:, [0, 1, 3, 4, 5]])


def test_pytorch_has_no_projection_that_makes_h_no_shorter():
    params = random_exercise(projected_lstm(), 3, 2, r=3).params
    with pytest.raises(ValueError, match=r"proj_size must be below hidden_size.*r = 3 and n = 3"):
        to_framework("pytorch", params)


@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_names_say_layer_and_direction(layer, direction):
    arrays = module("lstm", "float64", num_layers=2, bidirectional=True).state_dict()
    where = {"layer": layer, "direction": direction}
    back = to_framework("pytorch", from_framework("pytorch", arrays, **where), **where)
    ending = f"_l{layer}" + "_reverse" * (direction == "reverse")
    assert set(back) == {name for name in arrays if name.endswith(ending)}
    assert np.array_equal(back[f"weight_ih{ending}"], arrays[f"weight_ih{ending}"].numpy())
