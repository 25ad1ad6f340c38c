import numpy as np
import pytest

from lstm_core.cells import facts, lstm, peephole_lstm, rnn
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS
from lstm_core.looks.dynamics import STEPS, cobweb
from tests.core.exercises import some
from tests.core.samples import CELLS, NAMES

TRACE = PRESETS["unsaturated"].trace()


@pytest.mark.parametrize("t", range(3))
@pytest.mark.parametrize("unit", range(3))
def test_an_lstm_is_at_rest_at_what_is_written_over_what_is_forgotten(t, unit):
    f, i, C_tilde = (TRACE[t, name][unit] for name in ("f", "i", "C_tilde"))
    ((at, slope),) = cobweb(TRACE, t, unit).rest
    assert at == pytest.approx(i * C_tilde / (1 - f), abs=1e-9)
    assert slope == pytest.approx(f)


def test_the_map_goes_through_what_the_cell_did_itself():
    web = cobweb(TRACE, 1, 2)
    assert web.path[0] == TRACE[1, "C_prev"][2]
    assert web.path[1] == pytest.approx(TRACE[1, "C"][2])
    assert len(web.path) == STEPS + 1


def plain(ex, t, unit, steps):
    """C of one unit, the LSTM written out, with x_t coming again and again."""
    h, C = ex.trace()[t, "h_prev"], ex.trace()[t, "C_prev"]
    for _ in range(steps):
        v = np.concatenate([h, ex.xs[t]])
        f, i, o = (1 / (1 + np.exp(-ex.params[f"W_{g}"] @ v - ex.params[f"b_{g}"])) for g in "fio")
        C = f * C + i * np.tanh(ex.params["W_C"] @ v + ex.params["b_C"])
        h = o * np.tanh(C)
    return C[unit]


def test_h_follows_so_the_cell_rests_where_the_frozen_line_does_not():
    course = cobweb(TRACE, 0, 0).course
    assert course.end == "rests"
    assert course.last == pytest.approx(plain(PRESETS["unsaturated"], 0, 0, 400), abs=1e-9)
    assert round(course.last, 4) == 0.6144
    assert course.values[7] == pytest.approx(plain(PRESETS["unsaturated"], 0, 0, 7), abs=1e-12)
    assert abs(course.values[course.settled] - course.last) <= 0.01 * abs(1.3 - course.last)


def test_the_output_gate_moves_the_point_at_rest():
    ex = PRESETS["unsaturated"]
    moved = ex.with_array("b_o", ex.params["b_o"] + 1).trace()
    assert abs(cobweb(moved, 0, 0).course.last - 0.6144) > 0.01
    assert cobweb(moved, 0, 0).rest == cobweb(TRACE, 0, 0).rest  # which freezes h


@pytest.mark.parametrize(
    ("w", "b", "end"),
    [(0.5, 0.1, "rests"), (-40.0, 0.3, "circles"), (3.0, 0.5, "grows"), (9e9, 0.5, "grows")],
)
def test_what_becomes_of_it_is_told_apart(w, b, end):
    """h = ReLU(w·h + b) goes to b/(1 − w), or without end; tanh and w < −1 go to and fro."""
    cell = rnn(activation="tanh" if w < 0 else "relu")
    exercise = Exercise(cell, {"W_h": [[w, 0.0]], "b_h": [b]}, [[0.0]], {"h_prev": [0.2]})
    course = cobweb(exercise.trace(), 0, 0).course
    assert course.end == end
    low, high = course.range
    assert np.isnan(low) or low <= high


def test_the_map_of_an_lstm_is_a_line_with_slope_f():
    web = cobweb(TRACE, 0, 1)
    slopes = np.diff(web.after) / np.diff(web.before)
    np.testing.assert_allclose(slopes, TRACE[0, "f"][1])


def test_a_peephole_bends_the_line():
    web = cobweb(some(peephole_lstm()).trace(), 0, 0)
    assert np.ptp(np.diff(web.after) / np.diff(web.before)) > 1e-3


def bistable():
    """An RNN of one unit whose own weight is 2: h = tanh(2h) has three points at rest."""
    params = {"W_h": [[2.0, 0.0]], "b_h": [0.0]}
    return Exercise(rnn(), params, [[0.0]], {"h_prev": [0.5]}).trace()


def test_a_unit_with_two_memories_has_three_points_at_rest():
    web = cobweb(bistable(), 0, 0)
    at = [x for x, _ in web.rest]
    assert facts(bistable().cell).memory == web.state == "h"
    assert [x for x in at if x > 0.5] == pytest.approx([0.9575040240772687], abs=1e-9)
    assert any(abs(x) < 1e-9 and slope > 1 for x, slope in web.rest)


def test_a_relu_that_is_off_is_at_rest_at_0_itself():
    params = {"W_h": [[0.5, 0.0]], "b_h": [-1.0]}
    off = Exercise(rnn(activation="relu"), params, [[0.0]], {"h_prev": [0.7]}).trace()
    assert cobweb(off, 0, 0).rest == ((0.0, 0.0),)


def test_a_memory_that_keeps_everything_and_writes_is_never_at_rest():
    gates = {f"W_{g}": np.zeros((1, 2)) for g in "fiCo"} | {f"b_{g}": [3.0] for g in "iCo"}
    trace = Exercise(
        lstm(), gates | {"b_f": [99.0]}, [[0.0]], {"h_prev": [0], "C_prev": [0]}
    ).trace()
    assert cobweb(trace, 0, 0).rest == ()


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_cell_has_its_map(cell):
    trace = some(cell).trace()
    web = cobweb(trace, 0, 0)
    assert web.path[1] == pytest.approx(trace[0, facts(trace.cell).memory][0])
