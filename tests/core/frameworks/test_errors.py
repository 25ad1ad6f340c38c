import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.frameworks.convert import from_framework, named_arrays, to_framework
from lstm_core.frameworks.frameworks import FRAMEWORKS
from tests.core.exercises import ONE_SENTENCE
from tests.core.frameworks.layers import random_params

ARRAYS = {
    key: named_arrays(key, random_params(own.layouts[0].cell)) for key, own in FRAMEWORKS.items()
}
GRU = {key: named_arrays(key, random_params("gru_after")) for key in ("pytorch", "keras", "onnx")}


def told(act, *args, **options):
    with pytest.raises(ValueError, match=ONE_SENTENCE) as caught:
        act(*args, **options)
    assert ONE_SENTENCE.fullmatch(str(caught.value))
    return str(caught.value)


@pytest.mark.parametrize(
    ("framework", "name", "shape", "sentence"),
    [
        ("pytorch", "weight_hh_l0", (3, 12), "4n × n = 12 × 3 (n = 3, m = 2); given 3 × 12: it is"),
        ("pytorch", "weight_ih_l0", (2, 12), "4n × m = 12 × m (n = 3); given 2 × 12: it is trans"),
        ("pytorch", "weight_ih_l0", (11, 2), "4n × m = 12 × m (n = 3); given 11 × 2."),
        ("pytorch", "weight_ih_l0", (4,), "4n × m = 12 × m (n = 3); given 4."),
        ("pytorch", "bias_ih_l0", (), "4n = 12 (n = 3, m = 2); given a single number."),
        ("pytorch", "bias_hh_l0", (12, 1), "4n = 12 (n = 3, m = 2); given 12 × 1."),
        ("keras", "kernel", (12, 2), "m × 4n = m × 12 (n = 3); given 12 × 2: it is transposed."),
        ("keras", "recurrent_kernel", (3, 9), "n × 4n = 3 × 12 (n = 3, m = 2); given 3 × 9."),
        ("onnx", "W", (12, 2), "dirs × 4n × m = 1 × 12 × m (n = 3); given 12 × 2."),
        ("onnx", "B", (1, 12), "dirs × 8n = 1 × 24 (n = 3, m = 2); given 1 × 12."),
        ("onnx", "R", (3, 12, 3), "dirs × 4n × n = 1 × 12 × 3 (n = 3, m = 2); given 3 × 12 × 3."),
        ("flax", "hg/kernel", (3, 2), "n × n = 3 × 3 (n = 3, m = 2); given 3 × 2."),
        ("tf1", "bias", (9,), "4n = 12 (n = 3, m = 2); given 9."),
        ("tf1", "kernel", (2, 7), "(m+n) × 4n = (3+m) × 12 (n = 3); given 2 × 7."),
        ("numpy-ml", "Wu", (3, 5), "(n+m) × n = 5 × 3 (n = 3, m = 2); given 3 × 5: it is transp"),
        ("numpy-ml", "bc", (3,), "1 × n = 1 × 3 (n = 3, m = 2); given 3."),
        ("deeplearning.ai", "Wo", (3, 4), "n × (n+m) = 3 × 5 (n = 3, m = 2); given 3 × 4."),
        ("cs231n", "b", (0,), "4n = 12 (n = 3, m = 2); given 0."),
    ],
)
def test_the_odd_one_out_is_blamed_with_both_shapes(framework, name, shape, sentence):
    arrays = ARRAYS[framework] | {name: np.ones(shape)}
    assert told(from_framework, framework, arrays).startswith(f"{name} must be {sentence}")


@pytest.mark.parametrize("framework", GRU)
def test_a_gru_with_a_wrong_array_is_a_gru(framework):
    name = {"pytorch": "weight_hh_l0", "keras": "recurrent_kernel", "onnx": "R"}[framework]
    arrays = GRU[framework] | {name: np.ones((5, 5))}
    assert "3n" in told(from_framework, framework, arrays)


def test_the_kind_that_was_asked_for_is_blamed():
    sentence = told(from_framework, "pytorch", ARRAYS["pytorch"], cell="gru")
    assert sentence.startswith("weight_hh_l0 must be 3n × n = 12 × 4")
    assert told(from_framework, "pytorch", ARRAYS["pytorch"], cell="peephole_lstm") == (
        "PyTorch has no cell “peephole_lstm” here, only lstm, projected_lstm, gru_after, "
        "rnn_tanh, rnn_relu."
    )


@pytest.mark.parametrize(
    ("framework", "left_out", "sentence"),
    [
        ("pytorch", "weight_hh_l0", "weight_hh is missing: expected weight_ih, weight_hh, bias_ih"),
        ("pytorch", "bias_hh_l0", "bias_hh is missing: expected weight_ih, weight_hh, bias_ih, b"),
        (
            "keras",
            "kernel",
            "kernel is missing: expected kernel, recurrent_kernel, bias, of which k",
        ),
        (
            "onnx",
            "W",
            "W is missing: expected W, R, B, of which W is dirs × 4n × m = 1 × 12 × m; g",
        ),
        ("flax", "hf/bias", "hf/bias is missing: expected ii/kernel, if/kernel, ig/kernel, io/"),
    ],
)
def test_what_is_missing_is_named(framework, left_out, sentence):
    arrays = {name: array for name, array in ARRAYS[framework].items() if name != left_out}
    assert told(from_framework, framework, arrays).startswith(sentence)


