import json
from pathlib import Path

import numpy as np
import pytest

from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS

EXACT = json.loads(Path(__file__).with_name("published_exact.json").read_text("utf-8"))
IDS = [
    *("founding", "unsaturated", "notebook-x123", "click4ai-lstm", "aibyhand-lstm-small"),
    *("gomez-2016", "sedemo-identity5", "statquest-lstm"),
    *("moving", "remember", "forget", "count", "latch", "copy"),
    *("gate-vector", "both-agree", "hadamard"),
    *("gradient-survives", "gradient-vanishes", "gradient-explodes"),
    *("peephole", "coupled", "no-forget", "projected"),
    *("gru-before", "gru-after", "mgu", "rnn-tanh", "rnn-relu"),
]
ERRATA = {  # what the sources print wrong, and the right number to as many places
    ("founding", 0, "z_i", 1): "43",
    ("founding", 0, "z_i", 2): "64",
    ("click4ai-lstm", 0, "squashed", 1): "0.247",
    ("gomez-2016", 0, "C", 0): "0.78573",
    ("gomez-2016", 1, "h", 0): "0.77198",
}
PRINTED = [
    (key, t, name, k)
    for key, publication in PUBLICATIONS.items()
    for t, frame in enumerate(publication.published)
    for name, row in frame.items()
    for k in range(len(row))
]


def agrees(printed, number):
    """Whether `number` is `printed` to its last digit; 16 digits are a float, not a rounding."""
    places = len(printed.partition(".")[2])
    if places > 12:
        return abs(float(printed) - number) <= 1e-12
    return f"{number:.{places}f}" == printed


def test_the_founding_example_comes_first_and_nothing_can_be_changed():
    assert list(PRESETS) == list(PUBLICATIONS) == IDS
    with pytest.raises(TypeError):
        PRESETS["founding"] = None
    with pytest.raises(TypeError):
        PUBLICATIONS["founding"].published[0]["f"] = ()


@pytest.mark.parametrize("address", PRINTED, ids=str)
def test_every_published_number_is_ours_or_a_known_error(address):
    key, t, name, k = address
    printed = PUBLICATIONS[key].published[t][name][k]
    number = PRESETS[key].trace()[t, name][k]
    assert agrees(printed, number) == (address not in ERRATA)


@pytest.mark.parametrize("address", ERRATA, ids=str)
def test_an_error_is_told_with_the_right_number(address):
    key, t, name, k = address
    publication = PUBLICATIONS[key]
    assert agrees(ERRATA[address], PRESETS[key].trace()[t, name][k])
    told = [note for note in publication.notes if publication.published[t][name][k] in note]
    assert any(ERRATA[address] in note for note in told)


@pytest.mark.parametrize("key", EXACT)
def test_values_worked_out_elsewhere_agree(key):
    trace = PRESETS[key].trace()
    for t, frame in enumerate(EXACT[key]):
        for name, values in frame.items():
            np.testing.assert_allclose(trace[t, name], values, rtol=0, atol=1e-12)


@pytest.mark.parametrize("key", IDS)
def test_each_preset_says_where_it_is_from_and_survives_being_written(key):
    exercise, publication = PRESETS[key], PUBLICATIONS[key]
    assert exercise.title
    assert exercise.source
    assert publication.notes
    assert all(url.startswith("https://") for url in publication.where)
    assert set(publication.ours) <= set(exercise.arrays)
    assert len(publication.published) == exercise.T
    assert Exercise.from_token(exercise.token()) == exercise
    assert Exercise.from_json(exercise.to_json()) == exercise
    assert len(exercise.token()) < 500


def test_the_founding_numbers():
    founding = PRESETS["founding"]
    trace = founding.trace()
    assert (founding.m, founding.n, founding.order) == (3, 3, "xh")
    assert trace[0, "v"].tolist() == [1, 2, 3, 4, 5, 6]
    assert trace[0, "Wv_f"].tolist() == [91, 175, 133]
    assert trace[0, "z_f"].tolist() == [92, 177, 136]
    assert trace[0, "Wv_i"].tolist() == [21, 42, 63]
    assert trace[0, "z_i"].tolist() == [22, 43, 64]
    assert f"{np.exp(-92):.1e}" == "1.1e-40"  # 1 − σ(92), as the notes say


def test_the_founding_example_in_the_other_order():
    founding = PRESETS["founding"]
    assert founding.relabelled("hx").trace()[0, "Wv_f"].tolist() == [64, 148, 106]
    same = founding.reordered("hx").trace()
    assert same[0, "Wv_f"].tolist() == [91, 175, 133]
    np.testing.assert_allclose(same[0, "h"], founding.trace()[0, "h"], rtol=0, atol=1e-15)


def test_what_is_ours_in_the_founding_example_is_distinct_and_does_not_saturate():
    founding, trace = PRESETS["founding"], PRESETS["founding"].trace()
    assert PUBLICATIONS["founding"].ours == ("W_C", "b_C", "W_o", "b_o", "C_prev")
    for name in PUBLICATIONS["founding"].ours:
        values = founding.arrays[name]
        assert values.all()
        assert len(np.unique(values)) == values.size
        np.testing.assert_array_equal(values, values.round(1))
    assert np.abs(trace[0, "C_tilde"]).max() < 0.95
    assert np.abs(trace[0, "o"] - 0.5).max() < 0.4


def test_the_second_example_saturates_nowhere():
    exercise = PRESETS["unsaturated"]
    assert (exercise.m, exercise.n, exercise.T, exercise.order) == (2, 3, 3, "hx")
    assert all(values.all() for values in exercise.arrays.values())
    for frame in exercise.trace().frames:
        gates = np.concatenate([frame[gate] for gate in "fio"])
        assert gates.min() > 0.1
        assert gates.max() < 0.9
        assert np.abs(frame["C_tilde"]).max() < 0.95


def test_identity_weights_add_the_state_and_the_input():
    exercise = PRESETS["sedemo-identity5"]
    v = exercise.start["h_prev"] + exercise.xs[0]
    np.testing.assert_array_equal(exercise.trace()[0, "z_f"], v)


@pytest.mark.parametrize(("first", "end"), [(0, "0.0064"), (1, "0.9694")])
def test_statquest_tells_its_two_companies_apart(first, end):
    xs = [[first], [0.5], [0.25], [1]]
    exercise = PRESETS["statquest-lstm"].with_array("xs", xs)
    exercise = exercise.with_array("h_prev", [0]).with_array("C_prev", [0])
    assert f"{exercise.trace()[3, 'h'][0]:.4f}" == end
    assert end in PUBLICATIONS["statquest-lstm"].notes[1]
