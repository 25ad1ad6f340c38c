import json

import numpy as np
import pytest

from lstm_core.frameworks.convert import find_layers, from_framework
from lstm_files.weights.json_weights import json_weights
from lstm_files.weights.read import open_weights
from tests.core.frameworks.layers import random_params, same
from tests.files.archives import refused

PARAMS = random_params("lstm", 3, 2)
LISTS = {name: array.tolist() for name, array in PARAMS.items()}
FLAT = {name: array.reshape(-1).tolist() for name, array in PARAMS.items()}
RECORDS = [{"name": name, "data": values} for name, values in LISTS.items()]


@pytest.mark.parametrize(
    "content",
    [
        LISTS,
        {k.lower(): v for k, v in FLAT.items()},
        {"model": {"lstm": LISTS}},
        {"weights": RECORDS},
    ],
    ids=["nested lists", "flat lists", "objects", "records"],
)
def test_lists_by_name(content):
    file = open_weights(json.dumps(content).encode(), "weights.json")
    found = find_layers(file.arrays)[0]
    assert same(from_framework(found.framework, file.arrays), PARAMS)
    assert file.remarks == ()


def test_what_is_no_list_is_passed_over_and_said():
    file = json_weights(json.dumps(LISTS | {"hidden": 3, "by": "us", "a": ["b"], "c": [], "d": {}}))
    assert file.arrays.keys() == LISTS.keys() | {"c"}
    assert file.remarks == ("Passed over: “hidden”, “by”, “a”.",)
    more = json_weights(json.dumps(dict.fromkeys("abcde", 1)))
    assert more.remarks == ("Passed over: “a”, “b”, “c” and 2 more.",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"W_f": [[1, 2], [3]]}, "“W_f” has rows of different lengths."),
        ({f"a{k}": [1] for k in range(1001)}, "This file has over 1,000 arrays"),
        ({"a": 1}, "This file holds no numbers; expected weights."),
    ],
)
def test_refused(content, says):
    data = json.dumps(content).encode()
    assert refused(lambda: open_weights(data, "a.json"), ".").startswith(says)


def test_an_exercise_is_still_an_exercise():
    data = b'{"cell": "lstm", "xs": [[1]]}'
    assert "This exercise cannot be read" in refused(lambda: open_weights(data, "a.json"), ".")


def test_deep_objects_end():
    inner = {"a": [1.0]}
    for _ in range(20):
        inner = {"a": inner}
    assert json_weights(json.dumps(inner)).arrays == {}
    assert np.array_equal(json_weights('{"a": [[1.5]]}').arrays["a"], [[1.5]])
