import numpy as np

from lstm_core.frameworks.convert import conversion_of, find_layers, named_arrays
from lstm_core.frameworks.numbered import numbered
from tests.core.frameworks.layers import random_params, same

FIRST, SECOND = random_params("lstm", 3, 2), random_params("lstm", 4, 3)


def test_numbered_names_are_told_apart_by_their_order():
    arrays = {}
    for start, params in ((142, FIRST), (160, SECOND)):
        stored = named_arrays("onnx", params)
        arrays |= {f"onnx::LSTM_{start + k}": stored[name] for k, name in enumerate("WRB")}
    found = find_layers(arrays)
    assert [layer.n for layer in found] == [3, 4]
    assert same(conversion_of(arrays, found[0]).params, FIRST)
    assert same(conversion_of(arrays, found[1]).params, SECOND)


def test_layers_that_follow_each_other():
    names = [f"onnx::GRU_{k}" for k in range(10, 16)]
    assert [plain for _, plain in numbered(names).values()] == [*"WRBWRB"]
    assert [plain for _, plain in numbered(names[:4]).values()] == [*"WRWR"]


def test_letters_with_a_number_behind_them():
    stored = named_arrays("onnx", FIRST)
    arrays = {f"model/lstm/{name}0__{k}": array for k, (name, array) in enumerate(stored.items())}
    (found,) = find_layers(arrays)
    assert same(conversion_of(arrays, found).params, FIRST)


def test_other_names_are_left_alone():
    assert numbered(["onnx::MatMul_142", "W", "weight_ih_l0", ""]) == {}
    assert find_layers({"onnx::MatMul_1": np.ones((2, 2))}) == []
