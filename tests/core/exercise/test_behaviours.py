"""What the stories of the behaviour exercises say is what a plain LSTM, written out here, does."""

import json
import re

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from tests.test_import_rule import ROOT

FAMILY = json.loads((ROOT / "lstm_core" / "exercise" / "family.json").read_text("utf-8"))
STORIES = {
    name: found.story
    for name, found in PUBLICATIONS.items()
    # Those of gradients are in test_gradients.py, those of other cells in test_family.py.
    if found.story and not name.startswith("gradient-") and name not in FAMILY
}
BEHAVIOURS = ("remember", "forget", "count", "latch", "copy")
WALKS = {"gate-vector": "kept", "both-agree": "kept", "hadamard": "pC_f"}
_NUMBER = re.compile(r"(?<![\w\[])−?\d+(?:\.\d+)?(?!\w|\])")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def plain_run(exercise):
    """Every value of every time step, counted from 1 as in the stories; order [h, x]."""
    p, (h, C) = exercise.params, (exercise.start["h_prev"], exercise.start["C_prev"])
    found = {}
    for t, x in enumerate(exercise.xs, 1):
        v = np.concatenate([h, x] if exercise.order == "hx" else [x, h])
        z = {gate: p[f"W_{gate}"] @ v + p[f"b_{gate}"] for gate in "fiCo"}
        f, i, o = (sigmoid(z[gate]) for gate in "fio")
        kept, C_tilde = f * C, np.tanh(z["C"])
        C = kept + i * C_tilde
        h = o * np.tanh(C)
        found[t] = {"x": x, "z_f": z["f"], "f": f, "i": i, "o": o, "C": C, "h": h, "kept": kept}
    return found


RUNS = {name: plain_run(PRESETS[name]) for name in (*BEHAVIOURS, "gate-vector", "both-agree")}


def value(name, t, key, unit=1):
    return RUNS[name][t][key][unit - 1]


def says(name, phrase, *numbers):
    """Whether the phrase stands in the story, with these numbers in it, rounded as it prints."""
    assert phrase in STORIES[name]
    told = [float(text.replace("−", "-")) for text in _NUMBER.findall(phrase)]
    places = [len(text.partition(".")[2]) for text in _NUMBER.findall(phrase)]
    assert told == [round(float(x), k) for x, k in zip(numbers, places, strict=True)]


def test_a_number_is_remembered_for_twenty_steps_and_forgotten_where_the_bias_is_small():
    C, f = (lambda t, unit=1: value("remember", t, "C", unit)), RUNS["remember"][10]["f"]
    says("remember", "At t = 3 the marker x[2] is 1", 3, value("remember", 3, "x", 2))
    says("remember", "i = 0.9975", value("remember", 3, "i"))
    says("remember", "C takes in 0.87", C(3))
    says("remember", "f[1] = 0.9975", f[0])
    says("remember", "20 time steps later unit 1 still has 0.95 of it", 20, 1, C(23) / C(3))
    says(
        "remember",
        "Unit 2 has b_f = 1 in the place of 6",
        2,
        *PRESETS["remember"].params["b_f"][::-1],
    )
    says("remember", "f[2] = 0.7311, and 0.0003 of it is left", f[1], C(23, 2) / C(3, 2))


def test_one_input_wipes_the_memory():
    x = PRESETS["forget"].xs
    says("forget", "At t = 2 x[2] writes 0.87 into C", 2, value("forget", 2, "C"))
    says("forget", "f = 0.9975 keeps it", value("forget", 5, "f"))
    assert x[:, 2].nonzero()[0].tolist() == [8]
    assert x[:, 1].nonzero()[0].tolist() == [1, 12]
    says(
        "forget",
        "its weight −12 makes z_f = −6",
        PRESETS["forget"].params["W_f"][0, 3],
        value("forget", 9, "z_f"),
    )
    says("forget", "f = 0.0025", value("forget", 9, "f"))
    says("forget", "C falls from 0.86 to 0.0025", value("forget", 8, "C"), value("forget", 9, "C"))
    says("forget", "At t = 13 something new is written, −0.83", 13, value("forget", 13, "C"))


def test_ones_are_counted():
    ones = PRESETS["count"].xs[:, 0]
    says("count", "Each 1 adds tanh(3) = 0.9951 to C[1]", 1, 3, np.tanh(3))
    says("count", "f = i = 0.9997", value("count", 1, "f"))
    assert value("count", 1, "i") == value("count", 1, "f")
    says("count", "after 8 ones C[1] is 7.94", ones[:15].sum(), value("count", 15, "C"))
    assert value("count", 16, "C") == pytest.approx(7.94, abs=0.005)
    assert np.abs(PRESETS["count"].trace()[15, "C"][0] - ones.sum()) < 0.07
    says(
        "count",
        "with o = 0.9526 it ends at 0.9526",
        value("count", 16, "o"),
        value("count", 16, "h"),
    )
    assert f"{np.tanh(value('count', 16, 'C')):.4f}" == "1.0000"
    assert ones.sum() == len(ones) / 2
    says("count", "C[2] is −0.0027", value("count", 16, "C", 2))


