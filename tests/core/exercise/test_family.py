"""The examples of the LSTM's relatives: each cell has one, and what its story says is so."""

import re

import numpy as np
import pytest

from lstm_core.cells import CELLS
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS

FAMILY = [name for name, preset in PRESETS.items() if preset.cell.name != "lstm"]
NUMBER = re.compile(r"−?\d\.\d{4}")


def sigma(z):
    return 1 / (1 + np.exp(-z))


def beside(name):
    """What a story compares with, written out in NumPy: numbers that the trace does not have."""
    preset = PRESETS[name]
    if name == "peephole":
        h = preset.trace()[0, "h"]
        v = np.concatenate((h, preset.xs[1]))
        return sigma(preset.params["W_f"] @ v + preset.params["b_f"])
    if name == "gru-after":  # the candidate with the reset before the product
        p, h, x = preset.params, preset.start["h_prev"], preset.xs[0]
        r = sigma(p["W_r"] @ np.concatenate((h, x)) + p["b_r"])
        return np.tanh(p["W_h"] @ np.concatenate((r * h, x)) + p["b_h"])
    return np.zeros(0)


def test_every_cell_has_an_example():
    assert {preset.cell.name for preset in PRESETS.values()} == {*CELLS}


@pytest.mark.parametrize("name", FAMILY)
def test_each_number_of_a_story_is_one_of_the_trace(name):
    trace = PRESETS[name].trace()
    values = [np.ravel(frame[step]) for frame in trace.frames for step in trace.cell.names]
    there = {f"{x:.4f}".replace("-", "−") for x in np.concatenate([*values, beside(name)])}
    said = NUMBER.findall(PUBLICATIONS[name].story)
    assert said or name == "hadamard"
    assert {*said} <= there


@pytest.mark.parametrize("name", [name for name in FAMILY if name != "hadamard"])
def test_an_example_is_not_saturated_and_no_number_is_zero(name):
    preset = PRESETS[name]
    assert all(array.all() for array in preset.arrays.values())
    for frame in preset.trace().frames:
        for step in preset.cell.steps:
            if step.op.name == "sigmoid":
                assert 0.1 < frame[step.name].min() <= frame[step.name].max() < 0.95


def test_coupled_gates_put_the_new_state_between_the_old_one_and_the_candidate():
    trace = PRESETS["coupled"].trace()
    C, old, new = (trace[1, name][0] for name in ("C", "C_prev", "C_tilde"))
    assert old < C < new