def test_other_frameworks_arrays_are_recognised():
    assert told(from_framework, "keras", ARRAYS["pytorch"]) == (
        "No weights of Keras are here: expected kernel, recurrent_kernel, bias; given "
        "weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, as in PyTorch."
    )
    assert told(from_framework, "pytorch", {"a\n": 1, "b" * 70: 2}) == (
        "No weights of PyTorch are here: expected weight_ih, weight_hh, bias_ih, bias_hh; given "
        f"a�, …{'b' * 60}."
    )
    assert told(from_framework, "onnx", {}).endswith("given nothing.")


def test_arrays_of_two_kinds_in_one_place():
    mixed = named_arrays("flax", random_params("gru_after")) | ARRAYS["flax"]
    assert told(from_framework, "flax", mixed).endswith("do not belong to one cell of Flax linen.")


def test_an_unknown_framework_order_or_direction():
    known = "The framework must be one of pytorch, keras, onnx, flax, "
    assert told(from_framework, "caffe", {}).startswith(known)
    assert told(to_framework, "caffe", {}).startswith(known)
    assert "order must be" in told(from_framework, "pytorch", ARRAYS["pytorch"], order="xxh")
    assert "order must be" in told(to_framework, "pytorch", random_params("lstm"), order="")
    sentence = told(to_framework, "pytorch", random_params("lstm"), direction="up")
    assert sentence == "direction must be forward or reverse; given “up”."


@pytest.mark.parametrize("values", [np.nan, np.inf, "a", None, 1j, [[1, 2], [3]], object()])
def test_what_is_no_number(values):
    arrays = ARRAYS["pytorch"] | {"bias_ih_l0": values}
    if values in (np.nan, np.inf, "a"):
        arrays["bias_ih_l0"] = np.full(12, values)
    assert "bias_ih_l0 must" in told(from_framework, "pytorch", arrays)


def test_a_layer_that_is_not_there():
    sentence = told(from_framework, "pytorch", ARRAYS["pytorch"], layer=1, direction="reverse")
    assert sentence == (
        "There is no layer 1, reverse; there is PyTorch LSTM, layer 0, forward: n = 3, m = 2."
    )
    elsewhere = told(from_framework, "pytorch", ARRAYS["pytorch"], place="encoder.")
    assert elsewhere.startswith("There is no layer 0, forward in encoder.; there is PyTorch LSTM")


def test_a_broken_layer_is_blamed_beside_a_sound_one():
    arrays = ARRAYS["pytorch"] | named_arrays("pytorch", random_params("lstm"), layer=1)
    arrays["weight_hh_l1"] = np.ones((3, 12))
    assert told(from_framework, "pytorch", arrays, layer=1).startswith("weight_hh_l1 must be 4n")
    assert from_framework("pytorch", arrays)["W_f"].shape == (3, 5)


@pytest.mark.parametrize(
    ("framework", "cell", "sentence"),
    [
        ("pytorch", "gru_before", "PyTorch has no cell with W_z, b_z, W_r, b_r, W_h, b_h; "),
        ("keras", "peephole_lstm", "Keras has no cell with W_f, b_f, p_f, W_i, b_i, p_i, W_C, "),
        ("flax", "rnn_tanh", "Flax linen has no cell with W_h, b_h; expected the parameters of "),
        ("onnx", "coupled_lstm", "ONNX has no cell with W_f, b_f, W_C, b_C, W_o, b_o; expected "),
    ],
)
def test_a_cell_that_the_framework_does_not_have(framework, cell, sentence):
    assert told(to_framework, framework, random_params(cell)).startswith(sentence)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("b_f", np.ones(4), "b_f must be n = 3 (one entry for each hidden unit); given 4."),
        ("W_C", np.ones((3, 3)), "W_C must be n × (n+m) = 3 × 5 (one row for each hidden unit, "),
        ("b_o", 1.0, "b_o must be n = 3 (one entry for each hidden unit); given a single number."),
        ("b_o", "x", "b_o must hold finite numbers, as many in each row."),
    ],
)
def test_wrong_parameters_are_refused_on_the_way_out(name, value, sentence):
    params = random_params("lstm") | {name: value}
    assert told(to_framework, "keras", params).startswith(sentence)


def test_nothing_on_the_way_out():
    assert told(to_framework, "onnx", {}).startswith("ONNX has no cell with no parameters; ")
    flat = {name: np.float64(1) for name in random_params("lstm")}
    assert told(to_framework, "onnx", flat).startswith("W_f must be n × (n+m) = 1 × 2")
    thin = {name: np.ones(3) for name in random_params("lstm")}
    assert told(to_framework, "onnx", thin).startswith("W_f must be n × (n+m) = 3 × 4")


SHAPES = st.lists(st.integers(0, 13), max_size=3).map(tuple)


@pytest.mark.no_cover  # chance covers nothing for certain
@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(ARRAYS)), st.data())
def test_any_shapes_are_converted_or_refused_in_one_sentence(framework, data):
    names = sorted(ARRAYS[framework])
    changed = data.draw(st.dictionaries(st.sampled_from(names), SHAPES, max_size=3))
    arrays = ARRAYS[framework] | {name: np.ones(shape) for name, shape in changed.items()}
    try:
        params = from_framework(framework, arrays)
    except ValueError as error:
        assert ONE_SENTENCE.fullmatch(str(error))  # noqa: PT017
    else:
        W = params.get("W_o", params.get("W_h"))  # ones of other shapes can be another cell
        assert W.shape[1] > W.shape[0] >= 1