def test_a_latch_is_set_holds_and_is_reset():
    x = PRESETS["latch"].xs
    assert [x[:, k].nonzero()[0].tolist() for k in (0, 1)] == [[2, 13], [7]]
    says("latch", "x[1] sets it at t = 3, x[2] resets it at t = 8", 3, 8)
    says("latch", "f = 0.0025", value("latch", 5, "f"))
    says("latch", "rest at 0.71", value("latch", 7, "h"))
    says("latch", "rests at −0.71", value("latch", 13, "h"))
    assert abs(value("latch", 13, "h") - value("latch", 12, "h")) < 1e-3


def test_h_follows_x():
    says("copy", "f = 0.0025", value("copy", 1, "f"))
    says("copy", "i = 0.9975", value("copy", 1, "i"))
    says("copy", "x[1] = 0.6 gives h[1] = 0.49", value("copy", 3, "x"), value("copy", 3, "h"))
    says(
        "copy", "x[2] = −0.5 gives h[2] = −0.43", value("copy", 5, "x", 2), value("copy", 5, "h", 2)
    )
    hs = np.array([frame["h"] for frame in RUNS["copy"].values()])
    for unit in (0, 1):
        assert np.corrcoef(hs[:, unit], PRESETS["copy"].xs[:, unit])[0, 1] > 0.99


def test_a_gate_keeps_a_share_of_each_number():
    run = RUNS["gate-vector"][1]
    np.testing.assert_allclose(run["f"], [0.5, 0.8, 0.9], rtol=0, atol=1e-15)
    np.testing.assert_allclose(run["kept"], [0.5, 1.6, 2.7], rtol=0, atol=1e-15)
    assert PRESETS["gate-vector"].start["C_prev"].tolist() == [1, 2, 3]
    assert "[0.5, 0.8, 0.9]∘[1, 2, 3] = [0.5, 1.6, 2.7]" in STORIES["gate-vector"]


def test_both_must_agree():
    run = RUNS["both-agree"][1]
    np.testing.assert_allclose(run["f"], [0, 1, 1], rtol=0, atol=0.5e-8)
    np.testing.assert_allclose(run["kept"], [0, 0, 1], rtol=0, atol=0.5e-8)
    assert PRESETS["both-agree"].start["C_prev"].tolist() == [0, 0, 1]
    assert "f = [0, 1, 1] to eight decimals, C_{t-1} = [0, 0, 1]" in STORIES["both-agree"]


def test_the_aside_is_a_peephole():
    exercise = PRESETS["hadamard"]
    assert exercise.params["p_f"].tolist() == [1, 2, 3]
    assert exercise.start["C_prev"].tolist() == [3, 2, 1]
    assert exercise.trace()[0, "pC_f"].tolist() == [3, 4, 3]
    assert "[1, 2, 3]∘[3, 2, 1] = [3, 4, 3]" in STORIES["hadamard"]
    assert np.dot([1, 2, 3], [3, 2, 1]) == 10


@pytest.mark.parametrize("name", STORIES)
def test_a_story_says_where_to_look(name):
    seen, exercise = PUBLICATIONS[name].seen, PRESETS[name]
    assert seen.step in exercise.cell.names
    assert seen.t < exercise.T
    assert seen.step == WALKS.get(name, seen.step)
    assert (exercise.T == 1) == (name in WALKS)


def test_every_behaviour_runs_long_enough_to_be_seen():
    assert {*STORIES} == {*BEHAVIOURS, *WALKS}
    assert all(12 <= PRESETS[name].T <= 24 for name in BEHAVIOURS)
    assert not any(
        PRESETS[name].start[state].any() for name in BEHAVIOURS for state in ("h_prev", "C_prev")
    )


def test_the_moving_example_is_the_unsaturated_one_over_more_time_steps():
    moving, short = PRESETS["moving"], PRESETS["unsaturated"]
    assert moving.T == 24
    np.testing.assert_array_equal(moving.xs[:3], short.xs)
    assert all(
        np.array_equal(moving.arrays[name], short.arrays[name])
        for name in moving.arrays
        if name != "xs"
    )
    for gate in "fio":
        over = np.array([frame[gate] for frame in moving.trace().frames])
        assert over.min() > 0.1
        assert over.max() < 0.93
        assert np.ptp(over, axis=0).min() > 0.3  # every unit of every gate moves
