import numpy as np
import pytest

from lstm_core.cells import lstm, rnn
from lstm_core.trace import Address, frozen, run
from tests.core.samples import CELLS, NAMES, random_exercise, random_trace


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_value_is_there_and_read_only(cell):
    trace = random_trace(cell, 3, 2, T=3)
    names = {"x", *cell.params, *cell.states, *(step.name for step in cell.steps)}
    for frame in trace.frames:
        assert set(frame) == names
        assert not any(value.flags.writeable for value in frame.values())
        assert {value.dtype for value in frame.values()} == {np.dtype(np.float64)}
    for t, (name, previous) in [(t, carried) for t in (1, 2) for carried in cell.carry.items()]:
        assert trace[t, previous] is trace[t - 1, name]


def test_nothing_in_a_trace_can_be_set():
    trace = random_trace(lstm(), 3, 2)
    with pytest.raises(ValueError, match="read-only"):
        trace[0, "f"][0] = 1.0
    with pytest.raises(TypeError):
        trace.frames[0]["f"] = np.ones(3)
    with pytest.raises(TypeError):
        trace.params["W_f"] = np.ones((3, 5))
    assert set(trace.params) == set(lstm().params)


def test_the_callers_arrays_stay_the_callers():
    ex = random_exercise(lstm(), 3, 2, T=2)
    trace = run(lstm(), ex.params, ex.xs, ex.start)
    before = {(t, name): trace[t, name].copy() for t in (0, 1) for name in trace.frames[t]}
    for array in (*ex.params.values(), ex.xs, *ex.start.values()):
        assert array.flags.writeable
        array[...] = 99.0
    assert all(np.array_equal(trace[at], value) for at, value in before.items())


def test_a_read_only_view_of_a_callers_array_is_copied_too():
    mine = np.ones(3)
    view = mine[:]
    view.flags.writeable = False
    kept = frozen(view)
    mine[0] = 99.0
    assert kept.tolist() == [1, 1, 1]


def test_frozen_arrays_are_shared():
    own = frozen([1, 2, 3])
    assert own.dtype == np.float64
    assert not own.flags.writeable
    assert frozen(own) is own


def test_addresses():
    trace = random_trace(lstm(), 3, 2, T=2)
    assert trace[Address("f", 1, (2,))] == trace[1, "f"][2]
    assert trace[Address("W_f", 0, (2, 4))] == trace[0, "W_f"][2, 4]
    assert trace[Address("f", 1)] is trace[1, "f"]
    assert Address("f") == Address("f", 0, ())
    assert sorted([Address("f", 1), Address("f", 0), Address("C", 5)])[0] == Address("C", 5)
    assert len({Address("f", 0), Address("f", 0)}) == 1
    with pytest.raises(KeyError):
        trace[0, "g"]
    with pytest.raises(IndexError):
        trace[2, "f"]


@pytest.mark.parametrize("T", [1, 2, 50])
def test_len_is_the_number_of_time_steps(T):
    assert len(random_trace(lstm(), 2, 2, T=T)) == T


def test_lists_and_extra_names_are_welcome():
    one = {name: [[0, 0]] if name[0] == "W" else [0] for name in lstm().params}
    trace = run(lstm(), one | {"note": [1, 2, 3]}, [[1]], {"h_prev": [0], "C_prev": [2]})
    assert trace[0, "C"].tolist() == [1.0]
    assert "note" not in trace.params


def test_an_overflow_is_a_value_and_not_a_warning():
    big = {name: [[1e308, 1e308]] if name[0] == "W" else [0] for name in rnn().params}
    trace = run(rnn(activation="relu"), big, [[1e308]], {"h_prev": [1]})
    assert trace[0, "h"][0] == np.inf
