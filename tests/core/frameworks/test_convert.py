import numpy as np
import pytest

from lstm_core.cells import CELLS
from lstm_core.frameworks.convert import (
    describe_conversion,
    from_framework,
    named_arrays,
    to_framework,
)
from lstm_core.frameworks.frameworks import FRAMEWORKS
from tests.core.frameworks.formulas import CASES, M, N, random_arrays
from tests.core.frameworks.layers import CLOSE, hidden, random_params, same

BOTH = [(key, layout.cell) for key, own in FRAMEWORKS.items() for layout in own.layouts]


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize(("framework", "cell"), CASES)
def test_our_cell_gives_what_the_formula_of_the_framework_gives(framework, cell, order, rng):
    step, arrays = CASES[framework, cell][0], random_arrays(framework, cell)
    conversion = describe_conversion(framework, arrays, cell=cell, order=order)
    xs, h, C = rng.normal(size=(5, M)), rng.normal(size=N), rng.normal(size=N)
    ours = hidden(conversion, xs, {"h_prev": h, "C_prev": C})
    for x, expected in zip(xs, ours, strict=True):
        h, C = step(arrays, x, h, C)
        np.testing.assert_allclose(expected, h, **CLOSE["float64"])


def test_every_layout_is_held_against_something_else():
    elsewhere = {"pytorch", "keras", "lstm_core"}  # the frameworks themselves; our own
    left = {pair for pair in BOTH if pair[0] not in elsewhere} - {*CASES}
    assert left == {("onnx", "rnn_relu")}  # the arrays of rnn_tanh


@pytest.mark.parametrize(("n", "m"), [(3, 2), (1, 1), (2, 5), (4, 4)])
@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize(("framework", "cell"), BOTH)
def test_there_and_back_is_exact(framework, cell, order, n, m):
    params = random_params(cell, n, m, order)
    arrays = to_framework(framework, params, order=order)
    again = from_framework(framework, arrays, cell=cell, order=order)
    if framework == "tf1":  # 1 is taken off and put on: the last bit can go
        np.testing.assert_allclose(again["b_f"], params["b_f"], rtol=0, atol=1e-15)
        again["b_f"] = params["b_f"]
    assert same(again, params)


@pytest.mark.parametrize(("framework", "cell"), CASES)
def test_what_the_framework_stores_comes_back(framework, cell):
    arrays = random_arrays(framework, cell)
    back = named_arrays(framework, from_framework(framework, arrays, cell=cell))
    assert {name: a.shape for name, a in back.items()} == {k: a.shape for k, a in arrays.items()}
    for name, array in back.items():
        if not name.startswith(("B", "bias_")):  # of two biases only the sum comes back
            np.testing.assert_allclose(array, arrays[name], rtol=0, atol=1e-15)


def test_a_conversion_worked_by_hand():
    """n = 1, m = 2: every number can be followed."""
    arrays = {
        "weight_ih_l0": [[1, 2], [3, 4], [5, 6], [7, 8]],
        "weight_hh_l0": [[10], [20], [30], [40]],
        "bias_ih_l0": [0.1, 0.2, 0.3, 0.4],
        "bias_hh_l0": [1, 2, 3, 4],
    }
    params = {name: a.tolist() for name, a in from_framework("pytorch", arrays).items()}
    assert params == {
        "W_i": [[10, 1, 2]],
        "W_f": [[20, 3, 4]],
        "W_C": [[30, 5, 6]],
        "W_o": [[40, 7, 8]],
        "b_i": [1.1],
        "b_f": [2.2],
        "b_C": [3.3],
        "b_o": [4.4],
    }
    turned = from_framework("pytorch", arrays, order="xh")
    assert turned["W_f"].tolist() == [[3, 4, 20]]


def test_keras_by_hand():
    """The same numbers, but columns, and in Keras's order i, f, c, o."""
    arrays = {"kernel": [[1, 3, 5, 7], [2, 4, 6, 8]], "recurrent_kernel": [[10, 20, 30, 40]]}
    params = from_framework("keras", arrays | {"bias": [1, 2, 3, 4]})
    assert params["W_C"].tolist() == [[30, 5, 6]]
    assert params["b_o"].tolist() == [4]


def test_the_orders_stand_side_by_side():
    torch = describe_conversion("pytorch", named_arrays("pytorch", random_params("lstm")))
    assert torch.gates == (("i", "i"), ("f", "f"), ("g", "C"), ("o", "o"))
    assert torch.board == ("f", "i", "C", "o")
    onnx = describe_conversion("onnx", named_arrays("onnx", random_params("lstm")))
    assert [ours for _, ours in onnx.gates] == ["i", "o", "f", "C"]
    gru = describe_conversion("pytorch", named_arrays("pytorch", random_params("gru_after")))
    assert gru.gates == (("r", "r"), ("z", "z"), ("n", "h"))
    assert gru.board == ("z", "r", "h")


