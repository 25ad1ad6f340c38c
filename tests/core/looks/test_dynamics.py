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
    assert abs(web.path[-1] - web.rest[0][0]) < 0.01


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
