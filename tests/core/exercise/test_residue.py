"""Sums that are 0 on paper are 0 in a trace; what is only small stays."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.trace import run
from lstm_core.worksheets.recipe import Recipe, generate
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

UNSATURATED = PRESETS["unsaturated"]
CANCELS = generate(Recipe.from_code("5TJ3-C56C"))  # −0.3·1.1 + … is 0 in one row of W_C·v


def plainly(exercise):
    return run(exercise.cell, exercise.params, exercise.xs, exercise.start)


def exact(exercise, name):
    """W·v of the first time step in fractions of the decimals that are printed."""
    v = [Fraction(repr(x)) for x in (*exercise.start["h_prev"].tolist(), *exercise.xs[0].tolist())]
    rows = [[Fraction(repr(w)) for w in row] for row in exercise.params[name].tolist()]
    return [float(sum(w * x for w, x in zip(row, v, strict=True))) for row in rows]


def test_a_sum_that_cancels_on_paper_is_0():
    assert 0 < abs(plainly(CANCELS)[0, "Wv_C"][1]) < 1e-15
    assert exact(CANCELS, "W_C")[1] == 0
    assert CANCELS.trace()[0, "Wv_C"][1] == 0
    for gate in "fiCo":
        np.testing.assert_allclose(
            CANCELS.trace()[0, f"Wv_{gate}"], exact(CANCELS, f"W_{gate}"), rtol=1e-12, atol=0
        )


@pytest.mark.parametrize("T", [1, 3, 70])
def test_what_follows_from_it_is_0_as_well(T):
    W = np.zeros((1, 2))
    W[0] = 0.3, 0.1 + 0.2
    params = {f"W_{g}": W for g in "fiCo"} | {f"b_{g}": np.zeros(1) for g in "fiCo"}
    exercise = replace(
        some(n=1, m=1, T=T),
        params=params,
        xs=np.ones((T, 1)),
        start={"h_prev": [-1.0], "C_prev": [0]},
    )
    assert plainly(exercise)[0, "z_C"] != 0
    trace = exercise.trace()
    assert [trace[0, name][0] for name in ("Wv_C", "z_C", "C_tilde", "C", "h")] == [0] * 5
    assert len(trace) == T


@pytest.mark.parametrize("size", [1e-9, 1e-15, 1e-40, 1e-300])
def test_what_is_only_small_stays(size):
    W = np.zeros_like(UNSATURATED.params["W_C"])
    W[0, 0] = size
    small = UNSATURATED.with_array("W_C", W).with_array("b_C", np.zeros(3))
    assert small.trace()[0, "z_C"][0] == plainly(small)[0, "z_C"][0] != 0


def test_a_gate_all_but_closed_stays_all_but_closed():
    closed = UNSATURATED.with_entry("b_f", (0,), -90.0)
    assert 0 < closed.trace()[0, "f"][0] < 1e-30


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_any_other_trace_is_the_plain_run(cell):
    exercise = some(cell)
    ours, plain = exercise.trace(), plainly(exercise)
    for t in range(exercise.T):
        for name in cell.names:
            assert ours[t, name].tobytes() == plain[t, name].tobytes()