def test_blocks_say_what_goes_where():
    arrays = named_arrays("keras", random_params("lstm", n=3, m=2))
    told = [block.sentence for block in describe_conversion("keras", arrays).blocks]
    assert told[1] == "kernel[1 to 2, 4 to 6], transposed → W_f, rows 1 to 3, columns 4 to 5"
    assert "recurrent_kernel[1 to 3, 7 to 9], transposed → W_C, rows 1 to 3, columns 1 to 3" in told
    assert told[-1] == "bias[10 to 12] → b_o, entries 1 to 3"
    block = describe_conversion("keras", arrays).blocks[1]
    assert (block.gate, block.part, block.transposed) == ("f", "x", True)
    one = named_arrays("onnx", random_params("peephole_lstm", n=1, m=1))
    last = describe_conversion("onnx", one).blocks[-1]
    assert last.sentence == "P[1, 3] → p_f, entry 1"
    assert (last.part, last.gate) == ("peephole", "f")


@pytest.mark.parametrize("order", ["hx", "xh"])
@pytest.mark.parametrize(("framework", "cell"), BOTH)
def test_blocks_cover_every_array_once_and_every_parameter(framework, cell, order):
    params = random_params(cell, 3, 2)
    arrays = named_arrays(framework, params)
    conversion = describe_conversion(framework, arrays, cell=cell, order=order)
    taken = {name: np.zeros(array.shape) for name, array in conversion.arrays.items()}
    filled = {name: np.zeros(array.shape) for name, array in conversion.params.items()}
    for block in conversion.blocks:
        taken[block.source][np.ix_(*block.place)] += 1
        filled[block.target][np.ix_(*block.into)] += 1
    assert all((count == 1).all() for count in taken.values())
    assert all((count >= 1).all() for count in filled.values())
    twice = {name for name, count in filled.items() if (count == 2).all()}
    assert twice <= {name for name in params if name.startswith("b_")}


def test_the_notes_say_what_is_different():
    def notes(framework, cell):
        arrays = named_arrays(framework, random_params(cell))
        return " ".join(describe_conversion(framework, arrays, cell=cell).notes)

    assert "b is their sum" in notes("pytorch", "lstm")
    assert "inside the reset product" in notes("pytorch", "gru_after")
    assert "tanh or ReLU" in notes("keras", "rnn_tanh")
    assert "transposed" in notes("keras", "lstm")
    assert "linear_before_reset" in notes("onnx", "gru_before")
    assert "adds 1 to the forget gate" in notes("tf1", "lstm")
    assert notes("lstm_core", "lstm") == ""


def test_without_biases_they_are_zero():
    arrays = named_arrays("onnx", random_params("peephole_lstm"))
    del arrays["B"]
    conversion = describe_conversion("onnx", arrays)
    assert conversion.found.cell == "peephole_lstm"
    assert conversion.notes[-1] == "No biases are stored: they are 0."
    assert not any(conversion.params[f"b_{gate}"].any() for gate in "fiCo")


def test_flax_is_nested_in_and_out():
    params = random_params("lstm")
    nested = to_framework("flax", params)
    assert set(nested) == {f"{side}{gate}" for side in "ih" for gate in "ifgo"}
    assert set(nested["hf"]) == {"kernel", "bias"}
    assert set(nested["if"]) == {"kernel"}
    assert same(from_framework("flax", {"params": {"LSTMCell_0": nested}}), params)
    assert same(from_framework("flax", named_arrays("flax", params)), params)
    dotted = {name.replace("/", "."): a for name, a in named_arrays("flax-nnx", params).items()}
    assert same(from_framework("flax-nnx", dotted), params)
    assert same(from_framework("flax", dotted), params)


@pytest.mark.parametrize("cell", CELLS)
def test_our_own_arrays_are_a_layout_too(cell):
    params = random_params(cell)
    assert same(to_framework("lstm_core", params), params)
    assert same(from_framework("lstm_core", params, cell=cell), params)


def test_a_read_out_is_no_part_of_the_layer():
    params = random_params("lstm")
    both = params | {"W_y": np.ones((1, 3)), "b_y": np.ones(1)}
    assert same(to_framework("keras", both), to_framework("keras", params))


def test_the_arrays_given_are_not_touched():
    arrays = named_arrays("pytorch", random_params("lstm"))
    before = {name: array.copy() for name, array in arrays.items()}
    params = from_framework("pytorch", arrays)
    params["W_f"][:] = 9.0
    to_framework("tf1", params)["bias"][:] = 9.0
    assert same(arrays, before)
    assert not (params["b_f"] == 9.0).any()
