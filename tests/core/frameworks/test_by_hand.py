"""Names that people give: read by many spellings, and asked about where no name can say it."""

import numpy as np
import pytest

from lstm_core.frameworks.by_hand import BY_HAND, spelled
from lstm_core.frameworks.convert import conversion_of, find_layers, from_framework, named_arrays
from lstm_core.frameworks.find import alternatives, why_none
from tests.core.frameworks.layers import random_params, same

PARAMS = random_params("lstm", 3, 2)
GATES = ("f", "i", "C", "o")

JOINED = {
    "W_f b_f": "W_f b_f W_i b_i W_c b_c W_o b_o",
    "no sign between": "Wf bf Wi bi Wg bg Wo bo",
    "words": "W_forget b_forget W_input b_input W_candidate b_candidate W_output b_output",
    "long words": "weights_forget bias_forget weights_in bias_in weights_cell bias_cell "
    "weights_out bias_out",
    "headings": "ForgetGate ForgetGateBias InputGate InputGateBias Candidate CandidateBias "
    "OutputGate OutputGateBias",
    "LaTeX": r"W_{f} b_{f} W_{i} b_{i} W_{\tilde{C}} b_{\tilde{C}} W_{o} b_{o}",
    "an accent": "W_f b_f W_i b_i W_C̃ b_C̃ W_o b_o",
    "in a place": "lstm/Wf lstm/bf lstm/Wu lstm/bu lstm/Wc lstm/bc lstm/Wo lstm/bo",
}


@pytest.mark.parametrize("names", JOINED.values(), ids=JOINED)
def test_one_matrix_for_each_gate(names):
    given = [(f"W_{gate}", f"b_{gate}") for gate in GATES]
    ours = [name for pair in given for name in pair]
    arrays = {name: PARAMS[own] for name, own in zip(names.split(), ours, strict=True)}
    found = find_layers(arrays)[0]
    assert same(conversion_of(arrays, found).params, PARAMS)


@pytest.mark.parametrize("form", ["{gate}/{role}", "{role}/{gate}", "net/{gate}/{role}"])
def test_objects_within_objects(form):
    words = dict(zip(GATES, ("forget", "input", "candidate", "output"), strict=True))
    arrays = {
        form.format(gate=words[gate], role=role): PARAMS[f"{letter}_{gate}"]
        for gate in GATES
        for letter, role in (("W", "weights"), ("b", "bias"))
    }
    found = find_layers(arrays)[0]
    assert same(conversion_of(arrays, found).params, PARAMS)
    assert found.place == ("net/" if form.startswith("net") else "")


@pytest.mark.parametrize("framework", ["pytorch", "keras"])
def test_arrays_that_were_saved_without_names(framework):
    stored = named_arrays(framework, PARAMS)
    arrays = {f"arr_{k}": array for k, array in enumerate(stored.values())}
    (found,) = find_layers(arrays)
    assert found.framework == framework
    assert same(conversion_of(arrays, found).params, PARAMS)


@pytest.mark.parametrize(
    ("x", "h", "b"),
    [
        ("W_{}", "U_{}", "b_{}"),
        ("W{}", "R{}", "b{}"),
        ("W_x{}", "W_h{}", "b_{}"),
        ("W_i{}", "W_h{}", "b_{}"),
        ("W_{}x", "W_{}h", "b_{}"),
        ("weights_x_{}", "weights_h_{}", "bias_{}"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_matrix_for_x_and_one_for_h(x, h, b, turned):
    arrays = {}
    for gate in GATES:
        W = PARAMS[f"W_{gate}"]
        for name, part in ((x, W[:, 3:]), (h, W[:, :3])):
            arrays[name.format(gate.lower())] = part.T if turned else part
        arrays[b.format(gate.lower())] = PARAMS[f"b_{gate}"]
    (found,) = find_layers(arrays)
    assert same(conversion_of(arrays, found).params, PARAMS)
    assert len(alternatives(arrays, found)) == 1


def test_two_biases_are_added():
    arrays = {f"b_h{gate.lower()}": np.ones(3) for gate in GATES}
    for gate in GATES:
        W = PARAMS[f"W_{gate}"]
        arrays |= {f"W_i{gate.lower()}": W[:, 3:], f"W_h{gate.lower()}": W[:, :3]}
        arrays[f"b_i{gate.lower()}"] = PARAMS[f"b_{gate}"] - 1
    (found,) = find_layers(arrays)
    for name, array in conversion_of(arrays, found).params.items():
        np.testing.assert_allclose(array, PARAMS[name], atol=1e-15)


def test_no_name_says_the_order_of_the_columns_so_both_are_there():
    arrays = {name.lower(): array for name, array in PARAMS.items()}
    (found,) = find_layers(arrays)
    ways = alternatives(arrays, found)
    assert [way.framework for way in ways] == ["by hand, [h, x]", "by hand, [x, h]"]
    first, second = (conversion_of(arrays, way).params["W_f"] for way in ways)
    np.testing.assert_array_equal(np.roll(second, 2, axis=1), first)


def test_vectors_may_stand_as_rows():
    arrays = {k.lower(): a.T if a.ndim == 2 else a[None] for k, a in PARAMS.items()}
    (found,) = find_layers(arrays)
    assert found.framework == "by hand, [h, x], rows"
    assert same(conversion_of(arrays, found).params, PARAMS)


def test_a_matrix_may_be_a_list_row_by_row():
    arrays = {k.lower(): a.reshape(-1).tolist() for k, a in PARAMS.items()}
    (found,) = find_layers(arrays)
    assert same(conversion_of(arrays, found).params, PARAMS)


def test_a_list_without_a_bias_says_nothing_of_rows():
    assert find_layers({"wf": [1.0, 2.0], "wi": [1.0, 2.0], "wc": [1.0], "wo": [1.0]}) == []


@pytest.mark.parametrize(("update", "candidate"), [("z", "h"), ("u", "n"), ("update", "c")])
def test_a_gru_may_reset_before_or_after(update, candidate):
    params = random_params("gru_before", 3, 2)
    names = {"z": update, "r": "r", "h": candidate}
    arrays = {f"{name[0]}{names[name[2:]]}": array for name, array in params.items()}
    found = find_layers(arrays)[0]
    assert same(conversion_of(arrays, found).params, params)
    assert {way.cell for way in alternatives(arrays, found)} >= {"gru_before", "gru_after"}
    assert any("1 − z" in note for note in conversion_of(arrays, found).notes)


def test_a_plain_rnn():
    W = np.arange(15.0).reshape(3, 5)
    arrays = {"Whh": W[:, :3], "Wxh": W[:, 3:], "bh": np.ones(3)}
    (found,) = find_layers(arrays)
    assert [way.cell for way in alternatives(arrays, found)] == ["rnn_tanh", "rnn_relu"]
    np.testing.assert_array_equal(conversion_of(arrays, found).params["W_h"], W)


def test_a_framework_s_own_way_is_asked_about_only_where_the_arrays_do_not_say():
    torch = {"weight_ih_l0": np.ones((12, 2)), "weight_hh_l0": np.ones((12, 3))}
    (found,) = find_layers(torch)
    assert len(alternatives(torch, found)) == 1
    onnx = {"W": np.ones((1, 9, 2)), "R": np.ones((1, 9, 3)), "B": np.ones((1, 18))}
    (found,) = find_layers(onnx)
    assert [way.cell for way in alternatives(onnx, found)] == ["gru_before", "gru_after"]


def test_names_that_mean_nothing_here_are_left_alone():
    for joined in (True, False):
        assert spelled(["embedding", "fc.weight", "f", "C", "h", "W_y", "1", ""], joined) == {}


def test_every_layout_is_read_back_as_it_was():
    for key, framework in BY_HAND.items():
        for layout in framework.layouts:
            shapes = {
                s.name: tuple(
                    {"gates": 3, "x": 2, "h": 3, "h x": 5, "x h": 5}.get(axis.partition(":")[0], 3)
                    for axis in s.axes
                )
                for s in layout.sources
            }
            arrays = {name: np.ones(shape) for name, shape in shapes.items()}
            assert from_framework(key, arrays, cell=layout.cell)


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        (
            {
                "weight_ih_l0": np.ones((12, 2)),
                "weight_hh_l0": np.ones((12, 3)),
                "bias_ih_l0": np.ones(12),
            },
            "bias_hh is missing: expected weight_ih, weight_hh, bias_ih, bias_hh, of which "
            "bias_hh is 4n = 12; given",
        ),
        (
            {"weight_ih_l0": np.ones((2, 12)), "weight_hh_l0": np.ones((12, 3))},
            "weight_ih_l0 must be 4n × m = 12 × m (n = 3); given 2 × 12: it is transposed.",
        ),
        ({"Wf": np.ones((3, 5))}, "is missing: expected"),
        (
            {"dense/kernel": np.ones((2, 3)), "dense/bias": np.ones(3)},
            "recurrent_kernel is missing",
        ),
        ({"a": np.ones(2)}, "No recurrent layer was found in this file: expected the names"),
        ({}, "given nothing."),
    ],
)
def test_why_there_is_no_layer(arrays, says):
    assert find_layers(arrays) == []
    assert says in why_none(arrays)
